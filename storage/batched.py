"""A write transaction whose plain writes wait, and go out together.

A change of a ticket writes five tables; a pass over deadlines does that for a hundred tickets. Each
statement of its own is a round trip and costs more than what it writes. So inserts and checked
updates are deferred, and sent, many rows a statement, before anything else is executed and at the
commit: whoever reads in the transaction sees what was written in it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sqlalchemy import CursorResult, Dialect, Executable, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.errors import Conflict

Values = Mapping[str, object]


class Order(IntEnum):
    """In which order deferred writes go out: a deadline ends before another takes its place."""

    TICKETS = 0
    ENDED = 1
    SET = 2
    EVENTS = 3
    HEADS = 4
    OUTBOX = 5


_CHECKED = frozenset({Order.TICKETS, Order.HEADS})
"""Each of these must find the row as it was read."""
_IN_ORDER = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("chat"), 0)))


@dataclass(slots=True)
class _Waiting:
    order: Order
    statement: Executable
    values: Values


@dataclass(slots=True)
class _Mark:
    """A savepoint that the database has not been told of yet."""

    at: int
    opened: Any = None


@dataclass(slots=True)
class Batched:
    """The part of an `AsyncConnection` that units of work use, with deferred writes."""

    connection: AsyncConnection
    waiting: list[_Waiting] = field(default_factory=list)
    chats: set[str] = field(default_factory=set)
    """Web chats whose new messages get their ids in the order of commits."""
    marks: list[_Mark] = field(default_factory=list)

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return self.connection.dialect

    def defer(self, order: Order, statement: Executable, values: Values) -> None:
        """Write this later, at the latest with the commit."""
        self.waiting.append(_Waiting(order, statement, values))

    async def execute(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[Any]:
        """Send what waits, then this."""
        await self.flush()
        return await self.connection.execute(statement, values)

    async def look(self, statement: Executable, values: Values | None = None) -> CursorResult[Any]:
        """Read what no deferred write of this transaction changes."""
        return await self.connection.execute(statement, values)

    async def scalar(self, statement: Executable, values: Values | None = None) -> Any:
        """Send what waits, then read one value."""
        await self.flush()
        return await self.connection.scalar(statement, values)

    async def raw(self) -> AsyncConnection:
        """The connection itself, with nothing waiting."""
        await self.flush()
        return self.connection

    async def commit(self) -> None:
        """Send what waits and make all of it durable."""
        await self.flush()
        await self.connection.commit()

    async def flush(self) -> None:
        """Send what waits; raises `Conflict` when a row is not as it was read."""
        for mark in self.marks:
            if mark.opened is None:
                await self._send(mark.at)
                mark.opened = await self.connection.begin_nested()
        await self._send(len(self.waiting))

    async def _send(self, count: int) -> None:
        going, self.waiting = self.waiting[:count], self.waiting[count:]
        for mark in self.marks:
            mark.at = max(mark.at - count, 0)
        if not going:
            return
        if self.chats and self.dialect.name == "postgresql":
            # Ids are given before the commit: without this a page that has seen a later id would
            # never look for an earlier one that commits after it. In order, so that two
            # transactions never wait for each other.
            for chat in sorted(self.chats):
                await self.connection.execute(_IN_ORDER, {"chat": chat})
            self.chats.clear()
        for order in Order:
            of_kind = [each for each in going if each.order is order]
            if of_kind:
                await self._write(order, of_kind)

    async def _write(self, order: Order, going: list[_Waiting]) -> None:
        values = [each.values for each in going]
        result = await self.connection.execute(
            going[0].statement,
            values if len(values) > 1 else values[0],
        )
        if order in _CHECKED and result.rowcount != len(values):
            raise Conflict("a ticket was changed meanwhile")

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is done inside is undone alone when it raises.

        The database hears of it only if something inside cannot wait.
        """
        mark = _Mark(len(self.waiting))
        self.marks.append(mark)
        chats = set(self.chats)
        try:
            yield
        except BaseException:
            del self.waiting[mark.at :]
            self.chats = chats
            if mark.opened is not None:
                await mark.opened.rollback()
            raise
        else:
            if mark.opened is not None:
                await self.flush()
                await mark.opened.commit()
        finally:
            self.marks.remove(mark)
