"""The roster as a county writes it (排班表): weekly shifts, and entries for one date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from routing.units import Role

# One official time in the whole country, no summer time since 1991: no tz database is needed.
CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_DAY = timedelta(days=1)


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
    day: date | None = None
    """The one day of a dated entry, on which it begins; `weekday` says nothing then."""
    deputy: str = ""
    """Who stands in (替班) while `cadre` is absent; empty: nobody is named."""

    def starts_on(self, day: date) -> bool:
        """Whether it begins on this local day, as far as it alone can say."""
        if self.day is not None:
            return self.day == day
        return self.weekday is None or self.weekday == day.weekday()

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Start and end (excluded) when it begins on `day`; local, without a zone."""
        start = datetime.combine(day, self.start)
        end = datetime.combine(day, self.end)
        return start, end if start < end else end + _DAY

    def covers(self, local: datetime) -> bool:
        """Whether the shift covers this local moment (start included, end excluded)."""
        moment = local.replace(tzinfo=None)
        for day in (moment.date() - _DAY, moment.date()):
            start, end = self.span(day)
            if self.starts_on(day) and start <= moment < end:
                return True
        return False

    @property
    def is_leaders(self) -> bool:
        """A leader's turn on call (带班) stands beside the officers' shifts."""
        return self.role == "duty_leader"


@dataclass(frozen=True, slots=True)
class Roster:
    """All shifts by unit, in the order of the table."""

    by_unit: Mapping[str, tuple[DutyPost, ...]]
    _weekly: Mapping[str, tuple[DutyPost, ...]] = field(repr=False)
    _dated: Mapping[tuple[str, date], tuple[DutyPost, ...]] = field(repr=False)
    _order: Mapping[DutyPost, int] = field(repr=False)
    _units_of: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, posts: Iterable[DutyPost]) -> Roster:
        by_unit: dict[str, list[DutyPost]] = {}
        weekly: dict[str, list[DutyPost]] = {}
        dated: dict[tuple[str, date], list[DutyPost]] = {}
        order: dict[DutyPost, int] = {}
        units_of: dict[str, dict[str, None]] = {}
        for number, post in enumerate(posts):
            order.setdefault(post, number)
            by_unit.setdefault(post.unit, []).append(post)
            if post.day is None:
                weekly.setdefault(post.unit, []).append(post)
            else:
                dated.setdefault((post.unit, post.day), []).append(post)
            for person in filter(None, (post.cadre, post.deputy)):
                units_of.setdefault(person, {})[post.unit] = None
        return cls(
            {unit: tuple(found) for unit, found in by_unit.items()},
            {unit: tuple(found) for unit, found in weekly.items()},
            {key: tuple(found) for key, found in dated.items()},
            order,
            {person: tuple(units) for person, units in units_of.items()},
        )

    def of_unit(self, unit: str) -> tuple[DutyPost, ...]:
        """Everything that the table holds for a unit, dated entries too."""
        return self.by_unit.get(unit, ())

    def weekly(self, unit: str) -> tuple[DutyPost, ...]:
        """The shifts of an ordinary week."""
        return self._weekly.get(unit, ())

    def units_with(self, cadre: str) -> tuple[str, ...]:
        """The units in whose roster somebody stands, as a deputy too."""
        return self._units_of.get(cadre, ())

    def order(self, post: DutyPost) -> int:
        """The place of a post in the table: of two that fit, the first one counts."""
        return self._order[post]

    def on(self, unit: str, day: date) -> Iterator[DutyPost]:
        """The shifts that begin on a local day.

        A dated entry replaces the weekly shifts of its unit that begin that day and that its hours
        touch; officers' shifts and leaders' turns stand apart. The other shifts of the day stay,
        so that one changed night does not take the morning away.
        """
        dated = self._dated.get((unit, day), ())
        for post in self._weekly.get(unit, ()):
            if post.starts_on(day) and not any(_replaces(entry, post, day) for entry in dated):
                yield post
        yield from dated


def _replaces(entry: DutyPost, post: DutyPost, day: date) -> bool:
    (start, end), (other_start, other_end) = entry.span(day), post.span(day)
    return entry.is_leaders == post.is_leaders and start < other_end and other_start < end


def on_duty(roster: Roster, unit: str, now_local: datetime) -> DutyPost | None:
    """The shift that the roster plans for this local moment, whatever changed since.

    Officers come before the leader of the shift.
    """
    day = now_local.date()
    posts = [
        post
        for start in (day - _DAY, day)
        for post in roster.on(unit, start)
        if post.span(start)[0] <= now_local.replace(tzinfo=None) < post.span(start)[1]
    ]
    return min(posts, key=lambda post: (post.is_leaders, roster.order(post)), default=None)
