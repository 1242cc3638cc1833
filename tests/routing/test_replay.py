"""What another catalogue would have done with one past ticket: computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.catalogue import Urgency
from routing.county import County
from routing.county_tables import load_county
from routing.decision import RoutingRequest
from routing.places import NOWHERE, PlaceFinding, place_from_code
from routing.proposal import propose
from routing.replay import Course, PastTicket, compare, outcome
from routing.replay_report import ReplayReport
from tests.county.books import SAMPLE
from tests.routing.checking import with_row

MADE = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FUCHENG, GAOBI = "141026100", "141026100206"
GROUP = f"group:{FUCHENG}:infrastructure"
COUNTY = load_county(SAMPLE)


class PlainLimits:
    """Two hours to sign, 15 minutes in danger; to close five days of 24 hours, 15 if complex."""

    def sign_by(self, unit: str, urgency: Urgency, now: datetime, rung: int) -> datetime:
        return now + timedelta(minutes=15 if urgency == "urgent" else 120)

    def close_by(
        self, unit: str, urgency: Urgency, appeal_type: str, now: datetime, days: int | None
    ) -> datetime:
        if urgency == "urgent":
            return now + DAY
        return now + DAY * (days or (15 if urgency == "complex" else 5))


LIMITS = PlainLimits()


def lamp(county: County = COUNTY, code: str = GAOBI, **course: datetime | None) -> PastTicket:
    """A ticket about a street lamp, handed over as soon as it was made."""
    moments: dict[str, datetime | None] = {
        "handed_at": MADE, "taken_at": None, "begun_at": None, "ended_at": None
    }  # fmt: skip
    return PastTicket(
        number="LD-20261102-0001-1",
        created_at=MADE,
        request=RoutingRequest(
            "appeal", "street_lamp", 0.9, place_from_code(county, code), "help", places_asked=2
        ),
        appeal_type="help",
        township=FUCHENG,
        confidential=False,
        course=Course(first_owner=GROUP, **(moments | course)),
    )


@pytest.mark.parametrize(
    ("waited", "rungs"),
    [
        (timedelta(hours=1), []),
        (timedelta(hours=2), []),
        (timedelta(hours=2, seconds=1), [f"township:{FUCHENG}"]),
        (timedelta(hours=5), [f"township:{FUCHENG}", "unit:housing"]),
        (timedelta(hours=7), [f"township:{FUCHENG}", "unit:housing", "county"]),
        (timedelta(days=9), [f"township:{FUCHENG}", "unit:housing", "county"]),
    ],
)
def test_climb__a_rung_for_each_limit_before_somebody_took_it(
    waited: timedelta, rungs: list[str]
) -> None:
    found = outcome(COUNTY, LIMITS, lamp(taken_at=MADE + waited), NOW)
    assert (found.owner, list(found.rungs)) == (GROUP, rungs)


def test_climb__an_open_ticket_is_watched_until_now() -> None:
    assert len(outcome(COUNTY, LIMITS, lamp(), MADE + 3 * HOUR).rungs) == 1


def test_climb__nothing_was_handed_over_while_the_resident_was_asked() -> None:
    assert outcome(COUNTY, LIMITS, lamp(handed_at=None), NOW).rungs == ()


def test_climb__county_matter_has_a_shorter_ladder() -> None:
    proposed = with_row(COUNTY, "street_lamp", min_level="county")
    found = compare(COUNTY, proposed, LIMITS, lamp(taken_at=MADE + 5 * HOUR), NOW)
    assert (found.before.owner, found.after.owner) == (GROUP, "unit:housing")
    assert (len(found.before.rungs), found.after.rungs) == (2, ("county",))


def test_climb__an_urgent_row_climbs_after_a_quarter_of_an_hour() -> None:
    proposed = with_row(COUNTY, "street_lamp", urgency="urgent")
    found = compare(COUNTY, proposed, LIMITS, lamp(taken_at=MADE + timedelta(minutes=40)), NOW)
    assert found.before.rungs == ()
    assert found.after.owner == f"group:{FUCHENG}:emergency"
    assert found.after.rungs == (f"township:{FUCHENG}", "unit:housing")


@pytest.mark.parametrize(
    ("worked", "before", "after"), [(0.9, False, False), (2, False, True), (4, True, True)]
)
def test_overdue__closing_is_measured_from_the_signing(
    worked: float, before: bool, after: bool
) -> None:
    begun = MADE + 4 * DAY
    past = lamp(taken_at=begun, begun_at=begun, ended_at=begun + worked * DAY)
    proposed = with_row(COUNTY, "street_lamp", limits={"help": 1})
    found = compare(COUNTY, proposed, LIMITS, past, NOW)
    assert (found.before.overdue, found.after.overdue) == (before, after)
    assert (found.before.limit.days, found.after.limit.days) == (3, 1)
    assert found.has_other_limit and not found.is_moved
    assert found.after.limit.due_at == begun + DAY


def test_overdue__what_nobody_signed_for_has_no_closing_limit_yet() -> None:
    assert not outcome(COUNTY, LIMITS, lamp(), NOW).overdue


def test_overdue__open_work_counts_until_now() -> None:
    past = lamp(taken_at=MADE, begun_at=MADE)
    assert not outcome(COUNTY, LIMITS, past, MADE + 3 * DAY).overdue
    assert outcome(COUNTY, LIMITS, past, MADE + 3 * DAY + HOUR).overdue


def test_limit__own_days_that_equal_the_countys_change_nothing() -> None:
    present = with_row(COUNTY, "street_lamp", limits={})
    proposed = with_row(COUNTY, "street_lamp", limits={"help": 5, "report": 90})
    assert not compare(present, proposed, LIMITS, lamp(), NOW).is_changed


def test_limit__a_complex_matter_has_the_countys_limit_for_such() -> None:
    present = with_row(COUNTY, "street_lamp", limits={})
    proposed = with_row(COUNTY, "street_lamp", limits={}, urgency="complex")
    found = compare(present, proposed, LIMITS, lamp(), NOW)
    assert (found.before.limit.urgency, found.after.limit.urgency) == ("normal", "complex")
    assert found.after.limit.due_at == MADE + 15 * DAY and found.is_changed


class SlowRungs(PlainLimits):
    """Each rung has an hour more than the one below, and county units another two."""

    def sign_by(self, unit: str, urgency: Urgency, now: datetime, rung: int) -> datetime:
        return now + HOUR * (1 + rung + 2 * unit.startswith("unit:"))


@pytest.mark.parametrize(("hours", "rungs"), [(0.9, 0), (2.9, 1), (3.1, 2), (7.9, 2), (8.1, 3)])
def test_climb__every_rung_has_its_own_limit(hours: float, rungs: int) -> None:
    found = outcome(COUNTY, SlowRungs(), lamp(taken_at=MADE + hours * HOUR), NOW)
    assert len(found.rungs) == rungs


def test_matter__that_is_gone_goes_to_triage() -> None:
    proposal = propose(COUNTY, [r for r in SAMPLE["catalogue"] if r["matter"] != "street_lamp"])
    found = compare(COUNTY, proposal.county, LIMITS, lamp(), NOW)
    assert found.after.owner == f"township:{FUCHENG}" and found.after.triaged
    assert not found.before.triaged


def test_unit__that_is_only_planned_gets_its_tickets() -> None:
    rows = [
        row | {"lead_unit": "数据局", "min_level": "county"}
        if row["matter"] == "street_lamp"
        else row
        for row in SAMPLE["catalogue"]
    ]
    proposal = propose(COUNTY, rows)
    found = compare(COUNTY, proposal.county, LIMITS, lamp(taken_at=MADE + 3 * HOUR), NOW)
    assert proposal.name_of(found.after.owner) == "数据局（还没有这个单位）"
    assert found.after.rungs == ("county",)


def test_place__unknown_goes_to_the_countys_triage_and_asks_nothing() -> None:
    past = lamp()
    past = replace(past, request=replace(past.request, place=NOWHERE))
    assert outcome(COUNTY, LIMITS, past, NOW).owner == "county"


def test_sealed__is_confidential_whatever_the_ticket_says() -> None:
    past = lamp()
    report = replace(past, request=replace(past.request, matter="discipline_report"))
    found = compare(COUNTY, COUNTY, LIMITS, report, NOW)
    assert found.before.sealed and found.is_confidential and not found.past.confidential


# --- sums ---


def test_report__adds_up_what_single_tickets_say() -> None:
    proposed = with_row(
        COUNTY, "street_lamp", group="livelihood", limits={"help": 1}, urgency="normal"
    )
    quick = lamp(taken_at=MADE + HOUR, begun_at=MADE + HOUR, ended_at=MADE + 2 * DAY)
    slow = lamp(taken_at=MADE + 3 * HOUR)
    secret = replace(quick, confidential=True)
    water = replace(quick, request=replace(quick.request, matter="water_supply"))
    elsewhere = replace(water, course=replace(water.course, first_owner="county"))
    report = ReplayReport(MADE, NOW)
    for past in (quick, slow, secret, elsewhere):
        report.add(compare(COUNTY, proposed, LIMITS, past, NOW))
    target = f"group:{FUCHENG}:livelihood"
    assert (report.tickets, report.confidential, report.as_then) == (4, 1, 3)
    assert (report.moved, report.moved_confidential, report.other_limits) == (3, 1, 3)
    assert [(s, t, m) for s, t, m in report.biggest_flows()] == [
        (GROUP, target, {"street_lamp": 3})
    ]
    assert (report.units[GROUP].before, report.units[GROUP].after) == (4, 1)
    assert (report.units[target].before, report.units[target].after) == (0, 3)
    assert (report.overdue.before, report.overdue.after) == (0, 2)
    assert (report.climbing.before, report.climbing.after) == (1, 1)
    assert report.limits == {("street_lamp", "help", ("normal", 3), ("normal", 1)): 3}
    assert report.matters["street_lamp"].changed == 3
    assert report.matters["water_supply"].changed == 0


# --- properties ---

MATTERS = (None, "gone", *COUNTY.catalogue.by_matter)
PLACES = (
    NOWHERE,
    PlaceFinding(level="county"),
    PlaceFinding(outside="古县"),
    *(place_from_code(COUNTY, division.code) for division in COUNTY.tree.townships),
    *(place_from_code(COUNTY, division.code) for division in COUNTY.tree.villages[::17]),
)
moments = st.none() | st.integers(0, 60 * 24 * 30).map(lambda m: MADE + timedelta(minutes=m))


@st.composite
def pasts(draw: st.DrawFn) -> PastTicket:
    appeal_type = draw(st.sampled_from(["help", "complaint", "report", "consult"]))
    return PastTicket(
        number="LD-1",
        created_at=MADE,
        request=RoutingRequest(
            draw(st.sampled_from(["appeal", "benefit_question"])),
            draw(st.sampled_from(MATTERS)),
            draw(st.floats(0, 1)),
            draw(st.sampled_from(PLACES)),
            appeal_type,
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.booleans()),
            2,
        ),
        appeal_type=appeal_type,
        township=None,
        confidential=draw(st.booleans()),
        course=Course(
            GROUP,
            draw(moments),
            draw(moments),
            draw(moments),
            draw(moments),
        ),
    )


@settings(deadline=None)
@given(st.lists(pasts(), max_size=5))
def test_same_catalogue__not_a_single_difference(history: list[PastTicket]) -> None:
    proposal = propose(COUNTY, SAMPLE["catalogue"])
    report = ReplayReport(MADE, NOW)
    for past in history:
        found = compare(COUNTY, proposal.county, LIMITS, past, NOW)
        assert found.before == found.after and not found.is_changed
        report.add(found)
    assert (report.changed, report.moved, report.flows, report.other_limits) == (0, 0, {}, 0)
    assert report.tickets == len(history)


@settings(deadline=None)
@given(pasts(), st.sampled_from(list(COUNTY.catalogue.by_matter)), st.data())
def test_other_matters__are_not_touched_by_a_change(
    past: PastTicket, matter: str, data: st.DataObject
) -> None:
    row = COUNTY.catalogue.by_matter[matter]
    proposed = with_row(
        COUNTY,
        matter,
        min_level=data.draw(st.sampled_from(["village", "county"])),
        limits={past.appeal_type: data.draw(st.integers(1, 90))},
    )
    found = compare(COUNTY, proposed, LIMITS, past, NOW)
    if past.request.matter != matter:
        assert not found.is_changed
    assert row == COUNTY.catalogue.by_matter[matter]


@settings(deadline=None)
@given(pasts(), st.integers(0, 60 * 24 * 9))
def test_slower__never_climbs_less(past: PastTicket, more: int) -> None:
    taken = past.course.taken_at or MADE
    at = [
        replace(past, course=replace(past.course, taken_at=each))
        for each in (taken, taken + timedelta(minutes=more))
    ]
    quick, slow = (outcome(COUNTY, LIMITS, each, NOW).rungs for each in at)
    assert slow[: len(quick)] == quick
