"""Accounts and the log in the browser's hands."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from services.accounts import Account
from services.console_log import LogEntry
from services.console_policy import ConsoleRole
from tests.console.desk_office import NOW, PASSWORD, DeskOffice, browser, csrf_of, sign_in
from tests.console.stand_ins import OTHER, cadre


@pytest.fixture
async def office() -> DeskOffice:
    made = DeskOffice()
    await made.people()
    return made


@pytest.fixture
async def admin(office: DeskOffice) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(office) as client:
        await sign_in(client, "admin")
        yield client


async def send(web: httpx.AsyncClient, path: str, **form: object) -> httpx.Response:
    return await web.post(f"/console/accounts{path}", data={"csrf": await csrf_of(web), **form})


def new(**changes: object) -> dict[str, object]:
    form = {"name": "zhao.er", "person": "赵示例", "role": ["annotator", "reviewer"]}
    return form | {"password": PASSWORD, "again": PASSWORD, "cadre": ""} | changes


async def account(office: DeskOffice, name: str) -> Account | None:
    return await office.accounts.book.account(name)


async def test_add__the_new_one_signs_in(admin: httpx.AsyncClient, office: DeskOffice) -> None:
    answer = await send(admin, "", **new())
    assert answer.headers["location"] == "/console/accounts?done=added"
    assert "赵示例" in (await admin.get("/console/accounts?done=added")).text
    async with browser(office) as other:
        assert (await sign_in(other, "zhao.er")).status_code == 303
    made = await account(office, "zhao.er")
    assert made and made.roles == {ConsoleRole.ANNOTATOR, ConsoleRole.REVIEWER}
    assert office.log.entries[-2].action == "account.add"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "admin"},
        {"name": "../x"},
        {"name": ""},
        {"person": ""},
        {"person": "长" * 31},
        {"role": []},
        {"role": ["boss"]},
        {"role": ["dispatcher"]},
        {"role": ["dispatcher"], "cadre": "nobody"},
        {"role": ["dispatcher"], "cadre": cadre(OTHER)},
        {"role": ["reviewer"], "cadre": cadre("discipline")},
        {"password": "short", "again": "short"},
        {"again": "another-river"},
    ],
)
async def test_add__bad_input_makes_none(
    admin: httpx.AsyncClient, office: DeskOffice, changes: dict[str, object]
) -> None:
    before = await office.accounts.book.accounts()
    answer = await send(admin, "", **new(**changes))
    assert answer.status_code == 422 and 'class="problem"' in answer.text
    assert await office.accounts.book.accounts() == before


async def test_person__is_no_markup(admin: httpx.AsyncClient) -> None:
    await send(admin, "", **new(person="<script>x</script>"))
    page = (await admin.get("/console/accounts")).text
    assert "<script>x" not in page and "&lt;script&gt;x" in page


async def test_last_admin__stays_admin_and_open(
    admin: httpx.AsyncClient, office: DeskOffice
) -> None:
    roles = await send(admin, "/admin/roles", role=["annotator"], cadre="")
    closed = await send(admin, "/admin/close")
    assert (roles.status_code, closed.status_code) == (422, 422)
    found = await account(office, "admin")
    assert found and found.is_open and found.roles == {ConsoleRole.ADMIN}


async def test_own_roles__one_stays_signed_in(admin: httpx.AsyncClient) -> None:
    await send(admin, "/admin/roles", role=["admin", "reviewer"], cadre="")
    assert "管理员、复核员" in (await admin.get("/console/me")).text


async def test_close__is_for_good(admin: httpx.AsyncClient, office: DeskOffice) -> None:
    await send(admin, "/reviewer/close")
    assert (await send(admin, "/reviewer/roles", role=["admin"], cadre="")).status_code == 422
    assert (await send(admin, "", **new(name="reviewer"))).status_code == 422
    assert "已停用" in (await admin.get("/console/accounts")).text


async def test_password__another_one_opens(admin: httpx.AsyncClient, office: DeskOffice) -> None:
    await send(admin, "/reviewer/password", password="a-new-river-7", again="a-new-river-7")
    assert await office.accounts.sign_in("reviewer", PASSWORD) is None
    assert await office.accounts.sign_in("reviewer", "a-new-river-7") is not None


async def test_log__shows_pages_of_fifty(admin: httpx.AsyncClient, office: DeskOffice) -> None:
    for number in range(60):
        await office.log.note(LogEntry(NOW, "li", "ticket.read", f"ticket:LD-{number}"))
    first = await admin.get("/console/log?action=ticket")
    assert first.text.count("看工单") == 50 and "LD-59" in first.text
    older = f"/console/log?action=ticket&before={len(office.log.entries) - 49}"
    assert older.replace("&", "&amp;") in first.text
    second = await admin.get(older)
    assert second.text.count("看工单") == 10 and "LD-9<" in second.text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "account=%00", "about=<b>&action=%25"])
async def test_log__any_filter_gets_a_page(admin: httpx.AsyncClient, query: str) -> None:
    answer = await admin.get(f"/console/log?{query}")
    assert answer.status_code == 200 and "<b>&" not in answer.text
