"""A text as lines, counted as YAML counts them, and put together again byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BREAK = r"\r\n|[\n\r\x85\u2028\u2029]"
_LINE = re.compile(rf"[^\n\r\x85\u2028\u2029]*(?:{_BREAK})|[^\n\r\x85\u2028\u2029]+$")
_END = re.compile(rf"(?:{_BREAK})$")


def lines_of(text: str) -> list[str]:
    """Every line with its line break; joined they are the text."""
    return _LINE.findall(text)


def inserted(lines: Sequence[str], at: int, new: Sequence[str]) -> str:
    """The text with `new` (lines without breaks) before line `at`.

    A file whose last line has no break goes on having none.
    """
    end = _break_of(lines)
    made = [line + end for line in new]
    before = list(lines[:at])
    if before and not _END.search(before[-1]):
        before[-1] += end
        made[-1] = new[-1]
    return "".join([*before, *made, *lines[at:]])


def dropped(lines: Sequence[str], first: int, end: int) -> str:
    """The text without the lines from `first` up to `end`, which is not among them."""
    before = list(lines[:first])
    if before and end == len(lines) and not _END.search(lines[-1]):
        before[-1] = _END.sub("", before[-1])
    return "".join([*before, *lines[end:]])


def _break_of(lines: Sequence[str]) -> str:
    """The line break that the file uses."""
    found = _END.search(lines[0]) if lines else None
    return found[0] if found else "\n"
