"""Whether what is kept of a ticket is what happened to it: history, row and deadlines agree.

An event that was changed, left out, put in between or cut off breaks the chain of hashes; a row or
a deadline that was changed beside the history differs from what the history tells. Whoever can
rewrite everything, the hashes included, is not found by this: that takes the rights on the
database away, and a copy of the hashes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tickets.clocks import CLOCK_NAMES, Clocks, ordered
from tickets.encoding import FIELDS
from tickets.history import Record, first_break, rebuilt
from tickets.invariants import broken
from tickets.ticket import Ticket


class Fault(StrEnum):
    """What does not agree."""

    CHAIN = "chain"
    """An event does not follow from those before it."""
    ROW = "row"
    """The ticket is not what its history tells."""
    DEADLINES = "deadlines"
    """The standing deadlines are not the ticket's clocks."""
    RULES = "rules"
    """A rule that always holds does not (domain.md §5)."""
    NO_TICKET = "no_ticket"
    """There are events or deadlines of a ticket that is not there."""
    MISSING = "missing"
    """A day has fewer tickets than it gave numbers to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ticket as storage holds it, at one moment."""

    number: str
    ticket: Ticket | None
    """None: the row cannot be read."""
    listed_due_at: datetime | None
    """The deadline by which lists find it."""
    head: str
    """The hash that its history must end with."""
    records: Sequence[Record]
    standing: Clocks | None
    """The deadlines that have not ended; None: they cannot be read."""


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not agree."""

    number: str
    """The ticket; of missing ones the day."""
    fault: Fault
    detail: str = ""
    """Fields, clocks or the rule that are meant."""
    position: int | None = None
    """Of a chain: the event, counted from 1, that does not follow. One more than there are events:
    the end was cut off."""


def breaks(kept: Kept) -> tuple[Break, ...]:
    """Everything that does not agree, one for each fault; empty when all is well."""
    return tuple(_breaks(kept))


def _breaks(kept: Kept) -> Iterator[Break]:
    number, ticket = kept.number, kept.ticket
    position = first_break(number, kept.records, kept.head)
    if position is not None:
        yield Break(number, Fault.CHAIN, _event_name(kept.records, position), position + 1)
    if ticket is None:
        yield Break(number, Fault.ROW)
        return
    if position is None and (fields := _differing(kept, ticket)) is not None:
        yield Break(number, Fault.ROW, fields)
    if kept.standing is None or ordered(kept.standing) != ticket.clocks:
        yield Break(number, Fault.DEADLINES, _clocks(kept.standing, ticket.clocks))
    if rules := broken(ticket):
        yield Break(number, Fault.RULES, "; ".join(rules))


def _event_name(records: Sequence[Record], position: int) -> str:
    return str(records[position].event.name) if position < len(records) else ""


def _differing(kept: Kept, ticket: Ticket) -> str | None:
    """The fields in which the row differs from the history; None when it does not."""
    try:
        told = rebuilt(kept.number, (record.event for record in kept.records))
    except ValueError:
        return ""  # a whole chain that never held its ticket
    told = replace(told, version=ticket.version)
    fields = [name for name in FIELDS if getattr(told, name) != getattr(ticket, name)]
    if kept.listed_due_at != ticket.due_at:
        fields.append("due_at")
    return ", ".join(fields) or None


def _clocks(standing: Clocks | None, clocks: Clocks) -> str:
    """The names of the clocks that are in one of them only, or differ."""
    if standing is None:
        return ""
    apart = {*standing, *clocks} - ({*standing} & {*clocks})
    return "、".join(dict.fromkeys(CLOCK_NAMES[clock.kind] for clock in ordered(apart)))
