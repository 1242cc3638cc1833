"""Who answers: the shift, the deputy, the number that was left, the leader, nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.county import County
from routing.duty import NO_CHANGES, DutyPost, LiveDuty, Presence, person_in_charge, presence
from tests.routing.duties import MONDAY, UNIT, at, away, county_with, live, post, swap

DAY = post("ann", 8, 18)
NIGHT = post("bob", 18, 8)


def who(county: County, changes: LiveDuty = NO_CHANGES, hour: float = 9) -> tuple[str, str, str]:
    """Cadre, how, number to call."""
    found = presence(county, changes, UNIT, at(0, hour))
    return found.cadre.id if found.cadre else "", found.how, found.contact


@pytest.fixture
def day(county: County) -> County:
    return county_with(county, [DAY])


def test_presence__officer_on_shift_until_its_end(county: County) -> None:
    two = county_with(county, [DAY, NIGHT])
    ann = two.org.cadre("ann")
    found = presence(two, NO_CHANGES, UNIT, at(0, 9))
    assert found == Presence(ann, "shift", "tel ann", until=at(0, 18))


def test_presence__leader_between_the_shifts(day: County) -> None:
    found = presence(day, NO_CHANGES, UNIT, at(0, 20))
    assert (found.cadre, found.how, found.until) == (day.org.cadre("lead"), "leader", at(1, 8))


def test_presence__without_any_shift_has_no_end(county: County) -> None:
    found = presence(county_with(county, []), NO_CHANGES, UNIT, at(0, 9))
    assert (found.how, found.until) == ("leader", None)


def test_absence__deputy_named_for_the_leave(day: County) -> None:
    leave = away("ann", at(0, 0), at(1, 0), deputy="bob")
    assert who(day, live(leave)) == ("bob", "deputy", "tel bob")


def test_absence__deputy_of_the_roster(county: County) -> None:
    with_deputy = county_with(county, [replace(DAY, deputy="bob")])
    assert who(with_deputy, live(away("ann", at(0, 0), at(1, 0)))) == ("bob", "deputy", "tel bob")


def test_absence__deputy_of_the_leave_comes_before_that_of_the_roster(county: County) -> None:
    with_deputy = county_with(county, [replace(DAY, deputy="bob")])
    leave = away("ann", at(0, 0), at(1, 0), deputy="lead")
    assert who(with_deputy, live(leave))[:2] == ("lead", "deputy")


def test_absence__deputy_who_is_away_too_gives_way_to_the_leader(day: County) -> None:
    both = live(away("ann", at(0, 0), at(1, 0), deputy="bob"), away("bob", at(0, 0), at(1, 0)))
    assert who(day, both) == ("lead", "leader", "tel lead")


def test_absence__who_leaves_a_number_is_reached_there(day: County) -> None:
    leave = live(away("ann", at(0, 0), at(1, 0), contact="13800000009"))
    assert who(day, leave) == ("ann", "shift", "13800000009")
    assert presence(day, leave, UNIT, at(0, 9)).is_away


def test_absence__who_leaves_none_gets_the_leader(day: County) -> None:
    assert who(day, live(away("ann", at(0, 0), at(1, 0)))) == ("lead", "leader", "tel lead")


def test_absence__second_officer_of_the_shift_comes_before_a_number(county: County) -> None:
    two = county_with(county, [DAY, post("bob", 8, 18)])
    leave = away("ann", at(0, 0), at(1, 0), contact="13800000009")
    assert who(two, live(leave)) == ("bob", "shift", "tel bob")


def test_absence__officer_who_left_a_number_comes_before_the_leader_on_call(county: County) -> None:
    on_call = county_with(county, [DAY, post("lead", 0, 0, role="duty_leader")])
    leave = away("ann", at(0, 0), at(1, 0), contact="13800000009")
    assert who(on_call, live(leave)) == ("ann", "shift", "13800000009")


def test_absence__leader_away_is_followed_by_rank(county: County) -> None:
    assert who(county_with(county, []), live(away("lead", at(0, 0), at(1, 0))))[0] == "ann"


def test_absence__everybody_away_is_nobody(day: County) -> None:
    gone = live(*(away(each, at(0, 0), at(1, 0)) for each in ("lead", "ann", "bob")))
    assert who(day, gone) == ("", "nobody", "")
    assert presence(day, gone, UNIT, at(0, 9)).until == at(1, 0)


def test_absence__back_early_is_there_again(day: County) -> None:
    leave = replace(away("ann", at(0, 0), at(3, 0)), back_at=at(0, 9))
    assert who(day, live(leave), 8.5)[0] == "lead"
    assert who(day, live(leave), 9)[0] == "ann"


def test_dated__replaces_the_weekly_shift_of_its_day_only(county: County) -> None:
    other = county_with(county, [DAY, post("bob", 8, 18, day=MONDAY)])
    assert who(other)[0] == "bob"
    assert presence(other, NO_CHANGES, UNIT, at(1, 9)).cadre == other.org.cadre("ann")


def test_dated__leaves_shifts_of_that_day_that_it_does_not_touch(county: County) -> None:
    changed = county_with(county, [DAY, NIGHT, post("lead", 18, 8, day=MONDAY)])
    assert [who(changed, hour=hour)[0] for hour in (3, 9, 20, 27, 44)] == [
        "bob", "ann", "lead", "lead", "bob",
    ]  # fmt: skip


def test_dated__officer_does_not_replace_the_leader_on_call(county: County) -> None:
    on_call = post("lead", 0, 0, role="duty_leader")
    assert (
        who(county_with(county, [on_call, post("bob", 8, 12, day=MONDAY)]), hour=13)[1] == "shift"
    )


def test_swap__only_once_agreed(day: County) -> None:
    for state, holder in (("asked", "ann"), ("refused", "ann"), ("withdrawn", "ann")):
        assert who(day, live(swap(0, 8, "ann", "bob", state)))[0] == holder
    assert who(day, live(swap(0, 8, "ann", "bob"))) == ("bob", "shift", "tel bob")


def test_swap__can_be_passed_on(day: County) -> None:
    first = swap(0, 8, "ann", "bob")
    second = replace(swap(0, 8, "bob", "lead"), id="later", answered_at=at(-6, 9))
    assert who(day, live(second, first))[0] == "lead"


def test_swap__covers_all_units_of_one_desk(county: County) -> None:
    posts: list[DutyPost] = [NIGHT, replace(NIGHT, unit="v")]
    both = county_with(county, posts)
    changes = live(swap(0, 18, "bob", "ann"))
    assert [person_in_charge(both, unit, at(0, 20), changes) for unit in ("u", "v")] == [
        both.org.cadre("ann")
    ] * 2
    assert person_in_charge(both, "v", at(0, 20) + timedelta(days=1), changes) == both.org.cadre(
        "bob"
    )
