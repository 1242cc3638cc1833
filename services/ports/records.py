"""What passes through the ports: rows as the use cases see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from services.messages import Address, Inbound, Outbound
from services.understanding import Understanding
from tickets.clocks import ClockKind
from tickets.ticket import Ticket

DUTY_TOPIC = "duty"
"""What `Wakeups` are told after a leave or a swap."""


NOTHING_KNOWN: Mapping[str, Ticket] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the inbox says of an update."""

    inbox_id: int
    is_new: bool
    """False when the same (channel, bot, update id) was there already."""
    is_alone: bool
    """Nothing older of its conversation waits: it may be processed at once."""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One recorded message that waits to be processed (or did)."""

    id: int
    inbound: Inbound
    received_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class CadreChat:
    """A chat where a cadre, or a unit's group, gets cards."""

    address: Address
    cadre: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class PredictionRecord:
    """Which model read which message, and what was decided for which reasons."""

    inbox_id: int
    ticket: str | None
    understanding: Understanding
    reasons: tuple[tuple[str, str], ...]
    """(rule code, sentence) in the order in which they were applied."""
    at: datetime


@dataclass(frozen=True, slots=True)
class DueClock:
    """A clock that ran out, or at which nobody is there, with its ticket."""

    id: int
    ticket: Ticket
    kind: ClockKind
    of: str
    """The co-unit of a sub-task's clock."""


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file of a ticket that its owner has not seen yet."""

    id: int
    address: Address
    ticket: str
    ref: str
    mime: str
    attempts: int
    internal: bool = False
    """A cadre sent it for cadres only."""


@dataclass(frozen=True, slots=True)
class SentRef:
    """What an earlier outgoing message was about."""

    ticket: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class AliasProposal:
    """A name that residents used for a place they then confirmed; it waits for an admin."""

    alias: str
    code: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One message that the relay has leased."""

    id: int
    address: Address
    message: Outbound
    attempts: int
    replaces: str | None
    """The channel's id of the card to edit in place."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a web chat, either side."""

    id: int
    """Outbox id of ours, inbox id of theirs."""
    mine: bool
    """True: written by the person."""
    at: datetime
    message: Outbound
    """Theirs carry text and media only."""
