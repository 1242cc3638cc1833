"""The triage queue before the real services: what is shown, what a press does, who has a case."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.console.desk_office import sign_in
from tests.console.open_desk import OpenDesk, open_desk_app
from tickets.states import State
from tickets.ticket import Ticket

WELL = "141026100206"  # 府城镇高壁村
OTHER = "141026101200"


@pytest.fixture
async def desk(tmp_path: Path) -> OpenDesk:
    made = open_desk_app(tmp_path)
    await made.people()
    return made


@asynccontextmanager
async def visitor(desk: OpenDesk, name: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(desk.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as web:
        assert (await sign_in(web, name)).status_code == 303
        yield web


@pytest.fixture
async def web(desk: OpenDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(desk, "dispatcher") as client:
        yield client


async def hidden(web: httpx.AsyncClient, path: str, action: str) -> dict[str, str]:
    """What the page's form of this action carries already."""
    html = (await web.get(path)).text
    form = re.search(rf'<form[^>]*action="[^"]*/{action}".*?</form>', html, re.DOTALL)
    assert form is not None, html
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return dict(found)


async def act(
    web: httpx.AsyncClient, ticket: Ticket, verb: str, *, query: str = "", **more: str
) -> httpx.Response:
    path = f"/console/triage/{ticket.number}"
    form = await hidden(web, f"{path}?{query}", verb)
    return await web.post(f"{path}/{verb}", data=form | more)


