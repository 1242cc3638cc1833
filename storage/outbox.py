"""The outbox in SQL: replies wait here, leased one by one and in order for each chat.

Web chats need no push: their rows are the mailbox itself and are never leased.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.messages import Address
from services.ports import OutboxItem
from storage.chats import move_chat, set_reachable
from storage.codec import OUTBOUND
from storage.database import Database
from storage.tables import CONVERSATIONS, OUTBOX

_STUCK = select(func.count()).where(OUTBOX.c.status == "undeliverable")

# Statements of every delivery are built once: building them anew costs more than running them.
_HEADS = (
    select(func.min(OUTBOX.c.id).label("id"))
    .where(OUTBOX.c.status == "waiting")
    .group_by(OUTBOX.c.key)
    .subquery()
)
_EARLIER = OUTBOX.alias("earlier")
_CARD = (
    select(_EARLIER.c.message_id)
    .where(
        _EARLIER.c.key == OUTBOX.c.key,
        _EARLIER.c.slot == OUTBOX.c.slot,
        _EARLIER.c.status == "sent",
        _EARLIER.c.message_id.is_not(None),
    )
    .order_by(_EARLIER.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_DUE = (
    select(OUTBOX, CONVERSATIONS.c.reachable, _CARD.label("card"))
    .join(_HEADS, _HEADS.c.id == OUTBOX.c.id)
    .outerjoin(CONVERSATIONS, CONVERSATIONS.c.key == OUTBOX.c.key)
    .where(
        OUTBOX.c.status == "waiting",
        OUTBOX.c.not_before <= bindparam("now"),
        or_(OUTBOX.c.lease_until.is_(None), OUTBOX.c.lease_until <= bindparam("now")),
    )
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=OUTBOX)
)
_LEASE = (
    update(OUTBOX)
    .where(OUTBOX.c.id.in_(bindparam("rows", expanding=True)))
    .values(lease_until=bindparam("until"), attempts=OUTBOX.c.attempts + 1)
)
_DELIVERED = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("row"))
    .values(
        status="sent",
        sent_at=bindparam("at"),
        message_id=bindparam("message"),
        lease_until=None,
    )
)
_GIVE_UP = (
    update(OUTBOX)
    .where(OUTBOX.c.key.in_(bindparam("chats", expanding=True)), OUTBOX.c.status == "waiting")
    .values(status="undeliverable", lease_until=None, error=bindparam("why"))
)


class SqlOutbox:
    """`services.ports.Outbox` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._marking = asyncio.Lock()
        self._arrived: dict[int, dict[str, object]] = {}
        """What arrived and is not marked yet; what arrives together is marked together."""

    async def lease(self, now: datetime, seconds: float, limit: int) -> list[OutboxItem]:
        """The head of each chat's queue, if it is due and nobody else is sending it.

        What waits for a chat that is known to be gone is listed as undeliverable.
        """
        async with self._database.write() as connection:
            found = await connection.execute(_DUE, {"now": now, "most": limit})
            rows = list(found.mappings())
            if gone := [row["key"] for row in rows if row["reachable"] is False]:
                await _give_up(connection, gone, "the chat is gone")
                rows = [row for row in rows if row["reachable"] is not False]
            if rows:
                leased = {"rows": [row["id"] for row in rows]}
                until = now + timedelta(seconds=seconds)
                await connection.execute(_LEASE, leased | {"until": until})
            elif not gone:
                return []
            await connection.commit()
        return [_item(row) for row in rows]

    async def delivered(self, item_id: int, message_id: str | None, now: datetime) -> None:
        """It arrived under the channel's id."""
        self._arrived[item_id] = {"row": item_id, "at": now, "message": message_id}
        async with self._marking:
            if item_id in self._arrived:  # else the one before has marked it with its own
                await self._mark()

    async def _mark(self) -> None:
        going = dict(self._arrived)
        async with self._database.write() as connection:
            await connection.execute(_DELIVERED, list(going.values()))
            await connection.commit()
        for item_id in going:  # only now: what could not be marked is tried with the next one
            self._arrived.pop(item_id, None)

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
            await _give_up(connection, [address.key], reason)
            await set_reachable(connection, address, False)
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


def _item(row: RowMapping) -> OutboxItem:
    message = OUTBOUND.validate_json(row["payload"])
    return OutboxItem(
        id=row["id"],
        address=Address.from_key(row["key"]),
        message=message,
        attempts=row["attempts"] + 1,
        replaces=None if message.fresh else row["card"],
    )


async def _give_up(connection: AsyncConnection, keys: Sequence[str], reason: str) -> None:
    """Everything that waits for these chats is undeliverable."""
    await connection.execute(_GIVE_UP, {"chats": keys, "why": reason[:300]})
