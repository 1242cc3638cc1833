"""A message cut at the words that spoke for its reading, so that the page can mark them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LABELLED = re.compile(r"^(紧急|保密)：")
_SIGNALS = {"紧急": "urgent", "保密": "secret"}
_PLAIN = "word"
_PLACEHOLDER = re.compile(r"〔[^〔〕]{1,12}〕")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that are shown alike."""

    text: str
    mark: str = ""
    """`word`, `urgent`, `secret`: what the characters spoke for; `hidden`: a placeholder of
    personal data; empty: nothing."""


def marked(text: str, evidence: Iterable[str]) -> tuple[Piece, ...]:
    """The whole text in pieces; of overlapping words the longer one, signals before plain words.

    `evidence` is `Understanding.evidence`: words of the text, some of them behind `紧急：` or
    `保密：`, and names of rules, which do not occur in the text and mark nothing.
    """
    marks = [""] * len(text)
    words = sorted(filter(lambda found: found[0], map(_read, evidence)), key=_weight)
    for word, mark in words:
        for found in re.finditer(re.escape(word), text):
            marks[found.start() : found.end()] = [mark] * len(word)
    for found in _PLACEHOLDER.finditer(text):
        marks[found.start() : found.end()] = ["hidden"] * len(found[0])
    return tuple(_pieces(text, marks))


def _read(line: str) -> tuple[str, str]:
    found = _LABELLED.match(line)
    if found is None:
        return line.strip(), _PLAIN
    return line[found.end() :].strip(), _SIGNALS[found[1]]


def _weight(found: tuple[str, str]) -> tuple[bool, int]:
    """Later ones are drawn over earlier ones."""
    return found[1] != _PLAIN, len(found[0])


def _pieces(text: str, marks: list[str]) -> Iterable[Piece]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or marks[end] != marks[start]:
            yield Piece(text[start:end], marks[start])
            start = end
