"""The gate's report: what it says first, what it shows, that it survives being kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.learning.comparison import compare
from services.learning.gate import Judged
from services.learning.gate_report import DataChange, GateReport, IntentSentences, report_of
from services.learning.gate_report_json import (
    UnreadableReport,
    report_from_json,
    report_to_json,
)
from services.learning.gate_rules import GateRules
from tests.services.exams import LAMP, NAMES, ROAD, answer, danger, exam, must_pass, sentences

CHANGES = DataChange(True, 3, 1, (IntentSentences("路灯", 3, 1),), (("路灯", "灯不亮了"),))
OLD = exam(answer("road1", ROAD, LAMP), model="nlu-old")


def report(*answers: object, old: object = OLD) -> GateReport:
    case = Judged(exam(*answers), old, dict.fromkeys(NAMES, 50), NAMES)  # type: ignore[arg-type]
    return report_of(case, GateRules(), CHANGES, "2026-12-01T03:00:00+00:00")


def test_verdict__says_what_changed() -> None:
    assert report().verdict == "可以上线：各项都过了。和现用的比，1 句考题变对，0 句变错。"


def test_verdict__names_what_stands_against_it() -> None:
    found = report(must_pass("必1", right=False))
    assert found.verdict == "不可以上线：1 项没过，“一定要对的话”。现用的模型照常工作。"
    assert not found.passed


def test_samples__both_directions_with_names() -> None:
    found = report(answer("street_lamp1", LAMP, ROAD))
    [won], [lost] = found.better, found.worse
    assert (won.text, won.wanted, won.old, won.new) == ("road1", "道路", "路灯", "道路")
    assert (lost.text, lost.wanted, lost.old, lost.new) == ("street_lamp1", "路灯", "路灯", "道路")


def test_samples__one_of_each_intent_before_a_second() -> None:
    wrong = [*sentences(LAMP, 15, 5), *sentences(ROAD, 19, 1)]
    found = compare(exam(), exam(*wrong), NAMES, shown=2)
    assert {s.intent for s in found.worse} == {LAMP, ROAD}


def test_dangers__lost_and_found_are_listed() -> None:
    old = exam(danger("险1", heard=False), model="nlu-old")
    found = report(danger("险2", heard=False), old=old)
    assert [s.text for s in found.found_dangers] == ["险1"]
    assert [s.text for s in found.lost_dangers] == ["险2"]


def test_figures__say_better_worse_or_neither() -> None:
    slow = {f.title: f for f in compare(OLD, exam(p99_ms=50.0), NAMES, 1).figures}
    assert slow["考题认对"].better is True
    assert slow["读一句话：最慢的百分之一"].better is False
    assert slow["一定要对的话"].better is None
    alone = compare(None, exam(), NAMES, 1).figures
    assert all(f.old == "" and f.better is None for f in alone)


def test_json__comes_back_as_it_was() -> None:
    found = report(answer("street_lamp1", LAMP, ROAD), danger("险2", heard=False))
    assert report_from_json(report_to_json(found)) == found


def test_json__without_infinities() -> None:
    """JSON has none; a browser would refuse the whole report."""
    assert "Infinity" not in report_to_json(replace(report(old=None), active=""))


def test_json__none_yet_and_none_that_can_be_read() -> None:
    assert report_from_json("") is None
    with pytest.raises(UnreadableReport):
        report_from_json('{"figures": []}')
