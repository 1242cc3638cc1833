"""Lines of Chinese that fit: a size for one line, or breaks for several."""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str, float], float]
"""The width of a text at a size in points, both by the face in use; in millimetres."""

_ENDS_LINE_BEFORE = "，。、；：？！”’）】》…—·%"
"""Marks that never begin a line."""
_WORDS = re.compile(r"[!-~]+|\s|.", re.DOTALL)


def fitted(text: str, width: float, largest: float, measure: Measure) -> float:
    """The largest size up to `largest` at which the text is at most `width` wide."""
    wide = measure(text, largest)
    return largest if wide <= width else largest * width / wide


def broken(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """The text in lines of at most `width`, and where it breaks itself.

    Latin words stay whole, no line begins with a mark.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, width, size, measure)]


def paragraph(
    text: str, width: float, height: float, largest: float, leading: float, measure: Measure
) -> tuple[float, list[str]]:
    """Size and lines with which the text fills at most `width` × `height`; `leading` in ems."""
    size = largest
    while True:
        lines = broken(text, width, size, measure)
        tall = len(lines) * leading * millimetres(size)
        wide = max(measure(line, size) for line in lines)
        if (tall <= height and wide <= width) or size < 4:
            return size, lines
        size *= 0.96


def millimetres(points: float) -> float:
    """A size in points as millimetres."""
    return points * 25.4 / 72


def _wrapped(text: str, width: float, size: float, measure: Measure) -> list[str]:
    lines: list[list[str]] = [[]]
    for piece in _WORDS.findall(text):
        last = lines[-1]
        if not last or measure("".join([*last, piece]).rstrip(), size) <= width:
            last.append(piece)
        elif piece in _ENDS_LINE_BEFORE and len(last) > 1:
            # What stands before a mark goes down with it.
            lines.append([last.pop(), piece])
        else:
            lines.append([piece])
    return ["".join(line).strip() for line in lines]
