"""What the owner of a ticket does with it, and who decides on it."""

from __future__ import annotations

from tests.tickets.world.people import other, somebody
from tests.tickets.world.world import ABOVE, World, person_at
from tickets import life
from tickets.actions import Role
from tickets.ticket import Ticket

OWNER = (Role.OWNER,)
SUPERIOR = (Role.ABOVE,)


def sign(world: World, ticket: Ticket) -> None:
    by_above = ABOVE[ticket.owner] if world.rng.random() < 0.1 else None
    owner = by_above or ticket.owner
    signed = life.sign_for(
        ticket,
        person=person_at(owner) or "cadre@somewhere",
        owner=owner,
        limits=world.limits,
        now=world.now,
        days=world.rng.choice((None, None, 1)),
        roles=SUPERIOR if by_above else OWNER,
    )
    world.keep(*signed)


def reply(world: World, ticket: Ticket) -> None:
    world.keep(*life.reply(ticket, person=somebody(ticket), text="明天去", now=world.now))


def note(world: World, ticket: Ticket) -> None:
    called = world.rng.random() < 0.5
    by = somebody(ticket)
    world.keep(*life.note(ticket, by=by, text="去过", now=world.now, contacted=called))


def pause(world: World, ticket: Ticket) -> None:
    by = somebody(ticket)
    world.keep(*life.pause(ticket, by=by, text="哪一盏？", limits=world.limits, now=world.now))


def extend(world: World, ticket: Ticket) -> None:
    asked = life.request_extension(
        ticket,
        by=somebody(ticket),
        days=world.rng.randint(1, 3),
        reason="等配件",
        reviewer=ABOVE[ticket.owner] or ticket.owner,
        close_days=5,
        limits=world.limits,
        now=world.now,
    )
    world.keep(*asked)


def grant(world: World, ticket: Ticket) -> None:
    granted = life.approve_extension(
        ticket, by="cadre@boss", limits=world.limits, now=world.now, roles=(Role.REVIEWER,)
    )
    world.keep(*granted)


def deny(world: World, ticket: Ticket) -> None:
    denied = life.refuse_extension(
        ticket, by="cadre@boss", reason="来得及", now=world.now, roles=(Role.REVIEWER,)
    )
    world.keep(*denied)


def shelve(world: World, ticket: Ticket) -> None:
    shelved = life.shelve(
        ticket,
        by="cadre@boss",
        reason="没有资金",
        review=None,
        limits=world.limits,
        now=world.now,
        roles=SUPERIOR,
    )
    world.keep(*shelved)


def unshelve(world: World, ticket: Ticket) -> None:
    unshelved = life.unshelve(
        ticket, by=somebody(ticket), reason="有钱了", limits=world.limits, now=world.now
    )
    world.keep(*unshelved)


def join(world: World, ticket: Ticket) -> None:
    unit = other(world, ticket)
    joined = life.add_units(
        ticket,
        by=somebody(ticket),
        units=[(unit, person_at(unit))],
        text="来看电路",
        limits=world.limits,
        now=world.now,
    )
    world.keep(*joined)


def part(world: World, ticket: Ticket) -> None:
    for unit in ticket.co_units[:1]:
        person = f"cadre@{unit}"
        told = life.answer_subtask(ticket, unit=unit, person=person, text="看过", now=world.now)
        world.keep(*told)


def resolve(world: World, ticket: Ticket) -> None:
    resolved = life.resolve(
        ticket, person=somebody(ticket), text="换了新灯", limits=world.limits, now=world.now
    )
    world.keep(*resolved)


def submit(world: World, ticket: Ticket) -> None:
    submitted = life.submit_closing(
        ticket,
        person=somebody(ticket),
        text="换了新灯",
        missing=["photo"],
        reviewer=ABOVE[ticket.owner] or ticket.owner,
        limits=world.limits,
        now=world.now,
    )
    world.keep(*submitted)


def approve(world: World, ticket: Ticket) -> None:
    approved = life.approve_closing(
        ticket, by="cadre@boss", limits=world.limits, now=world.now, roles=(Role.REVIEWER,)
    )
    world.keep(*approved)


def send_back(world: World, ticket: Ticket) -> None:
    back = life.send_back(
        ticket,
        by="cadre@boss",
        reason="没照片",
        limits=world.limits,
        now=world.now,
        roles=(Role.REVIEWER,),
    )
    world.keep(*back)
