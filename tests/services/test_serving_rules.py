"""What the row becomes by each switch."""

from __future__ import annotations

import pytest

from services.learning.models import Serving
from services.learning.serving_rules import (
    AlreadyServesAll,
    NothingToDo,
    NothingToGoBackTo,
    activated,
    on_trial,
    rolled_back,
    shadowed,
    stopped,
)

OLD = Serving(3, "old")


def test_activated__keeps_the_old_one_to_go_back_to() -> None:
    assert activated(OLD, "new") == Serving(3, "new", "old")


def test_activated__what_read_along_reads_all_and_no_longer_along() -> None:
    now = Serving(3, "old", shadow="new", canary="new", townships=("1",))
    assert activated(now, "new") == Serving(3, "new", "old")


def test_activated__leaves_another_model_on_trial() -> None:
    now = Serving(3, "old", shadow="third", canary="fourth", townships=("1",))
    assert activated(now, "new") == Serving(
        3, "new", "old", shadow="third", canary="fourth", townships=("1",)
    )


def test_activated__twice_is_said() -> None:
    with pytest.raises(NothingToDo, match="old"):
        activated(OLD, "old")


def test_rolled_back__once_only() -> None:
    back = rolled_back(Serving(4, "new", "old"))
    assert back == Serving(4, "old")
    with pytest.raises(NothingToGoBackTo):
        rolled_back(back)


def test_shadowed__never_what_reads_all() -> None:
    assert shadowed(OLD, "new") == Serving(3, "old", shadow="new")
    with pytest.raises(AlreadyServesAll):
        shadowed(OLD, "old")


def test_on_trial__can_be_widened() -> None:
    one = on_trial(OLD, "new", ("2",))
    assert on_trial(one, "new", ("2", "1", "1")) == Serving(
        3, "old", canary="new", townships=("1", "2")
    )
    with pytest.raises(NothingToDo):
        on_trial(one, "new", ("2",))


def test_stopped__ends_both() -> None:
    now = Serving(3, "new", "old", "x", "y", ("1",))
    assert stopped(now) == Serving(3, "new", "old")
    with pytest.raises(NothingToDo):
        stopped(OLD)
