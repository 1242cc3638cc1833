"""What cadres' short words name: a unit, a number of days, a date, a matter, a ticket. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from routing.county import County
from routing.duty import CHINA_TIME
from routing.units import Unit
from tickets.number import find

_DAYS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]+)\s*个?\s*(?:工作日|天|日(?!\d))")
_DATE = re.compile(r"(?:(\d{4})\s*[年/-]\s*)?(\d{1,2})\s*[月/-]\s*(\d{1,2})\s*[日号]?")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def unit_and_rest(county: County, text: str, township: str | None) -> tuple[Unit | None, str]:
    """The unit that the words name, and the words without a leading code.

    A unit's code at the beginning (what a form sends) is that unit; else the longest name that
    stands in the words. A linkage group's name is that of the ticket's own township.
    """
    code, _, rest = text.strip().partition(" ")
    unit = county.org.unit(code)
    if unit is not None:
        return unit, rest.strip()
    named = [
        unit for unit in county.org.units.values() if _short(unit.name) in text or unit.name in text
    ]
    near = [unit for unit in named if not unit.township_code or unit.township_code == township]
    best = max(near or named, key=lambda unit: len(unit.name), default=None)
    return best, text.strip()


def _short(name: str) -> str:
    """供电公司 for 县供电公司."""
    return name.removeprefix("县")


def days_in(text: str) -> int | None:
    """The number of working days that the words name."""
    found = _DAYS.search(text)
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
    if county.catalogue.get(first) is not None:
        return first
    named = [row for row in county.catalogue.rows if row.name in text]
    return max(named, key=lambda row: len(row.name)).matter if named else None


def number_in(text: str) -> str | None:
    """The one ticket number in the words."""
    numbers = find(text)
    return numbers[0] if len(numbers) == 1 else None
