"""One write transaction over everything, and the wake-ups that follow its commit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from services.ports import DUTY_TOPIC, UnitOfWork, Wakeups
from storage.alias_part import AliasPart
from storage.cadre_part import CadrePart
from storage.conversation_part import ConversationPart
from storage.county_part import CountyPart
from storage.database import Database
from storage.duty_part import DutyPart
from storage.inbox_part import InboxPart
from storage.known_part import KnownPart
from storage.label_part import LabelPart
from storage.ticket_part import TicketPart


class SqlUnitOfWork(
    InboxPart,
    ConversationPart,
    TicketPart,
    CadrePart,
    CountyPart,
    AliasPart,
    KnownPart,
    DutyPart,
    LabelPart,
):
    """`services.ports.UnitOfWork` on SQLite and PostgreSQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self.sent = set()
        self.committed = False

    async def commit(self) -> None:
        """Make all of it durable."""
        await self._connection.commit()
        self.committed = True

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is done inside is undone alone when it raises."""
        known, sent = dict(self._known), set(self.sent)
        try:
            async with self._connection.savepoint():
                yield
        except BaseException:
            self._known, self.sent = known, sent
            raise


class SqlUnitOfWorkFactory:
    """Opens units of work on one database."""

    def __init__(
        self,
        database: Database,
        wakeups: Wakeups,
        on_duty: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """`on_duty` is run after a commit that changed who is on duty; it must not raise."""
        self._database = database
        self._wakeups = wakeups
        self._on_duty = on_duty

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        """One transaction; waiters are woken only after its commit."""
        async with self._database.write() as connection:
            work = SqlUnitOfWork(connection)
            yield work
        if work.committed:
            if self._on_duty is not None and DUTY_TOPIC in work.sent:
                await self._on_duty()
            for topic in work.sent:
                await self._wakeups.notify(topic)
