"""Redis may be flushed, restarted or gone at any moment: nothing stops, nothing crashes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from redis.asyncio import Redis

from storage.coordination_locks import RedisLocks
from storage.coordination_outage import Outage
from storage.coordination_tasks import end
from storage.redis_coordination import RedisCoordination, connect_redis
from tests.servers.redis import RedisServer
from tests.storage.values import RESIDENT


@pytest.fixture
async def one(redis_url: str) -> AsyncIterator[RedisCoordination]:
    """One process."""
    coordination = await connect_redis(redis_url)
    yield coordination
    await coordination.close()


@pytest.fixture
async def other(redis_url: str) -> AsyncIterator[RedisCoordination]:
    """Another process."""
    coordination = await connect_redis(redis_url)
    yield coordination
    await coordination.close()


async def test_locks__fall_back_to_the_process(redis: RedisServer, one: RedisCoordination) -> None:
    redis.stop()
    inside, most = 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with one.locks.hold("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1

    began = time.monotonic()
    await asyncio.gather(*(work() for _ in range(5)))
    assert most == 1 and time.monotonic() - began < 2


async def test_locks__redis_that_goes_while_held_does_not_hurt_the_holder(
    redis: RedisServer, one: RedisCoordination
) -> None:
    async with one.locks.hold("a"):
        redis.stop()
    async with asyncio.timeout(5), one.locks.hold("a"):
        pass


async def test_locks__a_flushed_lock_does_not_hurt_the_holder(
    redis: RedisServer, one: RedisCoordination, other: RedisCoordination
) -> None:
    async with one.locks.hold("a"):
        redis.flush()
        async with asyncio.timeout(5), other.locks.hold("a"):
            pass
    async with asyncio.timeout(5), one.locks.hold("a"):
        pass


async def test_locks__are_extended_while_held_and_run_out_when_the_holder_died(
    redis_url: str, other: RedisCoordination
) -> None:
    async with Redis.from_url(redis_url) as redis:
        short = RedisLocks(redis, Outage(), ttl=0.3)
        async with short.hold("a"):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1.0), other.locks.hold("a"):
                    pass
        await redis.set("liandong:lock:b", "of a dead process", px=200)
        async with asyncio.timeout(5), short.hold("b"):
            pass


async def test_wakeups__our_own_waiters_are_woken_without_redis(
    redis: RedisServer, one: RedisCoordination
) -> None:
    redis.stop()
    waiting = asyncio.create_task(one.wakeups.wait("outbox", 5))
    await asyncio.sleep(0)
    await one.wakeups.notify("outbox")
    assert await waiting


async def test_wakeups__wait_keeps_its_time_without_redis(
    redis: RedisServer, one: RedisCoordination
) -> None:
    redis.stop()
    began = time.monotonic()
    assert not await one.wakeups.wait("outbox", 0.3)
    assert 0.25 < time.monotonic() - began < 2


async def test_wakeups__the_subscription_comes_back_and_everybody_looks(
    redis: RedisServer, one: RedisCoordination, other: RedisCoordination
) -> None:
    await one.wakeups.wait("nothing", 0)
    await asyncio.wait_for(one.wakeups.listening.wait(), 5)
    waiting = asyncio.create_task(one.wakeups.wait("outbox", 20))
    redis.stop()
    redis.start()
    assert await waiting  # woken by the new subscription itself
    await asyncio.wait_for(one.wakeups.listening.wait(), 5)
    await other.wakeups.notify("outbox")
    assert await one.wakeups.wait("outbox", 5)


async def test_rate__is_counted_in_the_process_without_redis(
    redis: RedisServer, one: RedisCoordination
) -> None:
    redis.stop()
    taken = [await one.rate_limit.take(RESIDENT) for _ in range(4)]
    assert taken[:3] == [0.0] * 3 and taken[3] > 0


async def test_end__of_a_task_that_swallows_a_cancellation() -> None:
    async def stubborn() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await end(task)
    assert task.cancelled()


async def test_connect__before_redis_is_up(redis: RedisServer) -> None:
    redis.stop()
    coordination = await connect_redis(redis.url)
    async with coordination.locks.hold("a"):
        await coordination.wakeups.notify("outbox")
    redis.start()
    await coordination.close()
