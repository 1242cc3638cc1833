"""The county's own office hours (作息): for all, for a level or for one unit, by season.

What is said of a unit comes before what is said of its level, and that before what is said of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from routing.office_slots import BadSlots, MonthDay, Season, Slot, month_day_from, slots_from
from routing.problems import Problem
from routing.table_row import TableRow, table_rows
from routing.units import Unit, UnitLevel

SHEET = "hours"
EVERYBODY = "*"
"""Stands for the whole county where a unit or a level could stand."""

_LEVELS: frozenset[str] = frozenset(get_args(UnitLevel))
# A mistake is noted and the row kept with a stand-in, so that one mistake is reported once.
_NO_SLOTS = slots_from(("00:00-24:00",))


@dataclass(frozen=True, slots=True)
class HoursRule:
    """Hours of one unit (its code), of a level or of `EVERYBODY`."""

    applies_to: str
    season: Season
    is_dated: bool
    """Whether it names a season; else it holds where no season of the same does."""


@dataclass(frozen=True, slots=True)
class HoursTable:
    """All rules of a county; without any the built-in hours hold."""

    rules: tuple[HoursRule, ...] = ()

    def seasons_of(self, unit: Unit | None = None) -> tuple[Season, ...]:
        """What holds for a unit, first what comes first; for no unit what holds for all."""
        wanted = (unit.code, unit.level, EVERYBODY) if unit else (EVERYBODY,)
        return tuple(
            rule.season
            for applies_to in wanted
            for is_dated in (True, False)
            for rule in self.rules
            if rule.applies_to == applies_to and rule.is_dated is is_dated
        )


def read_hours(records: Iterable[Mapping[str, str]], problems: list[Problem]) -> HoursTable:
    """The rules; what can never work is noted, such as two seasons of one unit that overlap."""
    rules = []
    taken: dict[tuple[str, MonthDay | None], int] = {}
    for row in table_rows(SHEET, records, problems):
        known = len(problems)
        rule = _rule(row)
        rules.append(rule)
        if len(problems) > known:
            continue
        days = rule.season.days() if rule.is_dated else (None,)
        rivals = {taken.setdefault((rule.applies_to, day), row.number) for day in days}
        if earlier := sorted(rivals - {row.number}):
            row.note("season_from", f"与第{earlier[0]}行的日期重叠，请改日期或删掉一行")
    return HoursTable(tuple(rules))


def check_hours(rows: Sequence[Mapping[str, str]], units: Iterable[str]) -> Iterator[Problem]:
    """What must hold between the hours and the units."""
    known = {EVERYBODY, *_LEVELS, *units}
    for number, row in enumerate(rows, 2):
        if (applies_to := row.get("applies_to", "")) and applies_to not in known:
            mend = f"“{applies_to}”不是组织表里单位的编码，也不是全县或一级单位"
            yield Problem(SHEET, number, "applies_to", mend)


def _rule(row: TableRow) -> HoursRule:
    applies_to = row.required("applies_to")
    slots = _slots(row)
    first, last = _month_day(row, "season_from"), _month_day(row, "season_to")
    for column, other in (("season_from", "season_to"), ("season_to", "season_from")):
        if row.text(other) and not row.text(column):
            row.note(column, "起止日期要么都填，要么都不填（全年一样）")
    if first is None or last is None:
        return HoursRule(applies_to, Season.all_year(slots), is_dated=False)
    return HoursRule(applies_to, Season(first, last, slots), is_dated=True)


def _slots(row: TableRow) -> tuple[Slot, ...]:
    if not row.required("slots"):
        return _NO_SLOTS
    try:
        return slots_from(row.several("slots"))
    except BadSlots as exc:
        row.note("slots", str(exc))
        return _NO_SLOTS


def _month_day(row: TableRow, column: str) -> MonthDay | None:
    text = row.text(column)
    found = month_day_from(text)
    if text and found is None:
        row.note(column, f"“{text}”不是几月几日，请写成 05-01 的形式")
    return found
