"""Histories of many tickets, page by page, read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, exists, func, or_, select

from services.measuring import SEALED, BrokenHistory, Selection
from storage.database import Database
from storage.tables import TICKET_EVENTS, TICKETS
from storage.ticket_rows import event_of
from tickets.events import Event, EventName
from tickets.life.ladder import GIVEN_UP
from tickets.metrics import NAME_OWNER, Arrival, History

_EVENTS = (
    select(TICKET_EVENTS)
    .where(TICKET_EVENTS.c.ticket.in_(bindparam("numbers", expanding=True)))
    .order_by(TICKET_EVENTS.c.ticket, TICKET_EVENTS.c.id)
)


class SqlHistories:
    """`services.measuring.Histories` on SQLite and PostgreSQL.

    A page is found by the number after the last one: the hundredth costs what the first did.
    """

    def __init__(self, database: Database, sealed: str) -> None:
        """`sealed` is the code of the discipline channel: what it owns is nobody's figure."""
        self._database = database
        self._open = and_(func.coalesce(TICKETS.c.group, "") != SEALED, TICKETS.c.owner != sealed)

    async def count(self, selection: Selection) -> int:
        """How many tickets there are."""
        query = select(func.count()).select_from(TICKETS).where(self._open, _selected(selection))
        async with self._database.read() as connection:
            return int(await connection.scalar(query) or 0)

    async def pages(self, selection: Selection, size: int) -> AsyncIterator[list[History]]:
        """Their histories in the order of the numbers, at most `size` at a time."""
        page = (
            select(TICKETS.c.number)
            .where(self._open, _selected(selection), TICKETS.c.number > bindparam("after"))
            .order_by(TICKETS.c.number)
            .limit(size)
        )
        after, full = "", True
        while full:
            async with self._database.read() as connection:
                numbers = list(await connection.scalars(page, {"after": after}))
                told: dict[str, list[Event]] = defaultdict(list)
                if numbers:
                    rows = await connection.execute(_EVENTS, {"numbers": numbers})
                    for row in rows.mappings():
                        told[row["ticket"]].append(_event(row))
            full = len(numbers) == size
            if numbers:
                after = numbers[-1]
                yield [History(number, tuple(told[number])) for number in numbers]

    async def arrivals(self, since: datetime, until: datetime) -> list[Arrival]:
        """All tickets received from `since` up to `until`, wherever they are."""
        names = ("number", "reporter", "matter", "village", "created_at")
        query = select(*(TICKETS.c[name] for name in names)).where(
            self._open, _received(since, until)
        )
        async with self._database.read() as connection:
            return [Arrival(*row) for row in await connection.execute(query)]


def _event(row: RowMapping) -> Event:
    try:
        return event_of(row)
    except ValueError as exc:
        raise BrokenHistory(f"{row['ticket']}：{BrokenHistory.__doc__}") from exc


def _received(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(TICKETS.c.created_at >= since, TICKETS.c.created_at < until)


def _selected(selection: Selection) -> ColumnElement[bool]:
    wanted = [_received(selection.since, selection.until)]
    if selection.township is not None:
        wanted.append(TICKETS.c.township == selection.township)
    if selection.group is not None:
        wanted.append(TICKETS.c.group == selection.group)
    if selection.unit is not None:
        wanted.append(or_(TICKETS.c.owner == selection.unit, _once_at(selection.unit)))
    return and_(*wanted)


def _once_at(unit: str) -> ColumnElement[bool]:
    event = TICKET_EVENTS.c
    climbed = and_(event.name == str(EventName.ESCALATED), event.clock.in_([*map(str, GIVEN_UP)]))
    given = event.name.in_([*map(str, NAME_OWNER)])
    return exists().where(event.ticket == TICKETS.c.number, event.unit == unit, or_(given, climbed))
