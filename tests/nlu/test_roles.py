"""Who reads what, by the row and by what each model can do now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.roles import Roles, roles, to_bring_up
from services.learning.models import Serving

ROW = Serving(5, "new", "old", shadow="shadow", canary="canary", townships=("1",))
NOBODY: frozenset[str] = frozenset()


def test_roles__a_usable_model_gets_its_part() -> None:
    usable = {"new", "old", "shadow", "canary"}
    assert roles(ROW, usable, NOBODY) == Roles("new", "canary", "shadow")


def test_roles__until_the_new_one_is_usable_the_old_one_reads() -> None:
    assert roles(ROW, {"old"}, NOBODY, Roles("old")).active == "old"
    assert roles(ROW, {"old"}, {"new"}, Roles("old")).active == "old"


def test_roles__after_a_restart_the_previous_one_waits_for_the_active_one() -> None:
    assert roles(ROW, {"old"}, NOBODY).active == ""


def test_roles__the_previous_one_steps_in_for_a_hopeless_one() -> None:
    assert roles(ROW, {"old"}, {"new"}).active == "old"


def test_roles__nobody_steps_in_after_a_rollback() -> None:
    assert roles(Serving(6, "old"), {"new"}, {"old"}).active == ""


def test_bring_up__the_active_one_first_and_at_once() -> None:
    assert to_bring_up(ROW, NOBODY, NOBODY) == ("new",)
    assert to_bring_up(ROW, NOBODY, {"shadow"}) == ("new",)


def test_bring_up__the_others_one_after_the_other() -> None:
    assert to_bring_up(ROW, NOBODY, {"new"}) == ()
    assert to_bring_up(ROW, {"new"}, NOBODY) == ("old",)
    assert to_bring_up(ROW, {"new", "old"}, NOBODY) == ("canary",)
    assert to_bring_up(ROW, {"new", "old", "canary"}, NOBODY) == ("shadow",)
    assert to_bring_up(ROW, {"new", "old", "canary", "shadow"}, NOBODY) == ()


names = st.sampled_from(["", "a", "b", "c"])
sets = st.frozensets(st.sampled_from(["a", "b", "c"]))


@given(names, names, names, sets, sets)
def test_roles__only_usable_models_read_and_only_those_of_the_row_or_the_present_one(
    active: str, previous: str, now: str, usable: frozenset[str], hopeless: frozenset[str]
) -> None:
    found = roles(Serving(1, active, previous), usable, hopeless - usable, Roles(now)).active
    assert not found or found in usable & {active, previous, now}
    if active in usable:
        assert found == active
