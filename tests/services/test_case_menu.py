"""The menu is what the desk allows: all of it, and nothing that it refuses."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.case_choices import choices, offered
from services.case_entries import ENTRIES, SIGNED_BY_ACTING, Field, Words
from services.case_menu import Seat, likely, menu, possible
from services.case_verbs import VERBS
from tests.services.town import Town, button, texts
from tests.services.walking import WORDS, Walk
from tickets.actions import Action, Role
from tickets.moves import MOVES, allowed
from tickets.states import State

CADRES = frozenset({Role.OWNER, Role.ABOVE, Role.REVIEWER, Role.CO_UNIT, Role.CENTER})
BY_ACTING = {
    Action.REPLY,
    Action.RESOLVE,
    Action.INTERNAL_NOTE,
    Action.ASK_INFO,
    Action.ADD_UNIT,
    Action.JOINT_HANDLE,
}
"""What somebody may do to a ticket by which they sign for it (no extra tap)."""
CAPACITIES = [
    frozenset(roles)
    for count in range(1, len(CADRES) + 1)
    for roles in itertools.combinations(sorted(CADRES), count)
]
HARMLESS = {"more", "called", "note", "photo", "reply"}
"""Words that the desk takes in more situations than it offers them."""


@pytest.mark.parametrize("state", list(State))
def test_possible__is_what_the_table_allows_in_every_capacity(state: State) -> None:
    for roles in CAPACITIES:
        may = set(allowed(state, *roles))
        if Action.SIGN_FOR in may and state in SIGNED_BY_ACTING:
            may |= BY_ACTING - ({Action.RESOLVE} if state is State.PENDING_INTAKE else set())
        # Whether a closing goes out at once or to a reviewer is not the cadre's choice.
        may.discard(Action.SUBMIT_CLOSING)
        assert {entry.action for entry in possible(state, roles)} == may, roles


def test_every_action_of_a_cadre__has_an_entry() -> None:
    of_cadres = {action for (_, action), entry in MOVES.items() if entry.by & CADRES}
    assert of_cadres - {Action.SUBMIT_CLOSING} == {entry.action for entry in ENTRIES}


def test_every_verb__is_in_the_list_and_the_other_way_round() -> None:
    assert {entry.verb for entry in ENTRIES} == set(VERBS) - {"more"}


@pytest.mark.parametrize("state", list(State))
def test_a_verb__means_one_thing_at_a_time(state: State) -> None:
    """Two entries of one verb never stand in one menu: what a press does is never in doubt."""
    for roles in CAPACITIES:
        verbs = [e.verb for e in possible(state, roles) if e.name != "shelve_ask"]
        assert len(verbs) == len(set(verbs)), roles


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
async def test_menu__offers_nothing_that_the_desk_refuses(seed: int) -> None:
    walk = Walk(random.Random(seed))
    await walk.begin()
    for _ in range(14):
        ticket = await walk.ticket()
        seat = walk.somebody(ticket)
        entries = walk.menu(seat, ticket)
        usual = [entry for entry in entries for _ in range(1 if entry.verb == "note" else 3)]
        if usual:
            entry = walk.choice.choice(usual)
            said = walk.input_for(entry, seat, ticket)
            if said is not None and entry.verb != "photo":
                before = await walk.history()
                assert seat.person is not None
                lines = await walk.town.cadre(seat.person, walk.number, entry.verb, said)
                told = (seed, ticket.state, entry.name, said, texts(lines))
                assert await walk.history() > before, told
        if walk.choice.random() < 0.2:
            await walk.resident()
        if walk.choice.random() < 0.3:
            await walk.time()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
async def test_desk__does_nothing_that_the_menu_does_not_offer(seed: int) -> None:
    walk = Walk(random.Random(seed))
    await walk.begin()
    for _ in range(12):
        ticket = await walk.ticket()
        seat = walk.somebody(ticket)
        entries = walk.menu(seat, ticket)
        assert seat.person is not None
        verb = walk.choice.choice([v for v in walk.others(entries) if v not in HARMLESS])
        words = f"{walk.choice.choice(['unit:power', '5天', 'street_lamp', walk.main])} {WORDS}"
        await walk.town.cadre(seat.person, walk.number, verb, words)
        assert await walk.ticket() == ticket, (seed, ticket.state, verb)
        if entries:
            entry = walk.choice.choice(entries)
            said = walk.input_for(entry, seat, ticket)
            await walk.town.cadre(seat.person, walk.number, entry.verb, said or "")
        if walk.choice.random() < 0.3:
            await walk.time()


async def test_more__answers_with_just_the_menu(town: Town) -> None:
    ticket = await town.open_lamp()
    assert ticket.person is not None
    seat = Seat(ticket.owner, ticket.person)
    lines = await town.cadre(ticket.person, ticket.number, "more")
    pressed = [b.data for row in lines[-1].message.buttons for b in row]
    entries = menu(town.office, seat, ticket, town.now)
    assert pressed == [f"c:{ticket.number}:{entry.verb}" for entry in entries]
    assert "sign" in {entry.verb for entry in entries}


async def test_more__of_a_stranger_says_no(town: Town) -> None:
    ticket = await town.open_lamp()
    other = town.office.in_charge("group:141026200:infrastructure")
    assert other is not None
    assert "不归您管" in texts(await town.cadre(other, ticket.number, "more"))


async def test_likely__is_at_most_three_and_part_of_the_menu(town: Town) -> None:
    ticket = await town.open_lamp()
    seat = Seat(ticket.owner, ticket.person)
    first = likely(town.office, seat, ticket, town.now, 3)
    assert [entry.verb for entry in first] == ["sign", "return"]
    assert set(first) <= set(menu(town.office, seat, ticket, town.now))


async def test_choice_by_button__then_the_reason_in_words(town: Town) -> None:
    """退单 in a chat: a tap for the unit, a reply with the reason."""
    ticket = await town.open_lamp()
    assert ticket.person is not None
    lines = await town.cadre(ticket.person, ticket.number, "return")
    unit = button(lines, "供电公司")
    assert unit == f"c:{ticket.number}:return.unit:power"
    asked = await town.cadre(ticket.person, ticket.number, "return.unit:power")
    assert "写明理由" in texts(asked) and "供电公司" in texts(asked)
    assert asked[-1].message.purpose == "return.unit:power"
    assert (await town.ticket()).state is State.DISPATCHED
    await town.cadre(ticket.person, ticket.number, "return.unit:power", "线路归他们管")
    returned = await town.ticket()
    assert returned.state is State.RETURN_PENDING
    assert returned.request is not None and returned.request.unit == "unit:power"


async def test_choice__that_needs_no_words_is_one_tap(town: Town) -> None:
    await town.say("不知道该找谁，帮帮我")
    ticket = await town.ticket()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "accept.street_lamp")
    assert (await town.ticket()).matter == "street_lamp"


async def test_accept__offers_what_the_reading_found_likely(town: Town) -> None:
    await town.say("路灯，不知道在哪")
    await town.say("说不清")
    ticket = await town.ticket()
    assert ticket.person is not None
    lines = await town.cadre(ticket.person, ticket.number, "accept")
    assert button(lines, "路灯") == f"c:{ticket.number}:accept.street_lamp"


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.field is Field.UNIT])
async def test_units_to_choose__fit_a_button_and_are_few(town: Town, entry: object) -> None:
    ticket = await town.open_lamp()
    for each in ENTRIES:
        if each is entry:
            options = offered(town.office, Seat("county", None), ticket, each)
            assert 1 <= len(options) <= 10
            data = [f"c:{ticket.number}:{each.verb}.{option.value}" for option in options]
            assert max(len(one.encode()) for one in data) <= 64


async def test_units_to_choose__none_below_what_may_own_the_matter(town: Town) -> None:
    await town.say("被诈骗了三千块")
    await town.say("高壁村")
    ticket = await town.ticket()
    dispatch = next(entry for entry in ENTRIES if entry.name == "reassign")
    seat = Seat("county", town.office.in_charge("county"))
    codes = [o.value for c in choices(town.office, seat, ticket, dispatch) for o in c.options]
    assert codes and not [code for code in codes if code.startswith(("group", "village"))]


def test_entries__that_a_resident_reads_take_words() -> None:
    assert all(entry.words is not Words.NONE for entry in ENTRIES if entry.public)
