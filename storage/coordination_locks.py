"""Per-conversation locks across processes, by redis-py's own lock.

The lock keeps two processes from doing the same work at once; it does not keep a message from
being processed twice. That is done by SQL: `settle` claims the inbox row in the transaction
that holds all effects. So a lost lock, a flushed or an unreachable Redis is a warning, never a
failure of the holder.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError

from storage.coordination_outage import REDIS_FAILURES, Outage
from storage.coordination_tasks import end
from storage.memory_coordination import MemoryLocks

log = structlog.get_logger()

_POLL = 0.05
"""Seconds between two looks at a lock that another process holds."""


class RedisLocks:
    """`services.ports.Locks` for many processes; in process alone while Redis is away."""

    def __init__(self, redis: Redis, outage: Outage, *, ttl: float = 10.0) -> None:
        """A holder that died is succeeded after `ttl` seconds; a living one extends in time."""
        self._redis = redis
        self._outage = outage
        self._ttl = ttl
        self._local = MemoryLocks()

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[None]:
        """Wait for the lock and hold it: first among our own, then among processes."""
        async with self._local.hold(key):
            lock = await self._acquire(key)
            if lock is None:
                yield
                return
            keeper = asyncio.create_task(self._keep(lock))
            try:
                yield
            finally:
                await end(keeper)
                await self._release(lock)

    async def _acquire(self, key: str) -> Lock | None:
        if self._outage.lasts:
            return None
        lock = self._redis.lock(
            f"liandong:lock:{key}", timeout=self._ttl, sleep=_POLL, thread_local=False
        )
        try:
            await lock.acquire()
        except REDIS_FAILURES as exc:
            self._outage.note(exc)
            return None
        self._outage.over()
        return lock

    async def _keep(self, lock: Lock) -> None:
        while True:
            await asyncio.sleep(self._ttl / 3)
            try:
                await lock.reacquire()
            except LockError:
                log.warning("lock.lost")
                return
            except REDIS_FAILURES as exc:
                self._outage.note(exc)

    async def _release(self, lock: Lock) -> None:
        try:
            with suppress(LockError):
                await lock.release()
        except REDIS_FAILURES as exc:
            self._outage.note(exc)
