"""Messages and their files within the twin's unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.messages import Address, Attachment
from services.ports import FileItem, InboxItem
from storage.inbox_part import MOST_FETCHES
from storage.memory_inbox import item_of
from storage.memory_part import MemoryPart
from storage.memory_state import KeptFile


class MemoryInboxPart(MemoryPart):
    """Messages."""

    async def settle(self, inbox_id: int) -> bool:
        """Claim the message as processed."""
        row = self._state.inbox.get(inbox_id)
        if row is None or row.status != "new":
            return False
        self._state.inbox[inbox_id] = replace(row, status="done")
        return True

    async def inbox_item(self, inbox_id: int) -> InboxItem | None:
        """A recorded message."""
        row = self._state.inbox.get(inbox_id)
        return item_of(row) if row else None

    async def bind_inbox(self, inbox_id: int, ticket: str) -> None:
        """Say that a message belongs to a ticket."""
        if row := self._state.inbox.get(inbox_id):
            self._state.inbox[inbox_id] = replace(row, ticket=ticket)

    async def ticket_of_message(self, inbox_id: int) -> str | None:
        """The ticket that a message belongs to."""
        row = self._state.inbox.get(inbox_id)
        return row.ticket if row else None

    async def add_attachment(
        self,
        address: Address,
        inbox_id: int,
        ticket: str | None,
        file: Attachment,
        *,
        internal: bool = False,
    ) -> None:
        """Keep a file with its message."""
        file_id = len(self._state.files) + 1
        kept = KeptFile(file_id, inbox_id, address, ticket, file, internal=internal)
        self._state.files[file_id] = kept

    async def bind_files(self, inbox_id: int, ticket: str) -> None:
        """Files that came with a message belong to its ticket."""
        for row in list(self._state.files.values()):
            if row.inbox_id == inbox_id:
                self._state.files[row.id] = replace(row, ticket=ticket)

    async def bind_loose_files(
        self, address: Address, since: datetime, ticket: str
    ) -> list[Attachment]:
        """Files without words that came since then belong to a ticket."""
        waiting = {
            question.inbox_id
            for question in self._state.questions.values()
            if question.conversation == address.key and question.answered_at is None
        }
        bound = []
        for row in list(self._state.files.values()):
            came_with = self._state.inbox.get(row.inbox_id)
            if (
                row.address == address
                and row.ticket is None
                and row.inbox_id not in waiting
                and came_with is not None
                and came_with.inbound.address == address
                and came_with.received_at >= since
            ):
                self._state.files[row.id] = replace(row, ticket=ticket)
                bound.append(row.file)
        return bound

    async def first_with_id(self, address: Address, message_id: str) -> InboxItem | None:
        """The message that the channel first gave this id; edits repeat it."""
        for row in self._state.inbox.values():
            if row.inbound.address == address and row.inbound.message_id == message_id:
                return item_of(row)
        return None

    async def files_to_show(self, limit: int, after: int = 0) -> list[FileItem]:
        """Files of tickets that their owner has not seen yet, oldest first."""
        return [
            FileItem(
                row.id,
                row.address,
                row.ticket,
                row.file.ref,
                row.file.mime,
                row.attempts,
                row.internal,
            )
            for row in self._state.files.values()
            if row.id > after
            and row.ticket is not None
            and not row.shown
            and row.attempts < MOST_FETCHES
        ][:limit]

    async def file_fetched(self, file_id: int, ref: str, mime: str, size: int) -> None:
        """The file lies in our store now."""
        row = self._state.files[file_id]
        file = replace(row.file, ref=ref, mime=mime, size=size)
        self._state.files[file_id] = replace(row, file=file)

    async def file_shown(self, file_id: int) -> bool:
        """Claim the showing of a file; False when somebody else has."""
        row = self._state.files[file_id]
        self._state.files[file_id] = replace(row, shown=True)
        return not row.shown

    async def file_failed(self, file_id: int) -> None:
        """Count a failed attempt."""
        row = self._state.files[file_id]
        self._state.files[file_id] = replace(row, attempts=row.attempts + 1)
