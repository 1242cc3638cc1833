"""What stands in the inbox of corrections, and what somebody answers to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.learning.labels import Label
from services.understanding import Guess


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says a message is."""

    intent: str
    appeal_type: str = ""
    urgent: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Another message of the same group: it differs in a few characters only."""

    inbox_id: int
    text: str


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One message, for all that are nearly the same; personal data are placeholders in it."""

    inbox_id: int
    text: str
    at: datetime
    count: int
    """Messages that it stands for, itself included."""
    alike: tuple[Alike, ...]
    """Some of the others, for people to look at before they label them all at once."""
    guesses: tuple[Guess, ...]
    """The model's best three labels, best first."""
    read_as: Answer
    """What the service took it for: the form's first values, and what `accept` says."""
    kind: str
    margin: float
    evidence: tuple[str, ...]
    """Words and rules that spoke for it."""
    rule: str
    """What decided: `model`, `keywords`, or the rule that overruled them."""
    model: str
    degraded: bool
    n_matters: int
    keywords: str
    """What the word lists say; empty: nothing."""
    desk: str
    """The matter that a person gave the ticket which it opened; empty where nobody did."""
    ticket: str | None
    worth: float
    """What a label for it is worth, higher first; comparable within one list only."""
    why: tuple[str, ...]
    """Why it stands so high, in Chinese."""
    sampled: bool
    """It is of the random sample, which keeps the figures honest."""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Some items, and how much is left."""

    items: tuple[CorrectionItem, ...]
    open_items: int
    """Groups that wait, those that others hold included."""
    open_messages: int


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of many acts at once."""

    done: tuple[Label, ...] = ()
    taken: tuple[int, ...] = ()
    """Items, or labels, that somebody else had settled meanwhile."""
    refused: tuple[tuple[int, str], ...] = ()
    """What could not be done, and why in Chinese."""
