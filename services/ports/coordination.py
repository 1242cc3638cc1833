"""Coordination (Redis or memory); may be lost at any moment."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from services.messages import Address


class Locks(Protocol):
    """Per-conversation mutual exclusion across all processes."""

    def hold(self, key: str) -> AbstractAsyncContextManager[None]:
        """Wait for the lock and hold it."""
        ...


class Wakeups(Protocol):
    """Tells waiters that there is something new. Losing one costs a poll interval, no data."""

    async def notify(self, topic: str) -> None:
        """Wake everybody who waits for `topic`: `outbox` or a conversation's key."""
        ...

    async def wait(self, topic: str, timeout: float) -> bool:
        """Wait for the next notification, at most `timeout` seconds."""
        ...


class RateLimit(Protocol):
    """Keeps to what a channel lets one chat and one bot send."""

    async def take(self, address: Address) -> float:
        """0 and one message counted, or the seconds to wait."""
        ...
