"""Wake-ups between processes: one Redis channel, one shared subscription in each process.

Waiters of our own process are woken directly; only the others need Redis. What is lost while
the subscription is away costs a poll interval: when it is back everybody is woken to look.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from storage.coordination_outage import REDIS_FAILURES, Outage
from storage.coordination_tasks import end
from storage.memory_coordination import MemoryWakeups

log = structlog.get_logger()

_CHANNEL = "liandong:wake"
_LISTEN = 5.0
"""Seconds of silence after which the subscription checks that it is alive."""
_MOST_PAUSE = 2.0


class RedisWakeups:
    """`services.ports.Wakeups` for many processes."""

    def __init__(self, redis: Redis, outage: Outage) -> None:
        self.redis = redis
        self._outage = outage
        self._local = MemoryWakeups()
        self._us = secrets.token_hex(8)
        self._reader: asyncio.Task[None] | None = None
        self.listening = asyncio.Event()
        """Set while the subscription stands."""

    async def notify(self, topic: str) -> None:
        """Wake our own waiters, and those of other processes if Redis is there."""
        self._local.wake(topic)
        if self._outage.lasts:
            return
        try:
            await self.redis.publish(_CHANNEL, f"{self._us} {topic}")
        except REDIS_FAILURES as exc:
            self._outage.note(exc)

    async def wait(self, topic: str, timeout: float) -> bool:
        """True when notified, False after `timeout` seconds."""
        if self._reader is None:
            self._reader = asyncio.create_task(self._listen_for_ever())
        return await self._local.wait(topic, timeout)

    async def close(self) -> None:
        """End the subscription."""
        if self._reader is not None:
            await end(self._reader)
            self._reader = None

    async def _listen_for_ever(self) -> None:
        pause = 0.1
        while True:
            try:
                await self._listen()
            except REDIS_FAILURES as exc:
                self._outage.note(exc)
            pause = 0.1 if self.listening.is_set() else min(pause * 2, _MOST_PAUSE)
            self.listening.clear()
            await asyncio.sleep(pause)

    async def _listen(self) -> None:
        pubsub = self.redis.pubsub()
        try:
            await pubsub.subscribe(_CHANNEL)
            asked = False
            while True:
                message = await pubsub.get_message(timeout=_LISTEN)
                if message is None:
                    if asked:
                        raise RedisConnectionError("the subscription is silent")
                    await pubsub.ping()
                asked = message is None
                if message is None:
                    continue
                if message["type"] == "subscribe":
                    self._outage.over()
                    self.listening.set()
                    self._local.wake_all()
                elif message["type"] == "message":
                    sender, _, topic = message["data"].decode().partition(" ")
                    if sender != self._us:
                        self._local.wake(topic)
        finally:
            with suppress(*REDIS_FAILURES):
                # redis-py leaves this one method without types.
                await pubsub.aclose()  # type: ignore[no-untyped-call]
