"""A label before it is written."""

from __future__ import annotations

from dataclasses import dataclass

from services.learning.labels import LabelState, Origin, Verdict


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label that is not written yet."""

    text: str
    bare: str
    origin: Origin
    author: str
    verdict: Verdict
    intent: str = ""
    appeal_type: str = ""
    urgent: bool = False
    confidential: bool = False
    said: str = ""
    said_by: str = ""
    state: LabelState = LabelState.PROPOSED
    inbox_id: int | None = None
    ticket: str | None = None
    why: str = ""
    key: str | None = None
    """What it comes from, once."""
    alike: int = 1
