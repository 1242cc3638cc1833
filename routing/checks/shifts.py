"""Gaps in duty of the next two days: nobody planned, whoever is planned is away, nobody at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from routing.checks.finding import Finding, listed
from routing.checks.people import has_people
from routing.county import County
from routing.duty import CHINA_TIME, Gap, LiveDuty, gaps

HOURS = 48
_WHY = {"absent": "排的人请了假、没有替班", "no_shift": "没有排班"}


def gaps_in_duty(county: County, live: LiveDuty, now: datetime) -> Iterator[Finding]:
    """A line for each unit with gaps in the next 48 hours; an empty unit is told of elsewhere."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps(county, live, now, HOURS):
        if has_people(county, gap.unit):
            found.setdefault(gap.unit, []).append(gap)
    for code, of_unit in found.items():
        unit = county.org.unit(code)
        spans = listed((_span(gap) for gap in of_unit), "时段")
        why = "；".join(dict.fromkeys(_WHY.get(gap.why, "没有人") for gap in of_unit))
        what = f"{unit.name if unit else code}今后 {HOURS} 小时内有时段无人值班：{spans}（{why}）"
        yield Finding("duty", "gap_in_duty", what, "在值班表里补上这些时段，或者请人替班")


def _span(gap: Gap) -> str:
    start, end = gap.start.astimezone(CHINA_TIME), gap.end.astimezone(CHINA_TIME)
    return f"{start.month}月{start.day}日 {start:%H:%M}–{end:%H:%M}"
