"""Phones, papers, cards, plates and ticket numbers, however their digits are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.privacy.placeholders import Placeholder
from services.privacy.span import Span

_HIDDEN = "\u200b-\u200f\u2060\ufeff\ufe0f\u20e3\u00ad"
_GAP = rf"[\s{_HIDDEN}\-‐‑‒–—―_.·•・~/()|*+]{{0,4}}"
"""What people put between digits: blanks, dashes, dots, brackets, and signs nobody sees."""
_BLANK = rf"[\s{_HIDDEN}\-‐‑‒–—―]{{0,3}}"
_COMMA = rf"(?:{_GAP}|[,，、。;；:：]\s?)"
_MOBILE = re.compile(
    rf"(?:[(]?(?:\+|00)?86{_GAP})?(?<![\d.])1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"
    rf"|(?<!\d)1[3-9]\d{_COMMA}\d{{4}}{_COMMA}\d{{4}}(?!\d)"
    r"|(?<!\d)1[3-9]\d[*xX×#某]{3,5}\d{3,4}(?!\d)"
)
_LANDLINE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?[(]?0[1-9]\d{{1,2}}{_GAP}[2-8]\d{{2,3}}{_GAP}\d{{4}}"
    rf"(?:{_GAP}转?{_GAP}\d{{1,5}}(?=分机|\D|$))?(?!\d)"
    rf"|(?<!\d)[48]00{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)"
    rf"|(?<!\d)[48]00{_GAP}\d{{1}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?!\d)"
)
_SPOKEN_OF = re.compile(
    r"(?:电话|手机|联系|号码|座机|短号|小灵通|传真|拨打?|致电|来电|尾号|后四位|打)"
    rf"[^\d\n]{{0,6}}?((?:\d{_GAP}){{5,}}\d)(?!\d)"
)
_TAIL = re.compile(r"(?:尾号|末[四4]位|后[四4六6]位|最后[几四4]位)[^\d\n]{0,5}(\d{3,6}[xX]?)(?!\d)")
_PAPER = re.compile(
    rf"(?<!\d)[1-9](?:{_BLANK}\d){{16}}{_BLANK}[\dxX×](?!\d)"
    rf"|(?<!\d)[1-9](?:{_BLANK}\d){{14}}(?!\d)"
    r"|(?<!\d)\d{4,6}[*xX×]{6,12}\d{0,4}[\dxX](?!\d)"
    r"|(?<![A-Za-z\d])[EeGgDdSsPpHhMm][A-Za-z]?\d{7,9}(?!\d)"
    r"|(?:证件?号码?|证号|残疾证|军官证|驾驶证|社保号|医保号)[是为:：\s]{0,3}"
    r"((?=[A-Za-z]*\d)[A-Za-z\d]{6,22})"
)
_CARD = re.compile(rf"(?<!\d)\d(?:{_BLANK}\d){{11,25}}(?!\d)")
_LONG = re.compile(
    r"(?<![\d.A-Za-z])(?!GBT?\d|HJT?\d|[QqVvWw][QqXx])[A-Za-z]{0,3}\d{7,}[A-Za-z]?(?!\d)"
)
_AMOUNT = re.compile(
    r"(?:\.\d+)?\s*(?:多|余|来)?(?:元|块|万|亿|斤|公斤|吨|亩|平|米|度|千瓦|人|户|口|%|％|钱|升|方)"
)
_DATE = re.compile(r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"\s?[A-Za-z][\s·.•・\-]{0,2}(?=[A-Za-z\d*]{0,5}\d[A-Za-z\d*]{0,5})[A-Za-z\d*]{4,6}"
    r"(?:[学挂警港澳])?(?![A-Za-z\d])"
)
_TICKET = re.compile(r"(?<![A-Za-z])[Ll][Dd](?:[-_ ‐–—]?\d){8,17}")


def numbers_in(plain: str, numerals: str) -> Iterator[Span]:
    """Every number that names somebody. `plain` is the text in narrow forms, `numerals` the same
    with Chinese digits as digits; both have the text's length."""
    for found in _TICKET.finditer(plain):
        yield Span(found.start(), found.end(), Placeholder.TICKET)
    for found in _PLATE.finditer(plain):
        yield Span(found.start(), found.end(), Placeholder.PLATE)
    for form in (plain, numerals) if numerals != plain else (plain,):
        yield from _digits_in(form)


def _digits_in(form: str) -> Iterator[Span]:
    for pattern in (_MOBILE, _LANDLINE):
        for found in pattern.finditer(form):
            yield Span(found.start(), found.end(), Placeholder.PHONE)
    for pattern in (_SPOKEN_OF, _TAIL):
        for found in pattern.finditer(form):
            if not _DATE.fullmatch(re.sub(r"\D", "", found[1])):
                yield Span(found.start(1), found.end(1), Placeholder.PHONE)
    for found in _PAPER.finditer(form):
        group = 1 if found[1] else 0
        yield Span(found.start(group), found.end(group), Placeholder.IDENTITY)
    for found in _CARD.finditer(form):
        yield Span(found.start(), found.end(), Placeholder.CARD)
    for found in _LONG.finditer(form):
        if not _AMOUNT.match(form, found.end()) and not _DATE.fullmatch(found.group()):
            yield Span(found.start(), found.end(), Placeholder.NUMBER)
