"""Random lives of a ticket: anybody does anything at any time, clocks run out, nothing may break.

The ladder here is five rungs of letters, so that a hop can be seen; the pass that handles clocks is
the shortest one that keeps the promises of domain.md §6.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tickets import life
from tickets.actions import Role
from tickets.clocks import Clock, ClockKind
from tickets.deadlines import Limits
from tickets.events import Event, EventName
from tickets.history import with_changes
from tickets.moves import NotAllowed
from tickets.states import State
from tickets.ticket import Ticket

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 09:00 in the county
LADDER = ("village", "group", "township", "unit", "center")
LIMITS = Limits()
OUTWARD = frozenset({EventName.REPLIED, EventName.RESOLVED})


def above(unit: str) -> str | None:
    at = LADDER.index(unit) if unit in LADDER else 0
    return LADDER[at + 1] if at + 1 < len(LADDER) else None


def fresh(choice: random.Random) -> Ticket:
    urgent = choice.random() < 0.2
    ticket = Ticket(
        number="LD-1",
        reporter="web:residents:anna",
        state=State.PENDING_INTAKE,
        text="路灯坏了",
        kind="appeal",
        matter="street_lamp",
        matter_name="路灯",
        appeal_type=choice.choice(["consult", "help", "complaint"]),
        group="infrastructure",
        county_unit=None,
        urgent=urgent,
        confidential=choice.random() < 0.1,
        township="T",
        village="V",
        grid=None,
        villager_group=3,
        location_level="village",
        owner=choice.choice(LADDER),
        person="p0",
        created_at=START,
        updated_at=START,
        complex=not urgent and choice.random() < 0.2,
    )
    return life.in_intake(ticket, LIMITS, START)


@dataclass
class Walk:
    """One life, with everything that was said and done in it."""

    choice: random.Random
    ticket: Ticket
    now: datetime = START
    history: list[Event] = field(default_factory=list)
    refused: int = 0
    expiries: int = 0

    @classmethod
    def begin(cls, seed: int) -> Walk:
        choice = random.Random(seed)
        ticket = fresh(choice)
        walk = cls(choice, ticket)
        walk.history += with_changes(None, ticket, [life.received(ticket)])
        return walk

    def keep(self, change: life.Change) -> None:
        after, event = change
        self.history += with_changes(self.ticket, after, [event])
        self.ticket = after

    def attempt(self) -> bool:
        """Somebody does something; True when it was allowed."""
        action = self.choice.choice(ACTIONS)
        before = self.ticket
        try:
            self.keep(action(self))
        except (NotAllowed, life.GuardFailed):
            assert self.ticket is before
            self.refused += 1
            return False
        return True

    def pass_time(self) -> None:
        """Some time goes by, mostly little; the clocks that ran out are handled in order."""
        step = self.choice.choice([1, 10, 60, 60, 240, 1440, 10_080])
        self.now += timedelta(minutes=step * self.choice.random())
        for _ in range(40):
            due = [c for c in self.ticket.clocks if c.due_at is not None and c.due_at <= self.now]
            if not due:
                return
            self.expire(min(due, key=lambda c: (c.due_at or self.now, c.key)))
        raise AssertionError("clocks that never end")

    def expire(self, clock: Clock) -> None:
        self.expiries += 1
        self.keep(expired(self, clock))

    def roles(self) -> list[Role]:
        return self.choice.sample(list(Role), self.choice.randint(1, 3))

    def unit(self) -> str:
        return self.choice.choice(LADDER)

    def someone(self) -> str:
        return f"p{self.choice.randint(0, 4)}"


def expired(walk: Walk, clock: Clock) -> life.Change:
    """What the pass does with one clock."""
    ticket, now = walk.ticket, walk.now
    if clock.kind is ClockKind.ANSWER:
        if ticket.waits_in_hand:
            return life.resume(ticket, by="system", text="", limits=LIMITS, now=now)
        return life.triage(
            ticket, owner=ticket.owner, person="p1", limits=LIMITS, now=now, reason="没有回答"
        )
    if clock.kind is ClockKind.FEEDBACK:
        return life.call_back(ticket, limits=LIMITS, now=now)
    if clock.kind is ClockKind.REOPEN:
        return life.close(ticket, now)
    shelf = clock.kind is ClockKind.SHELF
    to = None if shelf else above(life.holder(ticket, clock.kind, clock.of))
    return life.climb(
        ticket,
        clock.kind,
        to=to,
        person="p2" if to else None,
        limits=LIMITS,
        now=now,
        reason="超时",
        of=clock.of,
    )


Act = Callable[[Walk], life.Change]
ACTIONS: tuple[Act, ...] = (
    lambda w: life.ask_place(
        w.ticket, owner=w.unit(), person=w.someone(), limits=LIMITS, now=w.now
    ),
    lambda w: life.dispatch(
        w.ticket, owner=w.unit(), person=w.someone(), limits=LIMITS, now=w.now, roles=w.roles()
    ),
    lambda w: life.accept(
        w.ticket,
        owner=w.unit(),
        person=w.someone(),
        limits=LIMITS,
        now=w.now,
        actor=w.someone(),
        roles=w.roles(),
    ),
    lambda w: life.decline(
        w.ticket,
        by=w.someone(),
        reason=w.choice.choice(["", "不归这里"]),
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.appeal(
        w.ticket, owner=w.unit(), person=w.someone(), text="不同意", limits=LIMITS, now=w.now
    ),
    *(
        2
        * (
            lambda w: life.sign_for(
                w.ticket,
                person=w.someone(),
                owner=w.ticket.owner,
                limits=LIMITS,
                now=w.now,
                roles=w.roles(),
            ),
            lambda w: life.reply(
                w.ticket, person=w.someone(), text="派人去看", now=w.now, roles=w.roles()
            ),
        )
    ),
    lambda w: life.note(
        w.ticket,
        by=w.someone(),
        text="打过电话",
        now=w.now,
        contacted=w.choice.random() < 0.5,
        roles=w.roles(),
    ),
    lambda w: life.pause(w.ticket, by=w.someone(), text="哪一盏？", limits=LIMITS, now=w.now),
    lambda w: life.resume(
        w.ticket, by="resident", text="第三盏", limits=LIMITS, now=w.now, roles=w.roles()
    ),
    lambda w: life.return_order(
        w.ticket,
        by=w.someone(),
        reason="不归我们",
        proposed=w.unit(),
        arbiter="center" if w.ticket.returns else above(w.ticket.owner) or "center",
        person=w.someone(),
        limits=LIMITS,
        now=w.now,
    ),
    lambda w: life.rule_on_dispute(
        w.ticket,
        by=w.someone(),
        owner=w.unit(),
        person=w.someone(),
        reason="就归你们",
        final=w.ticket.owner == "center" and w.ticket.returns > 1,
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.reassign(
        w.ticket,
        by=w.someone(),
        owner=w.unit(),
        person=w.someone(),
        reason="改派",
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.add_units(
        w.ticket,
        by=w.someone(),
        units=[(w.unit(), w.someone())],
        text="帮着看",
        limits=LIMITS,
        now=w.now,
        joint=w.choice.random() < 0.5,
        roles=w.roles(),
    ),
    lambda w: life.answer_subtask(
        w.ticket, unit=w.unit(), person=w.someone(), text="看过了", now=w.now
    ),
    lambda w: life.drop_unit(
        w.ticket, unit=w.unit(), by=w.someone(), reason="不用了", now=w.now, roles=w.roles()
    ),
    lambda w: life.supervise(w.ticket, by=w.someone(), text="抓紧", now=w.now, roles=w.roles()),
    lambda w: life.request_extension(
        w.ticket,
        by=w.someone(),
        days=w.choice.randint(0, 12),
        reason="等配件",
        reviewer=above(w.ticket.owner) or "center",
        close_days=5,
        limits=LIMITS,
        now=w.now,
    ),
    lambda w: life.approve_extension(
        w.ticket, by=w.someone(), limits=LIMITS, now=w.now, roles=w.roles()
    ),
    lambda w: life.refuse_extension(
        w.ticket, by=w.someone(), reason="不行", now=w.now, roles=w.roles()
    ),
    lambda w: life.shelve(
        w.ticket,
        by=w.someone(),
        reason="等资金",
        review=w.now + timedelta(days=w.choice.randint(-2, 60)),
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.unshelve(
        w.ticket, by=w.someone(), reason="能办了", limits=LIMITS, now=w.now, roles=w.roles()
    ),
    *(
        2
        * (
            lambda w: life.resolve(
                w.ticket,
                person=w.someone(),
                text="修好了",
                limits=LIMITS,
                now=w.now,
                roles=w.roles(),
            ),
        )
    ),
    lambda w: life.submit_closing(
        w.ticket,
        person=w.someone(),
        text="修好了",
        missing=["photo"],
        reviewer=above(w.ticket.owner) or "center",
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.approve_closing(
        w.ticket, by=w.someone(), limits=LIMITS, now=w.now, roles=w.roles()
    ),
    lambda w: life.send_back(
        w.ticket, by=w.someone(), reason="没照片", limits=LIMITS, now=w.now, roles=w.roles()
    ),
    lambda w: life.confirm_solved(w.ticket, limits=LIMITS, now=w.now, roles=w.roles()),
    lambda w: life.rate(w.ticket, level=w.choice.randint(0, 6), now=w.now, roles=w.roles()),
    lambda w: life.not_solved(
        w.ticket,
        owner=above(w.ticket.owner) or w.ticket.owner,
        person=w.someone(),
        text="还是不亮",
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.merge(
        w.ticket,
        into=replace(w.ticket, number="LD-2", state=State.HANDLING, confidential=False),
        by=w.someone(),
        reason="同一件",
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.unmerge(
        w.ticket,
        by=w.someone(),
        reason="不是一件",
        person=w.someone(),
        limits=LIMITS,
        now=w.now,
        roles=w.roles(),
    ),
    lambda w: life.withdraw(w.ticket, w.now),
    lambda w: life.ask_exclusion(
        w.ticket, by=w.someone(), reason="恶意", now=w.now, roles=w.roles()
    ),
    lambda w: life.confirm_exclusion(w.ticket, by=w.someone(), now=w.now, roles=w.roles()),
)
"""Everything that anybody can try, with random capacities and arguments, good and bad."""
