"""Looking up matters and places by a few letters."""

from __future__ import annotations

import pytest

from services.lookup import find_matters, find_places, places_below
from tests.services.town import Town


@pytest.mark.parametrize("typed", ["路灯", "ld", "ludeng", "LuDeng", " 路灯 "])
def test_matter__the_best_fit_is_first(town: Town, typed: str) -> None:
    assert find_matters(town.office, typed, 3)[0].matter == "street_lamp"


def test_matter__found_by_what_it_covers(town: Town) -> None:
    assert "street_lamp" in [row.matter for row in find_matters(town.office, "太阳能灯", 3)]


@pytest.mark.parametrize("typed", ["", "  ", "zzzz", "🙂", "%", "x" * 5000])
def test_nothing__is_found_by_nonsense(town: Town, typed: str) -> None:
    assert find_matters(town.office, typed, 9) == []


@pytest.mark.parametrize("typed", ["高壁", "gb", "gaobi"])
def test_place__by_name_sound_and_first_letters(town: Town, typed: str) -> None:
    assert "141026100206" in [found.code for found in find_places(town.office, typed, 9)]


def test_place__the_tree_goes_down_to_grids(town: Town) -> None:
    townships = [found.code for found in places_below(town.office, "")]
    villages = [found.code for found in places_below(town.office, "141026100")]
    grids = places_below(town.office, "141026100206")
    assert "141026100" in townships and "141026100206" in villages
    assert grids and all(found.village_code == "141026100206" for found in grids)
