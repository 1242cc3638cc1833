"""When a matter goes its way without a human."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.errors import BadThresholds
from nlu.thresholds import Outcome, Thresholds, fit, read_thresholds, write_thresholds

OUTCOMES = st.builds(
    Outcome, st.sampled_from(["road", "bridge", "dust"]), st.floats(0, 1), st.booleans()
)


def outcomes(intent: str, sure: float, right: int, wrong: int) -> list[Outcome]:
    return [Outcome(intent, sure, True)] * right + [Outcome(intent, sure, False)] * wrong


def certain() -> list[Outcome]:
    """Sure means right, unsure means a toss-up."""
    steps = [0.4 + 0.02 * step for step in range(30)]
    return [o for s in steps for o in outcomes("road", s, 9, 0 if s > 0.7 else 9)]


def test_fit__asks_below_the_certainty_from_which_it_is_right() -> None:
    assert 0.6 < fit(certain()).default < 0.8


def test_fit__an_intent_that_errs_needs_more() -> None:
    bad = outcomes("bridge", 0.8, 20, 60)
    found = fit([*certain(), *bad])
    assert found.of("bridge") > found.of("road")


def test_fit__nothing_known_is_cautious() -> None:
    assert fit([]).default > 0.9


def test_of__an_unknown_intent_needs_the_default() -> None:
    assert Thresholds(0.7, {"road": 0.5}).of("new_matter") == 0.7


@given(st.lists(OUTCOMES, max_size=60))
def test_fit__every_threshold_is_a_probability(found: list[Outcome]) -> None:
    fitted = fit(found)
    assert all(0.4 <= value <= 1 for value in (fitted.default, *fitted.by_intent.values()))


def test_write__reads_back(tmp_path: Path) -> None:
    file = tmp_path / "thresholds.yml"
    assert read_thresholds(file) is None
    write_thresholds(file, Thresholds(0.7, {"road": 0.5}), "nlu-1")
    assert read_thresholds(file) == Thresholds(0.7, {"road": 0.5})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"default: 0.8",
        b"- 0.8",
        b"default: x\nby_intent: {}",
        b"a: [",
        b"\xd2\xbb",
        b"by_intent: 1",
    ],
)
def test_read__a_miswritten_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "thresholds.yml"
    file.write_bytes(content)
    with pytest.raises(BadThresholds, match=r"thresholds\.yml"):
        read_thresholds(file)
