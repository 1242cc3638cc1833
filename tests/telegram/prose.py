"""Limits that the Bot API states in words only: lengths, ranges, fixed and allowed values.

Lengths count UTF-16 units, the conservative reading of "characters" and the unit in which
Telegram counts entities.
"""

from __future__ import annotations

import re

LENGTH = re.compile(r"(\d+)-(\d+) (characters|bytes)")
RANGE = re.compile(r"(?:between |, |; )(\d+)-(\d+)(?: are accepted|\.|$)")
FIXED = re.compile(r"(?:must be|always) '?([a-z_0-9]+)'?\.?$")
CHOICE = re.compile(r"must be one of (.*?)(?:\. |$)", re.IGNORECASE)
ALPHABETS = {
    "secret_token": re.compile(r"[A-Za-z0-9_-]*"),
    "command": re.compile(r"[a-z0-9_]*"),
}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: 1 for 村, 2 for most emoji."""
    return len(text.encode("utf-16-le")) // 2


def text_fault(name: str, description: str, text: str) -> str | None:
    """Say what is wrong with a string by the prose of its field, or None."""
    if found := LENGTH.search(description):
        low, high, unit = int(found[1]), int(found[2]), found[3]
        size = len(text.encode()) if unit == "bytes" else utf16_length(text)
        if not low <= size <= high:
            return f"has {size} {unit}, allowed {low}-{high}"
    if name in ALPHABETS and not ALPHABETS[name].fullmatch(text):
        return "contains unallowed characters"
    if (fixed := fixed_value(name, description)) and text != fixed:
        return f"must be {fixed}"
    if found := CHOICE.search(description):
        choices = re.findall(r"['“]([^'”]+)['”]", found[1])
        if choices and text not in choices:
            return f"must be one of {', '.join(choices)}"
    return None


def number_fault(description: str, number: float) -> str | None:
    """Say what is wrong with a number by the prose of its field, or None."""
    found = RANGE.search(description)
    if found and not int(found[1]) <= number <= int(found[2]):
        return f"must be between {found[1]} and {found[2]}"
    return None


def fixed_value(name: str, description: str) -> str | None:
    """The only value that a discriminating field may have, for example "photo"."""
    if name not in ("type", "source", "status"):
        return None
    found = FIXED.search(description)
    return found[1] if found else None
