"""The console's door: who gets in, for how long, and what is written down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from services.console_policy import ConsoleRole
from tests.console.desk_office import PASSWORD, DeskOffice, browser, csrf_of, sign_in


@pytest.fixture
async def office() -> DeskOffice:
    made = DeskOffice()
    await made.people()
    return made


@pytest.fixture
async def web(office: DeskOffice) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(office) as client:
        yield client


@pytest.fixture
async def admin(web: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await sign_in(web, "admin")).status_code == 303
    return web


async def test_page__leads_strangers_to_the_door_and_back(web: httpx.AsyncClient) -> None:
    answer = await web.get("/console/me")
    assert answer.headers["location"] == "/console/sign-in?next=/console/me"
    form = {"name": "admin", "password": PASSWORD, "next": "/console/me"}
    assert (await web.post("/console/sign-in", data=form)).headers["location"] == "/console/me"


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/work", "/console//x"])
async def test_sign_in__leads_nowhere_else(web: httpx.AsyncClient, back: str) -> None:
    form = {"name": "admin", "password": PASSWORD, "next": back}
    assert (await web.post("/console/sign-in", data=form)).headers["location"] == "/console"


async def test_sign_in__unknown_name_and_wrong_password_read_the_same(
    web: httpx.AsyncClient,
) -> None:
    wrong, unknown = await sign_in(web, "admin", "x" * 12), await sign_in(web, "nobody", "x" * 12)
    assert (wrong.status_code, wrong.text) == (unknown.status_code, unknown.text)
    assert wrong.status_code == 403


async def test_sign_in__is_in_the_log_without_what_was_typed(
    web: httpx.AsyncClient, office: DeskOffice
) -> None:
    await sign_in(web, "my password by mistake", "x")
    await sign_in(web, "admin", "x")
    await sign_in(web, "admin")
    assert office.actions() == ["sign_in.failed", "sign_in.failed", "sign_in"]
    assert [e.account for e in office.log.entries[-3:]] == ["", "admin", "admin"]
    assert "mistake" not in repr(office.log.entries)


@pytest.mark.parametrize("name", ["", "a\x00b", "管理员", "x" * 5000, "' OR 1=1 --"])
async def test_sign_in__any_name_gets_an_answer(web: httpx.AsyncClient, name: str) -> None:
    assert (await sign_in(web, name)).status_code == 403


async def test_guessing__one_name_is_stopped_wherever_it_comes_from(
    web: httpx.AsyncClient, office: DeskOffice
) -> None:
    for _ in range(10):
        await sign_in(web, "admin", "wrong password")
    assert (await sign_in(web, "admin")).status_code == 429
    assert (await sign_in(web, "reviewer")).status_code == 303


async def test_guessing__many_names_from_one_address_are_stopped(web: httpx.AsyncClient) -> None:
    for number in range(20):
        await sign_in(web, f"name{number}", "wrong password")
    assert (await sign_in(web, "admin")).status_code == 429


async def test_cookie__is_closed_to_scripts_and_other_sites(web: httpx.AsyncClient) -> None:
    cookie = (await sign_in(web, "admin")).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/console" in cookie
    assert "Secure" not in cookie


async def test_cookie__is_secure_on_https(office: DeskOffice) -> None:
    transport = httpx.ASGITransport(office.app())
    async with httpx.AsyncClient(transport=transport, base_url="https://desk") as web:
        assert "Secure" in (await sign_in(web, "admin")).headers["set-cookie"]


async def test_cookie__forged_is_no_session(web: httpx.AsyncClient) -> None:
    web.cookies.set("console", "WyJhZG1pbiIsMCwieCIsMSwyXQ.abc", path="/console")
    assert (await web.get("/console")).status_code == 303


async def test_session__ends_when_nobody_is_there(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    office.wait(timedelta(minutes=50))
    assert (await admin.get("/console")).status_code == 200
    office.wait(timedelta(minutes=50))
    assert (await admin.get("/console")).status_code == 200
    office.wait(timedelta(minutes=61))
    assert (await admin.get("/console")).status_code == 303


async def test_session__ends_after_twelve_hours_of_work(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    for _ in range(14):
        office.wait(timedelta(minutes=50))
        assert (await admin.get("/console")).status_code == 200
    office.wait(timedelta(minutes=50))
    assert (await admin.get("/console")).status_code == 303


async def test_session__ends_when_the_account_is_closed(
    web: httpx.AsyncClient, office: DeskOffice
) -> None:
    await sign_in(web, "reviewer")
    await office.accounts.close("admin", "reviewer")
    assert (await web.get("/console")).status_code == 303
    assert (await sign_in(web, "reviewer")).status_code == 403


async def test_session__ends_when_roles_change(web: httpx.AsyncClient, office: DeskOffice) -> None:
    await sign_in(web, "reviewer")
    await office.accounts.set_roles("admin", "reviewer", [ConsoleRole.ADMIN], None)
    assert (await web.get("/console")).status_code == 303


async def test_script__is_sent_to_the_door_as_a_whole(web: httpx.AsyncClient) -> None:
    answer = await web.get("/console", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/console/sign-in")


async def test_sign_out__ends_it_on_this_browser(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    token = await csrf_of(admin)
    await admin.post("/console/sign-out", data={"csrf": token})
    assert (await admin.get("/console")).status_code == 303
    assert office.actions()[-1] == "sign_out"


async def test_sign_out__everywhere_ends_the_other_browser_too(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    async with browser(office) as other:
        await sign_in(other, "admin")
        token = await csrf_of(admin)
        await admin.post("/console/sign-out", data={"csrf": token, "everywhere": "1"})
        assert (await other.get("/console")).status_code == 303


async def test_change__needs_this_sessions_token(admin: httpx.AsyncClient) -> None:
    bare = await admin.post("/console/sign-out")
    wrong = await admin.post("/console/sign-out", data={"csrf": "x"}, headers={"X-CSRF": "y"})
    assert (bare.status_code, wrong.status_code) == (403, 403)
    assert (await admin.get("/console")).status_code == 200


@pytest.mark.parametrize(
    "header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}]
)
async def test_change__is_refused_from_another_site(
    admin: httpx.AsyncClient, header: dict[str, str]
) -> None:
    token = await csrf_of(admin)
    answer = await admin.post("/console/sign-out", data={"csrf": token}, headers=header)
    assert answer.status_code == 403


async def test_token__may_come_in_the_scripts_header(admin: httpx.AsyncClient) -> None:
    token = await csrf_of(admin)
    answer = await admin.post("/console/sign-out", headers={"X-CSRF": token})
    assert answer.status_code == 303


async def test_password__is_changed_by_who_knows_it(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    async with browser(office) as other:
        await sign_in(other, "admin")
        new = "another-river-43"
        form = {"csrf": await csrf_of(admin), "old": PASSWORD, "new": new, "again": new}
        answer = await admin.post("/console/me/password", data=form)
        assert answer.headers["location"] == "/console/me?done=1"
        assert (await admin.get("/console/me?done=1")).status_code == 200
        assert (await other.get("/console")).status_code == 303
        assert (await sign_in(other, "admin", new)).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong password", "another-river-43", "another-river-43"),
        (PASSWORD, "another-river-43", "another-river-44"),
        (PASSWORD, "short", "short"),
        (PASSWORD, "1234567890", "1234567890"),
        (PASSWORD, "adminadmin12", "adminadmin12"),
    ],
)
async def test_password__refused_stays_as_it_was(
    admin: httpx.AsyncClient, office: DeskOffice, old: str, new: str, again: str
) -> None:
    form = {"csrf": await csrf_of(admin), "old": old, "new": new, "again": again}
    assert (await admin.post("/console/me/password", data=form)).status_code == 422
    assert await office.accounts.sign_in("admin", PASSWORD) is not None


async def test_password__guessing_from_an_open_page_is_stopped(admin: httpx.AsyncClient) -> None:
    new = "another-river-43"
    form = {"csrf": await csrf_of(admin), "old": "wrong password", "new": new, "again": new}
    for _ in range(10):
        assert (await admin.post("/console/me/password", data=form)).status_code == 422
    right = form | {"old": PASSWORD}
    assert (await admin.post("/console/me/password", data=right)).status_code == 429


async def test_demo__button_opens_a_sample_account_only() -> None:
    office = DeskOffice(demo=(("reviewer", "复核员"),))
    await office.people()
    async with browser(office) as web:
        other = await web.post("/console/sign-in", data={"demo": "admin"})
        sample = await web.post("/console/sign-in", data={"demo": "reviewer"})
    assert (other.status_code, sample.status_code) == (403, 303)


async def test_demo__outside_of_it_the_button_does_nothing(web: httpx.AsyncClient) -> None:
    assert (await web.post("/console/sign-in", data={"demo": "admin"})).status_code == 403
    assert "演示" not in (await web.get("/console/sign-in")).text
