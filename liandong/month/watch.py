"""The promises of a ticket's life, looked at from outside after every step; each can be broken.

What is checked at once: the ticket that changed, the pass that ran, the message that came in. What
needs a ticket's whole history (it rebuilds the row, its hashes follow, every answer reached every
reporter once) is checked at the end of each day for what the day touched, and for all at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from liandong.month.clock import local
from liandong.month.eyes import Deadline, Eyes, Happened, Told
from liandong.month.phones import Exchange
from liandong.month.watch_histories import faults_of, is_for_officers
from liandong.month.world import Step
from routing.county import County
from routing.errors import LiandongError
from services.messages import BotName, Inbound, InboundKind
from tickets.events import Event, EventName
from tickets.invariants import broken
from tickets.ticket import Ticket

_DAYTIME = (time(8), time(20))
_HOPS = frozenset({EventName.ESCALATED, EventName.REMINDED})
_INSTEAD = {
    "feedback": (EventName.CALLED_BACK,),
    "reopen": (EventName.CLOSED,),
    "answer": (EventName.RESUMED, EventName.DISPATCHED, EventName.TRIAGED),
}
"""What follows where no rung is climbed."""
_SILENT = frozenset({InboundKind.BLOCKED, InboundKind.UNBLOCKED, InboundKind.MOVED})
_MOST_IN_VAIN = 3
"""Passes at one moment after which something still due is taken to be stuck."""
_LONE = frozenset({InboundKind.PHOTO, InboundKind.VOICE, InboundKind.DOCUMENT})
"""Files without words: an album is asked about once."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise that did not hold."""

    promise: str
    said: str
    at: datetime
    ticket: str | None = None


class PromiseBroken(LiandongError):
    """A promise did not hold; `breach` says which, with the ticket's history."""

    def __init__(self, breach: Breach, history: Sequence[str]) -> None:
        where = f"，工单 {breach.ticket}" if breach.ticket else ""
        lines = "\n".join(history)
        super().__init__(
            f"{breach.promise}：{breach.said}{where}（{local(breach.at):%m-%d %H:%M:%S}）\n{lines}"
        )
        self.breach = breach


