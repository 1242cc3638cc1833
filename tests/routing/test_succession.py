"""What leads on from what has ended: codes on posters and buttons, units, villager groups."""

from __future__ import annotations

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.ladder import next_rung
from routing.places import NOWHERE, place_from_code, place_from_grid_code
from routing.problems import CountyDataError
from routing.unit_succession import present_unit
from tests.routing.speech import Tables

# 寺村 and 佛寨 of 府城镇: invented, no county has merged them so.
FIRST, SECOND, NEW = "141026100214", "141026100215", "141026100230"


def village(tables: Tables, code: str) -> dict[str, str]:
    return next(row for row in tables["divisions"] if row["code"] == code)


def grids(tables: Tables, code: str) -> list[dict[str, str]]:
    return [row for row in tables["grids"] if row["village_code"] == code]


def merge(tables: Tables) -> None:
    """Two villages become one by hand, and each grid one of it with the groups that it had."""
    new = village(tables, FIRST) | {"code": NEW, "name": "寺佛村民委员会", "short_name": "寺佛"}
    tables["divisions"].append(new | {"valid_from": "2021-07-01"})
    number = 0
    for code in (FIRST, SECOND):
        village(tables, code).update(valid_to="2021-07-01", successors=NEW)
        for row in grids(tables, code):
            number += 1
            tables["grids"].append(
                row | {"code": f"{NEW}{number:02}", "village_code": NEW, "number": str(number)}
            )
            row.update(valid_to="2021-07-01", successors=f"{NEW}{number:02}")
    for row in tables["organisations"]:
        row["villages"] = row["villages"].replace(FIRST, NEW).replace(f"|{SECOND}", "")


def split(tables: Tables) -> None:
    """One village becomes its two neighbours, by hand."""
    village(tables, FIRST).update(valid_to="2021-07-01", successors=f"{SECOND}|141026100216")
    for row in grids(tables, FIRST):
        row.update(valid_to="2021-07-01", successors=f"{SECOND}01|14102610021601")
    for row in tables["organisations"]:
        row["villages"] = row["villages"].replace(f"{FIRST}|", "")


@pytest.fixture
def merged(tables: Tables) -> County:
    merge(tables)
    return load_county(tables)


@pytest.fixture
def parted(tables: Tables) -> County:
    split(tables)
    return load_county(tables)


def test_groups__of_two_old_villages_may_have_one_number(merged: County) -> None:
    assert [grid.groups for grid in merged.grids.of_village(NEW)].count((1,)) == 2


def test_of_group__is_silent_where_two_grids_cover_the_number(merged: County) -> None:
    assert merged.grids.of_group(NEW, 1) is None
    assert len(merged.grids.all_of_group(NEW, 1)) == 2
    assert merged.grids.of_group(NEW, 99) is None and merged.grids.all_of_group(NEW, 99) == ()


def refused(tables: Tables) -> set[tuple[str, str]]:
    with pytest.raises(CountyDataError) as caught:
        load_county(tables)
    return {(problem.sheet, problem.column) for problem in caught.value.problems}


def test_groups__of_one_old_village_may_not(tables: Tables) -> None:
    merge(tables)
    grids(tables, NEW)[1]["groups"] = grids(tables, NEW)[0]["groups"]
    assert refused(tables) == {("grids", "groups")}


def test_groups__of_a_grid_that_was_added_by_hand_may_not(tables: Tables) -> None:
    merge(tables)
    added = grids(tables, NEW)[0] | {"code": f"{NEW}90", "number": "90", "groups": "1"}
    tables["grids"].append(added)
    assert refused(tables) == {("grids", "groups")}


def test_groups__a_village_that_stays_may_share_numbers_with_one_that_came(tables: Tables) -> None:
    village(tables, FIRST).update(valid_to="2021-07-01", successors=SECOND)
    for number, row in enumerate(grids(tables, FIRST), 50):
        code = f"{SECOND}{number}"
        tables["grids"].append(
            row | {"code": code, "village_code": SECOND, "number": str(number), "groups": "1"}
        )
        row.update(valid_to="2021-07-01", successors=code)
        break
    for row in grids(tables, FIRST)[1:]:
        row.update(valid_to="2021-07-01", successors=code)
    for row in tables["organisations"]:
        row["villages"] = row["villages"].replace(f"{FIRST}|", "")
    assert len(load_county(tables).grids.all_of_group(SECOND, 1)) == 2


def test_place_from_code__an_ended_village_leads_to_its_successor(merged: County) -> None:
    place = place_from_code(merged, SECOND)
    assert (place.village_code, place.level, place.ambiguous) == (NEW, "village", False)


def test_place_from_code__an_old_poster_leads_to_the_grid_of_today(merged: County) -> None:
    place = place_from_grid_code(merged, f"{FIRST}01")
    assert (place.grid_code, place.village_code) == (f"{NEW}01", NEW)


def test_place_from_code__several_successors_are_candidates_and_no_guess(parted: County) -> None:
    for code in (FIRST, f"{FIRST}01"):
        place = place_from_code(parted, code)
        assert place.ambiguous and place.best is None and place.level == "township"
        assert [each.village_code for each in place.candidates] == [SECOND, "141026100216"]


def test_place_from_code__of_nothing_is_nowhere(merged: County) -> None:
    assert place_from_code(merged, "14102610099901") == NOWHERE
    assert place_from_grid_code(merged, NEW) == NOWHERE


def test_present_unit__of_an_ended_village_is_that_of_its_successor(parted: County) -> None:
    unit = parted.org.unit(f"village:{FIRST}")
    assert unit is not None  # by hand the unit was left where it was
    org = {code: unit for code, unit in parted.org.units.items() if code != f"village:{FIRST}"}
    gone = County(
        parted.tree,
        parted.grids,
        type(parted.org).of(org.values(), parted.org.cadres.values()),
        parted.catalogue,
        parted.roster,
    )
    assert getattr(present_unit(gone, f"village:{FIRST}"), "code", "") == f"village:{SECOND}"
    near = present_unit(gone, f"village:{FIRST}", "141026100216")
    assert getattr(near, "code", "") == "village:141026100216"
    assert next_rung(gone, f"village:{FIRST}", None) == "township:141026100"
    assert present_unit(gone, "unit:nowhere") is None
