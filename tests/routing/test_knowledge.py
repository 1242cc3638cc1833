"""Entries of the knowledge base: what ships, what is refused, and what never answers."""

from __future__ import annotations

from datetime import date

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.knowledge import LONGEST_ANSWER
from routing.problems import CountyDataError, Problem
from tests.routing.speech import Tables

ROW = {
    "code": "x1",
    "title": "免费校车",
    "answer": "有。",
    "words": "坐校车免费",
    "matter": "school",
    "unit": "unit:education",
    "source": "示例文件",
    "valid_from": "",
    "valid_to": "",
    "status": "answered",
}


def problems_of(tables: Tables, *rows: dict[str, str]) -> tuple[Problem, ...]:
    tables["knowledge"] = [*tables["knowledge"][:2], *rows]
    try:
        load_county(tables)
    except CountyDataError as exc:
        return exc.problems
    return ()


def test_sample__answers_the_two_coverages_that_the_county_names(county: County) -> None:
    answered = [each for each in county.knowledge.entries if each.status == "answered"]
    assert [each.title for each in answered] == ["免费数字电视", "十二年免费教育"]
    assert all("28个全覆盖" in each.answer and "县里自己" in each.source for each in answered)


def test_sample__everything_else_is_an_empty_slot(county: County) -> None:
    empty = [each for each in county.knowledge.entries if each.status == "empty"]
    coverages = [each for each in empty if each.title.startswith("全覆盖项目(待县里填写)")]
    approvals = [each for each in empty if each.title.startswith("零收费审批项目(待县里填写)")]
    assert (len(coverages), len(approvals), len(empty)) == (26, 25, 51)
    assert {(each.answer, each.words, each.source) for each in empty} == {("", (), "")}


def test_county__needs_no_knowledge_base(tables: Tables) -> None:
    del tables["knowledge"]
    assert load_county(tables).knowledge.entries == ()


def test_entry__is_read_as_written(tables: Tables) -> None:
    tables["knowledge"] = [ROW | {"valid_from": "2026-01-01", "words": "坐校车免费|校车收费"}]
    [entry] = load_county(tables).knowledge.entries
    assert entry.phrases == ("免费校车", "坐校车免费", "校车收费")
    assert (entry.valid_from, entry.valid_to) == (date(2026, 1, 1), None)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"status": "draft"}, "status"),
        ({"status": "empty"}, "status"),
        ({"answer": ""}, "answer"),
        ({"answer": "长" * (LONGEST_ANSWER + 1)}, "answer"),
        ({"unit": ""}, "unit"),
        ({"unit": "unit:nobody"}, "unit"),
        ({"source": ""}, "source"),
        ({"matter": "no_such"}, "matter"),
        ({"title": ""}, "title"),
        ({"title": "有没有优惠政策"}, "title"),
        ({"words": "免费吗"}, "words"),
        ({"words": "免费电视"}, "words"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-31"}, "valid_to"),
        ({"valid_to": "明年"}, "valid_to"),
        ({"code": "full01"}, "code"),
    ],
)
def test_entry__that_could_not_work_is_refused(
    tables: Tables, change: dict[str, str], column: str
) -> None:
    found = problems_of(tables, ROW | change)
    assert {(each.sheet, each.row, each.column) for each in found} == {("knowledge", 4, column)}


def test_entry__that_works_is_taken(tables: Tables) -> None:
    assert problems_of(tables, ROW) == ()


def test_phrase__may_stand_in_an_older_edition_too(tables: Tables) -> None:
    old = ROW | {"code": "x0", "valid_to": "2025-12-31"}
    assert problems_of(tables, old, ROW | {"valid_from": "2026-01-01"}) == ()
