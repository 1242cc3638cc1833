"""What the gate lets through and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.learning.examined import Answer, Examination, Paper
from services.learning.findings import Finding, passes
from services.learning.gate import Judged, judge
from services.learning.gate_rules import GateRules
from services.learning.significance import chance_of_losing, chance_of_so_few
from tests.services.exams import (
    LAMP,
    NAMES,
    ROAD,
    answer,
    danger,
    exam,
    must_pass,
    secret,
    sentences,
)

RULES = GateRules()
OLD = exam(model="nlu-old")
ENOUGH = dict.fromkeys(NAMES, 50)


def findings(
    new: Examination, old: Examination | None = OLD, rules: GateRules = RULES
) -> dict[str, Finding]:
    return {f.check: f for f in judge(Judged(new, old, ENOUGH, NAMES), rules)}


def refused(new: Examination, old: Examination | None = OLD, rules: GateRules = RULES) -> list[str]:
    return [check for check, f in findings(new, old, rules).items() if not f.passed]


def test_gate__the_same_again_passes() -> None:
    assert refused(exam()) == []


def test_gate__without_a_model_in_use_the_absolute_demands_hold() -> None:
    assert refused(exam(), None) == []
    assert refused(exam(must_pass("必1", right=False)), None) == ["must_pass"]


def test_must_pass__one_wrong_sentence_refuses_and_is_named() -> None:
    found = findings(exam(must_pass("必1", right=False)))["must_pass"]
    assert not found.passed and "“必1”" in found.said


def test_plain_danger__must_raise_an_alarm() -> None:
    missed = Answer(Paper.MUST_PASS, "着火了", "urgent=1", "urgent=0", False, danger=True)
    assert {"must_pass", "plain_dangers"} <= set(refused(exam(missed)))


def test_danger__one_that_was_seen_may_not_be_lost_whatever_is_won() -> None:
    old = exam(danger("险1", heard=False), danger("险2", heard=False), model="nlu-old")
    found = findings(exam(danger("险3", heard=False)), old)["dangers_kept"]
    assert not found.passed and "“险3”" in found.said


def test_danger__one_that_nobody_saw_is_no_loss() -> None:
    missed, old = danger("险1", heard=False), exam(danger("险1", heard=False), model="nlu-old")
    assert refused(exam(missed), old) == ["danger_recall"]
    assert refused(exam(missed), old, replace(RULES, danger_recall=0.94)) == []


def test_danger__an_intents_own_dangers_count_as_well() -> None:
    before = replace(answer("房子烧着了", ROAD), danger=True, urgent=True)
    after = replace(before, urgent=False)
    assert refused(exam(after), exam(before, model="nlu-old")) == ["dangers_kept"]


def test_danger__below_the_floor_is_refused_though_the_old_one_was_no_better() -> None:
    missed = [danger(f"险{n}", heard=False) for n in range(2)]
    rules = replace(RULES, danger_recall=0.94)
    assert refused(exam(*missed), exam(*missed, model="nlu-old"), rules) == ["danger_recall"]


def test_danger__too_many_false_alarms_are_refused() -> None:
    loud = [danger(f"不险{n}", real=False) for n in range(4)]
    assert refused(exam(*loud)) == ["danger_precision"]


def test_secrecy__never_less_than_the_old_one() -> None:
    assert refused(exam(secret("密1", sealed=False))) == ["secrecy_recall"]
    both = exam(secret("密1", sealed=False), model="nlu-old")
    assert refused(exam(secret("密1", sealed=False)), both) == []


@pytest.mark.parametrize(("lost", "passed"), [(1, True), (3, True), (4, False)])
def test_intent__may_lose_three_of_twenty_sentences(lost: int, passed: bool) -> None:
    found = findings(exam(*sentences(LAMP, 20 - lost, lost)))["intent_tolerance"]
    assert found.passed is passed
    assert passed or "路灯（20 句，原来对 20，现在对" in found.said


def test_intent__losses_and_wins_are_balanced() -> None:
    old = exam(*[answer(f"{LAMP}{n}", LAMP, ROAD) for n in range(14, 20)], model="nlu-old")
    new = exam(*[answer(f"{LAMP}{n}", LAMP, ROAD) for n in range(6)])
    assert findings(new, old)["intent_tolerance"].passed


def test_overall__many_small_losses_are_more_than_chance() -> None:
    small = [a for intent in NAMES for a in sentences(intent, 18, 2)]
    assert refused(exam(*small)) == ["overall"]


def test_new_intent__must_be_understood() -> None:
    old = exam(model="nlu-old", intents=frozenset({LAMP, ROAD}))
    weak = exam(*[answer(f"fire{n}", "fire", ROAD) for n in range(15)])
    assert "new_intents" in refused(weak, old)
    assert "火情（考 20 句，对 5）；至少要对 50%" in findings(weak, old)["new_intents"].said
    assert findings(exam(), old)["new_intents"].said == "新意图认得出：火情（考 20 句，对 20）"


def test_new_intent__a_few_short_may_be_chance_and_are_a_hint() -> None:
    old = exam(model="nlu-old", intents=frozenset({LAMP, ROAD}))
    short = exam(*[answer(f"fire{n}", "fire", ROAD) for n in range(14)])
    found = findings(short, old)["new_intents"]
    assert (found.passed, found.binding) == (False, False)
    assert found.said == "新意图认得还少，多添几句例句会好：火情（考 20 句，对 6）"


@pytest.mark.parametrize(
    ("right", "asked", "chance"),
    [
        (0, 5, 1 / 32),
        (1, 10, 11 / 1024),
        (10, 10, 1.0),
        (12, 10, 1.0),
        (0, 0, 1.0),
        (1_000, 2_001, 0.5),
    ],
)
def test_so_few__are_as_likely_as_the_binomial_says(right: int, asked: int, chance: float) -> None:
    assert chance_of_so_few(right, asked, 0.5) == pytest.approx(chance)


def test_intent__without_exam_sentences_is_refused() -> None:
    new = exam(intents=frozenset({*NAMES, "dust"}))
    found = findings(new)["exam_sentences"]
    assert not found.passed and "dust（0 句）" in found.said


def test_intent__with_few_examples_is_a_hint() -> None:
    case = Judged(exam(), OLD, {**ENOUGH, LAMP: 12}, NAMES)
    found = judge(case, RULES)
    [hint] = [f for f in found if not f.passed]
    assert (hint.check, "路灯（12 条）" in hint.said, passes(found)) == ("examples", True, True)


def test_calibration__too_sure_of_itself_is_refused() -> None:
    boastful = [replace(a, sure=1.0, right=False) for a in sentences(LAMP, 12)]
    assert "calibration" in refused(exam(*boastful))


def test_alone__what_goes_alone_must_arrive() -> None:
    astray = [replace(a, alone=True, arrives=n > 2) for n, a in enumerate(sentences(LAMP, 20))]
    right = [replace(a, alone=True, arrives=True) for a in sentences(LAMP, 20)]
    assert refused(exam(*astray), exam(*right, model="nlu-old")) == ["alone_right"]


def test_speed__twice_as_slow_and_some_is_refused() -> None:
    assert refused(exam(p99_ms=15.0)) == []
    assert refused(exam(p99_ms=15.1)) == ["speed"]


def test_size__twice_as_large_and_some_is_refused() -> None:
    assert refused(exam(size=70_000_000)) == ["size"]


def test_rules__can_be_changed() -> None:
    lost = exam(danger("险3", heard=False))
    assert "dangers_kept" not in refused(lost, rules=replace(RULES, dangers_lost=1))


def test_chance__known_values() -> None:
    """One-sided sign test: 5 of 5 is 1/32, 0 changes prove nothing."""
    assert chance_of_losing(5, 0) == 1 / 32
    assert chance_of_losing(0, 0) == 1.0
    assert chance_of_losing(8, 2) == pytest.approx(56 / 1024)
    assert chance_of_losing(1500, 1000) < 1e-20


@given(st.integers(0, 200), st.integers(0, 200))
def test_chance__more_losses_are_less_likely(lost: int, won: int) -> None:
    chance = chance_of_losing(lost, won)
    assert 0 <= chance_of_losing(lost + 1, won) <= chance <= 1
