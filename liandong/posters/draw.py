"""Sheets as a PDF: one A4 page each, to be read from two metres and printed in black and white."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from fpdf import FPDF

from liandong.posters.fonts import Fonts
from liandong.posters.pen import DEEP, INK, QUIET, RED, WHITE, Pen
from liandong.posters.sheet import SAMPLE, Code, Sheet, Shift, Step
from liandong.posters.typesetting import millimetres

LEFT, RIGHT = 14.0, 196.0
"""The margins: office printers leave at most 12 mm of an edge white."""
WIDTH = RIGHT - LEFT


def draw_posters(
    sheets: Sequence[Sheet], fonts: Fonts, now: datetime, on_page: Callable[[], None]
) -> bytes:
    """The PDF; `on_page` is called after each page."""
    pdf = FPDF(orientation="portrait", unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_title(sheets[0].masthead if sheets else "")
    pdf.set_creator("liandong")
    pdf.set_lang("zh-CN")
    pdf.set_creation_date(now)
    pen = Pen(pdf, fonts)
    chapter = ("", "")
    for sheet in sheets:
        pdf.add_page()
        chapter = _bookmark(pdf, sheet, chapter)
        _draw(pen, sheet)
        on_page()
    return bytes(pdf.output())


def _bookmark(pdf: FPDF, sheet: Sheet, last: tuple[str, str]) -> tuple[str, str]:
    """An entry in the reader's outline where a township and where a village begins."""
    if sheet.township != last[0]:
        pdf.start_section(sheet.township, level=0)
    if (sheet.township, sheet.village) != last:
        pdf.start_section(sheet.village, level=1)
    return sheet.township, sheet.village


def _draw(pen: Pen, sheet: Sheet) -> None:
    if sheet.is_sample:
        for y in (112.0, 226.0):
            pen.watermark(SAMPLE, 105, y, 170)
    _masthead(pen, sheet)
    _place(pen, sheet)
    if sheet.shifts:
        _leader(pen, sheet, 98)
        _duty(pen, sheet)
    else:
        _leader(pen, sheet, WIDTH)
    _chat(pen, sheet.chat)
    _steps(pen, sheet.steps, sheet.telegram)
    _foot(pen, sheet)


def _masthead(pen: Pen, sheet: Sheet) -> None:
    pen.bar(LEFT, 14, WIDTH, 15, DEEP, round_by=1.5)
    pen.line(LEFT + 5, 17.4, sheet.masthead, 23, ink=WHITE, bold=True, within=100)
    pen.line(RIGHT - 5, 19.3, sheet.motto, 12.5, ink=WHITE, align="right", within=70)


def _place(pen: Pen, sheet: Sheet) -> None:
    """The grid's name as large as the page allows: at 2 m a character wants 15 mm."""
    pen.line(LEFT, 34.5, sheet.township, 27, ink=DEEP, bold=True, within=110)
    if sheet.warning:
        pen.line(RIGHT, 37.5, sheet.warning, 11, ink=RED, bold=True, align="right", within=80)
    pen.block(LEFT, 47.5, sheet.title, 70, within=(WIDTH, 25), bold=True, leading=1.05)
    pen.block(LEFT, 75.5, sheet.covers, 19, within=(WIDTH, 9), leading=1.2)


def _leader(pen: Pen, sheet: Sheet, width: float) -> None:
    x, top = LEFT, 89.0
    pen.bar(x, top, 2.2, 42, DEEP)
    x, width = x + 6, width - 6
    pen.line(x, top + 0.5, sheet.leader.role, 17, ink=DEEP, bold=True)
    pen.line(x, top + 9.5, sheet.leader.name, 44, bold=True, within=width)
    if sheet.leader.phone:
        pen.line(x, top + 29, sheet.leader.phone, 35, bold=True, within=width)


def _duty(pen: Pen, sheet: Sheet) -> None:
    x, top, width = LEFT + 106.0, 89.0, WIDTH - 106
    pen.bar(x, top, 1, 42, QUIET)
    x, width = x + 5, width - 5
    pen.block(x, top + 0.5, sheet.centre, 15, ink=DEEP, bold=True, within=(width, 8), leading=1.2)
    if len(sheet.shifts) == 1:
        _only_shift(pen, sheet.shifts[0], x, top + 10, width)
    else:
        for number, shift in enumerate(sheet.shifts):
            _one_of_shifts(pen, shift, x, top + 9 + 11.4 * number, width)


