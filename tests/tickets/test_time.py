from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.deadlines import Limits
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


def test_emergency__counts_every_minute() -> None:
    midnight = local(28, 0)
    assert Limits().sign_by(True, midnight) == midnight + timedelta(minutes=15)


def test_limits__follow_the_appeal_type() -> None:
    monday = local(23, 8)
    days = [Limits().close_by(False, kind, monday) for kind in ("consult", "help", "complaint")]
    assert days == sorted(set(days))
