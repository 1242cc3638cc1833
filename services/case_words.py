"""What cadres' short words name: a unit, a number of days, a date, a matter, a ticket. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from routing.county import County
from routing.duty import CHINA_TIME
from routing.units import Unit
from tickets.number import find

_DAYS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]+)\s*个?\s*(?:工作日|天|日(?!\d))")
_MONTH_DAY = re.compile(
    r"[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*[日号]?"
)
_DATE = re.compile(r"(?:(\d{4})\s*[年/-]\s*)?(\d{1,2})\s*[月/-]\s*(\d{1,2})\s*[日号]?")
_NOT_THEIRS = re.compile(r"(?:不归|不是|不属于?|不该|不应该?由?|并非)[^，。；、,;]{0,2}$")
_THEIRS = re.compile(r"(?<!不)(?:归|属于|由|给|转|请|派|是|找)[^，。；、,;]{0,2}$")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def unit_and_rest(county: County, text: str, township: str | None) -> tuple[Unit | None, str]:
    """The unit that the words name, and the words without a leading code.

    A unit's code at the beginning (what a form sends) is that unit; else the one whose name stands
    in the words; 农村事务服务组 alone is that of the ticket's own `township`. A unit of which the
    words say 不归 is not meant. None where they may mean several.
    """
    code, _, rest = text.strip().partition(" ")
    unit = county.org.unit(code)
    if unit is not None:
        return unit, rest.strip()
    return _named(county, text, township), text.strip()


def _named(county: County, text: str, township: str | None) -> Unit | None:
    spans = [
        (at, at + len(name), unit)
        for unit in county.org.units.values()
        for name in _names(county, unit, township)
        if (at := text.find(name)) >= 0
    ]
    # A name within a longer one is not named: 府城镇联动服务中心 is no other township's.
    whole = [
        (start, unit)
        for start, end, unit in spans
        if not any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)
    ]
    meant = [(start, unit) for start, unit in whole if not _NOT_THEIRS.search(text[:start])]
    near = [each for each in meant if each[1].township_code in ("", township)] or meant
    if len(near) > 1:
        near = [(start, unit) for start, unit in near if _THEIRS.search(text[:start])]
    return near[0][1] if len({unit.code for _, unit in near}) == 1 else None


def _names(county: County, unit: Unit, township: str | None) -> set[str]:
    """供电公司 for 县供电公司; 农村事务服务组 within the township."""
    names = {unit.name, unit.name.removeprefix("县")}
    division = county.tree.get(township) if township else None
    if division is not None and unit.township_code == township:
        names.add(unit.name.removeprefix(division.spoken_name))
    return names


def days_in(text: str) -> int | None:
    """The number of working days that the words name."""
    found = _DAYS.search(_MONTH_DAY.sub(" ", text))
    if found is None:
        plain = text.strip().split(" ")[0]
        return int(plain) if plain.isdecimal() and len(plain) <= 3 else None
    return int(found[1]) if found[1].isdecimal() else _chinese(found[1])


def _chinese(words: str) -> int:
    tens, is_tens, ones = words.partition("十")
    if not is_tens:
        return _DIGITS.get(words, 0)
    return (_DIGITS.get(tens, 1)) * 10 + _DIGITS.get(ones, 0)


def date_in(text: str, now: datetime) -> datetime | None:
    """The next such date from `now` on, at nine in the morning; None for none, or no date."""
    found = _DATE.search(text)
    if found is None:
        return None
    today = now.astimezone(CHINA_TIME).date()
    year, month, day = found.groups()
    try:
        wanted = date(int(year or today.year), int(month), int(day))
        if year is None and wanted < today:
            wanted = wanted.replace(year=wanted.year + 1)
    except ValueError:
        return None
    return datetime.combine(wanted, time(9), CHINA_TIME)


def matter_in(county: County, text: str) -> str | None:
    """The matter whose code or name the words begin with or hold."""
    first = text.strip().split(" ")[0]
    row = county.catalogue.get(first)
    if row is not None:
        return row.matter
    named = [row for row in county.catalogue.rows if row.name in text]
    return max(named, key=lambda row: len(row.name)).matter if named else None


def number_in(text: str) -> str | None:
    """The one ticket number in the words."""
    numbers = find(text)
    return numbers[0] if len(numbers) == 1 else None
