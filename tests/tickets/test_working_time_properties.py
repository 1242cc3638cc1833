"""Adding and subtracting working time: inverse, monotone, exact, whatever the office hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tickets import hours as some
from tickets.working_time import COUNTY_ZONE, OfficeHours

MANY = settings(max_examples=300, deadline=None)


def open_moment(office: OfficeHours, at: datetime) -> datetime:
    """The moment, or the next one at which somebody is there; in UTC, where clocks never change."""
    return office.next_opening(at.astimezone(UTC))


@MANY
@given(some.hours, some.moments, some.amounts)
def test_subtract__takes_back_what_add_did(
    office: OfficeHours, at: datetime, minutes: float
) -> None:
    start = open_moment(office, at)
    assert office.subtract(office.add(start, minutes), minutes) == start


@MANY
@given(some.hours, some.moments, some.amounts)
def test_add__takes_back_what_subtract_did(
    office: OfficeHours, at: datetime, minutes: float
) -> None:
    end = office.previous_closing(at.astimezone(UTC))
    assert office.add(office.subtract(end, minutes), minutes) == end


@MANY
@given(some.hours, some.moments, some.amounts)
def test_between__is_what_was_added_from_any_start(
    office: OfficeHours, start: datetime, minutes: float
) -> None:
    worked = some.micro(minutes)
    assert some.micro(office.between(start, office.add(start, minutes))) == worked
    assert some.micro(office.between(office.subtract(start, minutes), start)) == worked


@MANY
@given(some.hours, some.moments, some.moments, some.amounts, some.amounts)
def test_add__keeps_the_order_of_starts_and_of_amounts(
    office: OfficeHours, one: datetime, other: datetime, little: float, much: float
) -> None:
    early, late = sorted((one.astimezone(UTC), other.astimezone(UTC)))
    little, much = sorted((little, much))
    assert early <= office.add(early, little) <= office.add(late, little) <= office.add(late, much)
    assert office.subtract(early, much) <= office.subtract(early, little)
    assert office.subtract(early, little) <= office.subtract(late, little) <= late


@MANY
@given(some.hours, some.moments, some.amounts, some.amounts)
def test_add__in_two_steps_is_in_one(
    office: OfficeHours, start: datetime, first: float, second: float
) -> None:
    both = (some.micro(first) + some.micro(second)) / timedelta(minutes=1)
    assert office.add(office.add(start.astimezone(UTC), first), second) == office.add(start, both)


@MANY
@given(some.hours, some.moments, some.moments, some.moments)
def test_between__adds_up(office: OfficeHours, a: datetime, b: datetime, c: datetime) -> None:
    assert some.micro(office.between(a, b)) == -some.micro(office.between(b, a))
    whole = some.micro(office.between(a, b)) + some.micro(office.between(b, c))
    assert whole == some.micro(office.between(a, c))


@MANY
@given(some.hours, some.moments)
def test_opening__is_the_first_and_closing_the_last(office: OfficeHours, at: datetime) -> None:
    at = at.astimezone(UTC)
    opening, closing = office.next_opening(at), office.previous_closing(at)
    assert closing <= at <= opening and office.is_open(opening)
    assert office.is_open(closing - timedelta.resolution)
    assert office.between(closing, opening) == (0 if closing < opening else office.between(at, at))
    assert office.is_open(at) == (opening == at)


@MANY
@given(some.county_hours, some.moments, st.integers(0, 4000))
def test_between__agrees_with_counting_minute_by_minute(
    office: OfficeHours, start: datetime, minutes: int
) -> None:
    """The slow way, which anybody can check: look at every minute of the clock."""
    start = start.astimezone(COUNTY_ZONE).replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    counted = sum(
        office.is_workday(at.date())
        and any(a <= at.time() and _before(at.time(), b) for a, b in office.slots_on(at.date()))
        for at in (start + timedelta(minutes=each) for each in range(minutes))
    )
    assert office.between(start, end) == counted


def _before(clock: time, closing: time) -> bool:
    return clock < closing or closing == time(0)


@MANY
@given(some.even_hours, some.moments, st.integers(0, 40))
def test_add_days__is_add_where_all_days_are_alike(
    office: OfficeHours, start: datetime, days: int
) -> None:
    assert office.add_days(start, days) == office.add(start, days * office.minutes_per_day)


@MANY
@given(some.hours, some.moments, some.moments, st.integers(0, 40), st.integers(0, 40))
def test_add_days__keeps_the_order_of_starts_and_of_days(
    office: OfficeHours, one: datetime, other: datetime, days: int, more: int
) -> None:
    early, late = sorted((one.astimezone(UTC), other.astimezone(UTC)))
    assert early <= office.add_days(early, days) <= office.add_days(late, days)
    assert office.add_days(late, days) <= office.add_days(late, days + more)


@MANY
@given(some.county_hours, some.moments, st.integers(0, 10))
def test_minutes_per_day__times_days_is_never_shorter_than_the_days(
    office: OfficeHours, start: datetime, days: int
) -> None:
    assert office.add_days(start, days) <= office.add(start, days * office.minutes_per_day)


@MANY
@given(some.hours, some.moments, some.amounts)
def test_answers__come_in_the_zone_of_the_question(
    office: OfficeHours, at: datetime, minutes: float
) -> None:
    found = (office.add(at, minutes), office.subtract(at, minutes), office.add_days(at, 3))
    assert {each.tzinfo for each in found} == {at.tzinfo}
    same = office.add(at.astimezone(UTC), minutes)
    assert found[0].astimezone(UTC) == same
