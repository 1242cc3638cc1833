"""What a small form of the page says, as the words that a button carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from console.act_words import ACT_WORDS
from services.case_entries import ENTRIES, Entry, Field, Words

LONGEST_TEXT = 2000
_LONGEST_CHOICE = 60
_CHOICE = re.compile(r"[\w:.-]+")
_MISSING: dict[Field, str] = {
    Field.UNIT: "请选一个单位。",
    Field.CO_UNIT: "请选一个单位。",
    Field.MATTER: "请选是什么事。",
    Field.DAYS: "请写要几天。",
    Field.DATE: "请选复查日期。",
    Field.MAIN: "请写主单的单号。",
    Field.LEVEL: "请选群众的评价。",
}


def cleaned(text: str) -> str:
    """The text without control characters, which no database or chat takes."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c == "\n" or c.isprintable()).strip()


def said(verb: str, form: Mapping[str, str]) -> str:
    """What was chosen, then the words: `unit:water 请去看看`. Words alone may name the unit."""
    words = cleaned(form.get("text", ""))
    field = next((entry.field for entry in _entries(verb) if entry.field is not None), None)
    chosen = _chosen(field, form) if field is not None else ""
    # A date and a number are read with the reason; a code is taken off before anybody reads it.
    between = "，" if field in (Field.DATE, Field.DAYS) else " "
    return between.join(part for part in (chosen, words) if part)


def problem(verb: str, form: Mapping[str, str], *, photo: bool) -> str:
    """Why a form cannot be sent, in a sentence; empty when it can."""
    text = cleaned(form.get("text", ""))
    if len(text) > LONGEST_TEXT:
        return f"写得太长了，最多 {LONGEST_TEXT} 个字。"
    if verb == "photo" and not photo:
        return "请选一张照片。"
    entries = _entries(verb)
    if not said(verb, form):
        field = next((entry.field for entry in entries if entry.field is not None), None)
        if field is not None:
            return _MISSING[field]
    if not text and all(entry.words is Words.MUST for entry in entries):
        return f"请写{ACT_WORDS[entries[0].name].label}。"
    return ""


def _entries(verb: str) -> list[Entry]:
    return [entry for entry in ENTRIES if entry.verb == verb]


def _chosen(field: Field, form: Mapping[str, str]) -> str:
    value = form.get(str(field), "").strip()
    if field is Field.DATE:
        return _review(value)
    if len(value) > _LONGEST_CHOICE or not _CHOICE.fullmatch(value):
        return ""
    if field is Field.DAYS:
        return f"{int(value)}个工作日" if value.isascii() and value.isdigit() else ""
    return value


def _review(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ""
    return f"{day.month}月{day.day}日复查"
