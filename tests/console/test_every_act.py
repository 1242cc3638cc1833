"""Every action of a cadre, from the form that the page shows to what becomes of the ticket."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.case_verbs import VERBS
from tests.console.forms_found import form_for
from tests.console.open_county import (
    CENTER,
    GROUP,
    POWER,
    TOWNSHIP,
    OpenCounty,
    open_county,
    photo,
)
from tickets.events import EventName
from tickets.states import State


@pytest.fixture
async def county(tmp_path: Path) -> AsyncIterator[OpenCounty]:
    async with open_county(tmp_path) as opened:
        yield opened


async def lamp(county: OpenCounty) -> str:
    return (await county.town.open_lamp()).number


async def signed(county: OpenCounty) -> str:
    number = await lamp(county)
    await county.act(GROUP, number, "sign")
    return number


async def in_intake(county: OpenCounty) -> tuple[str, str]:
    """A ticket that nobody understood, and the unit whose desk has it."""
    await county.town.say("高壁村这个事不知道该找谁")
    ticket = await county.town.ticket()
    assert ticket.state is State.PENDING_INTAKE, ticket.state
    return ticket.number, ticket.owner


async def resolved(county: OpenCounty) -> str:
    number = await signed(county)
    await county.act(GROUP, number, "resolve", text="灯换好了", photo=photo())
    assert (await county.ticket(number)).state is State.RESOLVED
    return number


async def state(county: OpenCounty, number: str) -> State:
    return (await county.ticket(number)).state


async def test_accept__by_choosing_the_matter(county: OpenCounty) -> None:
    number, desk = await in_intake(county)
    await county.act(desk, number, "accept", matter="street_lamp")
    ticket = await county.ticket(number)
    assert (ticket.state, ticket.owner, ticket.matter) == (State.DISPATCHED, GROUP, "street_lamp")


async def test_dispatch__by_choosing_the_unit(county: OpenCounty) -> None:
    number, desk = await in_intake(county)
    await county.act(desk, number, "dispatch", unit=POWER)
    assert (await county.ticket(number)).owner == POWER


async def test_decline__with_the_reason(county: OpenCounty) -> None:
    number, desk = await in_intake(county)
    await county.act(desk, number, "decline", text="这归铁路管，请打 12306")
    assert await state(county, number) is State.DECLINED


async def test_sign__one_tap(county: OpenCounty) -> None:
    page = await county.act(GROUP, await lamp(county), "sign")
    assert "已签收" in page


async def test_return_and_ruling__to_the_unit_that_was_named(county: OpenCounty) -> None:
    number = await lamp(county)
    await county.act(GROUP, number, "return", unit=POWER, text="灯杆是他们的")
    page = await county.page(TOWNSHIP)
    assert "退单意见" in page and "该由供电公司办" in page and "灯杆是他们的" in page
    await county.act(TOWNSHIP, number, "rule_agree")
    assert (await county.ticket(number)).owner == POWER


async def test_ruling__back_to_whoever_returned_it(county: OpenCounty) -> None:
    number = await lamp(county)
    await county.act(GROUP, number, "return", unit=POWER, text="灯杆是他们的")
    await county.act(TOWNSHIP, number, "rule_refuse", text="归你们管")
    assert (await county.ticket(number)).owner == GROUP


async def test_ruling__to_a_third_unit(county: OpenCounty) -> None:
    number = await lamp(county)
    await county.act(GROUP, number, "return", unit=POWER, text="灯杆是他们的")
    await county.act(TOWNSHIP, number, "rule", unit="unit:housing", text="住建局装的")
    assert (await county.ticket(number)).owner == "unit:housing"


async def test_extension__asked_and_granted(county: OpenCounty) -> None:
    number = await signed(county)
    due = (await county.ticket(number)).close_due
    await county.act(GROUP, number, "extend", days="2", text="等配件，12月3日到")
    page = await county.page(TOWNSHIP)
    assert "申请延期 2 个工作日" in page
    await county.act(TOWNSHIP, number, "grant")
    later = (await county.ticket(number)).close_due
    assert due is not None and later is not None and later > due + timedelta(days=1)


async def test_extension__asked_and_refused(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "extend", days="2", text="等配件")
    await county.act(TOWNSHIP, number, "deny", text="先按原来的办")
    ticket = await county.ticket(number)
    assert (ticket.state, ticket.extensions) == (State.HANDLING, 0)


async def test_reply_then_closing__with_a_photo_from_the_form(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "reply", text="明天去修")
    assert "办结还要" in await county.page(GROUP)
    await county.act(GROUP, number, "resolve", text="灯换好了", photo=photo())
    ticket = await county.ticket(number)
    assert (ticket.state, ticket.answer) == (State.RESOLVED, "灯换好了")
    _, _, media = await county.town.store.desk.ticket(number) or (None, None, [])
    assert len(media) == 1
    client = await county.client(GROUP)
    shown = await client.get(f"/work/{number}/media/{media[0].removeprefix('media:')}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")


async def test_closing_without_the_photo__is_looked_at_and_approved(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "resolve", text="灯换好了")
    assert await state(county, number) is State.PENDING_REVIEW
    assert "还缺现场照片" in await county.page(TOWNSHIP)
    await county.act(TOWNSHIP, number, "approve")
    assert await state(county, number) is State.RESOLVED


async def test_closing_without_the_photo__is_sent_back(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "resolve", text="灯换好了")
    await county.act(TOWNSHIP, number, "send_back", text="拍张照片")
    assert await state(county, number) is State.HANDLING


async def test_photo__supplied_later_completes_the_closing(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "resolve", text="灯换好了")
    page = await county.act(GROUP, number, "photo", photo=photo())
    assert await state(county, number) is State.RESOLVED
    assert "干部发来的照片" in page


async def test_contact_and_note__are_for_cadres_only(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "called", text="打过电话，在家等")
    page = await county.act(GROUP, number, "note", text="要带梯子", photo=photo())
    ticket = await county.ticket(number)
    assert ticket.contacted_at is not None and ticket.answer == ""
    assert "干部之间的话（2）" in page and "要带梯子" in page


async def test_question__rests_the_clock_and_goes_on(county: OpenCounty) -> None:
    number = await signed(county)
    page = await county.act(GROUP, number, "ask", text="灯杆在谁家门口？")
    assert await state(county, number) is State.NEED_INFO
    assert "停着，还剩" in page
    await county.act(GROUP, number, "go_on")
    assert await state(county, number) is State.HANDLING


async def test_co_unit__is_asked_and_answers_on_its_own_page(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "join", unit=POWER, text="看一下线路")
    page = await county.page(POWER)
    assert "请您协办" in page and "协办期限" in page
    await county.act(POWER, number, "part", text="线路没问题")
    assert "供电公司</b> 已答复：线路没问题" in await county.page(GROUP)
    assert f'id="{number}"' not in await county.page(POWER)


async def test_all_co_units__are_asked_and_one_is_dropped(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "joint", text="一起看看")
    assert (await county.ticket(number)).co_units == (POWER,)
    await county.act(GROUP, number, "drop", co_unit=POWER, text="不用了")
    assert (await county.ticket(number)).co_units == ()


async def test_shelving__asked_signed_above_and_ended(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "shelve", text="等明年资金")
    assert await state(county, number) is State.SIGNED
    day = (county.town.now + timedelta(days=10)).date()
    await county.act(TOWNSHIP, number, "shelve", date=day.isoformat(), text="等明年资金")
    ticket = await county.ticket(number)
    assert ticket.state is State.SHELVED and ticket.due_at is not None
    assert ticket.due_at.date() == day
    await county.act(GROUP, number, "unshelve", text="资金到了")
    assert await state(county, number) is State.HANDLING


async def test_supervise__marks_the_card(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(TOWNSHIP, number, "supervise", text="今天必须去人")
    page = await county.page(GROUP)
    assert '<span class="chip watched">督办</span>' in page and "今天必须去人" in page


async def test_reassign__by_the_level_above(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(TOWNSHIP, number, "dispatch", unit=POWER, text="是他们的线路")
    ticket = await county.ticket(number)
    assert (ticket.owner, ticket.state) == (POWER, State.DISPATCHED)


async def test_call__solved_and_how_content(county: OpenCounty) -> None:
    number = await resolved(county)
    await county.act(CENTER, number, "solved")
    assert await state(county, number) is State.CALLED_BACK
    await county.act(CENTER, number, "rate", level="4")
    ticket = await county.ticket(number)
    assert (ticket.state, ticket.satisfaction) == (State.CLOSED, 4)


async def test_call__not_solved_goes_one_level_up(county: OpenCounty) -> None:
    number = await resolved(county)
    await county.act(CENTER, number, "unsolved", text="还是不亮")
    ticket = await county.ticket(number)
    assert (ticket.state, ticket.owner) == (State.REWORK, TOWNSHIP)
    assert "群众说没解决：</b>还是不亮" in await county.page(TOWNSHIP)


async def test_merge_and_unmerge__from_the_main_tickets_page(county: OpenCounty) -> None:
    number = await signed(county)
    other = await county.another_lamp()
    await county.act(GROUP, other, "merge", main=number, text="同一盏灯")
    page = await county.page(GROUP, number)
    assert f'href="/work/{other}"' in page and "并进来的" in page
    await county.act(GROUP, other, "unmerge", alone=True, text="是另一盏")
    assert await state(county, other) is State.DISPATCHED


async def test_split__opens_a_ticket_for_the_other_matter(county: OpenCounty) -> None:
    number = await signed(county)
    await county.act(GROUP, number, "split", text="垃圾与环境卫生没人管，到处是垃圾")
    new = await county.town.ticket()
    assert new.number != number
    assert (new.matter, new.text) == ("garbage", "垃圾与环境卫生没人管，到处是垃圾")
    assert EventName.SPLIT in {event.name for event in await county.events(number)}
    told = await county.town.news(county.town.chat())
    assert any("另外办" in line.message.text for line in told)


async def test_exclusion__asked_by_one_and_agreed_by_another(county: OpenCounty) -> None:
    number = await resolved(county)
    await county.act(CENTER, number, "solved")
    await county.act(CENTER, number, "rate", level="5")
    await county.act(GROUP, number, "exclude", alone=True, text="测试时发的")
    page = await county.page(CENTER)
    assert "申请剔除：测试时发的" in page
    await county.act(CENTER, number, "exclude_yes")
    assert (await county.ticket(number)).excluded == "done"


async def test_refused__is_said_on_the_page(county: OpenCounty) -> None:
    """Two cadres at once: what the first one did makes the second one's form void."""
    number = await lamp(county)
    client = await county.client(GROUP)
    html = await county.page(GROUP)
    await county.town.cadre(county.person(TOWNSHIP), number, "dispatch", f"{POWER} 归他们")
    form = form_for(html, number, "sign")
    await client.post(form.action, data=form.filled())
    assert "不归您管" in await county.page(GROUP)


def test_every_verb__is_sent_by_a_test_of_this_file() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    sent = set(re.findall(r"county\.act\(\w+, \w+, \"(\w+)\"", source))
    assert set(VERBS) - {"more"} - sent == set()
