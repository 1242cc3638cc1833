"""The durable inbox's twin in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.messages import Inbound
from services.ports import InboxItem, Receipt
from storage.memory_state import Arrived, MemoryDatabase


def item_of(row: Arrived) -> InboxItem:
    """The recorded message of one row."""
    return InboxItem(row.id, row.inbound, row.received_at, row.attempts)


def _may_be_tried(row: Arrived, now: datetime) -> bool:
    return row.status == "new" and (row.retry_at is None or row.retry_at <= now)


def _identity(inbound: Inbound) -> tuple[str, str, str]:
    return inbound.address.channel, str(inbound.address.bot), inbound.update_id


class MemoryInbox:
    """`services.ports.Inbox` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def record(self, inbound: Inbound, now: datetime) -> Receipt:
        """Insert once."""
        async with self._database.write() as transaction:
            rows = transaction.state.inbox
            for row in rows.values():
                if _identity(row.inbound) == _identity(inbound):
                    return Receipt(row.id, False, False)
            inbox_id = len(rows) + 1
            key = inbound.address.key
            older = any(
                row.inbound.address.key == key and row.status == "new" for row in rows.values()
            )
            rows[inbox_id] = Arrived(inbox_id, inbound, now)
            transaction.commit()
            return Receipt(inbox_id, True, not older)

    async def next_of(self, key: str, now: datetime) -> InboxItem | None:
        """The oldest message of one conversation that may be tried now."""
        for row in self._database.committed.inbox.values():
            if row.inbound.address.key == key and row.status == "new":
                return item_of(row) if _may_be_tried(row, now) else None
        return None

    async def left_over(self, now: datetime, limit: int) -> list[str]:
        """Conversations with unprocessed messages, the longest waiting first."""
        waiting = self._database.committed.inbox.values()
        keys = (row.inbound.address.key for row in waiting if _may_be_tried(row, now))
        return list(dict.fromkeys(keys))[:limit]

    async def failed(self, inbox_id: int, error: str, retry_at: datetime | None) -> None:
        """Note a failure; without `retry_at` the message waits for a human."""
        async with self._database.write() as transaction:
            row = transaction.state.inbox.get(inbox_id)
            if row is None or row.status != "new":
                return
            transaction.state.inbox[inbox_id] = replace(
                row,
                attempts=row.attempts + 1,
                error=error[:500],
                retry_at=retry_at,
                status="new" if retry_at else "failed",
            )
            transaction.commit()

    async def stuck(self) -> int:
        """Messages that were set aside and wait for a human."""
        return sum(row.status == "failed" for row in self._database.committed.inbox.values())
