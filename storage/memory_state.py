"""What the in-memory twin holds, and transactions over it that mean the same as SQL's.

A transaction works on a copy and `commit()` puts the copy in place, so readers see committed
rows only and leaving without a commit leaves nothing behind. Rows are frozen: copying the
dictionaries copies everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from routing.duty import Absence, Gap, Swap
from services.conversation import Conversation, Question
from services.known import GivenAnswer
from services.learning.drafts import LabelDraft
from services.messages import Address, Attachment, Inbound, Outbound
from services.ports import AliasProposal, PredictionRecord
from tickets.clocks import Clock
from tickets.history import Record
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Arrived:
    """A row of the inbox."""

    id: int
    inbound: Inbound
    received_at: datetime
    status: str = "new"
    attempts: int = 0
    retry_at: datetime | None = None
    error: str | None = None
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox, delivered or not."""

    id: int
    address: Address
    message: Outbound
    status: str
    not_before: datetime
    created_at: datetime
    lease_until: datetime | None = None
    attempts: int = 0
    sent_at: datetime | None = None
    message_id: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that came with a message."""

    id: int
    inbox_id: int
    address: Address
    ticket: str | None
    file: Attachment
    attempts: int = 0
    shown: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code."""

    cadre: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoundChat:
    """A chat that belongs to a cadre or to a unit's group."""

    address: Address
    sender: str
    cadre: str | None
    unit: str | None
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """The perceptual hash of a picture."""

    picture: str
    ticket: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptDeadline:
    """A clock of a ticket: written once, ended once."""

    id: int
    ticket: str
    clock: Clock
    wake_at: datetime | None
    set_by: str
    why: str
    ended_by: str | None = None


Rows = tuple[dict[str, str], ...]
"""The rows of one sheet of the county."""


@dataclass(frozen=True, slots=True)
class CountyVersion:
    """One change of the reference data."""

    at: datetime
    source: str
    summary: str


@dataclass(slots=True)
class State:
    """All rows, by their keys, in the order in which they were written."""

    inbox: dict[int, Arrived] = field(default_factory=dict)
    outbox: dict[int, Waiting] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    deadlines: dict[int, KeptDeadline] = field(default_factory=dict)
    pictures: dict[str, KeptPicture] = field(default_factory=dict)
    counters: dict[date, int] = field(default_factory=dict)
    predictions: dict[int, PredictionRecord] = field(default_factory=dict)
    files: dict[int, KeptFile] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    chats: dict[str, BoundChat] = field(default_factory=dict)
    county: dict[str, Rows] = field(default_factory=dict)
    county_versions: dict[int, CountyVersion] = field(default_factory=dict)
    alias_proposals: dict[tuple[str, str], AliasProposal] = field(default_factory=dict)
    answers: dict[str, GivenAnswer] = field(default_factory=dict)
    absences: dict[str, Absence] = field(default_factory=dict)
    swaps: dict[str, Swap] = field(default_factory=dict)
    told_gaps: dict[tuple[str, datetime], Gap] = field(default_factory=dict)
    duty_version: dict[int, int] = field(default_factory=dict)
    labels: dict[int, tuple[LabelDraft, datetime]] = field(default_factory=dict)

    def copy(self) -> State:
        """An independent state with the same rows."""
        return State(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})


class Transaction:
    """One writer's own copy of the state."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database
        self.state = database.committed.copy()
        self.committed = False

    def commit(self) -> None:
        """Let everybody see it."""
        self._database.committed = self.state
        self.state = self.state.copy()
        self.committed = True


class MemoryDatabase:
    """One state, one writer at a time, readers of what was committed."""

    def __init__(self) -> None:
        self.committed = State()
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A write transaction; leaving it without `commit()` drops it."""
        async with self._writer:
            yield Transaction(self)
