"""What the use cases need of the world. Adapters fulfil these protocols; twins in memory too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Protocol

from routing.duty import Absence, Gap, LiveDuty, Swap, SwapState
from routing.precedents import Precedent
from services.conversation import Conversation, Question
from services.known import GivenAnswer, Verdict
from services.learning.drafts import LabelDraft
from services.messages import Address, Attachment, Inbound, Outbound
from services.understanding import Understanding
from tickets.clocks import ClockKind, Clocks
from tickets.events import Event
from tickets.ticket import Ticket

DUTY_TOPIC = "duty"
"""What `Wakeups` are told after a leave or a swap."""


class Clock(Protocol):
    """Reads the time; only the composition owns a real one."""

    def __call__(self) -> datetime:
        """Now, aware, UTC."""
        ...


class Understander(Protocol):
    """Classifies a text. Never raises: what it cannot do itself a fallback does, degraded."""

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        """Kind, matter and signals of `text`.

        `township` is where it is from, as far as that is known: a model may be on trial there.
        """
        ...


# --- the durable inbox -------------------------------------------------------------------------


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


class Inbox(Protocol):
    """The first durable place of every message. Each call is a transaction of its own."""

    async def record(self, inbound: Inbound, now: datetime) -> Receipt:
        """Insert once; afterwards the message may be acknowledged to its channel."""
        ...

    async def next_of(self, key: str, now: datetime) -> InboxItem | None:
        """The oldest unprocessed message of one conversation, if it may be tried now.

        Nothing overtakes a message that waits to be tried again.
        """
        ...

    async def left_over(self, now: datetime, limit: int) -> list[str]:
        """Conversations with unprocessed messages that may be tried now, oldest first."""
        ...

    async def failed(self, inbox_id: int, error: str, retry_at: datetime | None) -> None:
        """Note a failure; without `retry_at` the message is set aside for a human."""
        ...

    async def stuck(self) -> int:
        """Messages that were set aside and wait for a human."""
        ...


NOTHING_KNOWN: Mapping[str, Ticket] = MappingProxyType({})

# --- one transaction ---------------------------------------------------------------------------


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


class UnitOfWork(Protocol):
    """One write transaction. Leaving it without `commit()` rolls everything back."""

    async def commit(self) -> None:
        """Make all of it durable, then wake whoever delivers.

        Raises `Conflict` when a ticket was changed by another transaction meanwhile.
        """
        ...

    # inbox
    async def settle(self, inbox_id: int) -> bool:
        """Claim the message as processed. False: somebody else has, roll back."""
        ...

    async def inbox_item(self, inbox_id: int) -> InboxItem | None:
        """A recorded message, processed or not."""
        ...

    async def bind_inbox(self, inbox_id: int, ticket: str) -> None:
        """Say that a message belongs to a ticket, so that a reply to it finds the ticket."""
        ...

    # conversation
    async def bind_files(self, inbox_id: int, ticket: str) -> None:
        """Say that the files of a message belong to a ticket."""
        ...

    async def bind_loose_files(
        self, address: Address, since: datetime, ticket: str
    ) -> list[Attachment]:
        """Files without words that came since then belong to a ticket.

        A file whose message waits for an answer is left to that answer.
        """
        ...

    async def first_with_id(self, address: Address, message_id: str) -> InboxItem | None:
        """The message that the channel first gave this id; edits repeat it."""
        ...

    async def card_holders(self, slot: str) -> list[Address]:
        """The chats that hold a card of this slot."""
        ...

    async def ticket_of_message(self, inbox_id: int) -> str | None:
        """The ticket that a message belongs to."""
        ...

    async def conversation(self, address: Address) -> Conversation:
        """The conversation's state, new when unknown."""
        ...

    async def save_conversation(self, conversation: Conversation) -> None:
        """Write the conversation's state."""
        ...

    async def ask(self, question: Question) -> None:
        """Write an open question."""
        ...

    async def question(self, question_id: str) -> Question | None:
        """A question by its id, answered or not."""
        ...

    async def open_questions(self, key: str) -> list[Question]:
        """Unanswered questions of one conversation, oldest first."""
        ...

    async def close_question(self, question_id: str, now: datetime) -> bool:
        """Mark as answered or lapsed; False when it was already."""
        ...

    async def lapsed_questions(self, now: datetime, limit: int) -> list[Question]:
        """Unanswered questions whose time is over, claimed by this transaction.

        Not those for a place: their ticket has a deadline of its own, and for an emergency the
        place still counts when it comes late.
        """
        ...

    async def ticket_of_sent(self, address: Address, message_id: str) -> SentRef | None:
        """What a message of this chat, ours or theirs, was about."""
        ...

    # tickets
    async def next_sequence(self, day: date) -> int:
        """The next ticket sequence number of a local day, from 1."""
        ...

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events."""
        ...

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket and append its events; an old version is a `Conflict`, here or
        at the latest when it is committed."""
        ...

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append events that change no column of the ticket."""
        ...

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number."""
        ...

    async def present(self, number: str) -> Ticket | None:
        """A ticket that this transaction has claimed, as it is now within it."""
        ...

    async def events(self, number: str) -> list[Event]:
        """The ticket's history, oldest first."""
        ...

    async def split_notes(self, number: str) -> list[str]:
        """What was noted of other tickets of the same message (拆单), oldest first."""
        ...

    async def tickets_of(self, reporter: str, *, limit: int) -> list[Ticket]:
        """The newest tickets of one conversation."""
        ...

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        ...

    async def understanding_of(self, inbox_id: int) -> Understanding | None:
        """What the classifier said of a message that waits for an answer.

        Not what it said of one of its parts, which may have a ticket already.
        """
        ...

    async def due_clocks(self, now: datetime, limit: int) -> list[DueClock]:
        """Clocks that ran out, or at which nobody is there, the oldest first: with their tickets,
        claimed by this transaction. What another transaction holds is left to it."""
        ...

    async def deadlines_of(self, number: str) -> list[tuple[str, str, str]]:
        """Every deadline a ticket ever had, oldest first: (kind, what set it, what ended it)."""
        ...

    async def standing_clocks(self, number: str) -> Clocks:
        """The clocks of a ticket as the rows tell them."""
        ...

    async def look_again(self, clock_id: int, at: datetime | None) -> None:
        """Look at a clock again at `at`; None: when it is due."""
        ...

    async def wake_for(self, now: datetime, known: Sequence[str]) -> int:
        """Look at once at every open ticket whose person is none of the `known` cadres.

        Returns how many clocks were woken.
        """
        ...

    def savepoint(self) -> AbstractAsyncContextManager[None]:
        """What is done inside is undone alone when it raises; the rest of the transaction stays."""
        ...

    async def helping_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets in which one of the units has an open part (协办), the most pressing first."""
        ...

    async def resolved_before(self, at: datetime, *, limit: int) -> list[Ticket]:
        """Tickets in state `resolved` whose answer went out before then, the oldest first."""
        ...

    async def answers_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(number, public answer) of a unit's tickets answered since then, the newest first."""
        ...

    async def proof_refs(self, number: str) -> list[str]:
        """`media:<id>` of the pictures that cadres sent for a ticket, as far as they are here."""
        ...

    async def keep_picture(
        self, ref: str, picture: str, number: str, unit: str, at: datetime
    ) -> None:
        """Keep the perceptual hash of a picture; once for each."""
        ...

    async def pictures_at(self, unit: str, since: datetime, *, limit: int) -> list[tuple[str, str]]:
        """(ticket, perceptual hash) of a unit's pictures since then, the newest first."""
        ...

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units, the most pressing first:
        for its decision, for its part, or for its eye because they are late."""
        ...

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        ...

    async def proofs_of(self, number: str) -> int:
        """How many pictures cadres sent for a ticket."""
        ...

    async def merged_into(self, number: str) -> list[Ticket]:
        """The tickets that are merged into this one, in the order of their numbers."""
        ...

    async def open_in(self, village: str, *, limit: int) -> list[Ticket]:
        """Open tickets of one village that are not confidential, the oldest first."""
        ...

    async def recent(
        self,
        township: str | None,
        since: datetime,
        *,
        limit: int,
        known: Mapping[str, Ticket] = NOTHING_KNOWN,
    ) -> list[Ticket]:
        """Tickets of one township (of all for None) since then, newest first; none confidential.

        Those `known` from an earlier look are read again only when they have changed.
        """
        ...

    async def open_tickets(self, after: str, limit: int) -> list[Ticket]:
        """Open tickets with a number above `after`, in the order of their numbers, claimed."""
        ...

    async def add_prediction(self, prediction: PredictionRecord) -> None:
        """Keep what the classifier said."""
        ...

    async def degraded_tickets(self, limit: int) -> list[tuple[Ticket, str, int]]:
        """Tickets marked degraded with their first text and its inbox id, oldest first."""
        ...

    # labels
    async def propose_label(self, draft: LabelDraft, now: datetime) -> bool:
        """Write a label that waits for review; its message does not come in the inbox of
        corrections any more. False when the act with its key proposed one already."""
        ...

    async def leave_out_of_inbox(self, ticket: str) -> None:
        """The messages of a ticket are not shown to annotators, nor kept for them."""
        ...

    # the knowledge base
    async def note_answer(self, answer: GivenAnswer) -> None:
        """Write that a resident was given an answer."""
        ...

    async def given_answer(self, answer_id: str) -> GivenAnswer | None:
        """An answer that was given, by its id."""
        ...

    async def answers_to(self, key: str, since: datetime) -> list[GivenAnswer]:
        """What one conversation was answered since then, newest first."""
        ...

    async def judge_answer(self, answer_id: str, verdict: Verdict, now: datetime) -> bool:
        """Write what the resident said of it. False when that is known already, or final:

        a helpful answer may still turn out unhelpful, never the other way round.
        """
        ...

    # files
    async def files_to_show(self, limit: int, after: int = 0) -> list[FileItem]:
        """Files with an id above `after` that nobody was shown yet, oldest first."""
        ...

    async def file_fetched(self, file_id: int, ref: str, mime: str, size: int) -> None:
        """The file lies in our store now."""
        ...

    async def file_shown(self, file_id: int) -> bool:
        """Claim the showing of a file; False when somebody else has."""
        ...

    async def file_failed(self, file_id: int) -> None:
        """Count a failed attempt."""
        ...

    # replies
    async def send(self, address: Address, message: Outbound, now: datetime) -> None:
        """Put a message into the outbox."""
        ...

    # cadres
    async def cadre_of(self, address: Address, sender: str) -> str | None:
        """The cadre bound to a person's account on a channel."""
        ...

    async def redeem_code(self, code: str, now: datetime) -> str | None:
        """Use up a one-time code; the cadre it was made for, or None."""
        ...

    async def issue_code(self, cadre: str, code: str, expires_at: datetime) -> None:
        """Store a one-time code (hashed)."""
        ...

    async def bind_cadre(self, address: Address, sender: str, cadre: str) -> None:
        """Bind a private chat to a cadre."""
        ...

    async def bind_group(self, address: Address, unit: str) -> None:
        """Bind a group chat to a unit."""
        ...

    async def chats_for(self, cadres: Sequence[str], unit: str | None) -> list[CadreChat]:
        """Reachable private chats of the cadres, and the unit's group chats."""
        ...

    async def is_reachable(self, cadre: str) -> bool:
        """Whether a cadre has a chat that works, or none at all: then the work page is theirs."""
        ...

    async def move_group_chats(self, units: Mapping[str, str]) -> None:
        """Bind the group chats of some units to the units that took their place."""
        ...

    async def set_reachable(self, address: Address, reachable: bool) -> None:
        """Note that a chat is gone or back."""
        ...

    async def move_chat(self, old: Address, new: Address) -> None:
        """A group chat got a new id: bindings and waiting messages follow."""
        ...

    async def add_attachment(
        self,
        address: Address,
        inbox_id: int,
        ticket: str | None,
        file: Attachment,
        *,
        internal: bool = False,
    ) -> None:
        """Keep a file with its message; `internal`: the resident never gets it."""
        ...

    # the county
    async def county_version(self) -> int:
        """The version of the reference data; nobody else changes them until the commit."""
        ...

    async def replace_county(
        self,
        sheets: Mapping[str, Sequence[Mapping[str, str]]],
        source: str,
        now: datetime,
        summary: str,
    ) -> None:
        """Put validated sheets in place of the county, as a new version.

        `source` says where they came from, `summary` what changed.
        """
        ...

    async def add_precedent(self, ruling: Precedent, now: datetime) -> None:
        """Write a ruling of the county centre, as a new version of the county; a later one for
        the same matter and township takes its place."""
        ...

    # names of places
    async def propose_alias(self, alias: str, code: str, now: datetime) -> None:
        """Count one more use of a name for the division `code`; decided ones stay as they are."""
        ...

    # duty
    async def live_duty(self, since: datetime) -> LiveDuty:
        """Leaves that end after `since` and swaps of shifts of that local day or later.

        Nobody else changes them until the commit.
        """
        ...

    async def add_absence(self, absence: Absence, now: datetime) -> None:
        """Write a leave (请假)."""
        ...

    async def end_absence(self, absence_id: str, at: datetime) -> bool:
        """Write that somebody is back early (销假); False when that was said already."""
        ...

    async def ask_swap(self, swap: Swap) -> None:
        """Write that somebody asks a colleague to take a shift (换班)."""
        ...

    async def answer_swap(self, swap_id: str, state: SwapState, now: datetime) -> bool:
        """Write the answer to it; False when there is one already."""
        ...

    async def told_gaps(self, since: datetime) -> list[Gap]:
        """Gaps that end after `since` and were told of; nobody else tells until the commit."""
        ...

    async def note_told(self, gap: Gap, now: datetime) -> None:
        """Write that a gap was told of; one of the same unit and start is brought up to date."""
        ...

    async def forget_told(self, gap: Gap) -> None:
        """A gap that was told of is none any more: should it come again, it is told again."""
        ...


