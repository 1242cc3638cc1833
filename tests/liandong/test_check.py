"""`liandong check` says what is left to fill in, and does not call it a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liandong.__main__ import make_app
from liandong.commands.check import notes_on
from liandong.commands.check_calendar import calendar_notes
from routing.holidays import SpecialDay
from routing.knowledge_match import Knowledge
from tests.services.town import sample_county

DAY = date(2026, 10, 23)
COUNTY = sample_county()


def test_notes__count_the_empty_slots() -> None:
    [note] = notes_on(COUNTY, DAY)
    assert "2 条已填写，51 条待填写" in note


def test_notes__name_what_has_expired() -> None:
    old = replace(COUNTY.knowledge.entries[0], valid_to=date(2026, 10, 22))
    [note] = notes_on(replace(COUNTY, knowledge=Knowledge.of([old])), DAY)
    assert "full01" in note and "已过有效期" in note


def test_notes__none_without_a_knowledge_base() -> None:
    assert list(notes_on(replace(COUNTY, knowledge=Knowledge()), DAY)) == []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 1), None),
        (date(2026, 11, 2), "2027 年（还有 60 天就到）"),
        (date(2026, 12, 31), "2027 年（还有 1 天就到）"),
        (date(2027, 1, 1), "2027 年（已经开始）"),
    ],
)
def test_notes__a_year_whose_holidays_nobody_knows(day: date, said: str | None) -> None:
    notes = list(calendar_notes(COUNTY, day))
    assert [note[: len(said or "")] for note in notes] == ([said] if said else [])
    assert set(notes) <= set(notes_on(COUNTY, day))


def test_notes__not_for_a_year_that_the_county_has_entered() -> None:
    free = (date(2027, 2, 8), date(2027, 10, 1))
    entered = tuple(SpecialDay(day, "holiday", "示例") for day in free)
    county = replace(COUNTY, special_days=(*COUNTY.special_days, *entered))
    assert list(calendar_notes(county, date(2026, 12, 1))) == []
    half = replace(COUNTY, special_days=entered[:1])
    assert len(list(calendar_notes(half, date(2026, 12, 1)))) == 1
    assert [note[:6] for note in calendar_notes(county, date(2027, 12, 1))] == ["2028 年"]


def test_check__empty_slots_are_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    done = CliRunner().invoke(make_app(), ["check"])
    assert done.exit_code == 0 and "51 条待填写" in done.output
