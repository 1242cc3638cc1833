"""Delivers what waits in the outbox. It knows four failures only, and loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from services.errors import AddressChanged, BadMessage, RecipientGone, RetryLater
from services.messages import Address
from services.ports import Clock, Outbox, OutboxItem, RateLimit, Sender, Wakeups

log = structlog.get_logger()

TOPIC = "outbox"
_MOST_DOUBLINGS = 9
_MOST_UNEXPECTED = 8


class Relay:
    """Sends the head of each chat's queue, again and again."""

    def __init__(
        self,
        outbox: Outbox,
        senders: Mapping[tuple[str, str], Sender],
        wakeups: Wakeups,
        clock: Clock,
        rate_limit: RateLimit,
        *,
        lease_seconds: float = 30.0,
        batch: int = 30,
        poll_seconds: float = 1.0,
    ) -> None:
        """`senders` by (channel, bot). A lease must outlast the slowest send."""
        self._outbox = outbox
        self._senders = senders
        self._wakeups = wakeups
        self._clock = clock
        self._rate_limit = rate_limit
        self._lease_seconds = lease_seconds
        self._batch = batch
        self._poll_seconds = poll_seconds

    async def run(self) -> None:
        """Deliver until cancelled."""
        while True:
            try:
                sent = await self.run_once()
            except Exception as exc:
                # Outermost loop: leases run out by themselves, nothing is lost.
                log.error("relay.interrupted", error=type(exc).__name__)
                sent = 0
                await asyncio.sleep(self._poll_seconds)
            if not sent:
                await self._wakeups.wait(TOPIC, self._poll_seconds)

    async def run_once(self) -> int:
        """Deliver what is due now; returns how many messages were tried."""
        items = await self._outbox.lease(self._clock(), self._lease_seconds, self._batch)
        await asyncio.gather(*(self._deliver(item) for item in items))
        return len(items)

    async def _deliver(self, item: OutboxItem) -> None:
        address = item.address
        sender = self._senders.get((address.channel, str(address.bot)))
        if sender is None:
            await self._retry(item, 60.0, "channel is not running")
            return
        wait = await self._rate_limit.take(address)
        if wait > 0:
            await self._retry(item, wait, "rate limit")
            return
        try:
            message_id = await sender.send(address, item.message, item.replaces)
        except RetryLater as exc:
            growing = 2.0 ** min(item.attempts, _MOST_DOUBLINGS)
            await self._retry(item, max(exc.seconds, min(growing, 300.0)), str(exc))
        except RecipientGone as exc:
            log.warning("relay.recipient_gone", item=item.id, channel=address.channel)
            await self._outbox.chat_gone(address, str(exc))
        except AddressChanged as exc:
            new = Address(address.channel, address.bot, exc.chat)
            log.info("relay.address_changed", item=item.id, channel=address.channel)
            await self._outbox.chat_moved(address, new)
        except BadMessage as exc:
            log.error("relay.undeliverable", item=item.id, channel=address.channel)
            await self._outbox.undeliverable(item.id, str(exc))
        except Exception as exc:
            # Outermost for one message: a sender's mistake must not hold up the chat for ever.
            log.error("relay.sender_failed", item=item.id, error=type(exc).__name__)
            if item.attempts < _MOST_UNEXPECTED:
                await self._retry(item, 5.0, type(exc).__name__)
            else:
                await self._outbox.undeliverable(item.id, type(exc).__name__)
        else:
            await self._outbox.delivered(item.id, message_id, self._clock())

    async def _retry(self, item: OutboxItem, seconds: float, reason: str) -> None:
        log.info("relay.retry", item=item.id, seconds=round(seconds, 1))
        await self._outbox.retry(item.id, self._clock() + timedelta(seconds=seconds), reason)