class UnitOfWorkFactory(Protocol):
    """Opens write transactions."""

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One transaction; SQLite's begins IMMEDIATE."""
        ...


# --- delivery ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One message that the relay has leased."""

    id: int
    address: Address
    message: Outbound
    attempts: int
    replaces: str | None
    """The channel's id of the card to edit in place."""


class Outbox(Protocol):
    """What waits to be delivered. Each call is a transaction of its own."""

    async def lease(self, now: datetime, seconds: float, limit: int) -> list[OutboxItem]:
        """The first undelivered message of each chat that is due, leased for `seconds`.

        What waits for a chat that is known to be gone is listed as undeliverable.
        """
        ...

    async def delivered(self, item_id: int, message_id: str | None, now: datetime) -> None:
        """It arrived under the channel's `message_id`."""
        ...

    async def retry(self, item_id: int, at: datetime, reason: str) -> None:
        """Try again not before `at`."""
        ...

    async def undeliverable(self, item_id: int, reason: str) -> None:
        """List it for a human."""
        ...

    async def stuck(self) -> int:
        """Messages that could not be delivered and wait for a human."""
        ...

    async def chat_gone(self, address: Address, reason: str) -> None:
        """Everything that waits for this chat is undeliverable; the chat is unreachable."""
        ...

    async def chat_moved(self, old: Address, new: Address) -> None:
        """Bindings and waiting messages follow to the new id."""
        ...


