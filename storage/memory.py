"""The in-memory twin of the whole storage: the same promises, no database.

For tests of the use cases and for trying a message out. It is shipped and tested by the same
contract suite as SQL, so that what holds on it holds there.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from services.ports import DUTY_TOPIC, UnitOfWork, Wakeups
from storage.memory_alias_part import MemoryAliasPart, MemoryAliasProposals
from storage.memory_cadre_part import MemoryCadrePart
from storage.memory_case_files import MemoryCaseFiles
from storage.memory_conversation_part import MemoryConversationPart
from storage.memory_coordination import MemoryWakeups
from storage.memory_county_part import MemoryCountyPart
from storage.memory_duty_part import MemoryDutyBook, MemoryDutyPart
from storage.memory_histories import MemoryHistories
from storage.memory_inbox import MemoryInbox
from storage.memory_inbox_part import MemoryInboxPart
from storage.memory_kept_tickets import MemoryKeptTickets
from storage.memory_known_part import MemoryKnownPart
from storage.memory_label_part import MemoryLabelPart
from storage.memory_outbox import MemoryOutbox
from storage.memory_past_tickets import MemoryPastTickets
from storage.memory_reading import MemoryDesk, MemoryMailbox
from storage.memory_state import MemoryDatabase, Transaction
from storage.memory_ticket_part import MemoryTicketPart


class MemoryUnitOfWork(
    MemoryInboxPart,
    MemoryConversationPart,
    MemoryTicketPart,
    MemoryCadrePart,
    MemoryCountyPart,
    MemoryAliasPart,
    MemoryKnownPart,
    MemoryDutyPart,
    MemoryLabelPart,
):
    """`services.ports.UnitOfWork` without a database."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction)
        self.sent = set()

    async def commit(self) -> None:
        """Let everybody see it."""
        self._transaction.commit()

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is done inside is undone alone when it raises."""
        before = self._transaction.state.copy()
        sent = set(self.sent)
        try:
            yield
        except BaseException:
            self._transaction.state, self.sent = before, sent
            raise


class MemoryUnitOfWorkFactory:
    """Opens units of work on one twin."""

    def __init__(self, database: MemoryDatabase, wakeups: Wakeups) -> None:
        self._database = database
        self._wakeups = wakeups
        self.on_duty: Callable[[], Awaitable[object]] | None = None
        """Run after a commit that changed who is on duty."""

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[UnitOfWork]:
        """One transaction; waiters are woken only after its commit."""
        async with self._database.write() as transaction:
            work = MemoryUnitOfWork(transaction)
            yield work
        if transaction.committed:
            if self.on_duty is not None and DUTY_TOPIC in work.sent:
                await self.on_duty()
            for topic in work.sent:
                await self._wakeups.notify(topic)


class MemoryStore:
    """All of the storage's ports over one state."""

    def __init__(self, wakeups: Wakeups | None = None, *, sealed: str = "discipline") -> None:
        """`sealed` is the code of the county's discipline channel."""
        self.wakeups: Wakeups = wakeups or MemoryWakeups()
        database = MemoryDatabase()
        self.inbox = MemoryInbox(database)
        self.outbox = MemoryOutbox(database)
        self.units_of_work = MemoryUnitOfWorkFactory(database, self.wakeups)
        self.mailbox = MemoryMailbox(database)
        self.desk = MemoryDesk(database)
        self.alias_proposals = MemoryAliasProposals(database)
        self.past_tickets = MemoryPastTickets(database)
        self.duty = MemoryDutyBook(database)
        self.histories = MemoryHistories(database, sealed)
        self.kept_tickets = MemoryKeptTickets(database)
        self.case_files = MemoryCaseFiles(database)
        self.database = database
