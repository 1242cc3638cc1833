"""Edits that are not in the sentence files: those that wait, and those that were refused. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.learning.times import moment_text
from services.learning.edits import (
    AddIntent,
    AddSentence,
    Edit,
    EditState,
    MergeIntent,
    RecordedEdit,
    RemoveIntent,
    RemoveSentence,
    RenameIntent,
    ReplaceSentence,
)


@dataclass(frozen=True, slots=True)
class EditLine:
    """One edit with the place that somebody has to look at; no sentence of a resident."""

    id: int
    at: str
    by: str
    what: str
    waits: bool
    problem: str


def edit_lines(
    pending: Iterable[RecordedEdit], recent: Iterable[RecordedEdit], now: datetime
) -> list[EditLine]:
    """What waits, in its order, then what was refused lately."""
    refused = [each for each in recent if each.state is EditState.REFUSED]
    return [_line(each, now) for each in (*pending, *refused)]


def _line(edit: RecordedEdit, now: datetime) -> EditLine:
    waits = edit.state is EditState.PENDING
    problem = edit.problem or ("马上就写" if waits else "")
    return EditLine(
        edit.id, moment_text(edit.at, now), edit.account, said(edit.edit), waits, problem
    )


def said(edit: Edit) -> str:
    """An edit in a few words."""
    match edit:
        case AddSentence(sentence):
            return f"给 {sentence.intent} 加一句"
        case RemoveSentence(intent=intent):
            return f"从 {intent} 拿掉一句"
        case ReplaceSentence(intent=intent, by=sentence):
            return f"把 {intent} 的一句改到 {sentence.intent}"
        case AddIntent(code):
            return f"登记 {code}"
        case RenameIntent(code, new_code):
            return f"{code} 改成 {new_code}"
        case MergeIntent(code, into):
            return f"{code} 并到 {into}"
        case RemoveIntent(code):
            return f"删掉 {code}"
