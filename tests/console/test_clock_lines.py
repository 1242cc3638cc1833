"""Which clock counts for whom, and what is said of those that stand still."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.clock_lines import clock_lines
from tests.services.town import Town
from tickets.clocks import ClockKind
from tickets.states import State

GROUP, POWER = "group:141026100:infrastructure", "unit:power"


async def in_hand(town: Town) -> tuple[str, str]:
    ticket = await town.open_lamp()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "sign")
    return ticket.person, ticket.number


async def test_owner__has_the_stages_clock_first_then_the_others(town: Town) -> None:
    await in_hand(town)
    first, others = clock_lines(town.office, await town.ticket(), GROUP, town.now)
    assert first.name == "办结期限"
    assert [line.name for line in others] == ["首次联系期限"]


async def test_co_unit__has_its_own_clock_first(town: Town) -> None:
    cadre, number = await in_hand(town)
    await town.cadre(cadre, number, "join", f"{POWER} 看一下")
    first, others = clock_lines(town.office, await town.ticket(), POWER, town.now)
    assert first.name == "协办期限"
    assert "办结期限" in [line.name for line in others]
    of_owner = clock_lines(town.office, await town.ticket(), GROUP, town.now)[1]
    assert "供电公司 协办期限" in [line.name for line in of_owner]


async def test_resting_clock__says_how_much_is_left_and_comes_last(town: Town) -> None:
    cadre, number = await in_hand(town)
    await town.cadre(cadre, number, "ask", "灯杆在谁家门口？")
    ticket = await town.ticket()
    first, others = clock_lines(town.office, ticket, GROUP, town.now)
    assert first.name == "等群众补充"
    rest = others[-1]
    left = ticket.clock(ClockKind.CLOSE)
    assert left is not None and left.left is not None
    hours = int(left.left) // 60
    assert rest.paused and rest.left.words.startswith(f"停着，还剩 {hours} 小时")


async def test_answered__waits_for_the_resident_and_is_not_late(town: Town) -> None:
    await in_hand(town)
    ticket = replace(await town.ticket(), state=State.PENDING_CALLBACK)
    later = town.now + timedelta(days=60)
    first, _ = clock_lines(town.office, ticket, GROUP, later)
    assert (first.left.words, first.left.level) == ("等居民确认", "calm")


async def test_closed__has_no_clock(town: Town) -> None:
    ticket = replace(await town.open_lamp(), state=State.CLOSED, clocks=())
    first, others = clock_lines(town.office, ticket, GROUP, town.now)
    assert (first.name, first.left.words, others) == ("", "", ())
