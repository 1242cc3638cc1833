"""`liandong check` says what is wrong and what is left to do, to people and to programs."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from liandong.__main__ import make_app
from liandong.commands.check import reach_of_messages
from liandong.commands.check_calendar import calendar_notes
from liandong.settings import ROOT
from routing.checks import TOPICS, findings
from routing.checks.knowledge import notes_on_knowledge
from routing.holidays import SpecialDay
from routing.knowledge_match import Knowledge
from tests.county.books import SAMPLE
from tests.county.catalogues import csv_file, edited
from tests.county.desk import Desk, said
from tests.routing.checking import without_people
from tests.services.town import sample_county

DAY = date(2026, 11, 23)
COUNTY = sample_county()


def check(*options: str) -> Result:
    return CliRunner().invoke(make_app("check"), ["check", *options])


def test_notes__count_the_empty_slots() -> None:
    [note] = notes_on_knowledge(COUNTY, DAY)
    assert "2 条已填写，51 条待填写" in note.what and not note.is_problem


def test_notes__name_what_has_expired() -> None:
    old = replace(COUNTY.knowledge.entries[0], valid_to=date(2026, 11, 22))
    [note] = notes_on_knowledge(replace(COUNTY, knowledge=Knowledge.of([old])), DAY)
    assert "full01" in note.what and "已过有效期" in note.what


def test_notes__none_without_a_knowledge_base() -> None:
    assert list(notes_on_knowledge(replace(COUNTY, knowledge=Knowledge()), DAY)) == []


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
    notes = [note.what for note in calendar_notes(COUNTY, day)]
    assert [note[: len(said or "")] for note in notes] == ([said] if said else [])


def test_notes__not_for_a_year_that_the_county_has_entered() -> None:
    free = (date(2027, 2, 8), date(2027, 10, 1))
    entered = tuple(SpecialDay(day, "holiday", "示例") for day in free)
    county = replace(COUNTY, special_days=(*COUNTY.special_days, *entered))
    assert list(calendar_notes(county, date(2026, 12, 1))) == []
    half = replace(COUNTY, special_days=entered[:1])
    assert len(list(calendar_notes(half, date(2026, 12, 1)))) == 1
    assert [note.what[:6] for note in calendar_notes(county, date(2027, 12, 1))] == ["2028 年"]


def test_shipped__every_matter_has_an_intent_sentences_and_words() -> None:
    """What is shipped fits together: domain.yml, training sentences, keyword lists, catalogue."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    every = findings(COUNTY, reach_of_messages(ROOT), now)
    assert [each.code for each in every] == ["knowledge_empty"]


def test_check__empty_slots_are_no_failure(settings: Path) -> None:
    done = check()
    assert done.exit_code == 0 and "51 条待填写" in said(done)
    assert "查的是样例县" in said(done)


def test_check__problems_fail_and_come_with_what_to_do(desk: Desk) -> None:
    desk.put(without_people(SAMPLE, "unit:forestry"))
    done = check()
    assert done.exit_code == 1 and "3 处需要改" in said(done)
    for topic in ("staff", "cells", "ladders"):
        assert TOPICS[topic] in done.output
    assert "林业局" in said(done) and "给它登记" in said(done)
    assert "样例县" not in said(done)


def test_check__json_is_one_object_with_stable_codes(desk: Desk) -> None:
    desk.put(without_people(SAMPLE, "unit:forestry"))
    done = check("--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 1 and report["ok"] is False and report["is_sample"] is False
    assert [each["code"] for each in report["problems"]] == [
        "unit_empty",
        "cell_without_people",
        "rung_without_people",
    ]
    assert {each["topic"] for each in report["problems"]} <= set(TOPICS)
    notes = [each["code"] for each in report["notes"] if each["topic"] != "calendar"]
    assert notes == ["knowledge_empty"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_check__a_county_that_cannot_be_read_is_one_sentence(
    desk: Desk, options: tuple[str, ...]
) -> None:
    desk.put({**SAMPLE, "cadres": SAMPLE["cadres"][1:]})
    done = check(*options)
    assert done.exit_code == 1 and done.stdout == ""
    assert "人员表里没有“c001”" in said(done)


def test_catalogue__is_checked_before_it_is_imported(desk: Desk, tmp_path: Path) -> None:
    rows = edited("street_lamp", urgency="urgent", min_level="county")
    done = check("--catalogue", str(csv_file(tmp_path / "new.csv", rows)))
    assert done.exit_code == 1 and "路灯" in said(done) and "低于目录的最低层级" in said(done)
    assert check().exit_code == 0  # what is in force is as it was


def test_catalogue__that_an_import_would_refuse_fails(desk: Desk, tmp_path: Path) -> None:
    path = str(csv_file(tmp_path / "new.csv", edited("street_lamp", lead_unit="数据局")))
    done = check("--catalogue", path)
    assert done.exit_code == 1 and "导入时会被拒绝" in said(done)
    report = json.loads(check("--catalogue", path, "--json").stdout)
    assert report["import_would_refuse"] == ["组织表里没有县直单位“数据局”"]
    assert report["ok"] is False
    assert "unit_empty" in {each["code"] for each in report["problems"]}


def test_catalogue__with_mistakes_is_a_table(desk: Desk, tmp_path: Path) -> None:
    rows = edited("street_lamp", limits="help:0")
    done = check("--catalogue", str(csv_file(tmp_path / "new.csv", rows)), "--json")
    assert done.exit_code == 1 and done.stdout == "" and "help:0" in said(done)


def test_check__looks_at_the_project_that_is_edited(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("data", "keywords"):
        shutil.copytree(ROOT / "nlu" / folder, tmp_path / "project" / "nlu" / folder)
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
    edited_domain = domain.replace("  - bridge ", "  - span ")
    (tmp_path / "project" / "domain.yml").write_text(edited_domain, encoding="utf-8")
    monkeypatch.setenv("LIANDONG_PROJECT_DIR", str(tmp_path / "project"))
    report = json.loads(check("--json").stdout)
    codes = [each["code"] for each in report["problems"]]
    assert codes == ["intent_without_row", "row_without_intent"]


def test_catalogue__with_a_code_of_old_would_be_refused(desk: Desk, tmp_path: Path) -> None:
    desk.put(SAMPLE)
    desk.rename("street_lamp", "lamp")
    done = check(
        "--catalogue", str(csv_file(tmp_path / "old.csv", edited("street_lamp", name="灯")))
    )
    assert done.exit_code == 1 and "“street_lamp”已改成“lamp”，请照改" in said(done)


def test_check__an_old_database_is_a_sentence(settings: Path) -> None:
    (settings / "liandong.db").write_bytes(b"")
    done = check()
    assert done.exit_code == 1 and "liandong db upgrade" in said(done)
