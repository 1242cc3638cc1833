"""The background work of one process: each loop goes on whatever a single pass does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


async def repeat(name: str, step: Callable[[], Awaitable[int]], seconds: float) -> None:
    """Run `step` for ever: at once again while it finds work, else every `seconds`."""
    while True:
        try:
            found = await step()
        except Exception as exc:
            # Outermost loop: what failed is still in the database and is tried again.
            log.error("loop.failed", loop=name, error=type(exc).__name__)
            found = 0
        await asyncio.sleep(0 if found else seconds)
