"""What the figures need to know of a ticket, folded out of its history.

What is not decided yet is None: a deadline that has not come and was not met. A ticket that was
withdrawn or merged before its deadline owes nothing any more and stays undecided; one that was
late before stays late, so that nobody gets rid of what is late by merging it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.clocks import ClockKind
from tickets.events import Event, EventName
from tickets.history import summed, told
from tickets.life.ladder import GIVEN_UP
from tickets.metrics.intake import auto_dispatched, first_dispatch_right
from tickets.metrics.spans import Span, spans
from tickets.states import State
from tickets.ticket import Ticket
from tickets.working_time import OfficeHours

_WORK = (ClockKind.CLOSE, ClockKind.OVERDUE)


@dataclass(frozen=True, slots=True)
class History:
    """All events of one ticket, oldest first."""

    number: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One ticket as the figures see it at one moment."""

    number: str
    received_at: datetime
    state: State
    matter_name: str
    confidential: bool
    owner: str
    """The unit that has it now."""
    first_owner: str | None
    """The unit that it was first dispatched to."""
    dispatched_at: datetime | None
    """When it was first dispatched."""
    auto_dispatched: bool | None
    """The machine dispatched it without anybody's hand; None: it is still in intake."""
    first_dispatch_right: bool | None
    """It was not moved to another unit before the first answer; None: nobody has signed yet."""
    responded_in_time: bool | None
    """Signed for (or declined) before any clock ran out, or the resident heard in time."""
    signed_at: datetime | None
    """When somebody first signed for it."""
    signed_in_time: bool | None
    """No limit of signing ever ran out."""
    contacted_in_time: bool | None
    """The resident heard from the person in charge within the limit of the first contact."""
    answered_at: datetime | None
    """When the last public answer went out; None before it, and while it is handled again."""
    ever_answered: bool
    closed_in_time: bool | None
    """Answered within the limit that held last, an approved extension included."""
    overdue: bool | None
    """Any limit of closing ever ran out, also one that was extended afterwards."""
    extended: bool
    escalations: int
    """Rungs that it climbed because a clock ran out or nobody was there."""
    returns: int
    reworks: int
    repeat: bool
    """Merged into another ticket, or its reporter wrote of the same matter shortly before."""
    solved: bool | None
    """The resident's last word."""
    satisfaction: int | None
    """5 非常满意 … 1 非常不满意, the last one given."""
    shelved: bool
    """It is in the register of what cannot be solved at present."""
    excluded: bool
    """剔除: two people took it out of the figures."""
    sign_minutes: float | None
    """From the first dispatch to the first signature. Working minutes; wall-clock for urgent."""
    handle_minutes: float | None
    """In hand until the last answer, without pauses. Working minutes; wall-clock for urgent."""


def facts_of(
    history: History,
    hours: OfficeHours,
    now: datetime,
    repeats: frozenset[str] = frozenset(),
) -> Facts:
    """The facts of one history at `now`; `repeats` are the numbers that `repeated` found.

    `hours` are the county's, for every unit alike. Raises `ValueError` for a history that does not
    hold its whole ticket.
    """
    events, number = history.events, history.number
    changed = told(events)
    ticket, clocks = summed(number, changed), spans(events, changed)
    first = _first(events, EventName.DISPATCHED, EventName.ACCEPTED)
    signed = _first(events, EventName.SIGNED)
    contacted = _contacted_in_time(ticket, clocks, now)
    dispatched_at = None if first is None else events[first].at
    signed_at = None if signed is None else events[signed].at
    return Facts(
        number=number,
        received_at=ticket.created_at,
        state=ticket.state,
        matter_name=ticket.matter_name,
        confidential=ticket.confidential,
        owner=ticket.owner,
        first_owner=None if first is None else events[first].unit,
        dispatched_at=dispatched_at,
        auto_dispatched=auto_dispatched(events),
        first_dispatch_right=first_dispatch_right(events, changed),
        responded_in_time=_responded_in_time(events, clocks, contacted, now),
        signed_at=signed_at,
        signed_in_time=_signed_in_time(clocks, now),
        contacted_in_time=contacted,
        answered_at=ticket.resolved_at,
        ever_answered=_count(events, EventName.RESOLVED) > 0,
        closed_in_time=_closed_in_time(ticket, events, clocks, now),
        overdue=_overdue(events, clocks, now),
        extended=_count(events, EventName.EXTENDED) > 0,
        escalations=_count(events, EventName.ESCALATED),
        returns=_count(events, EventName.RETURNED),
        reworks=_count(events, EventName.NOT_SOLVED),
        repeat=ticket.main is not None or number in repeats,
        solved=ticket.solved,
        satisfaction=ticket.satisfaction,
        shelved=ticket.state is State.SHELVED,
        excluded=ticket.excluded == "done",
        sign_minutes=_minutes(ticket, hours, dispatched_at or ticket.created_at, signed_at),
        handle_minutes=_handle_minutes(ticket, hours, clocks),
    )


