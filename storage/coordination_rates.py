"""What a channel lets one chat and one bot send, as moving windows of the `limits` library."""

from __future__ import annotations

import time
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from services.messages import Address

_SHORTEST_WAIT = 0.05
"""Seconds. A window that ends just now must not become a busy loop."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of one channel. Other channels are not limited."""

    channel: str
    private: RateLimitItem
    group: RateLimitItem
    bot: RateLimitItem

    def of(self, address: Address) -> list[tuple[RateLimitItem, str]]:
        """The windows that a message to `address` counts in, the bot's first."""
        if address.channel != self.channel:
            return []
        chat = self.group if address.chat.startswith("-") else self.private
        return [(self.bot, f"{address.channel}:{address.bot}"), (chat, address.key)]


TELEGRAM = Rates(
    channel="telegram",
    private=RateLimitItemPerSecond(3, 3),
    group=RateLimitItemPerMinute(20),
    bot=RateLimitItemPerSecond(30),
)
"""Bot FAQ: about one message a second in a chat with short bursts, 20 a minute in a group,
30 a second for a bot. Ids of groups are negative."""


class RateTaker:
    """Counts in windows that a storage of `limits` keeps."""

    def __init__(self, storage: MemoryStorage | RedisStorage, rates: Rates) -> None:
        self._limiter = MovingWindowRateLimiter(storage)
        self._rates = rates

    async def take(self, address: Address) -> float:
        """0 and one message counted, or the seconds until the fullest window has room.

        Looks before it counts, so that a chat that must wait uses up nothing of the bot's.
        """
        windows = self._rates.of(address)
        for item, name in windows:
            if not await self._limiter.test(item, name):
                return await self._wait(item, name)
        for item, name in windows:
            if not await self._limiter.hit(item, name):
                return await self._wait(item, name)
        return 0.0

    async def _wait(self, item: RateLimitItem, name: str) -> float:
        stats = await self._limiter.get_window_stats(item, name)
        return max(stats.reset_time - time.time(), _SHORTEST_WAIT)
