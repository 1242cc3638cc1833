"""What a sheet is drawn with: words, bars and codes in millimetres from the page's upper left."""

from __future__ import annotations

from typing import Literal

from fpdf import FPDF

from liandong.posters.fonts import Fonts
from liandong.posters.qr import QUIET_ZONE, symbol
from liandong.posters.typesetting import fitted, millimetres, paragraph

Ink = tuple[int, int, int]

DEEP: Ink = (23, 89, 74)  # the green of chat and work page; dark enough for white words in grey
INK: Ink = (29, 39, 35)
QUIET: Ink = (84, 96, 90)
RED: Ink = (155, 20, 20)
WHITE: Ink = (255, 255, 255)
GHOST: Ink = (236, 236, 236)

_FAMILY = "poster"
_ASCENT = 0.88
"""From a Chinese character's upper edge to its baseline, in ems."""


class Pen:
    """Draws on the current page of a document."""

    def __init__(self, pdf: FPDF, fonts: Fonts) -> None:
        self._pdf = pdf
        for style, face in (("", fonts.regular), ("B", fonts.bold)):
            pdf.add_font(_FAMILY, style, face.path, collection_font_number=face.number)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line will be."""
        self._pdf.set_font(_FAMILY, "B" if bold else "", size)
        return self._pdf.get_string_width(text)

    def line(
        self,
        x: float,
        top: float,
        text: str,
        size: float,
        *,
        ink: Ink = INK,
        bold: bool = False,
        align: Literal["left", "centre", "right"] = "left",
        within: float | None = None,
    ) -> float:
        """One line whose characters hang from `top`; gives its width.

        `x` is the left edge, the middle or the right edge; `within` makes a long line smaller.
        """
        if within is not None:
            size = fitted(text, within, size, lambda t, s: self.width(t, s, bold=bold))
        wide = self.width(text, size, bold=bold)
        self._pdf.set_text_color(*ink)
        start = x - wide * {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        self._pdf.text(start, top + _ASCENT * millimetres(size), text)
        return wide

    def block(
        self,
        x: float,
        top: float,
        text: str,
        size: float,
        *,
        within: tuple[float, float],
        ink: Ink = INK,
        bold: bool = False,
        leading: float = 1.4,
    ) -> float:
        """Several lines within a width and height; gives the height that they took."""
        size, lines = paragraph(
            text, *within, size, leading, lambda t, s: self.width(t, s, bold=bold)
        )
        step = leading * millimetres(size)
        for number, line in enumerate(lines):
            self.line(x, top + number * step, line, size, ink=ink, bold=bold)
        return step * len(lines)

    def bar(self, x: float, y: float, w: float, h: float, ink: Ink, round_by: float = 0) -> None:
        """A filled rectangle."""
        self._pdf.set_fill_color(*ink)
        if round_by:
            self._pdf.rect(x, y, w, h, style="F", round_corners=True, corner_radius=round_by)
        else:
            self._pdf.rect(x, y, w, h, style="F")

    def rule(self, x: float, y: float, w: float, ink: Ink, thickness: float = 0.3) -> None:
        """A level line."""
        self.bar(x, y - thickness / 2, w, thickness, ink)

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """A filled circle around (x, y)."""
        self._pdf.set_fill_color(*ink)
        self._pdf.circle(x, y, radius, style="F")

    def code(self, x: float, y: float, side: float, text: str) -> None:
        """A QR code on white, its quiet zone within the square."""
        made = symbol(text)
        module = side / (made.size + 2 * QUIET_ZONE)
        self.bar(x, y, side, side, WHITE)
        edge = QUIET_ZONE * module
        for left, top, wide, tall in made.rectangles:
            self.bar(
                x + edge + left * module,
                y + edge + top * module,
                wide * module,
                tall * module,
                (0, 0, 0),
            )

    def watermark(self, text: str, x: float, y: float, size: float) -> None:
        """Large grey words across the page, drawn before everything else."""
        with self._pdf.rotation(35, x, y):
            top = y - millimetres(size) / 2
            self.line(x, top, text, size, ink=GHOST, bold=True, align="centre")
