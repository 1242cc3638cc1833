"""Who answers at an hour, and who comes next when nobody does."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from routing.county import County
from routing.duty import DutyPost, Roster, on_duty, person_in_charge
from routing.ladder import next_rung

NIGHT = DutyPost("u", 0, time(18), time(8), "night", "duty_officer")
DAY = DutyPost("u", None, time(8), time(18), "day", "duty_officer")
LEADER = DutyPost("u", None, time(0), time(0), "leader", "duty_leader")


@pytest.mark.parametrize(
    ("at", "covered"),
    [
        (datetime(2026, 6, 1, 18), True),
        (datetime(2026, 6, 1, 17, 59), False),
        (datetime(2026, 6, 2, 7, 59), True),
        (datetime(2026, 6, 2, 8), False),
        (datetime(2026, 6, 1, 3), False),
    ],
)
def test_shift__over_midnight_belongs_to_the_day_it_starts(at: datetime, covered: bool) -> None:
    assert NIGHT.covers(at) is covered


def test_duty__officer_comes_before_the_leader_on_call() -> None:
    roster = Roster.of([LEADER, DAY])
    post = on_duty(roster, "u", datetime(2026, 6, 1, 9))
    assert post == DAY


def test_duty__nobody_outside_the_shifts() -> None:
    assert on_duty(Roster.of([DAY]), "u", datetime(2026, 6, 1, 20)) is None


def test_person__roster_is_read_in_local_time(county: County) -> None:
    morning = datetime(2026, 6, 1, 1, tzinfo=UTC)  # 09:00 in China
    person = person_in_charge(county, "county", morning)
    assert person == county.org.cadre("c002")


def test_person__leader_answers_outside_the_village_centres_hours(county: County) -> None:
    midnight = datetime(2026, 6, 1, 16, tzinfo=UTC)
    person = person_in_charge(county, "village:141026100206", midnight)
    assert person == county.org.leader_of("village:141026100206")


def test_person__unknown_unit_has_nobody(county: County) -> None:
    assert person_in_charge(county, "unit:astronomy", datetime(2026, 6, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("unit", "above"),
    [
        ("village:141026100206", "group:141026100:infrastructure"),
        ("group:141026100:infrastructure", "township:141026100"),
        ("township:141026100", "unit:housing"),
        ("unit:housing", "county"),
        ("county", None),
        ("discipline", None),
    ],
)
def test_ladder__street_lamp(county: County, unit: str, above: str | None) -> None:
    assert next_rung(county, unit, "street_lamp") == above


def test_ladder__matter_unknown_skips_the_county_unit(county: County) -> None:
    assert next_rung(county, "township:141026100", None) == "county"


def test_ladder__ordinary_matter_never_climbs_into_the_sealed_channel(county: County) -> None:
    assert next_rung(county, "township:141026100", "discipline_report") == "county"


def test_ladder__unknown_unit_climbs_to_the_county(county: County) -> None:
    assert next_rung(county, "unit:dissolved", "road") == "county"


def test_ladder__every_unit_reaches_the_top(county: County) -> None:
    for matter in (None, *county.catalogue.by_matter):
        for unit in county.org.units:
            rung: str | None = unit
            for _ in range(6):
                rung = next_rung(county, rung, matter) if rung else None
            assert rung is None
