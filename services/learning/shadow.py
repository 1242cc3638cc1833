"""A model that reads along: what it would have said, beside what was said. No effect whatever.

It reads after the live reading, one message after the other, from a queue with an end: when it
falls behind, messages are left out and counted, and nothing waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from routing.decide import MATTER_THRESHOLD
from services.ports import Clock
from services.understanding import Understanding

log = structlog.get_logger()

MOST_WAITING = 500
_TOGETHER = 100
"""So many readings at most are written in one transaction."""
_PAUSE = 1.0
"""Seconds between two writings: a transaction for every reading would hold up the live ones."""


@dataclass(frozen=True, slots=True)
class ShadowReading:
    """Two readings of one message. Its text is where its `inbox_id` leads."""

    id: int
    at: datetime
    inbox_id: int
    model: str
    live_model: str
    label: str
    """Matter, or kind, that the shadow read."""
    live_label: str
    confidence: float
    live_confidence: float
    urgent: bool
    live_urgent: bool
    alone: bool
    """It would have gone without a human."""
    live_alone: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class DifferingPair:
    """How often the one said this where the other said that."""

    live_label: str
    label: str
    times: int
    live_sure: float
    """Mean certainty of the live model, 0 to 1."""
    sure: float
    """Mean certainty of the shadow."""


@dataclass(frozen=True, slots=True)
class ShadowSummary:
    """All readings of one model that read along."""

    model: str
    read: int
    differing: int
    alone: int
    """Would have gone without a human."""
    live_alone: int
    more_urgent: int
    """Called urgent by the shadow only."""
    less_urgent: int
    """Called urgent by the live model only: each of them wants to be looked at."""
    since: datetime | None
    until: datetime | None
    pairs: tuple[DifferingPair, ...]
    """The most frequent first."""


class ShadowBook(Protocol):
    """The readings of models that read along."""

    async def add(self, readings: Sequence[ShadowReading]) -> None:
        """Keep them; their ids are given by the book."""
        ...

    async def summary(self, model: str, pairs: int = 50) -> ShadowSummary:
        """What came of it so far."""
        ...

    async def differences(
        self,
        model: str,
        *,
        labels: tuple[str, str] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[ShadowReading]:
        """The newest differing readings, of one pair (live, shadow) or of all, below an id."""
        ...


class Along(Protocol):
    """The model that reads along now."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    async def read(self, text: str) -> Understanding:
        """Everything about one message."""
        ...


@dataclass(frozen=True, slots=True)
class _Seen:
    inbox_id: int
    text: str
    live: Understanding


class ReadsAlong:
    """Takes what was read live, and lets the shadow read it too."""

    def __init__(
        self,
        shadow: Callable[[], Along | None],
        book: ShadowBook,
        clock: Clock,
        *,
        most_waiting: int = MOST_WAITING,
        pause: float = _PAUSE,
    ) -> None:
        """`shadow` is the model of the moment; `pause` in seconds between two writings."""
        self._shadow = shadow
        self._book = book
        self._clock = clock
        self._pause = pause
        self._waiting: asyncio.Queue[_Seen] = asyncio.Queue(most_waiting)
        self.behind = 0
        """Messages that were left out."""

    def note(self, inbox_id: int, text: str, live: Understanding) -> None:
        """A message was read live and is settled. Never waits, never raises.

        What the word lists read while the model was away tells nothing of two models.
        """
        shadow = self._shadow()
        if shadow is None or live.degraded or shadow.name == live.model:
            return
        try:
            self._waiting.put_nowait(_Seen(inbox_id, text, live))
        except asyncio.QueueFull:
            self.behind += 1

    async def run(self) -> None:
        """Read along for ever."""
        while True:
            first = await self._waiting.get()
            try:
                await self._read([first, *self._more()])
            except Exception as exc:
                # Outermost loop: the readings are lost, and nothing but they. No traceback: the
                # values in it are residents' words.
                log.error("shadow.failed", error=type(exc).__name__)
            await asyncio.sleep(self._pause)

    def _more(self) -> list[_Seen]:
        most = min(self._waiting.qsize(), _TOGETHER - 1)
        return [self._waiting.get_nowait() for _ in range(most)]

    async def _read(self, seen: Sequence[_Seen]) -> None:
        readings = []
        for each in seen:
            shadow = self._shadow()
            if shadow is None or shadow.name == each.live.model:
                continue
            found = await shadow.read(each.text)
            if not found.degraded:
                readings.append(self._reading(each, found))
        if readings:
            await self._book.add(readings)

    def _reading(self, seen: _Seen, found: Understanding) -> ShadowReading:
        live = seen.live
        return ShadowReading(
            id=0,
            at=self._clock(),
            inbox_id=seen.inbox_id,
            model=found.model,
            live_model=live.model,
            label=label_of(found),
            live_label=label_of(live),
            confidence=found.confidence,
            live_confidence=live.confidence,
            urgent=found.urgent,
            live_urgent=live.urgent,
            alone=goes_alone(found),
            live_alone=goes_alone(live),
            differs=label_of(found) != label_of(live) or found.urgent != live.urgent,
        )


def label_of(understanding: Understanding) -> str:
    """The matter, else the kind; an appeal that nobody could name is `appeal`."""
    return understanding.matter or understanding.kind


def goes_alone(found: Understanding) -> bool:
    """Whether no human has to say first what a message is (`routing.decide`, without its place)."""
    if found.kind != "appeal" or found.urgent:
        return True
    known = found.destination_confidence
    sure = found.confidence if known is None else known
    needed = MATTER_THRESHOLD if found.threshold is None else found.threshold
    return found.matter is not None and sure >= needed
