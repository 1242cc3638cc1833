"""A replay of tickets that went through the real services, on the twin and on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

import pytest

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from routing.proposal import Proposal, propose
from routing.replay import Comparison
from routing.replay_report import ReplayReport
from services.past_tickets import course_of
from services.replay import replay
from tests.services.town import MONDAY, Town, sample_county
from tests.storage.stores import sql_store
from tests.storage.values import NOW, event, ticket
from tickets.events import Event, EventName
from tickets.states import State

ROWS = read_sheets(SAMPLE_COUNTY)["catalogue"]
FUCHENG = "141026100"
INFRASTRUCTURE = f"group:{FUCHENG}:infrastructure"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHANGES = {
    "street_lamp": {"group": "livelihood", "limits": "help:1"},
    "water_supply": {"urgency": "urgent", "limits": ""},
}


def proposal(**changes: dict[str, str]) -> Proposal:
    """The sample catalogue with other cells; without `bus_service` when it is told so."""
    rows = [row | changes.get(row["matter"], {}) for row in ROWS]
    return propose(sample_county(), [row for row in rows if row.get("gone") != "1"])


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def lived(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """A town where things have happened."""
    async with AsyncExitStack() as stack:
        store = None
        if request.param != "memory":
            url = request.getfixturevalue(f"{request.param}_url")
            store = await stack.enter_async_context(sql_store(url))
        town = Town(store)
        await _live(town)
        yield town


async def _live(town: Town) -> None:
    """Monday 09:00 to Wednesday 10:00."""
    lamp = await town.open_lamp("anna")
    await town.say("府城镇高壁村停水了", "beth")
    await town.say("停水了", "carl")
    await town.say("高壁村支书贪污", "dora")
    await town.say("全县的班车都停了", "eve")
    await town.say("府城镇高壁村垃圾没人拉", "fred")
    for number in ((await town.ticket("eve")).number, (await town.ticket("fred")).number):
        await _sign(town, number)
    town.now = MONDAY + 0.6 * HOUR
    await town.escalation.run_once()  # carl is silent: triage
    town.now = MONDAY + HOUR
    await _sign(town, lamp.number)
    await _sign(town, (await town.ticket("carl")).number)
    town.now = MONDAY + 2 * HOUR + timedelta(minutes=1)
    await town.escalation.run_once()  # nobody signed for beth's: one rung up
    town.now = MONDAY + 2.5 * HOUR
    await _sign(town, (await town.ticket("beth")).number)
    town.now = MONDAY + 2 * DAY + HOUR
    done = await town.ticket("anna")
    assert done.person is not None
    await town.cadre(done.person, done.number, "resolve", "修好了")


async def _sign(town: Town, number: str) -> None:
    """Whoever has it now."""
    found = await town.store.desk.ticket(number)
    assert found is not None and found[0].person is not None
    await town.cadre(found[0].person, number, "sign")


async def run(town: Town, proposed: Proposal) -> tuple[ReplayReport, dict[str, Comparison]]:
    """The sums, and each ticket by who wrote it."""
    who = {}
    for name in ("anna", "beth", "carl", "dora", "eve", "fred"):
        who[(await town.ticket(name)).number] = name
    found: dict[str, Comparison] = {}

    def each(comparison: Comparison) -> None:
        found[who[comparison.past.number]] = comparison

    report = await replay(town.store.past_tickets, town.office, proposed, MONDAY - DAY, each=each)
    return report, found


async def test_same_catalogue__no_difference_and_the_units_of_the_time(lived: Town) -> None:
    report, found = await run(lived, proposal())
    assert report.tickets == len(found) == 6 and report.changed == 0
    assert report.as_then == 6
    assert report.flows == {} and not report.limits
    assert all(each.before == each.after for each in found.values())


async def test_same_catalogue__climbs_are_those_that_happened(lived: Town) -> None:
    _, found = await run(lived, proposal())
    rungs = {who: list(each.before.rungs) for who, each in found.items()}
    assert rungs.pop("beth") == [f"township:{FUCHENG}"]
    assert (await lived.ticket("beth")).escalations == 1
    dora = rungs.pop("dora")
    assert dora == []  # the sealed channel has no rung above
    assert set(map(tuple, rungs.values())) == {()}


async def test_other_catalogue__is_what_a_hand_computes(lived: Town) -> None:
    changes = CHANGES | {"bus_service": {"gone": "1"}}
    report, found = await run(lived, proposal(**changes))
    assert {who for who, each in found.items() if each.is_moved} == {"anna", "beth", "eve"}
    assert {source_target: dict(matters) for source_target, matters in report.flows.items()} == {
        (INFRASTRUCTURE, f"group:{FUCHENG}:livelihood"): {"street_lamp": 1},
        (INFRASTRUCTURE, f"group:{FUCHENG}:emergency"): {"water_supply": 1},
        ("unit:transport", "county"): {"bus_service": 1},
    }
    assert [who for who, each in found.items() if each.before.triaged] == ["carl"]
    assert [who for who, each in found.items() if each.after.triaged] == ["eve"]

    # Signed on Monday at 10:00, answered on Wednesday at 10:00: three working days were allowed.
    anna = found["anna"]
    assert (anna.before.overdue, anna.after.overdue) == (False, True)
    assert anna.past.course.begun_at is not None
    assert anna.after.limit.due_at == anna.past.course.begun_at + DAY
    assert (anna.before.limit.days, anna.after.limit.days) == (3, 1)

    # Signed at 11:30: one limit of two hours, or more than three of fifteen minutes.
    beth = found["beth"]
    assert beth.before.rungs == (f"township:{FUCHENG}",)
    assert beth.after.rungs == (f"township:{FUCHENG}", "unit:water", "county")

    # Without a place the centre has it either way, at the top; only the limit is another one.
    carl = found["carl"]
    assert carl.before.owner == carl.after.owner == "county"
    assert not carl.is_moved and carl.has_other_limit and carl.after.limit.urgency == "urgent"

    assert not found["fred"].is_changed and not found["dora"].is_changed
    assert (report.changed, report.other_limits) == (4, 3)  # the bus has no limit of its own
    assert (report.climbing.before, report.climbing.after) == (1, 1)
    assert (report.rungs.before, report.rungs.after) == (1, 3)


async def test_sealed__is_counted_as_confidential(lived: Town) -> None:
    report, found = await run(lived, proposal(**CHANGES))
    assert report.confidential == 1 and found["dora"].is_confidential
    assert not any(each.is_confidential for who, each in found.items() if who != "dora")


async def test_since__older_tickets_are_left_out(lived: Town) -> None:
    later = await replay(
        lived.store.past_tickets, lived.office, proposal(), MONDAY + timedelta(seconds=4)
    )
    assert 0 < later.tickets < 6


async def test_progress__is_told_of_every_ticket(lived: Town) -> None:
    told: list[int] = []
    await replay(lived.store.past_tickets, lived.office, proposal(), MONDAY, progress=told.append)
    assert sum(told) == 6


# --- the course of a ticket, from its events ---

CADRE = "c188"


def at(name: EventName, hours: float, actor: str = CADRE, unit: str | None = None) -> Event:
    return event(name, at=NOW + hours * HOUR, actor=actor, unit=unit)


def hours_of(
    *events: Event, **changes: object
) -> tuple[float | None, float | None, float | None, float | None]:
    """(handed, taken, begun, ended) in hours after the first event."""
    course = course_of(sample_county(), ticket(**changes), events)

    def hours(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - NOW) / HOUR

    return (
        hours(course.handed_at), hours(course.taken_at),
        hours(course.begun_at), hours(course.ended_at),
    )  # fmt: skip


MADE = at(EventName.RECEIVED, 0, "resident", "county")
SENT = at(EventName.DISPATCHED, 0, "system", INFRASTRUCTURE)


@pytest.mark.parametrize(
    ("events", "hours"),
    [
        ((MADE, SENT), (0, None, None, None)),
        ((MADE,), (0, None, None, None)),
        ((MADE, at(EventName.PLACE_ASKED, 0, "system")), (None, None, None, None)),
        (
            (MADE, at(EventName.PLACE_ASKED, 0, "system"), at(EventName.TRIAGED, 1, "system")),
            (1, None, None, None),
        ),
        ((MADE, SENT, at(EventName.SIGNED, 2)), (0, 2, 2, None)),
        (
            (MADE, SENT, at(EventName.SIGNED, 2), at(EventName.RESOLVED, 9)),
            (0, 2, 2, 9),
        ),
        # Given back and signed for by another: that one's time to close counts.
        (
            (MADE, SENT, at(EventName.SIGNED, 1), at(EventName.RETURNED, 2),
             at(EventName.DISPATCHED, 3), at(EventName.SIGNED, 5), at(EventName.RESOLVED, 9)),
            (0, 1, 5, 9),
        ),
        # A desk that sends it on has acted; it was never dispatched by the system.
        ((MADE, at(EventName.DISPATCHED, 3), at(EventName.SIGNED, 4)), (0, 3, 4, None)),
        # Solved, and not: the first answer counts.
        (
            (MADE, SENT, at(EventName.SIGNED, 1), at(EventName.RESOLVED, 2),
             at(EventName.SIGNED, 30), at(EventName.RESOLVED, 40)),
            (0, 1, 1, 2),
        ),
        ((MADE, SENT, at(EventName.WITHDRAWN, 4, "resident")), (0, 4, None, 4)),
    ],
)  # fmt: skip
def test_course__from_events(events: tuple[Event, ...], hours: tuple[float | None, ...]) -> None:
    assert hours_of(*events) == hours


def test_course__a_ticket_that_ended_some_other_way_owes_nothing_since() -> None:
    changes = {"state": State.CLOSED, "updated_at": NOW + 7 * HOUR, "due_at": None}
    assert hours_of(MADE, SENT, **changes) == (0, 7, None, 7)


def test_course__first_owner_is_the_one_that_took_the_units_place() -> None:
    found = course_of(sample_county(), ticket(), (MADE, SENT))
    assert found.first_owner == INFRASTRUCTURE
    lost = course_of(sample_county(), ticket(owner="unit:astronomy"), ())
    assert (lost.first_owner, lost.handed_at) == ("unit:astronomy", None)
