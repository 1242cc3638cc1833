"""Sentences by hand, personal data in them marked: `我叫<n 张小明>`. All of it is invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.privacy.placeholders import ANY

_MARK = re.compile(r"<[a-z] ([^>]*)>")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and where its personal data are."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def personal(self) -> frozenset[int]:
        """The places of all signs that must go."""
        return frozenset(i for start, end in self.spans for i in range(start, end))


def marked(name: str) -> list[Marked]:
    """The sentences of a file beside this one."""
    file = Path(__file__).with_name(name)
    return [_read(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _read(line: str) -> Marked:
    text, spans, at = "", [], 0
    for found in _MARK.finditer(line):
        text += line[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    return Marked(text + line[at:], tuple(spans))


def hidden(text: str, masked: str) -> frozenset[int]:
    """The places of `text` that `masked` shows no more."""
    return frozenset(_hidden(text, masked))


def _hidden(text: str, masked: str) -> Iterator[int]:
    at = 0
    parts = ANY.split(masked)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        found = len(text) - len(part) if last else text.index(part, at) if number else 0
        yield from range(at, found)
        at = found + len(part)
