"""What the figures make of single histories."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.metrics.story import ABOVE, REVIEWER, Story
from tickets import life
from tickets.actions import Role
from tickets.clocks import ClockKind
from tickets.metrics import Kind, metrics

HOUR, DAY = 60, 24 * 60


def test_signed__in_time_and_counted_in_working_minutes() -> None:
    facts = Story().after(90).sign().facts
    assert facts.signed_in_time is True and facts.responded_in_time is True
    assert facts.sign_minutes == 90


def test_signed__at_the_very_deadline_is_in_time() -> None:
    assert Story().after(2 * HOUR).sign().facts.signed_in_time is True


def test_signed__later_is_late_even_if_no_pass_came() -> None:
    facts = Story().after(2 * HOUR + 1).sign().facts
    assert facts.signed_in_time is False and facts.responded_in_time is False


def test_signed__a_climb_at_the_deadline_is_late_whoever_signs() -> None:
    story = Story().after(2 * HOUR).climb(ClockKind.SIGN)
    assert story.sign(owner="township").facts.signed_in_time is False


def test_unsigned__undecided_until_the_limit_then_late() -> None:
    story = Story()
    assert story.facts.signed_in_time is None and story.facts.responded_in_time is None
    assert story.after(3 * HOUR).facts.signed_in_time is False


def test_responded__signed_late_and_called_in_time() -> None:
    story = Story().after(3 * HOUR).sign()
    assert story.facts.responded_in_time is False
    story.step(life.note, by="p1", text="打过电话", contacted=True)
    assert story.facts.responded_in_time is True and story.facts.signed_in_time is False


def test_responded__what_lies_at_the_desk_counts() -> None:
    story = Story(dispatched=False)
    assert story.after(3 * HOUR).facts.responded_in_time is False
    assert story.facts.signed_in_time is None


def test_responded__declined_in_time_is_an_answer() -> None:
    story = Story(dispatched=False).after(5).step(life.decline, by="desk-1", reason="请到法院")
    assert story.facts.responded_in_time is True


def test_contact__never_made_is_late_after_a_day() -> None:
    story = Story().sign()
    assert story.facts.contacted_in_time is None
    assert story.after(DAY + 1).facts.contacted_in_time is False


def test_withdrawn__before_its_limits_owes_nothing() -> None:
    facts = Story().after(30).step(life.withdraw).after(30 * DAY).facts
    assert facts.signed_in_time is None and facts.responded_in_time is None
    assert facts.overdue is None and facts.closed_in_time is None


def test_withdrawn__after_its_limits_stays_late() -> None:
    facts = Story().sign().after(20 * DAY).step(life.withdraw).facts
    assert facts.overdue is True and facts.closed_in_time is False


def test_merged__late_before_stays_late_and_is_a_repetition() -> None:
    story, main = Story().sign().after(20 * DAY), Story().sign()
    into = replace(main.ticket, number="LD-20261123-0002-0")
    facts = story.step(life.merge, into=into, by="p1", reason="同一盏", roles=(Role.OWNER,)).facts
    assert facts.overdue is True and facts.repeat


def test_closed__within_the_extension_is_in_time_but_was_overdue() -> None:
    story = Story().sign().after(6 * DAY)
    asked = {"by": "p1", "days": 5, "reason": "等配件", "reviewer": "township", "close_days": 5}
    story.step(life.request_extension, **asked).after(2 * DAY).climb(ClockKind.CLOSE)
    story.step(life.approve_extension, by="p2", roles=REVIEWER).resolve()
    assert story.facts.closed_in_time is True
    assert story.facts.overdue is True and story.facts.extended


def test_closed__what_waits_for_review_stands_still() -> None:
    story = Story().sign().after(2 * HOUR)
    submitted = {"person": "p1", "text": "修好了", "missing": ["photo"], "reviewer": "township"}
    story.step(life.submit_closing, **submitted).after(30 * DAY)
    assert story.facts.closed_in_time is None
    facts = story.step(life.approve_closing, by="p2", roles=REVIEWER).facts
    assert facts.closed_in_time is True and facts.handle_minutes == 2 * HOUR


def test_handle_minutes__without_pauses_nights_and_weekends() -> None:
    story = Story().sign().after(HOUR).step(life.pause, by="p1", text="哪一盏？").after(HOUR)
    story.step(life.resume, by="resident", text="东边", roles=life.BY_RESIDENT).after(DAY)
    assert story.resolve().facts.handle_minutes == HOUR + 450


def test_handle_minutes__of_an_emergency_by_the_clock_on_the_wall() -> None:
    assert Story(urgent=True).sign().after(DAY).resolve().facts.handle_minutes == DAY


def test_handle_minutes__both_times_of_a_rework_and_not_the_wait_between() -> None:
    story = Story().sign().after(HOUR).resolve().after(HOUR).not_solved()
    assert story.facts.handle_minutes is None and story.facts.reworks == 1
    assert story.sign("township").after(HOUR).resolve().facts.handle_minutes == 2 * HOUR


def test_solved__is_the_last_word() -> None:
    story = Story().sign().resolve().after(DAY).step(life.call_back)
    assert story.facts.solved is None
    assert story.not_solved().facts.solved is False
    assert story.sign("township").resolve().step(life.confirm_solved).facts.solved is True


def test_first_dispatch__undecided_until_somebody_signs() -> None:
    story = Story()
    assert story.facts.first_dispatch_right is None
    assert story.sign().facts.first_dispatch_right is True


def test_first_dispatch__reassigned_before_signing_was_wrong() -> None:
    assert Story().reassign("other").facts.first_dispatch_right is False


def test_first_dispatch__reassigned_after_signing_was_right() -> None:
    assert Story().sign().reassign("other").facts.first_dispatch_right is True


def test_first_dispatch__a_climb_is_late_and_not_wrong() -> None:
    story = Story().after(2 * HOUR).climb(ClockKind.SIGN).sign("township")
    assert story.facts.first_dispatch_right is True and story.facts.escalations == 1


def test_first_dispatch__a_return_waits_for_its_ruling() -> None:
    story = Story().sign().after(5).give_back()
    assert story.facts.first_dispatch_right is None and story.facts.returns == 1
    assert story.rule("other").facts.first_dispatch_right is False


def test_first_dispatch__a_return_that_was_refused_was_right() -> None:
    story = Story().after(5).give_back().rule("group")
    assert story.facts.first_dispatch_right is None  # nobody has signed
    assert story.sign().facts.first_dispatch_right is True


def test_auto_dispatched__by_the_machine_or_by_hand() -> None:
    assert Story().facts.auto_dispatched is True
    desk = Story(dispatched=False)
    assert desk.facts.auto_dispatched is None
    by_hand = {"owner": "group", "person": "p1", "actor": "desk-1", "roles": (Role.OWNER,)}
    assert desk.step(life.dispatch, **by_hand).facts.auto_dispatched is False


def test_auto_dispatched__not_once_somebody_touched_it_in_intake() -> None:
    story = Story(dispatched=False).step(life.note, by="desk-1", text="看过了")
    story.step(life.dispatch, owner="group", person="p1")
    assert story.facts.auto_dispatched is False


def test_shelved__is_counted_apart_from_all_rates() -> None:
    shelved = {"by": "p2", "reason": "没有资金", "review": None, "roles": ABOVE}
    facts = Story().sign().step(life.shelve, **shelved).facts
    for metric in metrics([facts]):
        expected = ("LD-20261123-0001-0",) if metric.kind is Kind.COUNT else ()
        assert metric.base == expected, metric.code


def test_excluded__is_in_no_metric() -> None:
    story = Story().sign().resolve()
    story.step(life.ask_exclusion, by="p1", reason="恶意", roles=(Role.OWNER,))
    assert not story.facts.excluded
    story.step(life.confirm_exclusion, by="c1", roles=(Role.CENTER,))
    assert story.facts.excluded
    assert all(metric.base == () for metric in metrics([story.facts]))


def test_facts__of_a_history_that_was_cut_off_are_refused() -> None:
    story = Story()
    del story.events[0]
    with pytest.raises(ValueError, match="does not begin with a whole ticket"):
        story.facts  # noqa: B018 - reading it is the act
