"""What will happen, in the order of virtual time; at one moment in the order of planning."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Awaitable, Callable
from datetime import datetime

Act = Callable[[], Awaitable[None]]


class Agenda:
    """A queue of acts. An act may plan further ones, never before its own moment."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()

    def plan(self, at: datetime, act: Act) -> None:
        """Do `act` at that moment."""
        heapq.heappush(self._heap, (at, next(self._order), act))

    @property
    def next_at(self) -> datetime | None:
        """When the next act is due; None when nothing is planned any more."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Act:
        """The next act. Raises IndexError when there is none."""
        return heapq.heappop(self._heap)[2]

    def __len__(self) -> int:
        return len(self._heap)