async def test_accept__goes_where_the_plan_said(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear()
    assert ticket.state is State.PENDING_INTAKE
    page = await web.get(f"/console/triage/{ticket.number}?matter=street_lamp")
    after = await act(web, ticket, "accept", query="matter=street_lamp")
    assert after.headers["location"] == "/console/triage"
    sent = await desk.read(ticket.number)
    assert (sent.state, sent.matter) == (State.DISPATCHED, "street_lamp")
    assert desk.town.office.unit_name(sent.owner) in page.text
    assert desk.town.office.cadre_name(sent.person) in page.text
    assert "没有要分诊的了" in (await web.get("/console/triage")).text


async def test_accept__the_resident_and_the_owner_hear_of_it(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    ticket = await desk.unclear()
    await desk.town.news(desk.town.chat())
    await act(web, ticket, "accept", query="matter=street_lamp")
    sent = await desk.read(ticket.number)
    assert sent.person is not None
    assert await desk.town.news(desk.town.chat())
    listed = await desk.town.store.desk.tickets_at([sent.owner], limit=5)
    assert sent in listed


async def test_accept__with_another_place(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear(text="机井没人修")
    assert ticket.village is None
    await act(web, ticket, "accept", query=f"matter=street_lamp&place={WELL}")
    sent = await desk.read(ticket.number)
    assert (sent.village, sent.township) == (WELL, WELL[:9])
    assert sent.owner == "group:141026100:infrastructure"


@pytest.mark.parametrize("query", ["matter=nonsense", "matter=street_lamp&place=999", "matter=%00"])
async def test_plan__nonsense_offers_nothing_to_press(
    desk: OpenDesk, web: httpx.AsyncClient, query: str
) -> None:
    ticket = await desk.unclear()
    answer = await web.get(f"/console/triage/{ticket.number}/plan?{query}")
    assert answer.status_code == 200 and "data-enter" not in answer.text


@pytest.mark.parametrize("place", ["999", "a b", "@", "<b>"])
async def test_accept__nonsense_changes_nothing(
    desk: OpenDesk, web: httpx.AsyncClient, place: str
) -> None:
    ticket = await desk.unclear()
    form = {"matter": "street_lamp", "place": place}
    await act(web, ticket, "accept", query="matter=street_lamp", **form)
    assert await desk.read(ticket.number) == ticket


async def test_decline_and_ask__need_words_and_reach_the_resident(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    first, second = await desk.unclear(), await desk.unclear("bea")
    empty = await act(web, first, "decline")
    assert empty.status_code == 422
    await act(web, first, "decline", text="这件事请找法院")
    await act(web, second, "ask", text="机井在哪个组？")
    assert (await desk.read(first.number)).state is State.DECLINED
    assert (await desk.read(second.number)).state is State.NEED_INFO


async def test_dispatch__straight_to_a_unit(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear()
    await act(web, ticket, "dispatch", unit="unit:power", text="请看看")
    assert (await desk.read(ticket.number)).owner == "unit:power"


async def test_candidates__say_why(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear(text="府城镇高壁村机井坏了")
    page = (await web.get(f"/console/triage/{ticket.number}")).text
    assert 'value="water_supply"' in page and "关键词 40%" in page
    assert "高壁村" in page and "分诊还剩" in page


async def test_search__by_name_and_by_first_letters(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    path = f"/console/triage/{(await desk.unclear()).number}"
    for typed in ("路灯", "ld", "ludeng", "太阳能灯"):
        assert "street_lamp" in (await web.get(f"{path}/matters?typed={typed}")).text
    for typed in ("高壁", "gbc", "gaobi"):
        assert WELL in (await web.get(f"{path}/places?where={typed}")).text
    assert 'value="141026100"' in (await web.get(f"{path}/places")).text
    assert WELL in (await web.get(f"{path}/places?below=141026100")).text


async def test_words__are_no_markup(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear(text="<img src=x onerror=alert(1)> 府城镇没人管")
    for path in (f"/console/triage/{ticket.number}", f"/console/tickets/{ticket.number}"):
        page = (await web.get(path)).text
        assert "<img src=x" not in page and "&lt;img src=x" in page


async def test_urgent__comes_first_then_the_oldest(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    first = await desk.unclear()
    desk.wait(60)
    await desk.unclear("bea")
    assert first.number in (await web.get("/console/triage")).text


async def test_skip__comes_back_last(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    first = await desk.unclear()
    second = await desk.unclear("bea", "安泰街没人管的事")
    await act(web, first, "skip")
    assert f"triage/{second.number}/plan" in (await web.get("/console/triage")).text
    await act(web, second, "skip")
    assert "/plan" in (await web.get("/console/triage")).text


async def test_two_dispatchers__get_different_cases(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    first = await desk.unclear()
    second = await desk.unclear("bea", "安泰街没人管的事")
    assert f"triage/{first.number}/plan" in (await web.get("/console/triage")).text
    async with visitor(desk, "dispatcher2") as other:
        assert f"triage/{second.number}/plan" in (await other.get("/console/triage")).text
        assert "dispatcher示例正在看" in (await other.get(f"/console/triage/{first.number}")).text
        desk.wait(301)
        assert f"triage/{first.number}/plan" in (await other.get("/console/triage")).text


async def test_two_dispatchers__the_second_press_changes_nothing(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    ticket = await desk.unclear()
    path = f"/console/triage/{ticket.number}"
    async with visitor(desk, "dispatcher2") as other:
        late = await hidden(other, f"{path}?matter=garbage", "accept")
        await act(web, ticket, "accept", query="matter=street_lamp")
        answer = await other.post(f"{path}/accept", data=late)
    assert answer.status_code == 409 and "已经不用分诊了" in answer.text
    assert (await desk.read(ticket.number)).matter == "street_lamp"


async def test_changed_case__is_shown_again_before_anything_happens(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    ticket = await desk.unclear()
    path = f"/console/triage/{ticket.number}"
    form = await hidden(web, f"{path}?matter=street_lamp", "accept")
    answer = await web.post(f"{path}/accept", data=form | {"version": "999"})
    assert answer.status_code == 409 and "刚被别人动过" in answer.text
    assert (await desk.read(ticket.number)).state is State.PENDING_INTAKE


async def test_day__counts_ones_own_cases_and_seconds(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    ticket = await desk.unclear()
    await web.get("/console/triage")
    desk.wait(12)
    await act(web, ticket, "accept", query="matter=street_lamp")
    assert re.search(r"今天您办了 1 件，平均 1[0-9] 秒", (await web.get("/console/triage")).text)
    async with visitor(desk, "dispatcher2") as other:
        assert "今天您办了 0 件" in (await other.get("/console/triage")).text
    desk.town.now += timedelta(days=1)
    async with visitor(desk, "dispatcher") as tomorrow:
        assert "今天您办了 0 件" in (await tomorrow.get("/console/triage")).text


async def test_every_look_and_act__is_written_down(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    ticket = await desk.unclear()
    await act(web, ticket, "accept", query="matter=street_lamp")
    await web.get(f"/console/tickets/{ticket.number}")
    await web.get("/console/tickets?q=机井没人修")
    assert desk.actions() == [
        "sign_in", "triage.read", "triage.accept", "ticket.read", "ticket.search",
    ]  # fmt: skip
    assert "机井" not in repr(desk.log.entries)


async def test_sealed__is_seen_by_nobody_here(desk: OpenDesk, web: httpx.AsyncClient) -> None:
    sealed = await desk.unclear(text="府城镇高壁村书记贪了钱")
    assert sealed.owner == "discipline"
    async with visitor(desk, "admin") as admin:
        for one in (web, admin):
            assert (await one.get(f"/console/tickets/{sealed.number}")).status_code == 404
            assert sealed.number not in (await one.get("/console/tickets?q=贪了钱")).text
    assert (await web.get(f"/console/triage/{sealed.number}")).status_code == 404
    assert desk.actions().count("ticket.refused") == 3


async def test_confidential__is_not_for_an_admin_without_a_cadre(desk: OpenDesk) -> None:
    ticket = await desk.unclear(text="请保密，府城镇有件事没人管")
    assert ticket.confidential
    async with visitor(desk, "admin") as admin:
        assert (await admin.get(f"/console/tickets/{ticket.number}")).status_code == 404


async def test_ticket_page__explains_reading_place_row_and_duty(
    desk: OpenDesk, web: httpx.AsyncClient
) -> None:
    await desk.town.say("府城镇高壁村三组路灯坏了三天没人管")
    ticket = await desk.town.ticket("anna")
    page = (await web.get(f"/console/tickets/{ticket.number}")).text
    for words in (
        "90%",
        "名称一致",
        "牵头单位",
        "没人接会往上走",
        "办理经过",
        "由 <b>test</b> 读的",
    ):
        assert words in page
    assert desk.town.office.cadre_name(ticket.person) in page


@pytest.mark.parametrize("number", ["LD-0", "x", "LD-2026%00", "LD-" + "9" * 60])
async def test_unknown__is_not_found(web: httpx.AsyncClient, number: str) -> None:
    assert (await web.get(f"/console/tickets/{number}")).status_code == 404
    assert (await web.get(f"/console/triage/{number}")).status_code == 404
