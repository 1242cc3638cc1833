"""Tickets as they lie in the tables, for looking whether anything was changed beside the rules.

Nothing here trusts a row: what cannot be read is handed on as such, and never stops the look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any, cast

from sqlalchemy import RowMapping, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.tables import DEADLINES, TICKET_COUNTERS, TICKET_EVENTS, TICKETS
from storage.ticket_rows import clock_of, event_of, ticket_of
from tickets.clocks import Clocks, ordered
from tickets.events import Event
from tickets.history import Record
from tickets.integrity import Break, Fault, Kept
from tickets.ticket import Ticket

_NUMBERS = (
    select(TICKETS.c.number)
    .where(TICKETS.c.number > bindparam("after"))
    .order_by(TICKETS.c.number)
    .limit(bindparam("most"))
)
_THESE: Any = bindparam("numbers", expanding=True)
_TICKETS = select(TICKETS).where(TICKETS.c.number.in_(_THESE)).order_by(TICKETS.c.number)
_EVENTS = (
    select(TICKET_EVENTS)
    .where(TICKET_EVENTS.c.ticket.in_(_THESE))
    .order_by(TICKET_EVENTS.c.ticket, TICKET_EVENTS.c.id)
)
_STANDING = select(DEADLINES).where(DEADLINES.c.ticket.in_(_THESE), DEADLINES.c.ended_at.is_(None))
_DAY = func.substr(TICKETS.c.number, 4, 8)
"""The day in LD-20261123-0042-6."""


class SqlKeptTickets:
    """`services.verifying.KeptTickets` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self) -> int:
        """How many tickets there are."""
        async with self._database.read() as connection:
            return int(await connection.scalar(select(func.count()).select_from(TICKETS)) or 0)

    async def pages(self, size: int) -> AsyncIterator[Sequence[Kept]]:
        """Tickets in the order of their numbers, at most `size` at a time."""
        after, full = "", True
        while full:
            # Whoever acts meanwhile must not look like somebody who changed a row.
            async with self._database.snapshot() as connection:
                found = await connection.scalars(_NUMBERS, {"after": after, "most": size})
                numbers = list(found)
                page = await _kept(connection, numbers)
            full = len(numbers) == size
            if numbers:
                after = numbers[-1]
                yield page

    async def astray(self) -> Sequence[Break]:
        """Events and deadlines without a ticket, and days on which a ticket is missing."""
        async with self._database.snapshot() as connection:
            return [*await _without_ticket(connection), *await _missing(connection)]


async def _kept(connection: AsyncConnection, numbers: Sequence[str]) -> list[Kept]:
    if not numbers:
        return []
    try:
        return await _read(connection, numbers)
    except ValueError:
        # A moment that is none: find out of which ticket, and look at the others.
        if len(numbers) == 1:
            return [Kept(numbers[0], None, None, "", (), None)]
        half = len(numbers) // 2
        return [*await _kept(connection, numbers[:half]), *await _kept(connection, numbers[half:])]


async def _read(connection: AsyncConnection, numbers: Sequence[str]) -> list[Kept]:
    these = {"numbers": numbers}
    records: dict[str, list[Record]] = defaultdict(list)
    for row in (await connection.execute(_EVENTS, these)).mappings():
        records[row["ticket"]].append(Record(_event(row), row["hash"]))
    deadlines: dict[str, list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(_STANDING, these)).mappings():
        deadlines[row["ticket"]].append(row)
    return [
        Kept(
            number=row["number"],
            ticket=_ticket(row),
            listed_due_at=row["due_at"],
            head=row["head"],
            records=records[row["number"]],
            standing=_clocks(deadlines[row["number"]]),
        )
        for row in (await connection.execute(_TICKETS, these)).mappings()
    ]


def _event(row: RowMapping) -> Event:
    try:
        return event_of(row)
    except ValueError:
        # A name or a state that does not exist breaks the chain like any other change.
        known = {name: row[name] for name in Event.__dataclass_fields__}
        return Event(**cast(Any, known))


def _ticket(row: RowMapping) -> Ticket | None:
    try:
        return ticket_of(row)
    except (LookupError, TypeError, ValueError):
        return None


def _clocks(rows: Sequence[RowMapping]) -> Clocks | None:
    try:
        return ordered(clock_of(row) for row in rows)
    except ValueError:
        return None


async def _without_ticket(connection: AsyncConnection) -> list[Break]:
    known = select(TICKETS.c.number)
    events = select(TICKET_EVENTS.c.ticket).where(TICKET_EVENTS.c.ticket.not_in(known))
    deadlines = select(DEADLINES.c.ticket).where(DEADLINES.c.ticket.not_in(known))
    numbers = await connection.scalars(events.union(deadlines))
    return [Break(number, Fault.NO_TICKET) for number in sorted(numbers)]


async def _missing(connection: AsyncConnection) -> list[Break]:
    """A number is given in the transaction that writes its ticket: none may be missing."""
    rows = await connection.execute(select(_DAY, func.count()).group_by(_DAY))
    there = {str(day): int(count) for day, count in rows}
    found = []
    counters = select(TICKET_COUNTERS).order_by(TICKET_COUNTERS.c.day)
    for row in (await connection.execute(counters)).mappings():
        gone = row["last"] - there.get(f"{row['day']:%Y%m%d}", 0)
        if gone > 0:
            found.append(Break(row["day"].isoformat(), Fault.MISSING, str(gone)))
    return found
