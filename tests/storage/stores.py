"""One store as the services see it, whatever lies below."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from services.case_files import CaseFiles
from services.measuring import Histories
from services.past_tickets import PastTickets
from services.ports import Desk, DutyBook, Inbox, Mailbox, Outbox, UnitOfWorkFactory, Wakeups
from services.verifying import KeptTickets
from storage.alias_proposals import AliasProposals
from storage.case_files import SqlCaseFiles
from storage.database import Database
from storage.desk import SqlDesk
from storage.duty_book import SqlDutyBook
from storage.histories import SqlHistories
from storage.inbox import SqlInbox
from storage.kept_tickets import SqlKeptTickets
from storage.mailbox import SqlMailbox
from storage.memory import MemoryStore
from storage.memory_alias_part import MemoryAliasProposals
from storage.memory_coordination import MemoryWakeups
from storage.outbox import SqlOutbox
from storage.past_tickets import SqlPastTickets
from storage.unit_of_work import SqlUnitOfWorkFactory


@dataclass(slots=True)
class Store:
    """The ports of one process."""

    inbox: Inbox
    outbox: Outbox
    units_of_work: UnitOfWorkFactory
    mailbox: Mailbox
    desk: Desk
    wakeups: Wakeups
    alias_proposals: AliasProposals | MemoryAliasProposals
    past_tickets: PastTickets
    duty: DutyBook
    histories: Histories
    kept_tickets: KeptTickets
    case_files: CaseFiles


def memory_store() -> Store:
    """The twin."""
    twin = MemoryStore()
    return Store(
        twin.inbox,
        twin.outbox,
        twin.units_of_work,
        twin.mailbox,
        twin.desk,
        twin.wakeups,
        twin.alias_proposals,
        twin.past_tickets,
        twin.duty,
        twin.histories,
        twin.kept_tickets,
        twin.case_files,
    )


@asynccontextmanager
async def sql_store(url: str) -> AsyncIterator[Store]:
    """A store with its own engine and connections, as a process of its own would have."""
    database = Database(url)
    wakeups = MemoryWakeups()
    try:
        yield Store(
            SqlInbox(database),
            SqlOutbox(database),
            SqlUnitOfWorkFactory(database, wakeups),
            SqlMailbox(database),
            SqlDesk(database),
            wakeups,
            AliasProposals(database),
            SqlPastTickets(database),
            SqlDutyBook(database),
            SqlHistories(database, "discipline"),
            SqlKeptTickets(database),
            SqlCaseFiles(database),
        )
    finally:
        await database.close()
