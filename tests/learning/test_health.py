"""The data's health: figures by hand, and the same from real databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.learning.drift import WeekRead, divergence, drift_of
from services.learning.edits import Count
from services.learning.health import Health, week_starts
from services.learning.inbox_items import Answer
from storage.health_reading import SqlHealthReading
from tests.learning.school import School


def _week(**labels: int) -> WeekRead:
    return WeekRead(date(2026, 11, 23), labels, 0.5 * sum(labels.values()), 0)


def test_divergence__the_same_shares_are_zero() -> None:
    assert divergence({"a": 1, "b": 3}, {"a": 10, "b": 30}) == pytest.approx(0)


def test_divergence__nothing_in_common_is_one_bit() -> None:
    assert divergence({"a": 5}, {"b": 7}) == pytest.approx(1)


def test_divergence__by_hand() -> None:
    # p = (1/2, 1/2), q = (1, 0): m = (3/4, 1/4); ½(½log⅔ + ½log2) + ½log4/3 = 0.3113 bits
    assert divergence({"a": 1, "b": 1}, {"a": 2}) == pytest.approx(0.3113, abs=1e-4)


def test_drift__a_new_matter_moves_most_and_is_no_chance() -> None:
    calm = [_week(road=60, water=60) for _ in range(4)]
    last = drift_of([*calm, _week(road=60, water=60, drone=60)])[-1]
    assert last.is_different
    assert last.moved[0].intent == "drone"
    assert (last.moved[0].before, last.moved[0].now) == (0, pytest.approx(1 / 3))


def test_drift__chance_alone_is_not_called_different() -> None:
    weeks = [_week(road=58, water=62), _week(road=61, water=59), _week(road=64, water=56)]
    assert not any(week.is_different for week in drift_of(weeks))


def test_drift__a_week_with_few_messages_says_nothing() -> None:
    assert drift_of([_week(road=60), _week(road=3)])[-1].drift is None


def test_week_starts__mondays_of_the_county() -> None:
    sunday_night_here = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # Monday 00:30 in the county
    assert week_starts(sunday_night_here, 2)[-1].date() == date(2026, 11, 23)


class Files:
    async def counts(self) -> dict[str, Count]:
        return {"street_lamp": Count(30, 10, 5, 0), "road": Count(4, 0, 0, 0)}


def _health(here: School) -> Health:
    live = {"street_lamp", "road", "neighbour_dispute"}
    reading = SqlHealthReading(here.database)
    return Health(reading, Files(), lambda: live, lambda: here.town.now)


async def test_health__what_was_read_this_week(here: School) -> None:
    await here.say("高壁村路灯坏了", "孔村路灯不亮了", "谢谢", "村里有个事要说")
    week = (await _health(here).report()).weeks[-1]
    assert (week.messages, week.unknown) == (4, 0.25)


async def test_health__intents_that_no_message_gets(here: School) -> None:
    await here.say("高壁村路灯坏了")
    report = await _health(here).report()
    assert set(report.unused) == {"road", "neighbour_dispute"}
    assert set(report.thin) == {"road", "neighbour_dispute"}
    assert (report.real.part, report.real.whole) == (10, 44)


async def test_health__confusion_pairs_by_reviewed_labels(here: School) -> None:
    await here.say("高壁村路灯坏了三天没人管")
    label = await here.inbox.correct("anna", (await here.only()).inbox_id, Answer("road"))
    await here.review.accept("ben", label.id)
    (pair,) = (await _health(here).report()).confusions
    assert (pair.said, pair.truth, pair.count) == ("street_lamp", "road", 1)


async def test_health__the_random_sample_up_to_the_first_open_one(here: School) -> None:
    await here.say("高壁村路灯坏了三天没人管", "家里停水了", "低保咋办")
    lots = {item.inbox_id: item for item in await here.items()}
    async with here.database.read() as connection:
        rows = await connection.exec_driver_sql("SELECT inbox_id FROM corrections ORDER BY lot")
        order = [int(each) for (each,) in rows]
    await here.inbox.accept("anna", order[0])
    await here.inbox.correct("anna", order[1], Answer("road"))
    found = (await _health(here).report()).honest
    assert found is not None
    assert (found.right, found.drawn, len(lots)) == (1, 2, 3)


async def test_health__old_weeks_are_empty_and_no_error(here: School) -> None:
    here.town.now += timedelta(weeks=20)
    report = await _health(here).report()
    assert len(report.weeks) == 12
    assert report.honest is None
