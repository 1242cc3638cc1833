"""Every address of the loop: who may ask for it, and that a change needs the page's token."""

from __future__ import annotations

import re

import pytest

from console.desk.console import Guarded
from services.console_policy import ConsoleRole, may
from tests.console.desk_office import browser
from tests.console.learning.desk import Loop, visitor

ADDRESSES = tuple(
    each
    for each in Loop().console.guarded
    if each.permission is not None and not each.path.startswith("/console/accounts")
)


def address(guarded: Guarded) -> str:
    return re.sub(r"{\w+}", "1", guarded.path)


@pytest.mark.parametrize("role", list(ConsoleRole))
async def test_address__is_open_to_the_roles_of_its_permission_alone(
    loop: Loop, role: ConsoleRole
) -> None:
    async with visitor(loop, role) as web:
        for each in ADDRESSES:
            ask = web.get if each.method == "GET" else web.post
            refused = (await ask(address(each))).status_code == 403
            assert each.permission is not None
            assert refused is not may([role], each.permission), f"{each} for {role}"


async def test_change__without_the_pages_token_is_refused(loop: Loop) -> None:
    async with visitor(loop) as web:
        for each in ADDRESSES:
            if each.method == "POST":
                answer = await web.web.post(address(each), data={"csrf": "guessed"})
                assert answer.status_code == 403, each


async def test_nobody_signed_in__is_led_to_the_door(loop: Loop) -> None:
    async with browser(loop) as web:
        for each in ADDRESSES:
            answer = await web.request(each.method, address(each))
            assert answer.status_code == 303, each
            assert answer.headers["location"].startswith("/console/sign-in"), each
