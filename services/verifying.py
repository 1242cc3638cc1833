"""Looks through everything that is kept of tickets for what was changed beside the rules."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Protocol

from tickets.integrity import Break, Kept, breaks

PAGE = 200
"""Tickets that are in memory at a time, each page as of one moment."""


class KeptTickets(Protocol):
    """All tickets with their histories and deadlines, as they lie in storage; read only."""

    async def count(self) -> int:
        """How many tickets there are."""
        ...

    def pages(self, size: int) -> AsyncIterator[Sequence[Kept]]:
        """Tickets in the order of their numbers, at most `size` at a time."""
        ...

    async def astray(self) -> Sequence[Break]:
        """Events and deadlines without a ticket, and days on which a ticket is missing."""
        ...


async def verify(
    kept: KeptTickets, progress: Callable[[int], None] = lambda done: None
) -> AsyncIterator[Break]:
    """Every break, in the order of the numbers; those without a ticket at the end.

    `progress` is told how many tickets are done since it was last told.
    """
    async for page in kept.pages(PAGE):
        for each in page:
            for found in breaks(each):
                yield found
        progress(len(page))
    for found in await kept.astray():
        yield found
