"""Locks, wake-ups and rate limits, in memory and on Redis."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from limits import RateLimitItemPerSecond

from services.messages import Address, BotName
from services.ports import Locks, RateLimit, Wakeups
from storage.coordination_outage import Outage
from storage.coordination_rates import TELEGRAM, Rates
from storage.memory_coordination import MemoryLocks, MemoryRateLimit, MemoryWakeups
from storage.redis_coordination import RedisRateLimit, connect_redis
from tests.storage.values import GROUP, RESIDENT, WEB

QUICK = Rates("telegram", RateLimitItemPerSecond(1), RateLimitItemPerSecond(1), TELEGRAM.bot)


@dataclass(slots=True)
class Side:
    """The ports of one process."""

    locks: Locks
    wakeups: Wakeups
    rate_limit: RateLimit
    quick: RateLimit


@pytest.fixture(params=["memory", "redis"])
async def sides(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Side, Side]]:
    """Two processes that share one coordination; in memory they are the same one."""
    if request.param == "memory":
        side = Side(MemoryLocks(), MemoryWakeups(), MemoryRateLimit(), MemoryRateLimit(QUICK))
        yield side, side
        return
    url = request.getfixturevalue("redis_url")
    both = [await connect_redis(url) for _ in range(2)]
    for each in both:
        await each.wakeups.wait("nothing", 0)
        await asyncio.wait_for(each.wakeups.listening.wait(), 5)
    yield tuple(Side(*each, RedisRateLimit(each.wakeups.redis, Outage(), QUICK)) for each in both)  # type: ignore[misc]  # a pair by construction
    for each in both:
        await each.close()


async def test_lock__one_holder_at_a_time(sides: tuple[Side, Side]) -> None:
    inside, most = 0, 0

    async def work(side: Side) -> None:
        nonlocal inside, most
        async with side.locks.hold("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.005)
            inside -= 1

    await asyncio.gather(*(work(side) for side in sides * 5))
    assert most == 1


async def test_lock__other_conversations_do_not_wait(sides: tuple[Side, Side]) -> None:
    async with sides[0].locks.hold("a"), asyncio.timeout(2), sides[1].locks.hold("b"):
        pass


async def test_lock__is_free_again_after_an_error(sides: tuple[Side, Side]) -> None:
    async def fail() -> None:
        async with sides[0].locks.hold("a"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with asyncio.timeout(2), sides[1].locks.hold("a"):
        pass


async def test_lock__whoever_gives_up_waiting_leaves_it_usable(sides: tuple[Side, Side]) -> None:
    async with sides[0].locks.hold("a"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), sides[0].locks.hold("a"):
                pass
    async with asyncio.timeout(2), sides[1].locks.hold("a"):
        pass


async def test_memory_locks__none_is_left_behind() -> None:
    locks = MemoryLocks()

    async def work(key: str) -> None:
        async with locks.hold(key):
            await asyncio.sleep(0)

    await asyncio.gather(*(work(str(number % 7)) for number in range(50)))
    assert len(locks) == 0


async def test_wakeup__reaches_everybody_who_waits(sides: tuple[Side, Side]) -> None:
    waiting = [asyncio.create_task(side.wakeups.wait("outbox", 5)) for side in sides * 2]
    await asyncio.sleep(0)
    await sides[0].wakeups.notify("outbox")
    assert await asyncio.gather(*waiting) == [True] * 4


async def test_wakeup__of_another_topic_is_not_heard(sides: tuple[Side, Side]) -> None:
    waiting = asyncio.create_task(sides[1].wakeups.wait(WEB.key, 0.2))
    await sides[0].wakeups.notify("outbox")
    assert not await waiting


async def test_wakeup__just_before_the_wait_is_not_slept_over(sides: tuple[Side, Side]) -> None:
    await sides[0].wakeups.notify("outbox")
    assert await sides[1].wakeups.wait("outbox", 5)


async def test_wakeup__is_used_up(sides: tuple[Side, Side]) -> None:
    await sides[0].wakeups.notify("outbox")
    assert await sides[0].wakeups.wait("outbox", 5)
    assert not await sides[0].wakeups.wait("outbox", 0.05)


async def test_memory_wakeups__unheard_topics_are_not_kept_for_ever() -> None:
    wakeups = MemoryWakeups()
    for number in range(3000):
        await wakeups.notify(str(number))
    assert not await wakeups.wait("0", 0)
    assert await wakeups.wait("2999", 0)


async def test_rate__a_private_chat_gets_a_short_burst_then_waits(
    sides: tuple[Side, Side],
) -> None:
    taken = [await side.rate_limit.take(RESIDENT) for side in (*sides, sides[0], sides[1])]
    assert taken[:3] == [0.0, 0.0, 0.0]
    assert 0 < taken[3] <= 3


async def test_rate__a_group_gets_twenty_a_minute(sides: tuple[Side, Side]) -> None:
    taken = [await sides[0].rate_limit.take(GROUP) for _ in range(21)]
    assert taken[:20] == [0.0] * 20
    assert 3 < taken[20] <= 60


async def test_rate__a_bot_gets_thirty_a_second_over_all_chats(sides: tuple[Side, Side]) -> None:
    chats = [Address("telegram", BotName.RESIDENTS, str(number)) for number in range(60)]
    began = time.monotonic()
    free = 0
    while free < len(chats):
        wait = await sides[free % 2].rate_limit.take(chats[free])
        free += wait == 0
        await asyncio.sleep(wait)
    assert time.monotonic() - began >= 1


async def test_rate__a_chat_that_must_wait_uses_up_nothing_of_the_bots(
    sides: tuple[Side, Side],
) -> None:
    for _ in range(50):
        await sides[0].rate_limit.take(RESIDENT)
    assert await sides[0].rate_limit.take(Address("telegram", RESIDENT.bot, "9")) == 0


async def test_rate__other_bots_and_channels_are_counted_by_themselves(
    sides: tuple[Side, Side],
) -> None:
    for _ in range(4):
        await sides[0].rate_limit.take(RESIDENT)
    assert await sides[0].rate_limit.take(Address("telegram", BotName.CADRES, "700001")) == 0
    assert [await sides[0].rate_limit.take(WEB) for _ in range(50)] == [0.0] * 50


async def test_rate__has_room_after_the_seconds_it_named(sides: tuple[Side, Side]) -> None:
    assert await sides[0].quick.take(RESIDENT) == 0
    wait = await sides[1].quick.take(RESIDENT)
    assert 0 < wait <= 1
    await asyncio.sleep(wait)
    assert await sides[0].quick.take(RESIDENT) == 0
