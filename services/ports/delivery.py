"""What waits to be delivered, and who delivers it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.messages import Address, Outbound
from services.ports.records import OutboxItem


class Outbox(Protocol):
    """What waits to be delivered. Each call is a transaction of its own."""

    async def lease(self, now: datetime, seconds: float, limit: int) -> list[OutboxItem]:
        """The first undelivered message of each chat that is due, leased for `seconds`.

        What waits for a chat that is known to be gone is listed as undeliverable.
        """
        ...

    async def delivered(self, item_id: int, message_id: str | None, now: datetime) -> None:
        """It arrived under the channel's `message_id`."""
        ...

    async def retry(self, item_id: int, at: datetime, reason: str) -> None:
        """Try again not before `at`."""
        ...

    async def undeliverable(self, item_id: int, reason: str) -> None:
        """List it for a human."""
        ...

    async def stuck(self) -> int:
        """Messages that could not be delivered and wait for a human."""
        ...

    async def chat_gone(self, address: Address, reason: str) -> None:
        """Everything that waits for this chat is undeliverable; the chat is unreachable."""
        ...

    async def chat_moved(self, old: Address, new: Address) -> None:
        """Bindings and waiting messages follow to the new id."""
        ...


class Sender(Protocol):
    """Delivers to one channel and bot."""

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> str | None:
        """Deliver; edit `replaces` in place when given. Returns the channel's message id.

        Raises only `RetryLater`, `RecipientGone`, `AddressChanged` or `BadMessage`. When the
        card to edit is gone it sends a new one; an edit that changes nothing is a success.
        """
        ...
