"""Telegram's way of counting and carrying text.

Limits are counted in UTF-16 units: the conservative reading of the Bot API, because an emoji
or a rare character counts twice there.
"""

from __future__ import annotations

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

# From the best place to cut to the worst; the escapes are fullwidth ! ? ; and comma. The mark
# itself stays with the part before it.
_BREAKS = ("\n\n", "\n", "。", "\uff01", "\uff1f", "\uff1b", "\uff0c", "、", " ")


def clean(text: str) -> str:
    """`text` without what a database refuses: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def utf16_units(text: str) -> int:
    """The length of `text` as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Parts of at most `limit` units, cut after a paragraph, line, sentence or word if possible.

    No part is blank; blank space around a cut is dropped, every other character is kept.
    """
    parts = []
    rest = text.strip()
    while utf16_units(rest) > limit:
        window = _head(rest, limit)
        cut = _cut(window)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        parts.append(rest)
    return parts


def truncate(text: str, limit: int = TEXT_LIMIT) -> str:
    """`text`, or its beginning and `…` when it is longer than `limit` units."""
    return text if utf16_units(text) <= limit else _head(text, limit - 1).rstrip() + "…"


def _head(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` units; never half a character."""
    units = 0
    for index, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return text[:index]
    return text


def _cut(window: str) -> int:
    """Where to cut: the last good place in the second half of `window`, else its end."""
    for mark in _BREAKS:
        found = window.rfind(mark)
        if found > len(window) // 2:
            return found + len(mark)
    return len(window)
