"""What must hold of a ticket's whole history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from liandong.month.eyes import Eyes, Happened
from routing.county import County
from tickets.events import EventName
from tickets.history import first_break, rebuilt
from tickets.states import OPEN
from tickets.ticket import Ticket

Fault = tuple[str, str]
"""(promise, what is wrong)."""
_ANSWERS = (EventName.REPLIED, EventName.RESOLVED)
_HOPS = (EventName.ESCALATED, EventName.REMINDED)


def faults_of(eyes: Eyes, county: County, number: str) -> Iterator[Fault]:
    """(promise, what is wrong) for everything of one ticket that does not hold."""
    ticket, head = eyes.ticket(number)
    history = eyes.history(number)
    if not history or history[0].event.name is not EventName.RECEIVED:
        yield "first event", "there is none"
        return
    events = [happened.event for happened in history]
    if rebuilt(number, events) != replace(ticket, version=0):
        yield "history", "it does not rebuild the row"
    if (place := first_break(number, [h.record for h in history], head)) is not None:
        yield "hash chain", f"breaks at event {place}"
    yield from _deadlines(eyes, ticket, history)
    yield from _answers(eyes, ticket, history)
    if ticket.owner == county.org.discipline_channel.code:
        yield from _sealed(eyes, county, ticket, history)
    if ticket.is_open and ticket.due_at is None:
        yield "rule 1: timer", "an open ticket without a deadline"
    if ticket.state in OPEN and not ticket.owner:
        yield "rule 1: owner", "an open ticket without an owner"


def _deadlines(eyes: Eyes, ticket: Ticket, history: Sequence[Happened]) -> Iterator[Fault]:
    """The rows tell the same clocks as the ticket, and as many expiries as the history."""
    rows = eyes.deadlines_of(ticket.number)
    standing = sorted((row.kind, row.of, row.due_at) for row in rows if row.ended_at is None)
    clocks = sorted((str(clock.kind), clock.of, clock.due_at) for clock in ticket.clocks)
    if Counter(standing) != Counter(clocks):
        yield "deadlines", f"rows {standing}, ticket {clocks}"
    ended = sum(row.ended_by in _HOPS for row in rows)
    hops = [h.event for h in history if h.event.name in _HOPS]
    # A rung where nobody is gives a hop without an expiry, in the same step as another event.
    if ended > len(hops):
        yield "one hop", f"{ended} clocks ran out, {len(hops)} hops"


def _answers(eyes: Eyes, ticket: Ticket, history: Sequence[Happened]) -> Iterator[Fault]:
    """Every answer reached its reporter once, and everybody who was merged at that moment."""
    answers = [h.event for h in history if h.event.name in _ANSWERS]
    if not answers:
        return
    due = Counter((e.at, e.text) for e in answers)
    yield from _once(ticket.number, ticket.reporter, eyes, due)
    for number, merged_at, until in _followers(eyes, ticket):
        follower, _head = eyes.ticket(number)
        due = Counter(
            (e.at, e.text) for e in answers if e.at > merged_at and (until is None or e.at < until)
        )
        yield from _once(number, follower.reporter, eyes, due)


def _followers(eyes: Eyes, ticket: Ticket) -> Iterator[tuple[str, datetime, datetime | None]]:
    """(number, merged at, unmerged at) of what hangs on the ticket now."""
    for number in eyes.merged_into(ticket.number):
        merged = [h.event for h in eyes.history(number) if h.event.name is EventName.MERGED]
        yield number, merged[-1].at, None


def _once(
    number: str, reporter: str, eyes: Eyes, due: Counter[tuple[datetime, str]]
) -> Iterator[Fault]:
    told = [row for row in eyes.told_of(number, reporter) if row.slot is None]
    for (at, text), times in due.items():
        found = sum(row.at == at and text in row.message.text for row in told)
        if found != times:
            yield "answers", f"{number}: {times} answers at {at}, {found} messages to its reporter"


def _sealed(
    eyes: Eyes, county: County, ticket: Ticket, history: Sequence[Happened]
) -> Iterator[Fault]:
    """Since it is sealed its words stand in nobody else's chat."""
    channel = county.org.discipline_channel.code
    since = max(h.event.at for h in history if h.event.unit == channel)
    for row in eyes.told_to_cadres(ticket.number):
        if row.at < since or ticket.text not in row.message.text:
            continue
        if not is_for_officers(eyes, county, row.key):
            yield "sealed", f"its words were told to {row.key}"


def is_for_officers(eyes: Eyes, county: County, key: str) -> bool:
    """Whether a cadres' chat belongs to the discipline channel."""
    channel = county.org.discipline_channel.code
    reader, unit = eyes.readers_of(key)
    cadre = county.org.cadre(reader) if reader else None
    return unit == channel or (cadre is not None and cadre.unit == channel)
