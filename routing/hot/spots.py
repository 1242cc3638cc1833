"""Hot spots (热点): three or more people about one thing within 48 hours. Pure.

Two reports are linked when they are alike and at most a week apart; a hot spot is everything that
hangs together by links and has three different people within some 48 hours. So membership is a
property of the set: the order of arrival does not matter, and a new report joins when it is like
any member of the last week. Three messages of one person are one voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from routing.hot.likeness import are_alike
from routing.hot.pool import Pool, when
from routing.hot.reach import Reach, reach_of
from routing.hot.report import Report
from routing.hot.summary import Place, commonest, shared_name, shared_place

WINDOW = timedelta(hours=48)
LASTING = timedelta(days=7)
"""How long after its last message an event is still the same event."""
LEAST = 3
"""Different people that make a hot spot."""


@dataclass(frozen=True, slots=True)
class HotSpot:
    """One event that several people tell of.

    `key` names its first ticket; a stored card is found by any of its `numbers`, because the first
    one leaves the window some day. `numbers` are in the order of the messages, `people` counts
    different residents, `matter` is the commonest code, `title` is for people.
    """

    key: str
    matter: str | None
    place: Place
    numbers: tuple[str, ...]
    people: int
    first_at: datetime
    last_at: datetime
    title: str
    personal: bool
    """A household's matter is among them: the township gets its card, but nobody who writes is told
    what the neighbours wrote."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A new report belongs to `spot`; `before` are the hot spots that its other members made."""

    spot: HotSpot
    before: tuple[HotSpot, ...]

    @property
    def is_new(self) -> bool:
        """The report made it a hot spot: now the township gets its card."""
        return not self.before


def hot_spots(
    reports: Iterable[Report],
    window: timedelta = WINDOW,
    least: int = LEAST,
    lasting: timedelta = LASTING,
) -> tuple[HotSpot, ...]:
    """All hot spots among the reports, the earliest first. Confidential reports are in none."""
    pool = Pool(each for each in reports if _counts(each))
    found = []
    while (first := pool.take_first()) is not None:
        spot = _spot(_hanging_together(first, pool, lasting), window, least)
        if spot is not None:
            found.append(spot)
    return tuple(found)


def joined(
    report: Report,
    recent: Iterable[Report],
    window: timedelta = WINDOW,
    least: int = LEAST,
    lasting: timedelta = LASTING,
) -> Joined | None:
    """The hot spot that a new report joins or makes, or None.

    `recent` are the reports of its township in the last window, with the members of open cards
    that are older; others do no harm. It finds what `hot_spots` finds among all of them.
    """
    if not _counts(report):
        return None
    pool = Pool(each for each in recent if _counts(each) and each.number != report.number)
    members = _hanging_together(report, pool, lasting)
    spot = _spot(members, window, least)
    if spot is None:
        return None
    rest = [each for each in members if each.number != report.number]
    return Joined(spot, hot_spots(rest, window, least, lasting))


def _counts(report: Report) -> bool:
    """A card goes to a township: it holds nothing confidential, nothing without a township."""
    return report.township is not None and not report.confidential


def _hanging_together(start: Report, pool: Pool, lasting: timedelta) -> list[Report]:
    """Everything that a chain of links leads to, taken out of the pool."""
    members, todo = [start], [start]
    while todo:
        one = todo.pop()
        linked = [other for other in pool.near(one, lasting) if are_alike(one, other)]
        pool.take(linked)
        members += linked
        todo += linked
    return sorted(members, key=when)


def _spot(members: Sequence[Report], window: timedelta, least: int) -> HotSpot | None:
    if _most_people(members, window) < least:
        return None
    first, last = members[0], members[-1]
    people = len({each.voice for each in members})
    return HotSpot(
        key=f"{first.township}-{first.number}",
        matter=commonest(each.matter for each in members),
        place=shared_place(members),
        numbers=tuple(each.number for each in members),
        people=people,
        first_at=first.at,
        last_at=last.at,
        title=f"{shared_name(members)}：{people} 人反映",
        personal=any(reach_of(each.matter) is Reach.PERSONAL for each in members),
    )


def _most_people(members: Sequence[Report], window: timedelta) -> int:
    """The most different people that wrote within one window."""
    return max(
        len({each.voice for each in members[index:] if each.at - first.at <= window})
        for index, first in enumerate(members)
    )
