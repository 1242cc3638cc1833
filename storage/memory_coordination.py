"""Locks, wake-ups and rate limits within one process: the default, and the fallback of Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits.aio.storage import MemoryStorage

from services.messages import Address
from storage.coordination_rates import TELEGRAM, Rates, RateTaker

_MOST_MISSED = 1024
"""Topics with an unheard notification that are remembered; the oldest is forgotten first."""


class _Door:
    """A lock with the number of those who hold it or wait for it."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class MemoryLocks:
    """`services.ports.Locks` for one process: first come, first served."""

    def __init__(self) -> None:
        self._doors: dict[str, _Door] = {}

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Wait for the lock and hold it; the last one out takes the lock away."""
        door = self._doors.setdefault(key, _Door())
        door.users += 1
        try:
            async with door.lock:
                yield
        finally:
            door.users -= 1
            if not door.users:
                del self._doors[key]

    def __len__(self) -> int:
        """How many conversations are locked or waited for."""
        return len(self._doors)


class MemoryWakeups:
    """`services.ports.Wakeups` for one process.

    A notification that nobody was waiting for is kept for the next who waits: whoever looks
    into the database just before something is written would otherwise sleep over it.
    """

    def __init__(self) -> None:
        self._waiters: dict[str, set[asyncio.Future[None]]] = {}
        self._missed: dict[str, None] = {}

    async def notify(self, topic: str) -> None:
        """Wake everybody who waits for `topic`."""
        self.wake(topic)

    def wake(self, topic: str) -> None:
        """The same, at once."""
        waiters = self._waiters.pop(topic, None)
        if waiters is None:
            self._missed[topic] = None
            if len(self._missed) > _MOST_MISSED:
                del self._missed[next(iter(self._missed))]
            return
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def wake_all(self) -> None:
        """Wake everybody, whatever they wait for."""
        for topic in list(self._waiters):
            self.wake(topic)

    async def wait(self, topic: str, timeout: float) -> bool:
        """True when notified, False after `timeout` seconds."""
        if topic in self._missed:
            del self._missed[topic]
            return True
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(topic, set()).add(waiter)
        try:
            async with asyncio.timeout(timeout):
                await waiter
            return True
        except TimeoutError:
            return False
        finally:
            self._forget(topic, waiter)

    def _forget(self, topic: str, waiter: asyncio.Future[None]) -> None:
        waiters = self._waiters.get(topic, set())
        waiters.discard(waiter)
        if not waiters:
            self._waiters.pop(topic, None)


class MemoryRateLimit:
    """`services.ports.RateLimit` for one process."""

    def __init__(self, rates: Rates = TELEGRAM) -> None:
        self._taker = RateTaker(MemoryStorage(), rates)

    async def take(self, address: Address) -> float:
        """0 and one message counted, or the seconds to wait."""
        return await self._taker.take(address)
