"""The outbox's twin in memory: leased one by one and in order for each chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.messages import Address
from services.ports import OutboxItem
from storage.memory_chats import move_chat, set_reachable
from storage.memory_state import MemoryDatabase, State, Waiting


def _heads(state: State) -> list[Waiting]:
    heads: dict[str, Waiting] = {}
    for row in state.outbox.values():
        if row.status == "waiting":
            heads.setdefault(row.address.key, row)
    return sorted(heads.values(), key=lambda row: row.id)


def _card_to_edit(state: State, of: Waiting) -> str | None:
    for row in reversed(state.outbox.values()):
        if (
            row.address == of.address
            and row.message.slot == of.message.slot
            and row.status == "sent"
            and row.message_id is not None
        ):
            return row.message_id
    return None


def _give_up(state: State, address: Address, reason: str) -> None:
    for row in list(state.outbox.values()):
        if row.address == address and row.status == "waiting":
            state.outbox[row.id] = replace(
                row, status="undeliverable", lease_until=None, error=reason[:300]
            )


class MemoryOutbox:
    """`services.ports.Outbox` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def lease(self, now: datetime, seconds: float, limit: int) -> list[OutboxItem]:
        """The head of each chat's queue, if it is due and nobody else is sending it.

        What waits for a chat that is known to be gone is listed as undeliverable.
        """
        async with self._database.write() as transaction:
            state = transaction.state
            due = [
                row
                for row in _heads(state)
                if row.not_before <= now and (row.lease_until is None or row.lease_until <= now)
            ]
            items = []
            for row in due[:limit]:
                chat = state.conversations.get(row.address.key)
                if chat is not None and not chat.reachable:
                    _give_up(state, row.address, "the chat is gone")
                    continue
                state.outbox[row.id] = replace(
                    row, lease_until=now + timedelta(seconds=seconds), attempts=row.attempts + 1
                )
                edits = row.message.slot is not None and not row.message.fresh
                replaces = _card_to_edit(state, row) if edits else None
                items.append(
                    OutboxItem(row.id, row.address, row.message, row.attempts + 1, replaces)
                )
            transaction.commit()
            return items

    async def delivered(self, item_id: int, message_id: str | None, now: datetime) -> None:
        """It arrived under the channel's id."""
        async with self._database.write() as transaction:
            rows = transaction.state.outbox
            rows[item_id] = replace(
                rows[item_id],
                status="sent",
                sent_at=now,
                message_id=message_id,
                lease_until=None,
            )
            transaction.commit()

    async def retry(self, item_id: int, at: datetime, reason: str) -> None:
        """Try again not before `at`."""
        async with self._database.write() as transaction:
            rows = transaction.state.outbox
            if rows[item_id].status == "waiting":
                rows[item_id] = replace(
                    rows[item_id], not_before=at, lease_until=None, error=reason[:300]
                )
                transaction.commit()

    async def undeliverable(self, item_id: int, reason: str) -> None:
        """List it for a human; the next message of the chat may go."""
        async with self._database.write() as transaction:
            rows = transaction.state.outbox
            rows[item_id] = replace(
                rows[item_id], status="undeliverable", lease_until=None, error=reason[:300]
            )
            transaction.commit()

    async def stuck(self) -> int:
        """Messages that could not be delivered and wait for a human."""
        rows = self._database.committed.outbox.values()
        return sum(row.status == "undeliverable" for row in rows)

    async def chat_gone(self, address: Address, reason: str) -> None:
        """Nothing more can be sent to this chat until the person writes again."""
        async with self._database.write() as transaction:
            _give_up(transaction.state, address, reason)
            set_reachable(transaction.state, address, False)
            transaction.commit()

    async def chat_moved(self, old: Address, new: Address) -> None:
        """Bindings and waiting messages follow to the new id."""
        async with self._database.write() as transaction:
            move_chat(transaction.state, old, new)
            transaction.commit()
