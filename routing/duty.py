"""Who is on duty, so that a named person in charge stands behind every unit at every hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from routing.units import Cadre, Role

if TYPE_CHECKING:
    from routing.county import County

# One official time in the whole country, no summer time since 1991: no tz database is needed.
CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class DutyPost:
    """One shift. `weekday` is 0 (Monday) to 6, or None for every day.

    Times are local; a shift whose end is not after its start runs into the next day, so that
    start = end means round the clock.
    """

    unit: str
    weekday: int | None
    start: time
    end: time
    cadre: str
    role: Role

    def covers(self, local: datetime) -> bool:
        """Whether the shift covers this local moment (start included, end excluded)."""
        clock = local.time()
        if self.start < self.end:
            return self._on(local) and self.start <= clock < self.end
        began_yesterday = self._on(local - timedelta(days=1)) and clock < self.end
        return began_yesterday or (self._on(local) and clock >= self.start)

    def _on(self, local: datetime) -> bool:
        return self.weekday is None or self.weekday == local.weekday()


@dataclass(frozen=True, slots=True)
class Roster:
    """All shifts by unit, in the order of the table."""

    by_unit: Mapping[str, tuple[DutyPost, ...]]

    def of_unit(self, unit: str) -> tuple[DutyPost, ...]:
        return self.by_unit.get(unit, ())

    @classmethod
    def of(cls, posts: Iterable[DutyPost]) -> Roster:
        by_unit: dict[str, tuple[DutyPost, ...]] = {}
        for post in posts:
            by_unit[post.unit] = (*by_unit.get(post.unit, ()), post)
        return cls(by_unit)


def on_duty(roster: Roster, unit: str, now_local: datetime) -> DutyPost | None:
    """The shift that covers this local moment; officers come before the leader of the shift."""
    posts = [post for post in roster.of_unit(unit) if post.covers(now_local)]
    return min(posts, key=lambda post: post.role == "duty_leader", default=None)


def person_in_charge(county: County, unit_code: str, now: datetime) -> Cadre | None:
    """Who answers for a unit at `now` (aware): the one on duty, else the unit's leader.

    None only when the unit is unknown or has nobody: then the ticket has to climb.
    """
    post = on_duty(county.roster, unit_code, now.astimezone(CHINA_TIME))
    if post is not None and (cadre := county.org.cadre(post.cadre)) is not None:
        return cadre
    return county.org.leader_of(unit_code)
