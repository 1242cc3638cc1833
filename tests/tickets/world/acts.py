"""What residents and cadres try, each with words of their own; the rules refuse what they must."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.tickets.world.world import ABOVE, World, person_at
from tickets import life
from tickets.actions import Role
from tickets.events import EventName
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket

OWNER, SUPERIOR, CENTER = (Role.OWNER,), (Role.ABOVE,), (Role.CENTER, Role.ABOVE)
Act = Callable[[World, Ticket], None]


def somebody(ticket: Ticket) -> str:
    """A cadre of the owner."""
    return ticket.person or "cadre@somewhere"


def other(world: World, ticket: Ticket) -> str:
    """Another unit than the owner."""
    return world.rng.choice([unit for unit in ABOVE if unit != ticket.owner])


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


def appeal(world: World, ticket: Ticket) -> None:
    owner = ABOVE[ticket.owner] or ticket.owner
    person = person_at(owner)
    appealed = life.appeal(
        ticket, owner=owner, person=person, text="不服", limits=world.limits, now=world.now
    )
    world.settled(*appealed)


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


def withdraw(world: World, ticket: Ticket) -> None:
    world.keep(*life.withdraw(ticket, world.now, "不用了"))


def exclude(world: World, ticket: Ticket) -> None:
    by, now = somebody(ticket), world.now
    world.keep(*life.ask_exclusion(ticket, by=by, reason="恶意", now=now, roles=OWNER))


def excluded(world: World, ticket: Ticket) -> None:
    done = life.confirm_exclusion(ticket, by="cadre@county", now=world.now, roles=CENTER)
    world.keep(*done)


def amend(world: World, ticket: Ticket) -> None:
    """A change that no event announces: the writer leaves 更正 in the history."""
    world.keep(replace(ticket, why_not=f"补记于 {world.now}"))


ACTS: tuple[tuple[Act, int], ...] = (
    (sign, 14),
    (reply, 5),
    (resolve, 12),
    (dispatch, 3),
    (solved, 8),
    (rate, 12),
    (not_solved, 3),
    (note, 3),
    (pause, 3),
    (resume, 3),
    (submit, 2),
    (approve, 2),
    (return_order, 2),
    (rule, 3),
    (extend, 2),
    (grant, 2),
    (nudge, 2),
    *(
        (rare, 1)
        for rare in (
            place_given,
            read_again,
            decline,
            appeal,
            deny,
            shelve,
            unshelve,
            reassign,
            join,
            part,
            send_back,
            rated_in_words,
            supervise,
            merge,
            unmerge,
            withdraw,
            exclude,
            excluded,
            amend,
        )
    ),
)
"""What is tried how often."""
