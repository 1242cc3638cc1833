"""Every address of the console, for every role, for strangers, and without the session's token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from console.desk.console import Guarded
from services.console_policy import ConsoleRole, may
from tests.console.desk_office import csrf_of, sign_in
from tests.console.open_desk import OpenDesk, open_desk_app

_PARTS = {
    "{number}": "LD-20261123-0001-3",
    "{verb}": "accept",
    "{name}": "x",
    "{media_id}": "m",
    "{code}": "road",
}


def address(route: Guarded) -> str:
    path = route.path
    for part, value in _PARTS.items():
        path = path.replace(part, value)
    assert "{" not in path, f"give {route.path} a value for its parts"
    return path


@pytest.fixture
async def desk(tmp_path: Path) -> OpenDesk:
    made = open_desk_app(tmp_path)
    await made.people()
    return made


@pytest.fixture
async def web(desk: OpenDesk) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(desk.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        yield client


async def test_strangers__are_led_to_the_door(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    for route in desk.console.guarded:
        answer = await web.request(route.method, address(route))
        assert answer.status_code == 303, route
        assert answer.headers["location"].startswith("/console/sign-in"), route


@pytest.mark.parametrize("role", list(ConsoleRole))
async def test_role__opens_what_the_policy_says_and_nothing_else(
    desk: OpenDesk, web: httpx.AsyncClient, role: ConsoleRole
) -> None:
    await sign_in(web, role)
    token = await csrf_of(web)
    routes = [each for each in desk.console.guarded if each.path != "/console/sign-out"]
    for route in routes:
        form = {"csrf": token} if route.method == "POST" else None
        answer = await web.request(route.method, address(route), data=form)
        allowed = route.permission is None or may([role], route.permission)
        assert ("没有这一项权限" in answer.text) is not allowed, route
        assert allowed or answer.status_code == 403, route
        assert answer.status_code < 500, route


@pytest.mark.parametrize("role", list(ConsoleRole))
async def test_change__without_the_token_is_refused_everywhere(
    desk: OpenDesk, web: httpx.AsyncClient, role: ConsoleRole
) -> None:
    await sign_in(web, role)
    before = list(desk.log.entries)
    for route in desk.console.guarded:
        if route.method == "POST":
            assert (await web.post(address(route), data={"csrf": "x"})).status_code == 403, route
            assert (await web.post(address(route))).status_code == 403, route
    assert desk.log.entries == before


@pytest.mark.parametrize("role", list(ConsoleRole))
async def test_menu__shows_just_what_may_be_opened(
    desk: OpenDesk, web: httpx.AsyncClient, role: ConsoleRole
) -> None:
    await sign_in(web, role)
    page = (await web.get("/console")).text
    for section in desk.console.sections:
        assert (f'href="{section.path}"' in page) is may([role], section.permission)


async def test_every_address__is_guarded_but_the_door_and_its_style(desk: OpenDesk) -> None:
    guarded = {each.path for each in desk.console.guarded}
    bare = {route.path for route in desk.console.router.routes} - guarded  # type: ignore[attr-defined]
    assert bare == {"/console/sign-in", "/console/assets/{name}"}
