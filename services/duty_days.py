"""Days as cadres write them: 12月3日, 明天, 下周三, 12-03, 3号到5号, 12月3日起三天. Pure.

Years are hardly ever written: the one is meant whose date is nearest, so that in December 1月5日 is
next year's and 11月30日 is past. No library is used: those that know Chinese dates bring models or
time zones along and know neither 下周一到周三 nor 3-5号.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

Part = Literal["", "now", "morning", "afternoon"]
_DAY = timedelta(days=1)
_YEARS = range(2000, 2100)

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL = re.compile(r"(?<![周期拜])[零〇一二两三四五六七八九十]{1,3}(?=个?[月日号天点])")
_WORDS = {
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明儿": 1,
    "今天": 0, "今日": 0, "今早": 0, "今晚": 0, "今儿": 0, "现在": 0, "马上": 0,
}  # fmt: skip
_ONE = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)[日号]?"
    r"|(?<![\d.:-])(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?![\d:点])[日号]?"
    r"|(?<!\d)(?P<only>\d{1,2})[日号]"
    rf"|(?P<word>{'|'.join(_WORDS)})"
    r"|(?P<week>下下|下|本|这|上)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
)
_TO = re.compile(r"\s*(?:到|至|——?|-{1,2}|–|~|―)\s*")
_TWO_DAYS = re.compile(
    r"(?<![\d月/.-])(?P<from>\d{1,2})\s*(?:到|至|-|–|~|—)\s*(?P<to>\d{1,2})[日号]"
)
_BARE = re.compile(r"(?P<only>\d{1,2})(?![\d:点月/.-])[日号]?")
_LENGTH = re.compile(r"(?:起|共|请|假|,|，|\s)*(\d{1,2})\s*天")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?::(\d{2})|点(半)?)(?!\d)")
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("now", re.compile(r"现在|马上")),
    ("morning", re.compile(r"上午|早上|[今明]早")),
    ("afternoon", re.compile(r"下午|午后")),
)


class NoSuchDay(ValueError):
    """These words name a day that no calendar has; `words` are they."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; `last` may lie before `first` as it was written."""

    first: date
    last: date
    part: Part
    """Half a day, or from this moment on; empty: whole days."""
    clock: time | None
    """A time of the day that stands beside the date: 12月3日 18:00."""
    rest: str
    """What else was written."""


def read_days(text: str, today: date) -> Days | None:
    """The days that a text names, None when it names none. Raises `NoSuchDay`."""
    text = _NUMERAL.sub(lambda found: str(_number(found[0])), unicodedata.normalize("NFKC", text))
    found = _range(text, today)
    if found is None:
        return None
    first, last, rest = found
    part: Part = next((name for name, words in _PARTS if words.search(text)), "")
    clock = _CLOCK.search(rest)
    for words in (_CLOCK, *(pattern for _, pattern in _PARTS)):
        rest = words.sub(" ", rest)
    return Days(first, last, part, _clock(clock) if clock else None, rest.strip())


def _range(text: str, today: date) -> tuple[date, date, str] | None:
    two = _TWO_DAYS.search(text)
    if two is not None:
        first = _next(int(two["from"]), today, two[0])
        return first, _next(int(two["to"]), first, two[0]), _without(text, two.start(), two.end())
    one = _ONE.search(text)
    if one is None:
        length = _LENGTH.search(text)
        if length is None:
            return None
        last = today + int(length[1]) * _DAY - _DAY
        return today, last, _without(text, length.start(), length.end())
    first, end = _date(one, today), one.end()
    last = first
    to = _TO.match(text, end)
    tail = text[to.end() :] if to else ""
    if to and (other := _ONE.match(tail) or _BARE.match(tail)):
        last, end = _last(other, first, today), to.end() + other.end()
    elif length := _LENGTH.match(text, end) or _LENGTH.search(text, end):
        last = first + int(length[1]) * _DAY - _DAY
        text = _without(text, length.start(), length.end())
    return first, last, _without(text, one.start(), end)


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"


def _date(found: re.Match[str], today: date) -> date:
    if found["year"]:
        return _made(int(found["year"]), int(found["month"]), int(found["day"]), found[0])
    if found["m"]:
        return _nearest(int(found["m"]), int(found["d"]), today, found[0])
    if found["only"]:
        return _next(int(found["only"]), today, found[0])
    if found["word"]:
        return today + _WORDS[found["word"]] * _DAY
    return _weekday(found, today)


def _last(found: re.Match[str], first: date, today: date) -> date:
    """The second day of a range: what it leaves out, the first one has said."""
    named = found.groupdict()
    if named.get("only"):
        return _next(int(named["only"]), first, found[0])
    if named.get("m"):
        return _nearest(int(named["m"]), int(named["d"]), first, found[0])
    if named.get("weekday") and not named.get("week"):
        return _weekday(found, first)
    return _date(found, today)


def _weekday(found: re.Match[str], start: date) -> date:
    """周三: the next one, today included; 本周三, 下周三: of that week, which begins on Monday."""
    weekday = "一二三四五六日".find(found["weekday"].replace("天", "日"))
    weekday = int(found["weekday"]) - 1 if weekday < 0 else weekday
    if found["week"] is None:
        return start + (weekday - start.weekday()) % 7 * _DAY
    weeks = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}[found["week"]]
    return start + (weekday - start.weekday() + 7 * weeks) * _DAY


def _nearest(month: int, day: int, start: date, words: str) -> date:
    dates = []
    for year in (start.year - 1, start.year, start.year + 1):
        try:
            dates.append(date(year, month, day))
        except ValueError:
            continue  # the 29th of February
    if not dates:
        raise NoSuchDay(words)
    return min(dates, key=lambda each: abs(each - start))


def _next(day: int, start: date, words: str) -> date:
    """The next day of this number, `start` included."""
    for ahead in range(62):
        if (start + ahead * _DAY).day == day:
            return start + ahead * _DAY
    raise NoSuchDay(words)


def _made(year: int, month: int, day: int, words: str) -> date:
    if year not in _YEARS:
        raise NoSuchDay(words)
    try:
        return date(year, month, day)
    except ValueError as exc:
        raise NoSuchDay(words) from exc


def _number(words: str) -> int:
    """三 3, 十二 12, 二十 20, 三十一 31."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in words))
    return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[0]] if ones else 0)


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
