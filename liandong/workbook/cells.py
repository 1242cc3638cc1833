"""One cell, both ways: the text that a table holds, and what stands in the workbook for it.

Excel turns what it recognises into numbers, dates and times, and clerks type full-width digits,
so that reading is generous where the meaning is certain and says what to mend where it isn't.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from liandong.workbook.layout import Column, Kind
from liandong.workbook.words import Words

SEPARATOR = "、"
CellValue = str | int | float | bool | datetime | date | time | timedelta | None

_SEPARATORS = re.compile(r"[、|｜,，;；\n]")
_INVISIBLE = "\u200b\u200c\u200d\ufeff"
_CLOCK = re.compile(r"(\d{1,2})[:点时](\d{1,2})?分?(?::00)?")
_SPAN = re.compile(r"(.+?)[-\u2013\u2014\u2212~～至到]+(.+)")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
_SERIAL_DAYS = range(20_000, 80_000)
"""The years 1954 to 2119 as Excel counts days."""
_EXACT = 10**15
"""Excel keeps fifteen digits; what is longer lost its last ones."""
_FIRST_DAY = date(1899, 12, 30)


class UnreadableCell(Exception):
    """What to mend, in a sentence for the clerk."""


def plain(column: Column, table: str, value: CellValue) -> str:
    """The text that the table holds for a cell. Raises `UnreadableCell`."""
    if isinstance(value, bool):
        raise UnreadableCell("这里不能是 TRUE 或 FALSE，请改成文字")
    if value is None:
        return ""
    text = value if isinstance(value, str) else _unwritten(column.kind, value)
    parts = [bare(part) for part in (_SEPARATORS.split(text) if column.many else [text])]
    words = column.words_of(table)
    return "|".join(_part(column.kind, words, part) for part in parts if part)


def shown(column: Column, table: str, text: str) -> str:
    """What stands in the workbook for a text of the table."""
    words = column.words_of(table)
    parts = text.split("|") if column.many else [text]
    return SEPARATOR.join(words.word(part.strip()) if words else part.strip() for part in parts)


def alike(column: Column, text: str) -> str:
    """The same for all texts of a column that mean the same: 8:00 and 08:00, 1 and 1.0."""
    parts = (part.strip() for part in (text.split("|") if column.many else [text]))
    return "|".join(_READ[column.kind](part) for part in parts if part)


def bare(text: str) -> str:
    """Without spaces and what nobody sees around it."""
    return text.strip().strip(_INVISIBLE).strip()


def _part(kind: Kind, words: Words | None, text: str) -> str:
    if words is None:
        return _READ[kind](text)
    code = words.code(text)
    if code is None:
        raise UnreadableCell(f"“{text}”不在可选值内，请改为：{'、'.join(words.shown.values())}")
    return code


def _unwritten(kind: Kind, value: float | datetime | date | time | timedelta) -> str:
    """A number, date or time that Excel made, as somebody would have written it."""
    if isinstance(value, int | float):
        return _number(kind, value)
    if kind is Kind.CLOCK and not isinstance(value, datetime | date):
        return _moment(value)
    if kind is Kind.CLOCK and isinstance(value, datetime) and value.year <= 1900:
        return _moment(timedelta(days=1) if value.time() == time(0) else value.time())
    if kind is Kind.DAY and isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if kind is Kind.MONTH_DAY and isinstance(value, date):  # typed as 5-1 or 5月1日
        return f"{value:%m-%d}"
    if kind is Kind.DAY and type(value) is date:
        return value.isoformat()
    raise UnreadableCell("Excel 把这一格变成了日期或时间，请把格式设为“文本”后重新填写")


def _number(kind: Kind, value: float) -> str:
    if not abs(value) < _EXACT:
        raise UnreadableCell("数字太长，Excel 丢了末几位，请把格式设为“文本”后重新填写")
    if kind is Kind.CLOCK and 0 < value < 1:
        return _moment(timedelta(days=value))
    if value != int(value):
        return repr(value)
    if kind is Kind.DAY and int(value) in _SERIAL_DAYS:
        return (_FIRST_DAY + timedelta(days=int(value))).isoformat()
    return str(int(value))


def _moment(value: time | timedelta) -> str:
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    # Fractions of a day are never exact; people mean whole minutes.
    minutes = round(value / timedelta(minutes=1))
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _whole(text: str) -> str:
    found = _half_width(text)
    return str(int(found)) if found.isascii() and found.isdecimal() else found


def _share(text: str) -> str:
    try:
        return repr(float(_half_width(text)))
    except ValueError:
        return text


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(_half_width(text))
    if found is None:
        return text
    written = f"{int(found[1]):02}:{int(found[2] or 0):02}"
    return "00:00" if written == "24:00" else written


def _day(text: str) -> str:
    found = _DAY.fullmatch(_half_width(text))
    if found is None:
        return text
    month, day = int(found[2] or found[4]), int(found[3] or found[5])
    return f"{found[1]}-{month:02}-{day:02}"


def _span(text: str) -> str:
    found = _SPAN.fullmatch(_half_width(text))
    return f"{_clock(found[1].strip())}-{_clock(found[2].strip())}" if found else text


def _month_day(text: str) -> str:
    found = _MONTH_DAY.fullmatch(_half_width(text))
    return f"{int(found[1]):02}-{int(found[2]):02}" if found else text


def _same(text: str) -> str:
    return text


_READ: Mapping[Kind, Callable[[str], str]] = {
    Kind.TEXT: _same,
    Kind.CODE: _half_width,
    Kind.NUMBER: _whole,
    Kind.SHARE: _share,
    Kind.CLOCK: _clock,
    Kind.DAY: _day,
    Kind.SPAN: _span,
    Kind.MONTH_DAY: _month_day,
}
