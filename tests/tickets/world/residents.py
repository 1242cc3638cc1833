"""What residents do, and what the machine does for them."""

from __future__ import annotations

from tests.tickets.world.world import ABOVE, World, person_at
from tickets import life
from tickets.events import EventName
from tickets.states import State
from tickets.ticket import Ticket


def place_given(world: World, ticket: Ticket) -> None:
    """The resident answers, the machine dispatches."""
    if ticket.state is not State.NEED_INFO or ticket.waits_in_hand:
        return
    heard = life.remark(ticket, EventName.PLACE_GIVEN, "resident", "三组", world.now)
    owner = f"group:{(ticket.township or 'T1')[1]}"
    moved, event = life.dispatch(
        ticket, owner=owner, person=person_at(owner), limits=world.limits, now=world.now
    )
    world.settled(moved, heard, event)


def appeal(world: World, ticket: Ticket) -> None:
    owner = ABOVE[ticket.owner] or ticket.owner
    person = person_at(owner)
    appealed = life.appeal(
        ticket, owner=owner, person=person, text="不服", limits=world.limits, now=world.now
    )
    world.settled(*appealed)


def resume(world: World, ticket: Ticket) -> None:
    resumed = life.resume(
        ticket,
        by="resident",
        text="东边那盏",
        limits=world.limits,
        now=world.now,
        roles=life.BY_RESIDENT,
    )
    world.keep(*resumed)


def solved(world: World, ticket: Ticket) -> None:
    world.keep(*life.confirm_solved(ticket, limits=world.limits, now=world.now))


def rate(world: World, ticket: Ticket) -> None:
    level = world.rng.choice((5, 5, 4, 3, 2, 1))
    world.keep(*life.rate(ticket, level=level, now=world.now))


def rated_in_words(world: World, ticket: Ticket) -> None:
    """Words that name no level: a remark, nothing more."""
    world.remark(ticket, life.remark(ticket, EventName.RATED, "resident", "还行吧", world.now))


def not_solved(world: World, ticket: Ticket) -> None:
    owner = ABOVE[ticket.owner] or ticket.owner
    again = life.not_solved(
        ticket,
        owner=owner,
        person=person_at(owner),
        text="还是不亮",
        limits=world.limits,
        now=world.now,
    )
    world.settled(*again)


def nudge(world: World, ticket: Ticket) -> None:
    world.remark(ticket, life.remark(ticket, EventName.NUDGED, "resident", "快点", world.now))


def withdraw(world: World, ticket: Ticket) -> None:
    world.keep(*life.withdraw(ticket, world.now, "不用了"))
