"""The durable inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.messages import Address, Attachment, Inbound
from services.ports.records import FileItem, InboxItem, Receipt


class Inbox(Protocol):
    """The first durable place of every message. Each call is a transaction of its own."""

    async def record(self, inbound: Inbound, now: datetime) -> Receipt:
        """Insert once; afterwards the message may be acknowledged to its channel."""
        ...

    async def next_of(self, key: str, now: datetime) -> InboxItem | None:
        """The oldest unprocessed message of one conversation, if it may be tried now.

        Nothing overtakes a message that waits to be tried again.
        """
        ...

    async def left_over(self, now: datetime, limit: int) -> list[str]:
        """Conversations with unprocessed messages that may be tried now, oldest first."""
        ...

    async def failed(self, inbox_id: int, error: str, retry_at: datetime | None) -> None:
        """Note a failure; without `retry_at` the message is set aside for a human."""
        ...

    async def stuck(self) -> int:
        """Messages that were set aside and wait for a human."""
        ...


class InboxWork(Protocol):
    """Recorded messages and their files, within a transaction."""

    async def settle(self, inbox_id: int) -> bool:
        """Claim the message as processed. False: somebody else has, roll back."""
        ...

    async def inbox_item(self, inbox_id: int) -> InboxItem | None:
        """A recorded message, processed or not."""
        ...

    async def bind_inbox(self, inbox_id: int, ticket: str) -> None:
        """Say that a message belongs to a ticket, so that a reply to it finds the ticket."""
        ...

    async def bind_files(self, inbox_id: int, ticket: str) -> None:
        """Say that the files of a message belong to a ticket."""
        ...

    async def bind_loose_files(
        self, address: Address, since: datetime, ticket: str
    ) -> list[Attachment]:
        """Files without words that came since then belong to a ticket.

        A file whose message waits for an answer is left to that answer.
        """
        ...

    async def first_with_id(self, address: Address, message_id: str) -> InboxItem | None:
        """The message that the channel first gave this id; edits repeat it."""
        ...

    async def files_to_show(self, limit: int, after: int = 0) -> list[FileItem]:
        """Files with an id above `after` that nobody was shown yet, oldest first."""
        ...

    async def file_fetched(self, file_id: int, ref: str, mime: str, size: int) -> None:
        """The file lies in our store now."""
        ...

    async def file_shown(self, file_id: int) -> bool:
        """Claim the showing of a file; False when somebody else has."""
        ...

    async def file_failed(self, file_id: int) -> None:
        """Count a failed attempt."""
        ...

    async def add_attachment(
        self,
        address: Address,
        inbox_id: int,
        ticket: str | None,
        file: Attachment,
        *,
        internal: bool = False,
    ) -> None:
        """Keep a file with its message; `internal`: the resident never gets it."""
        ...
