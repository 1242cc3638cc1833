"""The real change: the county as it was in 2020 becomes what it was in 2021."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from liandong.county_files import read_sheets
from routing.county_tables import load_county
from routing.duty import on_duty
from routing.migration import Migration, migrate
from routing.places import PlaceFinder
from tests.routing.plans import records
from tests.routing.test_migration_properties import holds

SAMPLE = read_sheets(Path(__file__).parents[2] / "data" / "sample_county")
DAY = date(2021, 7, 1)


@pytest.fixture(scope="module")
def anze() -> Migration:
    return migrate(SAMPLE, records(), DAY)


def test_anze__has_the_numbers_of_2021(anze: Migration) -> None:
    tree = anze.county.tree
    assert (len(tree.townships), len(tree.villages)) == (6, 71)
    assert Counter(grid.kind for grid in anze.county.grids.grids) == {"community": 10, "rural": 313}


def test_anze__loses_nothing(anze: Migration) -> None:
    holds(load_county(SAMPLE), anze)


def test_anze__every_old_name_leads_to_what_is_there(anze: Migration) -> None:
    tree = anze.county.tree
    for old in load_county(SAMPLE).tree.by_code.values():
        assert tree.by_code[old.code].short_name == old.short_name
        assert tree.present(old.code)
    for alias in anze.county.aliases:
        assert alias.source == "neighbour" or tree.present(alias.code)


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("马必乡", ["马壁镇"]),
        ("良马乡", ["良马镇"]),
        ("杜村乡", ["良马镇", "马壁镇"]),
        ("风池", ["凤池"]),
        ("东洪驿", ["洪驿"]),
        ("文洲", ["文州"]),
        ("杜村", ["杜村"]),
    ],
)
def test_anze__old_and_new_names(anze: Migration, old: str, now: list[str]) -> None:
    tree = anze.county.tree
    [ended] = [division for division in tree.ended if division.short_name == old]
    assert [division.short_name for division in tree.present(ended.code)] == now


def test_anze__the_villages_of_ducun_are_where_their_codes_say(anze: Migration) -> None:
    tree = anze.county.tree
    for name, township in (("杜村", "良马镇"), ("小李", "良马镇"), ("苏村", "马壁镇")):
        [village] = tree.named(name)
        assert getattr(tree.parent(village.code), "short_name", "") == township


def test_anze__somebody_is_on_duty_at_every_hour_above_the_village(anze: Migration) -> None:
    hours = [datetime(2026, 6, 1) + timedelta(hours=hour) for hour in range(7 * 24)]
    county = anze.county
    units = [u.code for u in county.org.units.values() if u.level != "village_center"]
    assert [(u, at) for u in units for at in hours if not on_duty(county.roster, u, at)] == []


def test_anze__what_is_a_guess_says_so(anze: Migration) -> None:
    known = {"same_name", "spelling", "merged", "villages", "assumed"}
    assert {row.basis for row in anze.plan.rows} == known
    for row in anze.plan.rows:
        if row.basis == "same_name" and row.level == "village":
            assert row.old_name == row.short_name
    [duanyu] = [d for d in anze.county.tree.villages if d.short_name == "段峪"]
    assert {row.basis for row in anze.plan.into(duanyu.code)} == {"assumed"}


def test_anze__old_words_for_every_village_lead_to_what_is_there(anze: Migration) -> None:
    finder, before = PlaceFinder.of(anze.county), load_county(SAMPLE).tree
    for old in before.villages:
        said = f"{before.by_code[old.parent_code].spoken_name}{old.spoken_name}路灯坏了"
        now = {division.code for division in anze.county.tree.present(old.code)}
        assert finder.find(said).village_code in now, said
