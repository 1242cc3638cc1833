"""When cadres take up a ticket: every change of what a ticket asks for plans somebody's next look.

A plan is for one situation. When its moment comes and the ticket stands otherwise meanwhile,
nothing is done: somebody else acted, or it has climbed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from liandong.month.cadre_work import Work
from liandong.month.chance import Chance
from liandong.month.hand import page_of
from liandong.month.temperaments import MIX, Official, WorkingHours
from liandong.month.world import Step, World
from tickets.clocks import ClockKind
from tickets.events import Event, EventName
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket

Situation = tuple[object, ...]
_UNSIGNED = (State.PENDING_INTAKE, State.DISPATCHED, State.REWORK)
_WAKES = frozenset({EventName.NUDGED, EventName.SUPERVISED, EventName.REMINDED})
"""What makes somebody look again who had let it lie."""


def situation(ticket: Ticket) -> Situation:
    """What a ticket asks of cadres; the same as long as nobody has to think anew."""
    return (
        ticket.state,
        ticket.owner,
        ticket.person,
        ticket.reviewer,
        ticket.dispatched_at,
        ticket.signed_at,
        ticket.contacted_at is None,
        ticket.co_units,
        ticket.excluded,
        ticket.rung,
    )


@dataclass(slots=True)
class Cadres:
    """`liandong.month.world.Onlooker`: all cadres of the county."""

    world: World
    work: Work
    hours: WorkingHours
    officials: dict[str, Official] = field(default_factory=dict)
    _planned: dict[str, Situation] = field(default_factory=dict)
    _chance: Chance = field(init=False)

    def __post_init__(self) -> None:
        self._chance = Chance(self.world.seed, "cadres")
        for cadre in self.world.office.county.org.cadres:
            self.official(cadre)

    def official(self, cadre: str) -> Official:
        """The person behind a cadre's id."""
        found = self.officials.get(cadre)
        if found is None:
            own = Chance(self.world.seed, f"cadre/{cadre}")
            found = Official(cadre, own.weighted(MIX), own, page_of(cadre))
            self.officials[cadre] = found
        return found

    def see(self, step: Step) -> None:
        """Plan what the tickets that changed ask for."""
        for number, ticket in step.touched.items():
            now = situation(ticket)
            if self._planned.get(number) != now:
                self._planned[number] = now
                self._take_up(ticket, now)
        for happened in step.happened:
            self._wake(step.touched[happened.ticket], happened.event)

    # plans

    def _plan(
        self,
        number: str,
        planned: Situation,
        cadre: str | None,
        delay: timedelta,
        act: Callable[[Official, Ticket], Awaitable[None]],
    ) -> None:
        if cadre is None:
            return
        official = self.official(cadre)
        at = self.hours.next_at_work(official, self.world.now + delay)
        if at is None:
            return

        async def look() -> None:
            ticket = self.world.tickets[number]
            on_leave = official.away_until is not None and official.away_until > self.world.now
            there = self.world.office.cadre(official.id) is not None
            if there and not on_leave and situation(ticket) == planned:
                await act(official, ticket)

        self.world.agenda.plan(at, look)

    def _take_up(self, ticket: Ticket, planned: Situation) -> None:
        state, number = ticket.state, ticket.number
        if state in _UNSIGNED:
            self._sign(ticket, planned)
        elif state in IN_HAND and state is not State.EXTENSION_PENDING:
            self._handle(ticket, planned)
        elif state is State.RETURN_PENDING:
            self._decide(ticket, planned, ticket.owner, 60, self.work.rule)
        elif state is State.EXTENSION_PENDING and ticket.reviewer:
            self._decide(ticket, planned, ticket.reviewer, 80, self.work.decide_extension)
        elif state is State.PENDING_REVIEW and ticket.reviewer:
            if self._chance.happens(0.55):
                delay = self._chance.after(120)
                self._plan(number, planned, ticket.person, delay, self.work.supply_evidence)
            else:
                self._decide(ticket, planned, ticket.reviewer, 150, self.work.review)
        elif state is State.SHELVED:
            delay = timedelta(days=self._chance.between(3, 12))
            self._plan(number, planned, ticket.person, delay, self.work.unshelve)
        elif ticket.waits_in_hand and self._chance.happens(0.15):
            self._plan(number, planned, ticket.person, self._chance.after(900), self.work.go_on)
        elif not ticket.is_open or state in (State.RESOLVED, State.PENDING_CALLBACK):
            self._afterwards(ticket, planned)

    def _decide(
        self,
        ticket: Ticket,
        planned: Situation,
        unit: str,
        median: float,
        act: Callable[[Official, Ticket], Awaitable[None]],
    ) -> None:
        """Whoever answers for the unit decides, or lets it lie."""
        cadre = self.world.office.in_charge(unit)
        if cadre and not self._chance.happens(self.official(cadre).temperament.forgets):
            self._plan(ticket.number, planned, cadre, self._chance.after(median), act)

    def _sign(self, ticket: Ticket, planned: Situation) -> None:
        if ticket.person is None:
            return
        official = self.official(ticket.person)
        temperament, chance = official.temperament, official.chance
        if chance.happens(temperament.forgets * (0.3 if ticket.urgent else 1.0)):
            return
        median = temperament.signs_after / (5 if ticket.urgent else 1)
        delay = chance.after(median)
        self._plan(ticket.number, planned, ticket.person, delay, self.work.take_up)

    def _handle(self, ticket: Ticket, planned: Situation) -> None:
        """First contact soon, the result in the part of the time that somebody takes for it."""
        cadre = ticket.person or ticket.signed_by
        if cadre is None:
            return
        official = self.official(cadre)
        temperament, chance, number = official.temperament, official.chance, ticket.number
        for unit in ticket.co_units:
            self._part(ticket, planned, unit)
        if ticket.contacted_at is None:
            if not chance.happens(temperament.forgets):
                median = 10 if ticket.urgent else 3 * temperament.signs_after
                self._plan(number, planned, cadre, chance.after(median), self.work.contact)
            return
        if chance.happens(temperament.forgets):
            return
        limit = ticket.close_due or self.world.now + timedelta(days=1)
        span = max(limit - self.world.now, timedelta(hours=1))
        delay = span * chance.between(*temperament.pace)
        self._plan(number, planned, cadre, delay, self.work.finish)

    def _part(self, ticket: Ticket, planned: Situation, unit: str) -> None:
        cadre = self.world.office.in_charge(unit)
        if cadre and not self._chance.happens(0.15):
            delay = self._chance.after(600)
            self._plan(ticket.number, planned, cadre, delay, self.work.do_part)

    def _afterwards(self, ticket: Ticket, planned: Situation) -> None:
        """Call-backs by the county centre, and now and then an exclusion from the figures."""
        center = self.world.office.county.org.county_center.code
        if ticket.state in (State.RESOLVED, State.PENDING_CALLBACK):
            if self._chance.happens(0.03):
                self._decide(ticket, planned, center, 2_000, self.work.call_back)
        elif ticket.excluded == "asked":
            self._decide(ticket, planned, center, 300, self.work.confirm_exclusion)
        elif not ticket.excluded and self._chance.happens(0.01):
            delay = self._chance.after(600)
            self._plan(ticket.number, planned, ticket.person, delay, self.work.exclude)
        elif ticket.state is State.MERGED and self._chance.happens(0.04):
            delay = self._chance.after(300)
            self._plan(ticket.number, planned, ticket.person, delay, self.work.unmerge)

    # what makes people look again

    def _wake(self, ticket: Ticket, event: Event) -> None:
        if not ticket.is_open:
            return
        planned, chance = situation(ticket), self._chance
        late = event.name is EventName.ESCALATED and ticket.state in IN_HAND
        if ticket.state not in IN_HAND and event.name in _WAKES and chance.happens(0.7):
            self._take_up(ticket, planned)
        if ticket.state in IN_HAND and (late or event.name in _WAKES) and chance.happens(0.55):
            act = self.work.contact if ticket.contacted_at is None else self.work.finish
            delay = chance.after(12 if ticket.urgent else 150)
            self._plan(ticket.number, planned, ticket.person, delay, act)
        if late and ticket.told_up is not None and chance.happens(0.2):
            self._decide(ticket, planned, ticket.told_up, 90, self.work.step_in)
        if event.clock.startswith(ClockKind.SUBTASK) and chance.happens(0.5):
            self._plan(ticket.number, planned, ticket.person, chance.after(60), self.work.drop)

    def go_on_leave(self, cadre: str, until: datetime) -> None:
        """Whoever is away looks at nothing."""
        self.official(cadre).away_until = until
