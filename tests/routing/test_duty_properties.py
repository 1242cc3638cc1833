"""What holds for every roster, leave and swap; gaps against a look at every single minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.county_files import read_sheets
from liandong.settings import ROOT
from routing.county_tables import load_county
from routing.duty import (
    CHINA_TIME,
    DutyPost,
    LiveDuty,
    SwapState,
    gaps_of_unit,
    person_in_charge,
    presence,
    shifts,
)
from tests.routing.duties import PEOPLE, UNIT, at, changes, county_with, live, rosters, swap

COUNTY = load_county(read_sheets(ROOT / "data" / "sample_county"))
MINUTE = timedelta(minutes=1)
WINDOW = (at(0, 0), at(1, 6))


@given(rosters(), changes(), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_presence__is_somebody_while_the_leader_is_there(
    roster: list[DutyPost], changed: LiveDuty, half_hours: int
) -> None:
    small = county_with(COUNTY, roster)
    moment = at(0, half_hours / 2)
    found = presence(small, changed, UNIT, moment)
    if changed.absence("lead", moment) is None:
        assert found.how != "nobody"
    assert (found.cadre is None) == (found.how == "nobody")
    assert person_in_charge(small, UNIT, moment, changed) == found.cadre


@given(rosters(), changes(), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_presence__holds_until_it_says_and_no_longer(
    roster: list[DutyPost], changed: LiveDuty, half_hours: int
) -> None:
    small = county_with(COUNTY, roster)
    moment = at(0, half_hours / 2)
    found = presence(small, changed, UNIT, moment)
    if found.until is None:
        return
    just_before = presence(small, changed, UNIT, found.until - MINUTE / 60)
    then = presence(small, changed, UNIT, found.until)
    assert replace(just_before, until=None) == replace(found, until=None)
    assert replace(then, until=None) != replace(found, until=None)


def _held(
    roster: list[DutyPost], changed: LiveDuty, moment: datetime
) -> list[tuple[DutyPost, str]]:
    """Posts that cover a minute with their holders, found without any of the code under test."""
    found = []
    for post in roster:
        for day in (moment.date() - timedelta(days=1), moment.date()):
            start, end = _span(post, day)
            if not _begins(post, day) or not start <= moment < end:
                continue
            if post.day is None and any(_touch(entry, post, day) for entry in roster):
                continue
            holder = post.cadre
            answered = [s for s in changed.swaps if s.state is SwapState.AGREED]
            for each in sorted(answered, key=lambda each: (each.answered_at, each.id)):
                if (each.day, each.start, each.giver) == (day, post.start, holder):
                    holder = each.taker
            found.append((post, holder))
    return found


def _span(post: DutyPost, day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, post.start, CHINA_TIME)
    end = datetime.combine(day, post.end, CHINA_TIME)
    return start, end if start < end else end + timedelta(days=1)


def _begins(post: DutyPost, day: date) -> bool:
    if post.day is not None:
        return post.day == day
    return post.weekday in (None, day.weekday())


def _touch(entry: DutyPost, post: DutyPost, day: date) -> bool:
    if entry.day != day or (entry.role == "duty_leader") != (post.role == "duty_leader"):
        return False
    (a, b), (c, d) = _span(entry, day), _span(post, day)
    return max(a, c) < min(b, d)


def _is_gap(roster: list[DutyPost], changed: LiveDuty, level: str, moment: datetime) -> bool:
    def gone(cadre: str) -> bool:
        return any(a.cadre == cadre and a.start <= moment < a.until for a in changed.absences)

    def covered(post: DutyPost, holder: str) -> bool:
        if not gone(holder):
            return True
        leave = next(
            a for a in changed.absences if a.cadre == holder and a.start <= moment < a.until
        )
        deputies = [d for d in (leave.deputy, post.deputy) if d and d != holder]
        return bool(leave.contact) or any(not gone(deputy) for deputy in deputies)

    held = _held(roster, changed, moment)
    if level == "linkage_group" and all(gone(person) for person in PEOPLE):
        leaves = [
            next(a for a in changed.absences if a.cadre == p and a.start <= moment < a.until)
            for p in PEOPLE
        ]
        if not any(leave.contact for leave in leaves) and not any(covered(*each) for each in held):
            return True
    days = (moment.date() - timedelta(days=1), moment.date())
    spans = [_span(post, day) for day in days for post in roster if _begins(post, day)]
    if level == "village_center":
        spans = [span for day in days if day.weekday() < 5 for span in _posted(roster, day)]
    planned = any(start <= moment < end for start, end in spans)
    return planned and not any(covered(*each) for each in held)


def _posted(roster: list[DutyPost], day: date) -> list[tuple[datetime, datetime]]:
    """What a village posts for a working day: that day's shifts, else its week's, else 8 to 12."""
    dated = [post for post in roster if post.day == day]
    weekly = [post for post in roster if post.day is None]
    kept = [p for p in weekly if _begins(p, day) and not any(_touch(d, p, day) for d in dated)]
    if posts := [*kept, *dated] or weekly:
        return [_span(post, day) for post in posts]
    morning = datetime.combine(day, time(8), CHINA_TIME)
    return [(morning, morning + timedelta(hours=4))]


@given(
    rosters(),
    changes(),
    st.sampled_from(["township_center", "linkage_group", "village_center"]),
)
@settings(max_examples=80, deadline=None)
def test_gaps__are_just_the_minutes_that_nobody_covers(
    roster: list[DutyPost], changed: LiveDuty, level: str
) -> None:
    small = county_with(COUNTY, roster, level=level)
    found = gaps_of_unit(small, changed, UNIT, *WINDOW)
    moment = WINDOW[0]
    while moment < WINDOW[1]:
        in_gap = any(gap.start <= moment < gap.end for gap in found)
        assert in_gap == _is_gap(roster, changed, level, moment), moment
        moment += MINUTE


@given(rosters(), changes())
@settings(max_examples=100, deadline=None)
def test_gaps__stand_in_order_and_apart(roster: list[DutyPost], changed: LiveDuty) -> None:
    found = gaps_of_unit(county_with(COUNTY, roster), changed, UNIT, *WINDOW)
    assert all(WINDOW[0] <= gap.start < gap.end <= WINDOW[1] for gap in found)
    for one, next_one in pairwise(found):
        assert one.end < next_one.start or (one.end == next_one.start and one.why != next_one.why)


@given(rosters(), st.integers(-1, 2), st.integers(0, 23), st.permutations(PEOPLE))
@settings(max_examples=150, deadline=None)
def test_swap__changes_just_the_dated_shift(
    roster: list[DutyPost], day: int, start: int, people: list[str]
) -> None:
    small = county_with(COUNTY, roster)
    given_away = swap(day, start, people[0], people[1])
    before = shifts(small, live(), UNIT, at(-2, 0), at(4, 0))
    after = shifts(small, live(given_away), UNIT, at(-2, 0), at(4, 0))
    assert [replace(each, cadre="") for each in before] == [replace(e, cadre="") for e in after]
    for was, now in zip(before, after, strict=True):
        local = was.start.astimezone(CHINA_TIME)
        is_it = (was.day, local.time(), was.cadre) == (given_away.day, given_away.start, people[0])
        assert now.cadre == (people[1] if is_it else was.cadre)