@dataclass(slots=True)
class Watch:
    """`liandong.month.world.Watchman`: raises `PromiseBroken` at the first broken promise."""

    county: Callable[[], County]
    eyes: Eyes
    exchange: Exchange
    checks: int = 0
    hops: Counter[str] = field(default_factory=Counter)
    """Expiries by (clock, what became of them)."""
    _due: list[Deadline] = field(default_factory=list)
    _touched: dict[str, None] = field(default_factory=dict)
    _last_row: int = 0
    _answered: set[str] = field(default_factory=set)
    _pending: list[tuple[Inbound, int]] = field(default_factory=list)
    _pass_at: datetime | None = None
    _in_vain: int = 0

    def broke(self, promise: str, said: str, at: datetime, ticket: str | None = None) -> None:
        """Stop everything. Always raises `PromiseBroken`."""
        history = [] if ticket is None else story(self.eyes, ticket)
        raise PromiseBroken(Breach(promise, said, at, ticket), history)

    # one step

    def processed(self, inbounds: Sequence[Inbound], rows: Sequence[int]) -> None:
        """What was acknowledged is processed; whether it was answered the next look tells."""
        self.checks += 1
        left = self.eyes.unprocessed(rows)
        if left:
            self.broke("promise 1: processed", f"inbox {left}", inbounds[0].sent_at)
        self._pending += list(zip(inbounds, rows, strict=True))

    def see(self, step: Step) -> None:
        """Everything that one step changed."""
        self._answers(step)
        for happened in step.happened:
            self._event(happened, step)
        for number, ticket in step.touched.items():
            self._touched[number] = None
            self._ticket(ticket, step.at)
        if self._pass_at is not None:
            self._hops(step)
        for row in step.told:
            self._told(row, step)
        if self.exchange.too_late:
            self.broke("blocked chat", f"sent to {self.exchange.too_late}", step.at)

    def _answers(self, step: Step) -> None:
        """Every new message of a resident is answered by something, a repeated one by nothing."""
        heard = {row.key for row in step.told}
        for inbound, row in self._pending:
            repeated = row <= self._last_row
            self._last_row = max(row, self._last_row)
            lone = inbound.kind in _LONE and not inbound.text
            if inbound.address.bot is not BotName.RESIDENTS or inbound.kind in _SILENT or lone:
                continue
            key = inbound.address.key
            if repeated and len(self._pending) == 1 and key in heard:
                self.broke("promise 1: once", f"update {inbound.update_id} again", step.at)
            if not repeated and key not in heard:
                said = f"inbox {row} ({inbound.kind}) got no answer"
                self.broke("promise 1: answered", said, step.at)
        self._pending.clear()

    def _event(self, happened: Happened, step: Step) -> None:
        event = happened.event
        new = happened.ticket not in step.before and happened.ticket not in self._answered
        self._answered.add(happened.ticket)
        if new and event.name is not EventName.RECEIVED:
            self.broke("first event", f"it is {event.name}", step.at, happened.ticket)
        if event.name is EventName.CALLED_BACK and not _by_day(event.at):
            said = f"at {local(event.at):%H:%M}"
            self.broke("asked at night", said, step.at, happened.ticket)

    def _ticket(self, ticket: Ticket, now: datetime) -> None:
        self.checks += 1
        if found := broken(ticket):
            self.broke("invariants", "; ".join(found), now, ticket.number)
        county = self.county()
        row = county.catalogue.get(ticket.matter)
        unit = county.org.unit(ticket.owner)
        if row is not None and unit is not None and unit.level == "village_center":
            if row.min_level == "county":
                self.broke("rule 6: min_level", f"owned by {unit.name}", now, ticket.number)
            if ticket.confidential:
                self.broke("sealed", f"owned by {unit.name}", now, ticket.number)

    def _told(self, row: Told, step: Step) -> None:
        """What comes in sealed is told to its officers alone."""
        if not row.is_for_cadres or row.ticket is None or row.ticket in step.before:
            return
        county, ticket = self.county(), step.touched.get(row.ticket)
        if ticket is None or ticket.owner != county.org.discipline_channel.code:
            return
        if not is_for_officers(self.eyes, county, row.key):
            self.broke("sealed", f"told to {row.key}", step.at, row.ticket)

    # one pass

    def before_pass(self, now: datetime) -> None:
        """Remember what is due."""
        self._due = self.eyes.due(now)

    def after_pass(self, now: datetime, handled: int) -> None:
        """Look whether anything is left that no pass moves.

        A clock whose ticket was given to a colleague is looked at once more.
        """
        wake = self.eyes.next_wake()
        self._in_vain = self._in_vain + 1 if wake is not None and wake <= now else 0
        if wake is not None and (self._in_vain > _MOST_IN_VAIN or (self._in_vain and not handled)):
            stuck = self.eyes.due(now) or self._due
            number = stuck[0].ticket if stuck else None
            self.broke("rule 1: stuck", f"{wake} is due and no pass moves it", now, number)
        self._pass_at = now

    def _hops(self, step: Step) -> None:
        """Each clock that ran out gave exactly one hop."""
        several = Counter(deadline.ticket for deadline in self._due)
        for deadline in self._due:
            events = [h.event for h in step.happened if h.ticket == deadline.ticket]
            self._one_hop(deadline, events, step, alone=several[deadline.ticket] == 1)
        self._pass_at = None

    def _one_hop(
        self, deadline: Deadline, events: Sequence[Event], step: Step, *, alone: bool
    ) -> None:
        now = self.eyes.deadline(deadline.id)
        self.hops[f"{deadline.kind}: {now.ended_by}"] += 1
        if now.ended_at is None and _waits_for_morning(deadline, step.at):
            return
        if now.ended_at is None:
            self.broke("one hop", f"{deadline.clock} was not ended", step.at, deadline.ticket)
        if (instead := _INSTEAD.get(deadline.kind)) is not None:
            hops = [event for event in events if event.name in instead]
        else:
            hops = [e for e in events if e.name in _HOPS and e.clock == deadline.clock]
        # A rung with nobody there is passed over at once, with a hop of its own in the history.
        real = [hop for hop in hops[:-1] if hop.person is not None or not hop.unit]
        if real or (not hops and alone):
            said = f"{deadline.clock} gave {len(real) + bool(hops)} hops"
            self.broke("one hop", said, step.at, deadline.ticket)

    # whole histories

    def day_is_over(self, now: datetime) -> None:
        """What the day touched, in full."""
        for number in self._touched:
            self._whole(number, now)
        self._touched.clear()
        if self.exchange.too_late:
            self.broke("blocked chat", f"sent to {self.exchange.too_late}", now)

    def at_the_end(self, now: datetime) -> None:
        """Everything there is."""
        for number in self.eyes.numbers():
            self._whole(number, now)
        overdue = self.eyes.overdue_everywhere(now)
        if late := [each for each in overdue if not _waits_for_morning(each, now)]:
            self.broke("rule 1: timer", f"{late[0].clock} ran out", now, late[0].ticket)
        if left := self.eyes.left_in_inbox():
            self.broke("promise 1: processed", f"inbox {left}", now)
        if keys := self.eyes.out_of_order():
            self.broke("promise 2: order", f"chats {keys[:5]}", now)
        self._numbers(now)

    def _whole(self, number: str, now: datetime) -> None:
        self.checks += 1
        for promise, said in faults_of(self.eyes, self.county(), number):
            self.broke(promise, said, now, number)

    def _numbers(self, now: datetime) -> None:
        """No number was given and lost."""
        days = Counter(number[3:11] for number in self.eyes.numbers())
        for day, last in self.eyes.counters().items():
            if days[day.replace("-", "")] != last:
                self.broke("numbers", f"{day}: {last} given, {days} there", now)


def _by_day(at: datetime) -> bool:
    return _DAYTIME[0] <= local(at).time() < _DAYTIME[1]


def _waits_for_morning(deadline: Deadline, now: datetime) -> bool:
    """Nobody is asked at night, not even a moment after the hour."""
    return deadline.kind == "feedback" and not _by_day(now)


def story(eyes: Eyes, number: str) -> list[str]:
    """A ticket's history and clocks, line by line."""
    lines = [
        f"  {local(h.event.at):%m-%d %H:%M:%S} {h.event.name:<18} {h.event.state:<18}"
        f" {h.event.actor:<9} {h.event.unit or '':<28} {h.event.clock:<10} {h.event.text[:40]}"
        for h in eyes.history(number)
    ]
    lines += [
        f"  {d.clock:<24} due {d.due_at and local(d.due_at).strftime('%m-%d %H:%M:%S')}"
        f" ended {d.ended_at and local(d.ended_at).strftime('%m-%d %H:%M:%S')} by {d.ended_by}"
        for d in eyes.deadlines_of(number)
    ]
    return lines
