"""One write transaction over all parts."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from services.ports.cadres import CadreWork
from services.ports.closings import ClosingWork
from services.ports.conversations import ConversationWork
from services.ports.county import AliasWork, CountyWork
from services.ports.deadlines import DeadlineWork
from services.ports.duty import DutyWork
from services.ports.inbox import InboxWork
from services.ports.known import KnownWork
from services.ports.labels import LabelWork
from services.ports.tickets import TicketWork


class UnitOfWork(
    InboxWork,
    ConversationWork,
    TicketWork,
    DeadlineWork,
    ClosingWork,
    CadreWork,
    CountyWork,
    AliasWork,
    KnownWork,
    DutyWork,
    LabelWork,
    Protocol,
):
    """One write transaction. Leaving it without `commit()` rolls everything back."""

    async def commit(self) -> None:
        """Make all of it durable, then wake whoever delivers.

        Raises `Conflict` when a ticket was changed by another transaction meanwhile.
        """
        ...

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """What is done inside is undone alone when it raises; the rest of the transaction stays."""
        ...


class UnitOfWorkFactory(Protocol):
    """Opens write transactions."""

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One transaction; SQLite's begins IMMEDIATE."""
        ...
