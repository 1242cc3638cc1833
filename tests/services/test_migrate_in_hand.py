"""A change of divisions: what is in hand stays in somebody's hands (rule 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.routing.plans import GAOBI, MABI, township
from tests.services.changes import (
    MABI_TOWN,
    OTHER,
    SAMPLE,
    change,
    keep,
    lamp,
    parted,
    signed,
)
from tests.services.town import Town
from tests.tickets.acts import NOW, in_state
from tickets import life
from tickets.clocks import Clock, ClockKind, put
from tickets.deadlines import Limits
from tickets.invariants import broken
from tickets.states import State


async def test_split_off__who_signed_takes_the_ticket_along(town: Town) -> None:
    last = [g for g in SAMPLE["grids"] if g["village_code"] == GAOBI][-1]
    opened = await lamp(town, f"府城镇高壁村{last['groups'].split('|')[0]}组")
    assert opened.grid == last["code"]
    await keep(town, signed(opened, f"village:{GAOBI}", last["leader"]))
    done = await change(town, parted(GAOBI))
    ticket = await done.ticket(opened.number)
    assert (ticket.owner, ticket.person) == (f"village:{OTHER}", last["leader"])
    assert ticket.signed_by == last["leader"]


async def test_split_off__who_left_is_followed_by_the_one_in_charge(town: Town) -> None:
    last = [g for g in SAMPLE["grids"] if g["village_code"] == GAOBI][-1]
    opened = signed(await lamp(town, "府城镇高壁村"), f"village:{GAOBI}", last["leader"])
    await keep(town, opened)
    done = await change(town, parted(GAOBI))
    ticket = await done.ticket(opened.number)
    assert ticket.owner == f"village:{GAOBI}" and ticket.village == GAOBI
    assert ticket.person == town.office.in_charge(f"village:{GAOBI}") != last["leader"]
    assert ticket.signed_by == ticket.person  # rule 3: somebody is answerable all the time
    assert ticket.clocks == opened.clocks


async def test_waiting__who_asked_takes_the_ticket_along(town: Town) -> None:
    last = [g for g in SAMPLE["grids"] if g["village_code"] == GAOBI][-1]
    opened = await lamp(town, f"府城镇高壁村{last['groups'].split('|')[0]}组")
    held = signed(opened, f"village:{GAOBI}", last["leader"])
    waits, _ = life.pause(
        held, by=last["leader"], text="哪一盏？", limits=Limits(), now=held.updated_at
    )
    await keep(town, waits)
    done = await change(town, parted(GAOBI))
    ticket = await done.ticket(opened.number)
    assert (ticket.owner, ticket.person) == (f"village:{OTHER}", last["leader"])
    assert (ticket.state, ticket.clocks) == (State.NEED_INFO, waits.clocks)


async def test_township__who_was_asked_for_an_extension_can_still_decide(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    await town.cadre(opened.person, opened.number, "sign")
    await town.cadre(opened.person, opened.number, "extend", "2天，等配件")
    asked = await town.ticket()
    assert asked.reviewer == f"township:{MABI}"
    done = await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    ticket = await done.ticket(opened.number)
    assert ticket.reviewer == f"township:{MABI_TOWN}" and ticket.clocks == asked.clocks
    assert ticket.request is not None
    assert ticket.request.from_unit == ticket.owner == f"group:{MABI_TOWN}:infrastructure"
    await town.cadre(town.in_charge(ticket.reviewer), opened.number, "grant")
    assert (await town.ticket()).state is State.HANDLING


async def test_township__a_co_unit_can_still_answer_its_part(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    helper = f"group:{MABI}:rural_affairs"
    await town.cadre(opened.person, opened.number, "join", f"{helper} 看看是谁家的地")
    before = await town.ticket()
    done = await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    ticket = await done.ticket(opened.number)
    assert ticket.co_units == (f"group:{MABI_TOWN}:rural_affairs",)
    assert [c.due_at for c in ticket.clocks] == [c.due_at for c in before.clocks]
    assert broken(ticket) == ()
    await town.cadre(town.in_charge(ticket.co_units[0]), opened.number, "part", "是集体的地")
    assert (await town.ticket()).co_units == ()


def test_merged_co_units__have_one_part_with_the_earlier_deadline() -> None:
    helped = in_state(State.HANDLING)
    for unit, hours in (("a", 5), ("b", 3), ("c", 4)):
        helped, _ = life.add_units(
            helped, by="li", units=[(unit, None)], text="查", limits=Limits(), now=NOW
        )
        late = Clock(ClockKind.SUBTASK, NOW + timedelta(hours=hours), NOW, unit)
        helped = replace(helped, clocks=put(helped.clocks, late))
    moved, _ = life.relocated(
        helped,
        township=helped.township,
        village=helped.village,
        grid=helped.grid,
        owner=helped.owner,
        person=helped.person,
        reason="合并",
        now=NOW,
        units={"a": "c", "b": "c"},
    )
    part = moved.clock(ClockKind.SUBTASK, "c")
    assert part is not None and part.due_at == NOW + timedelta(hours=3)
    assert broken(moved) == ()