def _only_shift(pen: Pen, shift: Shift, x: float, top: float, width: float) -> None:
    if shift.hours:
        pen.line(x, top, shift.hours, 22, bold=True, within=width)
        top += 12
    if shift.person is not None:
        words = f"{shift.person.role} {shift.person.name}"
        pen.line(x, top, words, 17, within=width)
        pen.line(x, top + 9, shift.person.phone, 22, bold=True, within=width)


def _one_of_shifts(pen: Pen, shift: Shift, x: float, top: float, width: float) -> None:
    pen.line(x, top, shift.hours, 14, bold=True, within=width)
    if shift.person is not None:
        words = f"{shift.person.name}  {shift.person.phone}"
        pen.line(x, top + 5.6, words, 13, within=width)


def _chat(pen: Pen, chat: Code) -> None:
    """The code: 94 mm with its quiet zone, so never below 65 mm without."""
    x, top, side = LEFT, 138.0, 96.0
    pen.bar(x, top, side, side + 12, DEEP, round_by=2)
    pen.code(x + 1.2, top + 1.2, side - 2.4, chat.link)
    middle = x + side / 2
    pen.line(
        middle, top + side + 1.6, chat.title, 22, ink=WHITE, bold=True, align="centre", within=88
    )


def _steps(pen: Pen, steps: Sequence[Step], telegram: Code | None) -> None:
    x, top, width = LEFT + 104.0, 138.0, WIDTH - 104
    tall, title, how = (24.6, 19.0, 13.5) if telegram else (36.0, 25.0, 18.0)
    for number, step in enumerate(steps):
        y = top + tall * number
        radius = title * 0.24
        pen.disc(x + radius, y + radius, radius, DEEP)
        pen.line(
            x + radius,
            y + radius - millimetres(title * 0.9) / 2,
            str(number + 1),
            title * 0.9,
            ink=WHITE,
            bold=True,
            align="centre",
        )
        pen.line(
            x + 2 * radius + 3,
            y + radius - millimetres(title) / 2,
            step.title,
            title,
            bold=True,
            within=width - 2 * radius - 3,
        )
        below = 2 * radius + 1.6
        room = (width, tall - below - 1.5)
        pen.block(x, y + below, step.how, how, within=room, leading=1.35)
    if telegram is not None:
        _telegram(pen, telegram, x, top + 76, width)


def _telegram(pen: Pen, telegram: Code, x: float, top: float, width: float) -> None:
    side = 32.0
    pen.bar(x, top, side, side, QUIET)
    pen.code(x + 0.5, top + 0.5, side - 1, telegram.link)
    left, room = x + side + 4, width - side - 4
    used = pen.block(left, top + 5, telegram.title, 14, within=(room, 18), bold=True)
    pen.block(left, top + 6 + used, telegram.caption, 10.5, within=(room, 10), ink=QUIET)


def _foot(pen: Pen, sheet: Sheet) -> None:
    pen.line(105, 250.5, sheet.otherwise, 16, bold=True, align="centre", within=WIDTH)
    pen.bar(LEFT, 260, WIDTH, 15.5, INK, round_by=1.5)
    _emergency(pen, sheet.emergency)
    pen.line(LEFT, 278.6, sheet.imprint, 9.5, ink=QUIET, within=100)
    pen.line(RIGHT, 278.6, sheet.chat.link, 9.5, ink=QUIET, align="right", within=78)


def _emergency(pen: Pen, words: str) -> None:
    """One line with its numbers larger than its words."""
    pieces = [piece for piece in re.split(r"([0-9]+)", words) if piece]
    sizes = [30.0 if piece.isdigit() else 19.0 for piece in pieces]
    widths = [pen.width(piece, size, bold=True) for piece, size in zip(pieces, sizes, strict=True)]
    shrink = min(1.0, (WIDTH - 8) / max(sum(widths), 1))
    x = 105 - shrink * sum(widths) / 2
    for piece, size, wide in zip(pieces, sizes, widths, strict=True):
        top = 260 + 7.75 - millimetres(size * shrink) / 2
        pen.line(x, top, piece, size * shrink, ink=WHITE, bold=True)
        x += wide * shrink
