"""What is remembered of one chat between two messages; lives in the ticket's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.messages import Address


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map, WGS-84 degrees, and when it was sent."""

    longitude: float
    latitude: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat of one person with one bot."""

    address: Address
    reachable: bool = True
    grid: str | None = None
    """The grid (or village) that a QR code or /start link named; a prior, never an answer."""
    confirmed: str | None = None
    """The code of the last place that this chat confirmed; a prior as well."""
    pin: Pin | None = None
    """The last point on the map that was sent; a prior while it is fresh."""


class About(StrEnum):
    """What an open question is about."""

    PLACE = "place"
    NEW_OR_MORE = "new_or_more"
    WHICH = "which"
    """Which of several tickets: `verb` says for what."""
    SAME = "same"
    """Whether it is what a neighbour has an open ticket for; the first option's value is that."""
    SPLIT = "split"
    """Whether a message holds several matters (拆单); `ticket`: its urgent one, open already."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a button offers."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something the service asked and waits for. `id` is random: it cannot be guessed."""

    id: str
    conversation: str
    about: About
    options: tuple[Option, ...]
    asked_at: datetime
    due_at: datetime
    """When it lapses and the service goes on without the answer."""
    ticket: str | None = None
    inbox_id: int | None = None
    """The message that waits for the answer."""
    verb: str = ""
    answered_at: datetime | None = None
