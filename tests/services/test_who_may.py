"""Whoever is told or asked about a ticket can also act on it."""

from __future__ import annotations

import pytest

from services.policy import roles_at
from tests.services.town import Town, texts
from tickets.actions import Role
from tickets.states import State
from tickets.ticket import Ticket

GROUP, TOWNSHIP, HOUSING = "group:141026100:infrastructure", "township:141026100", "unit:housing"
POWER = "unit:power"


async def signed(town: Town) -> tuple[str, str]:
    ticket = await town.open_lamp()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "sign")
    return ticket.person, ticket.number


def in_charge(town: Town, unit: str) -> str:
    found = town.office.in_charge(unit)
    assert found is not None
    return found


async def held_by(town: Town, owner: str) -> Ticket:
    """A lamp that somebody of `owner` has signed for."""
    ticket = await town.open_lamp()
    boss = in_charge(town, "county")
    await town.cadre(boss, ticket.number, "dispatch", f"{owner} 由你们办")
    await town.cadre(in_charge(town, owner), ticket.number, "sign")
    return await town.ticket()


async def test_emergency__each_level_that_is_told_may_sign_for_it(town: Town) -> None:
    await town.say("府城镇高壁村着火了")
    ticket = await town.ticket()
    told = [GROUP.replace("infrastructure", "emergency"), TOWNSHIP, "unit:emergency"]
    assert ticket.urgent and ticket.owner == told[0]
    await town.cadre(in_charge(town, told[2]), ticket.number, "sign")
    assert (await town.ticket()).owner == told[2]


async def test_normal_matter__a_county_unit_does_not_see_it_before_it_is_late(town: Town) -> None:
    ticket = await town.open_lamp()
    assert roles_at(town.office.county, HOUSING, ticket) == frozenset()


async def test_shelving__is_asked_of_a_unit_that_can_sign_it(town: Town) -> None:
    ticket = await held_by(town, TOWNSHIP)
    owner = in_charge(town, TOWNSHIP)
    words = texts(await town.cadre(owner, ticket.number, "shelve", "等明年资金"))
    assert town.office.unit_name("county") in words
    boss = in_charge(town, "county")
    await town.cadre(boss, ticket.number, "shelve", "等明年资金，12月20日复查")
    assert (await town.ticket()).state is State.SHELVED


@pytest.mark.parametrize("rest", ["ask", "shelve"])
async def test_part__is_answered_while_the_lead_unit_rests(town: Town, rest: str) -> None:
    cadre, number = await signed(town)
    await town.cadre(cadre, number, "join", f"{POWER} 看一下线路")
    who = cadre if rest == "ask" else in_charge(town, TOWNSHIP)
    await town.cadre(who, number, rest, "灯杆在谁家门口？12月20日复查")
    ticket = await town.ticket()
    assert ticket.state in (State.NEED_INFO, State.SHELVED)
    helper = in_charge(town, POWER)
    assert roles_at(town.office.county, POWER, ticket) == {Role.CO_UNIT}
    await town.cadre(helper, number, "part", "线路没问题")
    assert (await town.ticket()).subtasks[0].answer == "线路没问题"
