"""Coordination of many processes by Redis. It may be flushed or gone at any moment: SQL is the
truth, and every part falls back to its twin in memory until Redis answers again."""

from __future__ import annotations

from typing import NamedTuple

from limits.aio.storage import RedisStorage
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from services.messages import Address
from storage.coordination_locks import RedisLocks
from storage.coordination_outage import REDIS_FAILURES, Outage
from storage.coordination_rates import TELEGRAM, Rates, RateTaker
from storage.coordination_wakeups import RedisWakeups
from storage.memory_coordination import MemoryRateLimit


class RedisRateLimit:
    """`services.ports.RateLimit` for many processes; each counts alone while Redis is away."""

    def __init__(self, redis: Redis, outage: Outage, rates: Rates = TELEGRAM) -> None:
        self._outage = outage
        self._local = MemoryRateLimit(rates)
        storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            key_prefix="liandong:rate",
            # Passed through to redis-py; the signature of `limits` names scalars only.
            connection_pool=redis.connection_pool,  # type: ignore[arg-type]
        )
        self._taker = RateTaker(storage, rates)

    async def take(self, address: Address) -> float:
        """0 and one message counted, or the seconds to wait."""
        if self._outage.lasts:
            return await self._local.take(address)
        try:
            wait = await self._taker.take(address)
        except REDIS_FAILURES as exc:
            self._outage.note(exc)
            return await self._local.take(address)
        self._outage.over()
        return wait


class RedisCoordination(NamedTuple):
    """The three ports over one Redis."""

    locks: RedisLocks
    wakeups: RedisWakeups
    rate_limit: RedisRateLimit

    async def close(self) -> None:
        """End the subscription and give the connections back."""
        await self.wakeups.close()
        await self.wakeups.redis.aclose()


async def connect_redis(url: str) -> RedisCoordination:
    """The ports on the Redis at `url`, whether it answers at this moment or not."""
    redis = _client(url)
    outage = Outage()
    return RedisCoordination(
        RedisLocks(redis, outage),
        RedisWakeups(redis, outage),
        RedisRateLimit(redis, outage),
    )


async def ping(url: str) -> None:
    """Ask the Redis at `url` for a sign of life; raises what redis-py raises."""
    redis = _client(url)
    try:
        # redis-py's own `ping` has no usable type.
        await redis.execute_command("PING")  # type: ignore[no-untyped-call]
    finally:
        await redis.aclose()


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_connect_timeout=1.0,
        socket_timeout=2.0,
        # redis-py waits for seconds between its own tries; we have a twin to fall back to.
        retry=Retry(NoBackoff(), 1),
    )
