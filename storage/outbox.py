"""The outbox in SQL: replies wait here, leased one by one and in order for each chat.

Web chats need no push: their rows are the mailbox itself and are never leased.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import RowMapping, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.messages import Address
from services.ports import OutboxItem
from storage.chats import move_chat, release_tickets, set_reachable
from storage.codec import OUTBOUND
from storage.database import Database
from storage.tables import OUTBOX

_STUCK = select(func.count()).where(OUTBOX.c.status == "undeliverable")


class SqlOutbox:
    """`services.ports.Outbox` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self, now: datetime, seconds: float, limit: int) -> list[OutboxItem]:
        """The head of each chat's queue, if it is due and nobody else is sending it."""
        heads = (
            select(func.min(OUTBOX.c.id).label("id"))
            .where(OUTBOX.c.status == "waiting")
            .group_by(OUTBOX.c.key)
            .subquery()
        )
        due = (
            select(OUTBOX)
            .join(heads, heads.c.id == OUTBOX.c.id)
            .where(
                OUTBOX.c.status == "waiting",
                OUTBOX.c.not_before <= now,
                or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until <= now),
            )
            .order_by(OUTBOX.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=OUTBOX)
        )
        async with self._database.write() as connection:
            rows = list((await connection.execute(due)).mappings())
            if not rows:
                return []
            await connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id.in_([row["id"] for row in rows]))
                .values(
                    lease_until=now + timedelta(seconds=seconds),
                    attempts=OUTBOX.c.attempts + 1,
                )
            )
            replaces = {
                row["id"]: await self._card_to_edit(connection, row)
                for row in rows
                if row["slot"] and not OUTBOUND.validate_json(row["payload"]).fresh
            }
            await connection.commit()
        return [
            OutboxItem(
                id=row["id"],
                address=Address.from_key(row["key"]),
                message=OUTBOUND.validate_json(row["payload"]),
                attempts=row["attempts"] + 1,
                replaces=replaces.get(row["id"]),
            )
            for row in rows
        ]

    async def _card_to_edit(self, connection: AsyncConnection, row: RowMapping) -> str | None:
        found = await connection.scalar(
            select(OUTBOX.c.message_id)
            .where(
                OUTBOX.c.key == row["key"],
                OUTBOX.c.slot == row["slot"],
                OUTBOX.c.status == "sent",
                OUTBOX.c.message_id.is_not(None),
            )
            .order_by(OUTBOX.c.id.desc())
            .limit(1)
        )
        return None if found is None else str(found)

    async def delivered(self, item_id: int, message_id: str | None, now: datetime) -> None:
        """It arrived under the channel's id."""
        async with self._database.write() as connection:
            await connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id == item_id)
                .values(status="sent", sent_at=now, message_id=message_id, lease_until=None)
            )
            await connection.commit()

    async def retry(self, item_id: int, at: datetime, reason: str) -> None:
        """Try again not before `at`."""
        async with self._database.write() as connection:
            await connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id == item_id, OUTBOX.c.status == "waiting")
                .values(not_before=at, lease_until=None, error=reason[:300])
            )
            await connection.commit()

    async def undeliverable(self, item_id: int, reason: str) -> None:
        """List it for a human; the next message of the chat may go."""
        async with self._database.write() as connection:
            await connection.execute(
                update(OUTBOX)
                .where(OUTBOX.c.id == item_id)
                .values(status="undeliverable", lease_until=None, error=reason[:300])
            )
            await connection.commit()

    async def chat_gone(self, address: Address, reason: str) -> None:
        """Nothing more can be sent to this chat until the person writes again."""
        async with self._database.write() as connection:
            await connection.execute(
                update(OUTBOX)
                .where(and_(OUTBOX.c.key == address.key, OUTBOX.c.status == "waiting"))
                .values(status="undeliverable", lease_until=None, error=reason[:300])
            )
            await set_reachable(connection, address, False)
            await release_tickets(connection, address)
            await connection.commit()

    async def chat_moved(self, old: Address, new: Address) -> None:
        """Bindings and waiting messages follow to the new id."""
        async with self._database.write() as connection:
            await move_chat(connection, old, new)
            await connection.commit()

    async def stuck(self) -> int:
        """Messages that could not be delivered and wait for a human."""
        async with self._database.read() as connection:
            return await connection.scalar(_STUCK) or 0
