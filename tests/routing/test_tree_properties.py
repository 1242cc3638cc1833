"""What holds for every tree and every message: nothing orphaned, nothing resolved to the past."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.county import County
from routing.county_tables import load_county
from routing.places import PlaceContext, PlaceFinder
from routing.problems import CountyDataError
from tests.routing.speech import Tables

SENTENCES = Path(__file__).parent / "sentences" / "written.csv"
ENDED, PRESENT = "141026100208", "141026100207"
"""大黄, merged into 小黄 in these tests."""


@pytest.fixture
def merged(tables: Tables) -> Tables:
    for row in tables["divisions"]:
        if row["code"] == ENDED:
            row.update(valid_to="2021-07-01", successors=PRESENT)
    kept = [row for row in tables["grids"] if row["village_code"] == PRESENT]
    for row in tables["grids"]:
        if row["village_code"] == ENDED:
            row.update(valid_to="2021-07-01", successors=kept[0]["code"])
    for row in tables["organisations"]:
        row["village_code"] = row["village_code"].replace(ENDED, PRESENT)
        row["villages"] = "|".join(v for v in row["villages"].split("|") if v != ENDED)
    return tables


def test_tree__every_present_division_and_grid_has_a_present_parent(county: County) -> None:
    for division in (*county.tree.townships, *county.tree.villages):
        parent = county.tree.parent(division.code)
        assert parent is not None and parent.is_present
    for grid in county.grids.grids:
        village = county.tree.get(grid.village_code)
        assert village is not None and village.is_present


def test_messages__none_resolves_to_what_has_ended(merged: Tables) -> None:
    county = load_county(merged)
    finder = PlaceFinder.of(county)
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        findings = [finder.find(row["text"]) for row in csv.DictReader(file)]
    codes = {c.code for f in findings for c in f.candidates if c.code and c.level != "county"}
    assert ENDED not in codes
    assert all((county.tree.get(code) or county.grids.by_code[code]).is_present for code in codes)


def test_old_name__leads_to_what_took_its_place(merged: Tables) -> None:
    finder = PlaceFinder.of(load_county(merged))
    finding = finder.find("大黄村的路灯坏了")
    assert finding.village_code == PRESENT
    assert finding.best is not None and finding.best.evidence[0].how == "old_name"


def test_old_code__of_a_poster_is_a_prior_at_its_successor(merged: Tables) -> None:
    county = load_county(merged)
    old = next(g for g in county.grids.by_code.values() if g.village_code == ENDED)
    finding = PlaceFinder.of(county).find("路灯坏了", PlaceContext(grid_code=old.code))
    assert [c.village_code for c in finding.candidates] == [PRESENT]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_to": "2021-07-01"}, "承接"),
        ({"successors": PRESENT}, "停用日期"),
        ({"valid_to": "2021-07-01", "successors": "999999999999"}, "不存在"),
        ({"valid_to": "2021-07-01", "successors": ENDED}, "绕回"),
        ({"valid_from": "2022-01-01", "valid_to": "2021-07-01", "successors": PRESENT}, "之后"),
        ({"valid_to": "去年"}, "日期"),
    ],
)
def test_succession__what_does_not_arrive_is_refused(
    tables: Tables, change: dict[str, str], words: str
) -> None:
    row = next(row for row in tables["divisions"] if row["code"] == ENDED)
    row.update(change)
    with pytest.raises(CountyDataError) as refused:
        load_county(tables)
    assert words in str(refused.value)


def test_empty_registry__is_refused_in_a_sentence(tables: Tables) -> None:
    tables["divisions"] = []
    with pytest.raises(CountyDataError, match="区划是空的"):
        load_county(tables)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_find__any_text_is_harmless_and_honest(text: str) -> None:
    finding = _FINDER.find(text)
    assert (finding.best is None) == (finding.level == "unknown" or finding.ambiguous)
    for candidate in finding.candidates:
        for evidence in candidate.evidence:
            assert text[evidence.start : evidence.end] == evidence.span


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from("高壁孔村飞岭大小黄三组的,在是我从到路灯坏了没水县城镇"), max_size=30)
)
def test_find__any_order_of_telling_characters_is_harmless(characters: list[str]) -> None:
    text = "".join(characters)
    for candidate in _FINDER.find(text).candidates:
        assert 0 <= candidate.score <= 1


def _sample() -> County:
    folder = Path(__file__).parents[2] / "data" / "sample_county"
    tables = {}
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            tables[file.stem] = list(csv.DictReader(lines))
    return load_county(tables)


_FINDER = PlaceFinder.of(_sample())
