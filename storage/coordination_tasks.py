"""Ends a background task for certain."""

from __future__ import annotations

import asyncio

_PATIENCE = 0.2
"""Seconds until a task is cancelled once more."""


async def end(task: asyncio.Task[None]) -> None:
    """Cancel `task` until it has ended.

    Once is not enough: a cancellation that meets a timeout of redis-py is swallowed there
    (seen with a subscription that was closed just when its read timed out), and whoever waits
    for the task would wait for ever.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_PATIENCE)
