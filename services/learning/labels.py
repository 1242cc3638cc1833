"""What somebody says a message is, from the proposal to the example that a model learns from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

UNIT_ONLY = "只说了该哪个单位办，没说是什么事"
"""Why a label from work names no intent: it only says that it is not what the model said."""


class Origin(StrEnum):
    """What a label comes from."""

    INBOX = "inbox"
    """Somebody corrected or confirmed it in the inbox of corrections."""
    TRIAGE = "triage"
    """A desk said what an untouched ticket is."""
    RETURN = "return"
    """A ticket was given back (退单) and the ruling agreed."""
    REASSIGN = "reassign"
    """A ticket was moved (改派)."""
    IMPORT = "import"
    """A county's own past work orders."""
    SPLIT = "split"
    """An old example, sorted again after its intent was split."""


class Verdict(StrEnum):
    """What the author made of the message."""

    LABEL = "label"
    UNCLEAR = "unclear"
    """Nobody can tell what it wants."""
    TWO_MATTERS = "two_matters"
    SKIP = "skip"


class LabelState(StrEnum):
    """How far a label is."""

    PROPOSED = "proposed"
    """Waits for a second person."""
    ACCEPTED = "accepted"
    """Reviewed; waits for its intent to go live."""
    WRITTEN = "written"
    """In the sentence files, or on its way there by a recorded edit."""
    REJECTED = "rejected"
    NOTED = "noted"
    """Nothing to learn from: unclear, two matters, skipped."""
    WITHDRAWN = "withdrawn"
    """Its author took it back."""


class Part(StrEnum):
    """Where an accepted label goes."""

    DATA = "data"
    """To learn from."""
    GOLDEN = "golden"
    """To be examined with; never learnt from."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. Its text holds no personal data: they were replaced by typed placeholders."""

    id: int
    text: str
    bare: str
    """Digest of letters and digits only: what counts as the same sentence."""
    origin: Origin
    author: str
    """An account's name, or `cadre:<id>`."""
    proposed_at: datetime
    verdict: Verdict
    intent: str
    """Empty where the origin only says what it is not."""
    appeal_type: str
    urgent: bool
    confidential: bool
    said: str
    """What the model had said."""
    said_by: str
    """That model."""
    alike: int
    """Messages that it stands for."""
    state: LabelState
    inbox_id: int | None = None
    ticket: str | None = None
    reviewer: str | None = None
    reviewed_at: datetime | None = None
    proposed_intent: str = ""
    """What the author had said, where the reviewer changed it."""
    part: Part | None = None
    why: str = ""
