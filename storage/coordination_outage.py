"""Remembers for a moment that Redis does not answer, so that not everybody waits for it anew."""

from __future__ import annotations

import time

import structlog
from redis.exceptions import RedisError

log = structlog.get_logger()

REDIS_FAILURES = (RedisError, OSError)
"""Everything that an unreachable, restarting or refusing Redis can raise."""


class Outage:
    """Shared by all that use one Redis; logs when it goes and when it comes back."""

    def __init__(self, pause: float = 3.0) -> None:
        """After a failure Redis is left alone for `pause` seconds."""
        self._pause = pause
        self._until = 0.0
        self._noted = False

    @property
    def lasts(self) -> bool:
        """Whether Redis should not be asked now."""
        return time.monotonic() < self._until

    def note(self, exc: Exception) -> None:
        """Redis failed."""
        self._until = time.monotonic() + self._pause
        if not self._noted:
            self._noted = True
            log.warning("redis.unavailable", error=type(exc).__name__)

    def over(self) -> None:
        """Redis answered."""
        self._until = 0.0
        if self._noted:
            self._noted = False
            log.info("redis.back")
