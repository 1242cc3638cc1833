"""Record first: an update counts as taken only when the inbox has it.

Long polling confirms an update by asking for the next one, so a failing inbox is waited for
in place: nothing is confirmed, nothing behind it overtakes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Protocol

import structlog

from services.messages import Inbound
from services.ports import Receipt

log = structlog.get_logger()


class Receive(Protocol):
    """Puts a message into the durable inbox."""

    async def __call__(self, inbound: Inbound) -> Receipt:
        """The message is safe when this returns. May raise: then do not acknowledge it."""
        ...


def growing(first: float, longest: float) -> Iterator[float]:
    """Pauses in seconds, doubling from `first` up to `longest`, without end."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, longest)


async def record_until_safe(receive: Receive, inbound: Inbound, first_pause: float = 0.5) -> None:
    """Call `receive` until it succeeds, with pauses that grow to 30 s."""
    for attempt, pause in enumerate(growing(first_pause, 30.0), start=1):
        try:
            await receive(inbound)
        except Exception as error:
            # The type only: database errors quote the values, which are residents' words.
            log.warning(
                "telegram.receive_failed",
                bot=str(inbound.address.bot),
                update=inbound.update_id,
                attempt=attempt,
                error=type(error).__name__,
            )
            await asyncio.sleep(pause)
        else:
            return
