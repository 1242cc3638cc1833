"""What kinds of cadres there are, and when somebody is at work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from liandong.month.chance import Chance
from liandong.month.clock import local
from routing.duty import DutyPost
from services.messages import Address

_STEP = timedelta(minutes=20)
_FARTHEST = 3 * 24 * 6
"""Steps after which somebody is taken to be gone for good (four days)."""


@dataclass(frozen=True, slots=True)
class Temperament:
    """How somebody works."""

    name: str
    signs_after: float
    """Median minutes from a card to the first tap, within working hours."""
    forgets: float
    """How often a card is never looked at: then its clock runs out."""
    pace: tuple[float, float]
    """The part of the time until the limit after which the work is done."""
    passes_on: float
    """How often a matter that is theirs is given back all the same."""


PROMPT = Temperament("prompt", 14, 0.015, (0.05, 0.75), 0.01)
SLOW = Temperament("slow", 75, 0.05, (0.5, 1.5), 0.02)
FORGETFUL = Temperament("forgetful", 35, 0.3, (0.2, 1.1), 0.02)
PASSES_THE_BUCK = Temperament("passes_the_buck", 40, 0.06, (0.3, 1.2), 0.25)
MIX: Mapping[Temperament, float] = {PROMPT: 0.58, SLOW: 0.2, FORGETFUL: 0.14, PASSES_THE_BUCK: 0.08}


@dataclass(slots=True)
class Official:
    """A cadre as a person."""

    id: str
    temperament: Temperament
    chance: Chance
    page: Address
    """The work page in the browser."""
    chat: Address | None = None
    """The chat with the cadres' bot, of those who have bound one."""
    away_until: datetime | None = None
    """On leave: nothing is looked at before then."""


@dataclass(slots=True)
class WorkingHours:
    """When each cadre looks at the phone: in their shifts, and in office hours on weekdays."""

    _posts: dict[str, list[DutyPost]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, posts: Iterable[DutyPost]) -> WorkingHours:
        """From the county's roster. A leader who stands in round the clock still sleeps."""
        found = cls()
        for post in posts:
            if post.start != post.end:
                found._posts[post.cadre].append(post)
        return found

    def at_work(self, cadre: str, at: datetime) -> bool:
        """Whether somebody looks at the phone at that moment."""
        here = local(at)
        clock = here.time()
        morning = time(8) <= clock < time(12)
        afternoon = time(14, 30) <= clock < time(18)
        if here.weekday() < 5 and (morning or afternoon):
            return True
        return any(post.covers(here) for post in self._posts.get(cadre, ()))

    def next_at_work(self, official: Official, at: datetime) -> datetime | None:
        """The first such moment from `at` on, a few minutes into it; None within four days."""
        if official.away_until is not None:
            at = max(at, official.away_until)
        for step in range(_FARTHEST):
            moment = at + step * _STEP
            if self.at_work(official.id, moment):
                return moment + (official.chance.after(6) if step else timedelta())
        return None
