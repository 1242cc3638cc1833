"""What a training says of its length."""

from __future__ import annotations

from services.learning.jobs import Step
from services.learning.time_left import progress_by_time, seconds_left, usual_seconds

USUAL = {Step.VALIDATE: 5.0, Step.TRAIN: 200.0, Step.TEST: 40.0, Step.GATE: 1.0}


def test_usual__is_the_median_of_each_step() -> None:
    found = usual_seconds([{"train": 100.0}, {"train": 900.0, "test": 5.0}, {"train": 200.0}])
    assert found == {Step.TRAIN: 200.0, Step.TEST: 5.0}


def test_usual__a_model_that_was_there_already_says_nothing() -> None:
    assert usual_seconds([{"train": 0.4}, {"train": 200.0}]) == {Step.TRAIN: 200.0}


def test_progress__by_time_never_says_done() -> None:
    assert progress_by_time(Step.TRAIN, 100.0, USUAL) == 0.5
    assert progress_by_time(Step.TRAIN, 999.0, USUAL) == 0.97
    assert progress_by_time(Step.TRAIN, 100.0, {}) is None


def test_left__is_the_rest_of_this_step_and_all_after_it() -> None:
    assert seconds_left(Step.TRAIN, 0.5, 100.0, USUAL) == 141.0
    assert seconds_left(Step.GATE, 0.0, 0.0, USUAL) == 1.0


def test_left__a_step_that_overruns_has_no_negative_rest() -> None:
    found = seconds_left(Step.TRAIN, 0.97, 500.0, USUAL)
    assert found is not None and 41.0 <= found < 60.0


def test_left__is_not_guessed() -> None:
    assert seconds_left(Step.TRAIN, 0.5, 100.0, {Step.TRAIN: 200.0}) is None
