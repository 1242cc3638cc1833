"""Whose a ticket is: desks, arbiters and the level above."""

from __future__ import annotations

from dataclasses import replace

from tests.tickets.world.people import other, somebody
from tests.tickets.world.world import ABOVE, World, person_at
from tickets import life
from tickets.actions import Role
from tickets.events import EventName
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket

OWNER = (Role.OWNER,)
SUPERIOR = (Role.ABOVE,)
CENTER = (Role.CENTER, Role.ABOVE)


def dispatch(world: World, ticket: Ticket) -> None:
    if ticket.state is State.DISPATCHED:
        return
    owner = other(world, ticket)
    give = world.rng.choice((life.dispatch, life.accept))
    given = give(
        ticket,
        owner=owner,
        person=person_at(owner),
        limits=world.limits,
        now=world.now,
        actor="cadre@desk",
        roles=OWNER,
    )
    world.settled(*given)


def read_again(world: World, ticket: Ticket) -> None:
    """The machine reads anew what nobody has signed for."""
    if ticket.state is not State.DISPATCHED:
        return
    owner = other(world, ticket)
    moved, event = life.dispatch(
        ticket, owner=owner, person=person_at(owner), limits=world.limits, now=world.now
    )
    world.settled(moved, life.remark(moved, EventName.REPARSED, "system", "", world.now), event)


def decline(world: World, ticket: Ticket) -> None:
    by = somebody(ticket)
    world.keep(*life.decline(ticket, by=by, reason="请到法院", now=world.now))


def return_order(world: World, ticket: Ticket) -> None:
    arbiter = ABOVE[ticket.owner] or "county"
    returned = life.return_order(
        ticket,
        by=somebody(ticket),
        reason="不归我们",
        proposed=other(world, ticket),
        arbiter=arbiter,
        person=person_at(arbiter),
        limits=world.limits,
        now=world.now,
    )
    world.settled(*returned)


def rule(world: World, ticket: Ticket) -> None:
    asked = ticket.request
    stays = world.rng.random() < 0.4
    owner = (asked.from_unit if stays else asked.unit) if asked else None
    owner = owner or "county"
    ruled = life.rule_on_dispute(
        ticket,
        by=somebody(ticket),
        owner=owner,
        person=person_at(owner),
        reason="按目录",
        final=ticket.returns > 1,
        limits=world.limits,
        now=world.now,
    )
    world.settled(*ruled)


def reassign(world: World, ticket: Ticket) -> None:
    owner = other(world, ticket)
    reassigned = life.reassign(
        ticket,
        by="cadre@boss",
        owner=owner,
        person=person_at(owner),
        reason="换人办",
        limits=world.limits,
        now=world.now,
        roles=SUPERIOR,
    )
    world.settled(*reassigned)


def supervise(world: World, ticket: Ticket) -> None:
    watched = life.supervise(ticket, by="cadre@boss", text="抓紧", now=world.now, roles=SUPERIOR)
    world.keep(*watched)


def merge(world: World, ticket: Ticket) -> None:
    mains = [each for each in world.tickets.values() if each.state in IN_HAND]
    if mains:
        into = world.rng.choice(mains)
        by, roles = somebody(ticket), OWNER
        world.keep(
            *life.merge(ticket, into=into, by=by, reason="同一盏", now=world.now, roles=roles)
        )


def unmerge(world: World, ticket: Ticket) -> None:
    unmerged = life.unmerge(
        ticket,
        by=somebody(ticket),
        reason="不是同一盏",
        person=person_at(ticket.owner),
        limits=world.limits,
        now=world.now,
        roles=OWNER,
    )
    world.settled(*unmerged)


def exclude(world: World, ticket: Ticket) -> None:
    by, now = somebody(ticket), world.now
    world.keep(*life.ask_exclusion(ticket, by=by, reason="恶意", now=now, roles=OWNER))


def excluded(world: World, ticket: Ticket) -> None:
    done = life.confirm_exclusion(ticket, by="cadre@county", now=world.now, roles=CENTER)
    world.keep(*done)


def amend(world: World, ticket: Ticket) -> None:
    """A change that no event announces: the writer leaves 更正 in the history."""
    world.keep(replace(ticket, why_not=f"补记于 {world.now}"))
