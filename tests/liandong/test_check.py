"""`liandong check` says what is left to fill in, and does not call it a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from liandong.__main__ import make_app
from liandong.commands.check import notes_on
from routing.knowledge_match import Knowledge
from tests.services.town import sample_county

DAY = date(2026, 11, 23)
COUNTY = sample_county()


def test_notes__count_the_empty_slots() -> None:
    [note] = notes_on(COUNTY, DAY)
    assert "2 条已填写，51 条待填写" in note


def test_notes__name_what_has_expired() -> None:
    old = replace(COUNTY.knowledge.entries[0], valid_to=date(2026, 11, 22))
    [note] = notes_on(replace(COUNTY, knowledge=Knowledge.of([old])), DAY)
    assert "full01" in note and "已过有效期" in note


def test_notes__none_without_a_knowledge_base() -> None:
    assert list(notes_on(replace(COUNTY, knowledge=Knowledge()), DAY)) == []


def test_check__empty_slots_are_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANDONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    done = CliRunner().invoke(make_app(), ["check"])
    assert done.exit_code == 0 and "51 条待填写" in done.output
