"""The inbox within a unit of work: claiming a message together with what it causes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from services.messages import Address, Attachment
from services.ports import FileItem, InboxItem
from storage.inbox import item_of
from storage.part import Part
from storage.tables import ATTACHMENTS, INBOX, QUESTIONS

MOST_FETCHES = 5
"""Tries after which a file that cannot be fetched is left alone."""


# Statements of every message are built once: building them anew costs more than running them.
_SETTLE = (
    update(INBOX)
    .where(INBOX.c.id == bindparam("inbox"), INBOX.c.status == "new")
    .values(status="done")
)
_BIND = update(INBOX).where(INBOX.c.id == bindparam("inbox")).values(ticket=bindparam("number"))
_BIND_LOOSE = (
    update(ATTACHMENTS)
    .where(
        ATTACHMENTS.c.key == bindparam("chat"),
        ATTACHMENTS.c.ticket.is_(None),
        ATTACHMENTS.c.inbox_id.in_(
            select(INBOX.c.id).where(
                INBOX.c.key == bindparam("chat"), INBOX.c.received_at >= bindparam("since")
            )
        ),
        ATTACHMENTS.c.inbox_id.not_in(
            select(QUESTIONS.c.inbox_id).where(
                QUESTIONS.c.key == bindparam("chat"),
                QUESTIONS.c.answered_at.is_(None),
                QUESTIONS.c.inbox_id.is_not(None),
            )
        ),
    )
    .values(ticket=bindparam("number"))
    .returning(ATTACHMENTS.c.ref, ATTACHMENTS.c.mime, ATTACHMENTS.c.size, ATTACHMENTS.c.name)
)
_FIRST_WITH_ID = (
    select(INBOX)
    .where(INBOX.c.key == bindparam("chat"), INBOX.c.message_id == bindparam("message"))
    .order_by(INBOX.c.id)
    .limit(1)
)


class InboxPart(Part):
    """Messages."""

    async def settle(self, inbox_id: int) -> bool:
        """Claim the message as processed."""
        result = await self._connection.execute(_SETTLE, {"inbox": inbox_id})
        return result.rowcount == 1

    async def inbox_item(self, inbox_id: int) -> InboxItem | None:
        """A recorded message."""
        rows = await self._connection.execute(select(INBOX).where(INBOX.c.id == inbox_id))
        row = rows.mappings().first()
        return item_of(row) if row else None

    async def bind_inbox(self, inbox_id: int, ticket: str) -> None:
        """Say that a message, and the files that came with it, belong to a ticket."""
        await self._connection.execute(_BIND, {"inbox": inbox_id, "number": ticket})

    async def bind_files(self, inbox_id: int, ticket: str) -> None:
        """Files that came with a message belong to its ticket."""
        await self._connection.execute(
            update(ATTACHMENTS).where(ATTACHMENTS.c.inbox_id == inbox_id).values(ticket=ticket)
        )

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
        await self._connection.execute(
            insert(ATTACHMENTS).values(
                inbox_id=inbox_id,
                key=address.key,
                ticket=ticket,
                ref=file.ref,
                mime=file.mime,
                size=file.size,
                name=file.name,
                attempts=0,
                shown=False,
                internal=internal,
            )
        )

    async def bind_loose_files(
        self, address: Address, since: datetime, ticket: str
    ) -> list[Attachment]:
        """Files without words that came since then belong to a ticket."""
        bound = await self._connection.execute(
            _BIND_LOOSE, {"chat": address.key, "since": since, "number": ticket}
        )
        return [Attachment(row.ref, row.mime, row.size, row.name) for row in bound]

    async def first_with_id(self, address: Address, message_id: str) -> InboxItem | None:
        """The message that the channel first gave this id; edits repeat it."""
        rows = await self._connection.execute(
            _FIRST_WITH_ID, {"chat": address.key, "message": message_id}
        )
        row = rows.mappings().first()
        return item_of(row) if row else None

    async def files_to_show(self, limit: int, after: int = 0) -> list[FileItem]:
        """Files of tickets that their owner has not seen yet, oldest first."""
        rows = await self._connection.execute(
            select(ATTACHMENTS)
            .where(
                ATTACHMENTS.c.id > after,
                ATTACHMENTS.c.shown.is_(False),
                ATTACHMENTS.c.ticket.is_not(None),
                ATTACHMENTS.c.attempts < MOST_FETCHES,
            )
            .order_by(ATTACHMENTS.c.id)
            .limit(limit)
        )
        return [
            FileItem(
                id=row["id"],
                address=Address.from_key(row["key"]),
                ticket=row["ticket"],
                ref=row["ref"],
                mime=row["mime"],
                attempts=row["attempts"],
                internal=row["internal"],
            )
            for row in rows.mappings()
        ]

    async def file_fetched(self, file_id: int, ref: str, mime: str, size: int) -> None:
        """The file lies in our store now."""
        await self._connection.execute(
            update(ATTACHMENTS)
            .where(ATTACHMENTS.c.id == file_id)
            .values(ref=ref, mime=mime, size=size)
        )

    async def file_shown(self, file_id: int) -> bool:
        """Claim the showing of a file; False when somebody else has."""
        result = await self._connection.execute(
            update(ATTACHMENTS)
            .where(ATTACHMENTS.c.id == file_id, ATTACHMENTS.c.shown.is_(False))
            .values(shown=True)
        )
        return result.rowcount == 1

    async def file_failed(self, file_id: int) -> None:
        """Count a failed attempt."""
        await self._connection.execute(
            update(ATTACHMENTS)
            .where(ATTACHMENTS.c.id == file_id)
            .values(attempts=ATTACHMENTS.c.attempts + 1)
        )