class Sender(Protocol):
    """Delivers to one channel and bot."""

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> str | None:
        """Deliver; edit `replaces` in place when given. Returns the channel's message id.

        Raises only `RetryLater`, `RecipientGone`, `AddressChanged` or `BadMessage`. When the
        card to edit is gone it sends a new one; an edit that changes nothing is a success.
        """
        ...


# --- reading for pages -------------------------------------------------------------------------


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


class Mailbox(Protocol):
    """The web chat's view of inbox and outbox."""

    async def history(self, address: Address, limit: int) -> list[Line]:
        """Both sides, oldest first, cards in their newest form only."""
        ...

    async def since(self, address: Address, after: int, limit: int) -> list[Line]:
        """Our messages with an outbox id above `after`, oldest first."""
        ...


class Desk(Protocol):
    """Reads for the cadres' page."""

    async def tickets_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        ...

    async def ticket(self, number: str) -> tuple[Ticket, list[Event], list[str]] | None:
        """A ticket with its history and the media refs of its files."""
        ...

    async def to_call_back(self, *, limit: int) -> list[Ticket]:
        """Closed tickets that a human has to call back, the oldest first (回访名单)."""
        ...

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        ...

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units, the most pressing first:
        for its decision, for its part, or for its eye because they are late."""
        ...

    async def exclusions_asked(self, *, limit: int) -> list[Ticket]:
        """Tickets that somebody wants out of the figures (剔除), the longest waiting first."""
        ...

    async def merged_into(self, numbers: Sequence[str]) -> list[Ticket]:
        """The tickets that are merged into one of these, in the order of their numbers."""
        ...

    async def proofs(self, numbers: Sequence[str]) -> frozenset[str]:
        """The refs of the files that cadres sent for these tickets."""
        ...


class DutyBook(Protocol):
    """What has changed against the roster, for whoever keeps it at hand."""

    async def version(self) -> int:
        """Rises with every leave and swap; 0 before the first."""
        ...

    async def live(self, since: datetime) -> tuple[int, LiveDuty]:
        """A version, and what still matters at `since`: at least as new as that version."""
        ...


# --- coordination (Redis or memory; may be lost at any moment) ---------------------------------


class Locks(Protocol):
    """Per-conversation mutual exclusion across all processes."""

    def hold(self, key: str) -> AbstractAsyncContextManager[None]:
        """Wait for the lock and hold it."""
        ...


class Wakeups(Protocol):
    """Tells waiters that there is something new. Losing one costs a poll interval, no data."""

    async def notify(self, topic: str) -> None:
        """Wake everybody who waits for `topic`: `outbox` or a conversation's key."""
        ...

    async def wait(self, topic: str, timeout: float) -> bool:
        """Wait for the next notification, at most `timeout` seconds."""
        ...


class RateLimit(Protocol):
    """Keeps to what a channel lets one chat and one bot send."""

    async def take(self, address: Address) -> float:
        """0 and one message counted, or the seconds to wait."""
        ...


class FileSource(Protocol):
    """Fetches a file that a channel keeps for us."""

    async def fetch(self, ref: str) -> tuple[bytes, str]:
        """The bytes and their type. Raises `RetryLater` or `BadMessage`."""
        ...


class MediaStore(Protocol):
    """Files that people sent, re-encoded when they are pictures."""

    async def put(self, data: bytes, mime: str, name: str) -> Attachment:
        """Keep a file. Raises `Refused` for what is too large or not what it says it is."""
        ...

    async def get(self, ref: str) -> tuple[bytes, str] | None:
        """The bytes and type of `media:<id>`."""
        ...

    async def fingerprint(self, ref: str) -> str | None:
        """The perceptual hash of a picture, as `tickets.pictures` compares it; None for none."""
        ...


class Wording(Protocol):
    """The words that people read, from domain.yml's `responses:`."""

    def say(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        """The sentence for `utter_<key>` with its slots filled."""
        ...

    @property
    def keys(self) -> frozenset[str]:
        """All sentences that there are."""
        ...