def _first(events: Sequence[Event], *names: EventName) -> int | None:
    return next((i for i, event in enumerate(events) if event.name in names), None)


def _count(events: Sequence[Event], name: EventName) -> int:
    return sum(event.name is name for event in events)


def _of(clocks: Sequence[Span], *kinds: ClockKind) -> list[Span]:
    return [span for span in clocks if span.clock.kind in kinds]


def _responded_in_time(
    events: Sequence[Event], clocks: Sequence[Span], contacted: bool | None, now: datetime
) -> bool | None:
    answer = _first(events, EventName.SIGNED, EventName.DECLINED)
    before = [span for span in _of(clocks, *GIVEN_UP) if answer is None or span.began < answer]
    if any(span.ran_out(now) for span in before):
        return contacted is True
    return True if answer is not None and before else None


def _signed_in_time(clocks: Sequence[Span], now: datetime) -> bool | None:
    signs = _of(clocks, ClockKind.SIGN)
    if any(span.ran_out(now) for span in signs):
        return False
    return True if any(span.ended_by is EventName.SIGNED for span in signs) else None


def _contacted_in_time(ticket: Ticket, clocks: Sequence[Span], now: datetime) -> bool | None:
    contacts = _of(clocks, ClockKind.CONTACT)
    if any(span.ran_out(now) for span in contacts):
        return False
    return True if contacts and ticket.contacted_at is not None else None


def _closed_in_time(
    ticket: Ticket, events: Sequence[Event], clocks: Sequence[Span], now: datetime
) -> bool | None:
    limits = (EventName.SIGNED, EventName.EXTENDED)
    since = max((i for i, event in enumerate(events) if event.name in limits), default=0)
    closes = [span for span in _of(clocks, ClockKind.CLOSE) if span.began >= since]
    if any(span.ran_out(now) for span in closes):
        return False
    return True if closes and ticket.resolved_at is not None else None


def _overdue(events: Sequence[Event], clocks: Sequence[Span], now: datetime) -> bool | None:
    closes = _of(clocks, ClockKind.CLOSE)
    if any(span.ran_out(now) for span in closes):
        return True
    return False if closes and _count(events, EventName.RESOLVED) else None


def _minutes(
    ticket: Ticket, hours: OfficeHours, start: datetime, end: datetime | None
) -> float | None:
    if end is None:
        return None
    if ticket.urgent:
        return (end - start) / timedelta(minutes=1)
    return hours.between(start, end)


def _handle_minutes(ticket: Ticket, hours: OfficeHours, clocks: Sequence[Span]) -> float | None:
    """While the clock of closing ran: it stands still in every pause."""
    work = [
        _minutes(ticket, hours, span.clock.set_at, span.ended_at)
        for span in _of(clocks, *_WORK)
        if span.clock.due_at is not None
    ]
    if ticket.resolved_at is None or not work:
        return None
    return sum(minutes for minutes in work if minutes is not None)
