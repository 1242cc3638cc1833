"""Cuts a message into clauses, so that "last year" does not cover what happens now."""

from __future__ import annotations

import re

_END = re.compile(r"[,.;:!?\n，。；：！？…、]+|\s+|但是|不过|可是|现在|刚才|刚刚|这会儿|然后")
_STARTERS = ("现在", "刚才", "刚刚", "这会儿")


def clauses(text: str) -> list[str]:
    """Clauses in order; a word that begins a new time stays with what follows it."""
    parts: list[str] = []
    lead, last = "", 0
    for end in _END.finditer(text):
        parts.append(lead + text[last : end.start()])
        lead = end[0] if end[0] in _STARTERS else ""
        last = end.end()
    parts.append(lead + text[last:])
    return [part for part in (part.strip() for part in parts) if part]
