from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.deadlines import Limits, Urgency
from tickets.working_time import COUNTY_ZONE, OfficeHours

HOURS = OfficeHours()


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=COUNTY_ZONE)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (local(23, 9), 120, local(23, 11)),
        (local(23, 11), 120, local(23, 15, 30)),  # across the noon break
        (local(23, 17), 120, local(24, 9)),  # into the next day
        (local(27, 17), 120, local(30, 9)),  # Friday into Monday
        (local(28, 10), 60, local(30, 9)),  # a Saturday counts nothing
        (local(23, 6), 0, local(23, 8)),
    ],
)
def test_working_minutes(start: datetime, minutes: int, end: datetime) -> None:
    assert HOURS.add(start, minutes) == end


@given(start=moments, first=st.integers(1, 3000), second=st.integers(1, 3000))
def test_working_minutes__are_additive(start: datetime, first: int, second: int) -> None:
    assert HOURS.add(HOURS.add(start, first), second) == HOURS.add(start, first + second)


@given(start=moments, minutes=st.integers(1, 5000))
def test_working_minutes__never_run_faster_than_the_clock(start: datetime, minutes: int) -> None:
    assert HOURS.add(start, minutes) >= start + timedelta(minutes=minutes)


LIMITS = Limits()
NORMAL: Urgency = "normal"
COMPLEX: Urgency = "complex"
URGENT: Urgency = "urgent"
MONDAY = local(23, 8)  # an office day begins; ten hours later, at 18:00, it is over


def working(minutes: float = 0, days: float = 0) -> datetime:
    """So much working time after Monday's opening."""
    return HOURS.add(MONDAY, minutes + days * HOURS.minutes_per_day)


def test_emergency__counts_every_minute() -> None:
    midnight = local(28, 0)
    assert LIMITS.sign_by(URGENT, midnight) == midnight + timedelta(minutes=15)
    assert LIMITS.sign_by(URGENT, midnight, 4) == midnight + timedelta(minutes=15)
    assert LIMITS.contact_by(URGENT, midnight) == midnight + timedelta(minutes=30)
    assert LIMITS.close_by(URGENT, "complaint", midnight) == midnight + timedelta(hours=24)
    assert LIMITS.return_by(URGENT, midnight) == midnight + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("urgency", "rungs"),
    [
        # domain.md §6: 2 h to sign, then 2 h, 4 h, 4 h, 1 wd, 1 wd; the last holds for the rest
        (NORMAL, [120, 120, 240, 240, 450, 450, 450]),
        # ... and 2 h, 4 h, 1 wd, 1 wd, 2 wd for what is complex
        (COMPLEX, [120, 120, 240, 450, 450, 900, 900]),
    ],
)
def test_rungs__have_the_limits_of_the_ladder(urgency: Urgency, rungs: list[int]) -> None:
    found = [LIMITS.sign_by(urgency, MONDAY, rung) for rung in range(len(rungs))]
    assert found == [working(minutes) for minutes in rungs]


@pytest.mark.parametrize(
    ("appeal_type", "days"),
    [("consult", 1), ("help", 5), ("suggestion", 5), ("complaint", 10), ("report", 10)],
)
def test_limits__follow_the_appeal_type(appeal_type: str, days: int) -> None:
    assert LIMITS.close_by(NORMAL, appeal_type, MONDAY) == working(days=days)
    assert LIMITS.close_by(COMPLEX, appeal_type, MONDAY) == working(days=15)
    assert LIMITS.close_by(NORMAL, appeal_type, MONDAY, days=3) == working(days=3)


def test_return_window__is_two_hours_and_a_day_for_what_is_complex() -> None:
    assert LIMITS.return_by(NORMAL, MONDAY) == working(120)
    assert LIMITS.return_by(COMPLEX, MONDAY) == working(days=1)


def test_extension__is_at_most_the_original_limit_and_ten_days() -> None:
    assert [LIMITS.longest_extension(days) for days in (1, 5, 10, 15)] == [1, 5, 10, 10]
    assert LIMITS.extended(MONDAY, 3) == working(days=3)


def test_first_contact__in_a_day_or_when_the_office_opens_after_it() -> None:
    assert LIMITS.contact_by(NORMAL, local(23, 9)) == local(24, 9)
    assert LIMITS.contact_by(NORMAL, local(27, 20)) == local(30, 8)


@pytest.mark.parametrize(
    ("resolved", "asked"),
    [
        (local(23, 8), local(24, 8)),
        (local(23, 19, 59), local(24, 19, 59)),
        (local(23, 20), local(25, 8)),
        (local(23, 23), local(25, 8)),
        (local(23, 3), local(24, 8)),
    ],
)
def test_feedback__is_asked_a_day_later_and_never_at_night(
    resolved: datetime, asked: datetime
) -> None:
    assert LIMITS.feedback_at(resolved) == asked


def test_windows__of_reopening_and_of_what_is_shelved() -> None:
    assert LIMITS.reopen_until(MONDAY) == MONDAY + timedelta(days=7)
    assert LIMITS.shelf_review(MONDAY) == MONDAY + timedelta(days=30)
    assert LIMITS.shelf_review(MONDAY, MONDAY + timedelta(days=9)) == MONDAY + timedelta(days=9)
    assert LIMITS.shelf_review(MONDAY, MONDAY + timedelta(days=90)) == MONDAY + timedelta(days=30)


@given(start=moments, gone=st.integers(0, 3000), minutes=st.integers(0, 5000))
def test_pause__gives_back_exactly_what_was_left(start: datetime, gone: int, minutes: int) -> None:
    due = HOURS.add(start, gone + minutes)
    paused_at = HOURS.add(start, gone)
    later = paused_at + timedelta(days=9)
    left = LIMITS.left(NORMAL, due, paused_at)
    assert left == minutes
    assert LIMITS.resumed(NORMAL, left, later) == HOURS.add(later, minutes)
