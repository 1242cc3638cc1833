"""Gaps are told two days ahead, once, to the leader and the level above. Monday 23 November."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.duty import CHINA_TIME, Gap, Roster
from routing.units import OrgChart
from services.duty_watch import DutyWatch, compared, horizon
from tests.services.test_duty_leave import TOWNSHIP, VILLAGER, local
from tests.services.town import Town, texts

HOUR = timedelta(hours=1)
VILLAGE_LEADER = "c314"


def watch(town: Town) -> DutyWatch:
    return DutyWatch(town.store.units_of_work, lambda: town.office)


async def told(town: Town, cadre: str | None) -> str:
    assert cadre is not None
    return texts(await town.news(town.desk_of(cadre)))


async def test_gap__leader_and_level_above_are_told_once(town: Town) -> None:
    await town.write(VILLAGER, "请假 明天")
    await told(town, VILLAGE_LEADER)
    assert await watch(town).run_once() == 1
    line = "高壁村便民服务中心：11月24日（周二）15:00–18:00 值班的人请假，没有人替"
    assert line in await told(town, VILLAGE_LEADER)
    assert line in await told(town, town.office.in_charge(TOWNSHIP))
    for hours in (1, 2, 24):
        town.now += timedelta(hours=hours)
        assert await watch(town).run_once() == 0


async def test_gap__that_is_further_than_two_days_waits(town: Town) -> None:
    await town.write(VILLAGER, "请假 周四")
    assert await watch(town).run_once() == 0
    local(town, 16, days=1)
    assert await watch(town).run_once() == 1


async def test_gap__with_a_deputy_or_a_number_is_none(town: Town) -> None:
    await town.write(VILLAGER, "请假 明天 电话 13800000077")
    assert await watch(town).run_once() == 0


async def test_gap__that_was_mended_and_comes_again_is_told_again(town: Town) -> None:
    await town.write(VILLAGER, "请假 明天")
    await watch(town).run_once()
    await town.write(VILLAGER, "销假")
    assert await watch(town).run_once() == 0
    await town.write(VILLAGER, "请假 明天")
    assert await watch(town).run_once() == 1


async def test_gaps__of_many_units_are_one_message(town: Town) -> None:
    villages = [u for u in town.office.county.org.units.values() if u.level == "village_center"]
    ours = [unit for unit in villages if unit.township_code == "141026100"]
    for unit in ours:
        await town.write(town.office.county.roster.weekly(unit.code)[0].cadre, "请假 明天")
    boss = town.office.in_charge(TOWNSHIP)
    await told(town, boss)
    assert await watch(town).run_once() == len(ours)
    assert boss is not None
    [message] = await town.news(town.desk_of(boss))
    assert f"（{len(ours)} 处）" in message.message.text


async def test_gap__of_an_empty_group_is_told_to_who_is_above(town: Town) -> None:
    group = "group:141026100:emergency"
    org = town.office.county.org
    people = [each for each in org.cadres.values() if each.unit != group]
    roster = town.office.county.roster
    posts = [p for unit in roster.by_unit for p in roster.of_unit(unit) if unit != group]
    county = replace(
        town.office.county, org=OrgChart.of(org.units.values(), people), roster=Roster.of(posts)
    )
    town.office = replace(town.office, county=county)
    assert await watch(town).run_once() == 1
    assert "一个人都没有" in await told(town, town.office.in_charge(TOWNSHIP))
    for _ in range(60):
        town.now += HOUR
        assert await watch(town).run_once() == 0


async def test_gap__of_the_sealed_channel_stays_there(town: Town) -> None:
    await town.write("c005", "请假 明天")
    await told(town, "c006")
    await told(town, town.office.in_charge("county"))
    assert await watch(town).run_once() == 1
    assert "纪委监委" in await told(town, "c006")
    assert await told(town, town.office.in_charge("county")) == ""


async def test_night__nobody_is_woken_for_a_gap_in_two_days(town: Town) -> None:
    local(town, 22)
    await town.write(VILLAGER, "请假 周三")
    assert await watch(town).run_once() == 0
    local(town, 7, days=1)
    assert await watch(town).run_once() == 1


async def test_night__what_begins_soon_is_told(town: Town) -> None:
    local(town, 5)
    await town.write(VILLAGER, "请假 今天")
    assert await watch(town).run_once() == 1


async def test_night__does_not_forget_what_lies_beyond_its_short_look(town: Town) -> None:
    await town.write(VILLAGER, "请假 明天")
    await watch(town).run_once()
    local(town, 23)
    assert await watch(town).run_once() == 0
    local(town, 8, days=1)
    assert await watch(town).run_once() == 0


@pytest.mark.parametrize(
    ("hour", "ahead"), [(7, 48), (12, 48), (18, 48), (19, 61), (20, 60), (21, 12), (3, 12)]
)
def test_horizon__leaves_two_days_without_waking_anybody(hour: int, ahead: int) -> None:
    now = datetime(2026, 11, 23, hour, tzinfo=CHINA_TIME)
    assert (horizon(now) - now) / HOUR == ahead


def test_horizon__gap_at_any_hour_is_told_two_days_ahead() -> None:
    monday = datetime(2026, 11, 23, tzinfo=CHINA_TIME)
    passes = [monday + n * HOUR for n in range(96) if 7 <= n % 24 < 21]
    for begin in (monday + (48 + 8) * HOUR + n * HOUR / 2 for n in range(60)):
        seen = next(each for each in passes if begin < horizon(each))
        assert begin - seen >= 47 * HOUR


@given(
    st.lists(st.tuples(st.sampled_from("uv"), st.integers(0, 150), st.integers(1, 40)), max_size=6),
    st.integers(1, 47),  # hours between two looks: each sees the end of the one before
)
def test_compared__each_gap_is_new_once_however_often_it_is_looked_at(
    spans: list[tuple[str, int, int]], step: int
) -> None:
    start = datetime(2026, 11, 23, tzinfo=CHINA_TIME)
    gaps = _apart([(u, start + a * HOUR, start + (a + n) * HOUR) for u, a, n in spans])
    known: dict[tuple[str, datetime], Gap] = {}
    news: list[Gap] = []
    now = start
    while now < start + 200 * HOUR:
        end = now + 48 * HOUR
        seen = [
            replace(gap, start=max(gap.start, now), end=min(gap.end, end))
            for gap in gaps
            if gap.start < end and now < gap.end
        ]
        found = compared(seen, [gap for gap in known.values() if gap.end > now])
        news += found.new
        known |= {(gap.unit, gap.start): gap for gap in (*found.grown, *found.new)}
        assert all(gap.end <= now or gap not in found.over for gap in known.values())
        now += step * HOUR
    told = [gap for gap in gaps for new in news if _within(new, gap)]
    assert sorted(told, key=repr) == sorted(gaps, key=repr)


def _apart(spans: list[tuple[str, datetime, datetime]]) -> list[Gap]:
    """Gaps of one unit never touch each other."""
    kept: list[Gap] = []
    for unit, start, end in spans:
        if all(unit != g.unit or end < g.start or g.end < start for g in kept):
            kept.append(Gap(unit, start, end, "absent"))
    return kept


def _within(new: Gap, gap: Gap) -> bool:
    return new.unit == gap.unit and gap.start <= new.start < gap.end
