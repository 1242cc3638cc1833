"""A message in plain characters, each at the place where it stood, so that spans can be cut."""

from __future__ import annotations

import unicodedata

from nlu.simplified import SIMPLIFIED

_KEPT = frozenset("①②③④⑤")


def plain_of(text: str) -> str:
    """`text` narrowed and simplified character by character: same length, same positions."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char in _KEPT:
        return char
    narrow = unicodedata.normalize("NFKC", char)
    return (narrow if len(narrow) == 1 else char).translate(SIMPLIFIED)
