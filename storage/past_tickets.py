"""Tickets of the past for a replay, page by page, without anybody's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import BindParameter, RowMapping, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.past_tickets import COURSE, Record
from services.ports import PredictionRecord
from storage.codec import REASONS, UNDERSTANDING
from storage.database import Database
from storage.tables import PREDICTIONS, TICKET_EVENTS, TICKETS
from storage.ticket_rows import ticket_of
from tickets.events import Event, EventName
from tickets.states import State
from tickets.ticket import Ticket

_WORDS = {
    "text": "",
    "answer": "",
    "why_not": "",
    "suspicion": "",
    "request": "null",
    "subtasks": "[]",
}
"""Columns that hold somebody's words, and what is read in their place."""
_MADE = TICKETS.c.created_at.between(bindparam("since"), bindparam("until"))
_COUNT = select(func.count()).select_from(TICKETS).where(_MADE)
_PAGE = (
    select(
        *(
            literal(_WORDS[column.name]).label(column.name) if column.name in _WORDS else column
            for column in TICKETS.c
        )
    )
    .where(TICKETS.c.number > bindparam("after"), _MADE)
    .order_by(TICKETS.c.number)
    .limit(bindparam("most"))
)
_NUMBERS: BindParameter[list[str]] = bindparam("numbers", expanding=True)
_EVENTS = (
    select(*(TICKET_EVENTS.c[name] for name in ("ticket", "name", "at", "actor", "state", "unit")))
    .where(TICKET_EVENTS.c.ticket.in_(_NUMBERS), TICKET_EVENTS.c.name.in_([*map(str, COURSE)]))
    .order_by(TICKET_EVENTS.c.ticket, TICKET_EVENTS.c.id)
)
_NEWEST = (
    select(func.max(PREDICTIONS.c.id))
    .where(PREDICTIONS.c.ticket.in_(_NUMBERS))
    .group_by(PREDICTIONS.c.ticket)
)
_PREDICTIONS = select(PREDICTIONS).where(PREDICTIONS.c.id.in_(_NEWEST))


class SqlPastTickets:
    """`services.past_tickets.PastTickets` on SQLite and PostgreSQL.

    A page is found by the number after the last one, so that the hundredth costs what the first
    did; only one page is in memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, since: datetime, until: datetime) -> int:
        """How many tickets were made from `since` up to `until`."""
        async with self._database.read() as connection:
            found = await connection.scalar(_COUNT, {"since": since, "until": until})
            return int(found or 0)

    async def pages(
        self, since: datetime, until: datetime, size: int
    ) -> AsyncIterator[list[Record]]:
        """Those tickets in the order of their numbers, at most `size` at a time."""
        after, full = "", True
        while full:
            async with self._database.read() as connection:
                made = {"since": since, "until": until, "after": after, "most": size}
                rows = (await connection.execute(_PAGE, made)).mappings().all()
                records = await _records(connection, [ticket_of(row) for row in rows])
            full = len(records) == size
            if records:
                after = records[-1].ticket.number
                yield records


async def _records(connection: AsyncConnection, tickets: Sequence[Ticket]) -> list[Record]:
    numbers = {"numbers": [ticket.number for ticket in tickets]}
    if not tickets:
        return []
    events: dict[str, list[Event]] = defaultdict(list)
    for row in (await connection.execute(_EVENTS, numbers)).mappings():
        events[row["ticket"]].append(_event(row))
    found = (await connection.execute(_PREDICTIONS, numbers)).mappings()
    predictions = {row["ticket"]: _prediction(row) for row in found}
    return [
        Record(ticket, predictions.get(ticket.number), tuple(events[ticket.number]))
        for ticket in tickets
    ]


def _event(row: RowMapping) -> Event:
    return Event(
        name=EventName(row["name"]),
        at=row["at"],
        actor=row["actor"],
        state=State(row["state"]),
        unit=row["unit"],
    )


def _prediction(row: RowMapping) -> PredictionRecord:
    return PredictionRecord(
        inbox_id=row["inbox_id"],
        ticket=row["ticket"],
        understanding=UNDERSTANDING.validate_json(row["payload"]),
        reasons=REASONS.validate_json(row["reasons"]),
        at=row["at"],
    )
