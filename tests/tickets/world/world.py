"""Residents who write, clocks that run out, and a moment that only moves on."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tickets import life
from tickets.clocks import ClockKind
from tickets.deadlines import Limits
from tickets.events import Event
from tickets.number import make
from tickets.states import State
from tickets.ticket import Ticket
from tickets.working_time import COUNTY_ZONE, OfficeHours

FIRST = datetime(2026, 10, 12, 0, 30, tzinfo=UTC)
HOURS = OfficeHours()
ABOVE: dict[str, str | None] = {
    "village:1": "group:1",
    "village:2": "group:2",
    "group:1": "township:1",
    "group:2": "township:2",
    "township:1": "unit:water",
    "township:2": "unit:water",
    "unit:water": "county",
    "county": None,
}
EMPTY = frozenset({"village:2"})
"""Nobody is ever there."""
MATTERS = ("water_supply", "street_lamp", "garbage", None)
_CLIMBS_BY = {
    State.PENDING_INTAKE: ClockKind.TRIAGE,
    State.DISPATCHED: ClockKind.SIGN,
    State.REWORK: ClockKind.SIGN,
    State.RETURN_PENDING: ClockKind.RULE,
}


def person_at(unit: str | None) -> str | None:
    """Whoever is in charge at a unit."""
    return None if unit is None or unit in EMPTY else f"cadre@{unit}"


@dataclass(frozen=True)
class Step:
    """What happened to one ticket at one moment."""

    ticket: Ticket
    """As it is afterwards."""
    events: tuple[Event, ...]
    is_remark: bool = False
    """The events change nothing of the ticket."""


class World:
    """Tickets by number, and all that happened to them in its order."""

    def __init__(self, seed: int, first: datetime = FIRST) -> None:
        self.rng = random.Random(seed)
        self.now = first
        self.limits = Limits(hours=HOURS)
        self.tickets: dict[str, Ticket] = {}
        self.steps: list[Step] = []
        self.given: Counter[date] = Counter()
        """Numbers given on each day."""

    def pass_time(self) -> None:
        """Some seconds to some hours; never nothing, so that no two steps share a moment."""
        longest = self.rng.choice((60, 300, 600, 600, 1_200, 5_400))
        self.now += timedelta(seconds=self.rng.randint(1, longest))

    def keep(self, ticket: Ticket, *events: Event) -> None:
        """What became of a ticket."""
        self.tickets[ticket.number] = ticket
        self.steps.append(Step(ticket, events))

    def remark(self, ticket: Ticket, event: Event) -> None:
        """A fact that changes nothing."""
        self.steps.append(Step(ticket, (event,), is_remark=True))

    def settled(self, ticket: Ticket, *events: Event) -> None:
        """Kept where somebody is in charge: an empty rung is climbed at once."""
        told = list(events)
        kind = _CLIMBS_BY.get(ticket.state)
        while kind is not None and ticket.person is None and (above := ABOVE[ticket.owner]):
            ticket, event = self._hop(ticket, kind, above, "没有人")
            told.append(event)
        self.keep(ticket, *told)

    def _hop(
        self, ticket: Ticket, kind: ClockKind, above: str | None, reason: str, of: str = ""
    ) -> life.Change:
        return life.climb(
            ticket,
            kind,
            to=above,
            person=person_at(above),
            limits=self.limits,
            now=self.now,
            reason=reason,
            of=of,
        )

    def open(self) -> None:
        """A resident writes: dispatched, asked for the place, or left to a desk."""
        day = self.now.astimezone(COUNTY_ZONE).date()
        self.given[day] += 1
        number = make(day, self.given[day])
        matter = self.rng.choice(MATTERS)
        town = self.rng.choice("12")
        fresh = Ticket(
            number=number,
            reporter=f"web:residents:r{self.rng.randint(1, 60)}",
            state=State.PENDING_INTAKE,
            text="三组路灯不亮",
            kind="appeal",
            matter=matter,
            matter_name=matter or "",
            appeal_type=self.rng.choice(("help", "consult", "complaint")),
            group=self.rng.choice(("infrastructure", "livelihood")),
            county_unit=None,
            urgent=self.rng.random() < 0.06,
            confidential=self.rng.random() < 0.05,
            township=f"T{town}",
            village=self.rng.choice((f"V{town}a", f"V{town}b", None)),
            grid=None,
            villager_group=None,
            location_level="village",
            owner=f"township:{town}",
            person=person_at(f"township:{town}"),
            created_at=self.now,
            updated_at=self.now,
            complex=self.rng.random() < 0.1,
        )
        fresh = life.in_intake(fresh, self.limits, self.now)
        received = life.received(fresh)
        way = self.rng.random()
        if way < 0.75:
            self.settled(*self._dispatched(fresh, received, town))
        elif way < 0.85:
            asked, event = life.ask_place(
                fresh, owner=fresh.owner, person=fresh.person, limits=self.limits, now=self.now
            )
            self.keep(asked, received, event)
        else:
            self.keep(fresh, received)

    def _dispatched(self, fresh: Ticket, received: Event, town: str) -> tuple[Ticket, Event, Event]:
        owner = self.rng.choice((f"group:{town}", f"group:{town}", f"village:{town}"))
        moved, event = life.dispatch(
            fresh, owner=owner, person=person_at(owner), limits=self.limits, now=self.now
        )
        return moved, received, event

    def run_out(self) -> None:
        """What the pass over due clocks does: each gets one hop, sometimes long afterwards."""
        for ticket in list(self.tickets.values()):
            for clock in ticket.clocks:
                present = self.tickets[ticket.number]
                due = present.clock(clock.kind, clock.of)
                if due is not None and due.due_at is not None and due.due_at <= self.now:
                    self._expired(present, clock.kind, clock.of)

    def _expired(self, ticket: Ticket, kind: ClockKind, of: str) -> None:
        limits, now = self.limits, self.now
        if kind is ClockKind.FEEDBACK:
            self.keep(*life.call_back(ticket, limits=limits, now=now))
        elif kind is ClockKind.REOPEN:
            self.keep(*life.close(ticket, now))
        elif kind is ClockKind.ANSWER and ticket.waits_in_hand:
            self.keep(*life.resume(ticket, by="system", text="没等到", limits=limits, now=now))
        elif kind is ClockKind.ANSWER:
            owner, person = ticket.owner, person_at(ticket.owner)
            triaged = life.triage(
                ticket, owner=owner, person=person, limits=limits, now=now, reason="没等到"
            )
            self.settled(*triaged)
        else:
            holder = life.holder(ticket, kind, of)
            above = None if kind is ClockKind.SHELF else ABOVE[holder]
            moved, event = self._hop(ticket, kind, above, "超时", of)
            if kind in life.GIVEN_UP:
                self.settled(moved, event)
            else:
                self.keep(moved, event)
