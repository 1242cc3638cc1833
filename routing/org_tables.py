"""Rows of the organisation's sheets: units, cadres, shifts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import get_args

from routing.duty import DutyPost
from routing.problems import Problem
from routing.table_row import TableRow, table_rows
from routing.units import Cadre, Role, Unit, UnitLevel

_UNIT_LEVELS: Mapping[str, UnitLevel] = {level: level for level in get_args(UnitLevel)}
_ROLES: Mapping[str, Role] = {role: role for role in get_args(Role)}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_WEEKDAYS = ("*", "0", "1", "2", "3", "4", "5", "6")


def read_units(records: Iterable[Mapping[str, str]], problems: list[Problem]) -> list[Unit]:
    """The units; a mistake is noted and the row kept with a stand-in."""
    return [
        Unit(
            code=row.required("code"),
            level=_UNIT_LEVELS.get(row.one_of("level", _UNIT_LEVELS), "county_unit"),
            name=row.required("name"),
            parent=row.text("parent"),
            township_code=row.text("township_code"),
            group=row.text("group"),
        )
        for row in table_rows("units", records, problems)
    ]


def read_cadres(records: Iterable[Mapping[str, str]], problems: list[Problem]) -> list[Cadre]:
    """The cadres; a mistake is noted and the row kept with a stand-in."""
    return [
        Cadre(
            id=row.required("id"),
            name=row.required("name"),
            phone=row.text("phone"),
            unit=row.required("unit"),
            role=_ROLES.get(row.one_of("role", _ROLES), "handler"),
        )
        for row in table_rows("cadres", records, problems)
    ]


def read_duty(records: Iterable[Mapping[str, str]], problems: list[Problem]) -> list[DutyPost]:
    """The shifts; a mistake is noted and the row kept with a stand-in."""
    posts = []
    for row in table_rows("duty", records, problems):
        day = row.day("day")
        weekday = _weekday(row, day)
        deputy = row.text("deputy")
        if deputy and deputy == row.text("cadre"):
            row.note("deputy", "替班的人不能是本人，请换一个人，或者不填")
        posts.append(
            DutyPost(
                unit=row.required("unit"),
                weekday=int(weekday) if weekday.isdecimal() else None,
                start=_clock(row, "start"),
                end=_clock(row, "end"),
                cadre=row.required("cadre"),
                role=_ROLES.get(row.one_of("role", _ROLES), "duty_officer"),
                day=day,
                deputy=deputy,
            )
        )
    return posts


def _weekday(row: TableRow, day: date | None) -> str:
    """The weekday of a weekly shift; a dated entry needs none, and must not contradict itself."""
    if not row.text("day"):
        return row.one_of("weekday", _WEEKDAYS) if row.text("weekday") else _no_day(row)
    weekday = row.one_of("weekday", _WEEKDAYS) if row.text("weekday") else "*"
    if day is not None and weekday.isdecimal() and int(weekday) != day.weekday():
        right = "一二三四五六日"[day.weekday()]
        row.note("weekday", f"{day.isoformat()} 是星期{right}，请改成一致，或者只填日期")
    return weekday


def _no_day(row: TableRow) -> str:
    row.note("weekday", "星期和日期至少填一个：每周的班填星期，只值一天的填日期")
    return "*"


def _clock(row: TableRow, column: str) -> time:
    value = row.required(column)
    # People write the end of the day as 24:00; as the end of a shift it is midnight.
    found = _CLOCK.fullmatch("00:00" if value == "24:00" else value)
    if found is None:
        if value:
            row.note(column, f"“{value}”不是时间，请写成 08:00 的形式")
        return time(0)
    return time(int(found[1]), int(found[2]))
