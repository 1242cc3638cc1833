"""The data's health: what there is to learn from, what is confused, what changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from routing.duty import CHINA_TIME
from services.learning.drift import WeekDrift, WeekRead, drift_of
from services.learning.edits import Count
from services.learning.lots import Honest, Judged, honest
from services.learning.review import disagreement_of
from services.learning.review_book import Reviewed
from services.learning.review_items import Disagreement, Share
from services.ports import Clock

WEEKS = 12
FEWEST = 10
"""Sentences below which an intent cannot be learnt."""
_DAYS = 90
_MOST_PAIRS = 30


@dataclass(frozen=True, slots=True)
class IntentHealth:
    """One intent: its sentences, and how many messages were read as it."""

    intent: str
    count: Count
    messages: int
    """In the last twelve weeks."""
    waiting: int
    """Labels that wait for a second person."""

    @property
    def is_thin(self) -> bool:
        """Too few sentences to learn from."""
        return self.count.data < FEWEST

    @property
    def is_unused(self) -> bool:
        """No message was ever read as it in that time."""
        return self.messages == 0


@dataclass(frozen=True, slots=True)
class Confusion:
    """The model said one thing, and reviewers another."""

    said: str
    truth: str
    count: int


@dataclass(frozen=True, slots=True)
class DataHealth:
    """Everything that the page shows."""

    at: datetime
    intents: tuple[IntentHealth, ...]
    """Those with the fewest sentences first."""
    real: Share
    """Sentences that residents wrote, of all to learn from."""
    confusions: tuple[Confusion, ...]
    """By reviewed labels of the last 90 days, the most frequent first."""
    weeks: tuple[WeekDrift, ...]
    """Oldest first."""
    disagreement: Disagreement
    honest: Honest | None
    """How often the model is right, by the random sample of the inbox; None before its first."""

    @property
    def unused(self) -> tuple[str, ...]:
        """Intents that no message ever gets."""
        return tuple(each.intent for each in self.intents if each.is_unused)

    @property
    def thin(self) -> tuple[str, ...]:
        """Intents with too few sentences."""
        return tuple(each.intent for each in self.intents if each.is_thin)


class HealthReading(Protocol):
    """Figures from the database."""

    async def weeks(self, starts: Sequence[datetime], end: datetime) -> list[WeekRead]:
        """What was read from each start up to the next (the last up to `end`)."""
        ...

    async def reviewed(self, since: datetime) -> Sequence[Reviewed]:
        """Labels that were reviewed since then."""
        ...

    async def waiting_by_intent(self) -> Mapping[str, int]:
        """Labels that wait, by what they say."""
        ...

    async def sampled(self, since: datetime, most: int) -> list[Judged]:
        """Messages of the inbox with the lowest lots, and whether the model was right."""
        ...


class Counts(Protocol):
    """The sentence files, counted."""

    async def counts(self) -> Mapping[str, Count]:
        """How many examples each intent has."""
        ...


class Health:
    """Puts the figures together."""

    def __init__(
        self,
        reading: HealthReading,
        files: Counts,
        intents: Callable[[], Collection[str]],
        clock: Clock,
    ) -> None:
        """`intents` are the live ones, also those without a sentence."""
        self._reading = reading
        self._files = files
        self._intents = intents
        self._clock = clock

    async def report(self) -> DataHealth:
        """As it is now."""
        now = self._clock()
        starts = week_starts(now, WEEKS)
        weeks = await self._reading.weeks(starts, starts[-1] + timedelta(weeks=1))
        reviewed = await self._reading.reviewed(now - timedelta(days=_DAYS))
        counts = await self._files.counts()
        waiting = await self._reading.waiting_by_intent()
        sampled = await self._reading.sampled(now - timedelta(days=30), 2000)
        return DataHealth(
            now,
            _intents(counts, weeks, waiting, self._intents()),
            _real(counts),
            confusions_of(reviewed),
            drift_of(weeks),
            disagreement_of(reviewed),
            honest(sampled),
        )


def week_starts(now: datetime, weeks: int) -> list[datetime]:
    """The Mondays, in the county's time, of this week and those before; oldest first."""
    here = now.astimezone(CHINA_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = here - timedelta(days=here.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(weeks))]


def confusions_of(reviewed: Sequence[Reviewed]) -> tuple[Confusion, ...]:
    """Pairs of what the model said and what it was."""
    pairs = Counter(
        (each.said, each.stands)
        for each in reviewed
        if each.said and each.stands and each.said != each.stands
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_PAIRS]
    return tuple(Confusion(said, truth, count) for (said, truth), count in ordered)


def _intents(
    counts: Mapping[str, Count],
    weeks: Sequence[WeekRead],
    waiting: Mapping[str, int],
    live: Collection[str],
) -> tuple[IntentHealth, ...]:
    read: Counter[str] = Counter()
    for week in weeks:
        read.update(week.labels)
    every = (
        IntentHealth(intent, counts.get(intent, Count()), read[intent], waiting.get(intent, 0))
        for intent in {*live, *counts}
    )
    return tuple(sorted(every, key=lambda each: (each.count.data, each.intent)))


def _real(counts: Mapping[str, Count]) -> Share:
    real = sum(each.data_real for each in counts.values())
    return Share("real", real, sum(each.data for each in counts.values()))
