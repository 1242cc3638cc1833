"""The durable inbox in SQL: the first place of every message, unique on (channel, bot, update)."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import RowMapping, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.messages import Inbound
from services.ports import InboxItem, Receipt
from storage.codec import INBOUND, dump
from storage.database import Database
from storage.tables import INBOX

_MAY_BE_TRIED = and_(
    INBOX.c.status == "new",
    or_(INBOX.c.retry_at.is_(None), INBOX.c.retry_at <= bindparam("now")),
)
_OLDER = (
    select(INBOX.c.id)
    .where(
        INBOX.c.key == bindparam("chat"),
        INBOX.c.status == "new",
        INBOX.c.id < bindparam("inbox"),
    )
    .limit(1)
)
_NEXT_OF = (
    select(INBOX)
    .where(INBOX.c.key == bindparam("chat"), INBOX.c.status == "new")
    .order_by(INBOX.c.id)
    .limit(1)
)
_STUCK = select(func.count()).where(INBOX.c.status == "failed")
_LEFT_OVER = (
    select(INBOX.c.key)
    .where(_MAY_BE_TRIED)
    .group_by(INBOX.c.key)
    .order_by(func.min(INBOX.c.id))
    .limit(bindparam("most"))
)


def item_of(row: RowMapping) -> InboxItem:
    """The recorded message of one row."""
    return InboxItem(
        id=row["id"],
        inbound=INBOUND.validate_json(row["payload"]),
        received_at=row["received_at"],
        attempts=row["attempts"],
    )


class SqlInbox:
    """`services.ports.Inbox` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = sqlite.insert if database.is_sqlite else postgresql.insert
        self._insert = (
            insert(INBOX)
            .on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"])
            .returning(INBOX.c.id)
        )

    async def record(self, inbound: Inbound, now: datetime) -> Receipt:
        """Insert once; the row is durable when this returns."""
        values = {
            "channel": inbound.address.channel,
            "bot": str(inbound.address.bot),
            "update_id": inbound.update_id,
            "key": inbound.address.key,
            "kind": str(inbound.kind),
            "message_id": inbound.message_id,
            "payload": dump(INBOUND, inbound),
            "received_at": now,
            "status": "new",
            "attempts": 0,
        }
        async with self._database.write() as connection:
            inbox_id = (await connection.execute(self._insert, values)).scalar()
            if inbox_id is not None:
                chat = {"chat": inbound.address.key, "inbox": inbox_id}
                older = (await connection.execute(_OLDER, chat)).first()
                await connection.commit()
                return Receipt(int(inbox_id), True, older is None)
            known = await connection.execute(
                select(INBOX.c.id).where(
                    INBOX.c.channel == inbound.address.channel,
                    INBOX.c.bot == str(inbound.address.bot),
                    INBOX.c.update_id == inbound.update_id,
                )
            )
            return Receipt(int(known.scalar_one()), False, False)

    async def next_of(self, key: str, now: datetime) -> InboxItem | None:
        """The oldest message of one conversation, if it may be tried now."""
        while True:
            async with self._database.read() as connection:
                found = await connection.execute(_NEXT_OF, {"chat": key})
                row = found.mappings().first()
            if row is None or (row["retry_at"] is not None and row["retry_at"] > now):
                return None
            try:
                return item_of(row)
            except ValidationError:
                # Written by another version: set aside, or it would hold up the chat for ever.
                await self.failed(row["id"], "unreadable", None)

    async def stuck(self) -> int:
        """Messages that were set aside and wait for a human."""
        async with self._database.read() as connection:
            return await connection.scalar(_STUCK) or 0

    async def left_over(self, now: datetime, limit: int) -> list[str]:
        """Conversations with unprocessed messages, the longest waiting first."""
        async with self._database.read() as connection:
            rows = await connection.execute(_LEFT_OVER, {"now": now, "most": limit})
            return [str(key) for key in rows.scalars()]

    async def failed(self, inbox_id: int, error: str, retry_at: datetime | None) -> None:
        """Note a failure; without `retry_at` the message waits for a human."""
        async with self._database.write() as connection:
            await connection.execute(
                update(INBOX)
                .where(INBOX.c.id == inbox_id, INBOX.c.status == "new")
                .values(
                    attempts=INBOX.c.attempts + 1,
                    error=error[:500],
                    retry_at=retry_at,
                    status="new" if retry_at else "failed",
                )
            )
            await connection.commit()
