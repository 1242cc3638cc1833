"""The tables. A change here comes with its migration; a test compares the two."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import (
    SerialInteger,
    UtcDateTime,
    long_text,
    message_number,
    moment,
    no,
    serial,
    table_of,
)


class InboxRow(SQLModel, table=True):
    """Every message that arrived, once for each (channel, bot, update id)."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "update_id", name="uq_inbox_update"),
        Index(
            "ix_inbox_new",
            "key",
            "id",
            sqlite_where=text("status = 'new'"),
            postgresql_where=text("status = 'new'"),
        ),
        Index("ix_inbox_message", "key", "message_id"),
        Index("ix_inbox_ticket", "ticket"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    channel: str
    bot: str
    update_id: str
    key: str
    kind: str
    message_id: str | None = None
    payload: str = Field(sa_column=long_text())
    received_at: datetime = Field(sa_column=moment())
    status: str = "new"
    attempts: int = 0
    retry_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    error: str | None = None
    ticket: str | None = None


class OutboxRow(SQLModel, table=True):
    """Every message that goes out, written with what it announces."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "key",
            "id",
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_outbox_key", "key", "id"),
        Index("ix_outbox_message", "key", "message_id"),
        Index("ix_outbox_slot", "slot"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    key: str
    slot: str | None = None
    ticket: str | None = None
    purpose: str
    payload: str = Field(sa_column=long_text())
    status: str
    not_before: datetime = Field(sa_column=moment())
    lease_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    attempts: int = 0
    created_at: datetime = Field(sa_column=moment())
    sent_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    message_id: str | None = None
    error: str | None = None


class ConversationRow(SQLModel, table=True):
    """What is remembered of a chat."""

    __tablename__ = "conversations"

    key: str = Field(primary_key=True)
    reachable: bool = True
    grid: str | None = None
    confirmed: str | None = None
    pin: str | None = None
    pinned_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class QuestionRow(SQLModel, table=True):
    """What the service asked."""

    __tablename__ = "questions"
    __table_args__ = (
        Index(
            "ix_questions_open",
            "key",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index(
            "ix_questions_due",
            "due_at",
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    key: str
    about: str
    options: str = Field(sa_column=long_text())
    asked_at: datetime = Field(sa_column=moment())
    due_at: datetime = Field(sa_column=moment())
    ticket: str | None = None
    inbox_id: int | None = Field(default=None, sa_column=message_number(nullable=True))
    verb: str = ""
    answered_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class TicketRow(SQLModel, table=True):
    """A ticket's present state; how it got there is in `ticket_events`."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_reporter", "reporter", "created_at"),
        Index(
            "ix_tickets_hot_spot",
            "hot_spot",
            sqlite_where=text("hot_spot IS NOT NULL"),
            postgresql_where=text("hot_spot IS NOT NULL"),
        ),
        Index(
            "ix_tickets_main",
            "main",
            sqlite_where=text("main IS NOT NULL"),
            postgresql_where=text("main IS NOT NULL"),
        ),
        Index(
            "ix_tickets_person_open",
            "person",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_tickets_created", "created_at"),
        Index("ix_tickets_answered", "owner", "resolved_at"),
        Index(
            "ix_tickets_resolved",
            "resolved_at",
            sqlite_where=text("state = 'resolved'"),
            postgresql_where=text("state = 'resolved'"),
        ),
        Index(
            "ix_tickets_to_call_back",
            "resolved_at",
            sqlite_where=text("suspicion <> ''"),
            postgresql_where=text("suspicion <> ''"),
        ),
        Index("ix_tickets_township", "township", "created_at"),
        Index(
            "ix_tickets_village_open",
            "village",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_tickets_owner_open",
            "owner",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_tickets_reviewer",
            "reviewer",
            sqlite_where=text("reviewer IS NOT NULL AND due_at IS NOT NULL"),
            postgresql_where=text("reviewer IS NOT NULL AND due_at IS NOT NULL"),
        ),
        Index(
            "ix_tickets_told_up",
            "told_up",
            sqlite_where=text("told_up IS NOT NULL AND due_at IS NOT NULL"),
            postgresql_where=text("told_up IS NOT NULL AND due_at IS NOT NULL"),
        ),
        Index(
            "ix_tickets_exclusion",
            "updated_at",
            sqlite_where=text("excluded = 'asked'"),
            postgresql_where=text("excluded = 'asked'"),
        ),
        Index(
            "ix_tickets_degraded",
            "created_at",
            sqlite_where=text("degraded"),
            postgresql_where=text("degraded"),
        ),
    )

    number: str = Field(primary_key=True)
    reporter: str
    state: str
    text: str = Field(sa_column=long_text())
    kind: str
    matter: str | None = None
    matter_name: str
    appeal_type: str
    group: str | None = None
    county_unit: str | None = None
    urgent: bool
    confidential: bool
    township: str | None = None
    village: str | None = None
    grid: str | None = None
    villager_group: int | None = None
    location_level: str
    owner: str
    person: str | None = None
    due_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """Of the present stage, for lists; the clocks themselves are in `deadlines`."""
    created_at: datetime = Field(sa_column=moment())
    updated_at: datetime = Field(sa_column=moment())
    clocks: str = Field(sa_column=long_text())
    complex: bool = False
    degraded: bool = False
    places_asked: int = 0
    escalations: int = 0
    returns: int = 0
    rung: int = 0
    answer: str = Field(sa_column=long_text())
    signed_by: str | None = None
    signed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    dispatched_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    contacted_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    resolved_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    reviewer: str | None = None
    told_up: str | None = None
    request: str = Field(sa_column=long_text())
    extensions: int = 0
    ruled: bool = False
    supervised: bool = False
    subtasks: str = Field(sa_column=long_text())
    main: str | None = None
    reworks: int = 0
    solved: bool | None = None
    satisfaction: int | None = None
    why_not: str = Field(sa_column=long_text())
    excluded: str = ""
    excluded_by: str | None = None
    suspicion: str = Field(sa_column=long_text())
    hot_spot: str | None = None
    version: int = 0
    head: str = ""
    """The hash of the last event: nothing was cut off at the end of the history."""


class TicketEventRow(SQLModel, table=True):
    """One fact in a ticket's history; appended, never changed."""

    __tablename__ = "ticket_events"
    __table_args__ = (
        Index("ix_ticket_events_ticket", "ticket", "id"),
        Index("ix_ticket_events_at", "at"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    ticket: str
    name: str
    at: datetime = Field(sa_column=moment())
    actor: str
    state: str
    text: str = Field(sa_column=long_text())
    unit: str | None = None
    person: str | None = None
    due_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    clock: str = ""
    changes: str = Field(sa_column=long_text())
    """JSON of what it changed of the ticket."""
    hash: str = ""
    """Of this event and everything before it."""


class DeadlineRow(SQLModel, table=True):
    """One clock of a ticket: written once, ended once, never moved."""

    __tablename__ = "deadlines"
    __table_args__ = (
        Index(
            "ix_deadlines_wake",
            "wake_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_deadlines_standing",
            "ticket",
            "kind",
            "of",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(
            "ix_deadlines_of",
            "of",
            sqlite_where=text("ended_at IS NULL AND kind = 'subtask'"),
            postgresql_where=text("ended_at IS NULL AND kind = 'subtask'"),
        ),
        Index("ix_deadlines_ticket", "ticket", "id"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    ticket: str
    kind: str
    of: str = ""
    """The co-unit of a sub-task's clock."""
    due_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """None: it stands still."""
    wake_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When the pass looks at it: `due_at`, or sooner because nobody is there."""
    left: float | None = None
    """Minutes left while it stands still."""
    set_at: datetime = Field(sa_column=moment())
    set_by: str
    why: str
    """The event that set it."""
    ended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    ended_by: str | None = None
    """The event that ended it."""


class TicketCounterRow(SQLModel, table=True):
    """The last sequence number of each day."""

    __tablename__ = "ticket_counters"

    day: date = Field(primary_key=True)
    last: int


class PredictionRow(SQLModel, table=True):
    """Which model read which message, and why it was decided so."""

    __tablename__ = "predictions"
    __table_args__ = (
        Index("ix_predictions_ticket", "ticket", "id"),
        Index("ix_predictions_inbox", "inbox_id"),
        Index("ix_predictions_at", "at"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    inbox_id: int = Field(sa_column=message_number())
    ticket: str | None = None
    model: str
    degraded: bool
    payload: str = Field(sa_column=long_text())
    reasons: str = Field(sa_column=long_text())
    at: datetime = Field(sa_column=moment())


class AttachmentRow(SQLModel, table=True):
    """A file that came with a message."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_ticket", "ticket"),
        Index("ix_attachments_key", "key"),
        Index(
            "ix_attachments_to_show",
            "id",
            sqlite_where=text("NOT shown"),
            postgresql_where=text("NOT shown"),
        ),
    )

    id: int | None = Field(default=None, sa_column=serial())
    inbox_id: int = Field(sa_column=message_number())
    key: str
    ticket: str | None = None
    ref: str
    """`media:<id>` once it lies in our store, before that the channel's file id."""
    mime: str = ""
    size: int = 0
    name: str = ""
    attempts: int = 0
    shown: bool = False
    internal: bool = Field(default=False, sa_column=no())
    """For cadres only, like the words it came with."""


class PictureRow(SQLModel, table=True):
    """The perceptual hash of a picture that a cadre sent as evidence."""

    __tablename__ = "pictures"
    __table_args__ = (Index("ix_pictures_unit", "unit", "at"),)

    ref: str = Field(primary_key=True)
    picture: str
    ticket: str
    unit: str
    at: datetime = Field(sa_column=moment())


class CadreCodeRow(SQLModel, table=True):
    """One-time codes with which a cadre binds a chat or signs in."""

    __tablename__ = "cadre_codes"

    digest: str = Field(primary_key=True)
    cadre: str
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CadreChatRow(SQLModel, table=True):
    """Chats in which cadres get their cards."""

    __tablename__ = "cadre_chats"
    __table_args__ = (
        Index("ix_cadre_chats_cadre", "cadre"),
        Index("ix_cadre_chats_unit", "unit"),
    )

    key: str = Field(primary_key=True)
    sender: str = ""
    cadre: str | None = None
    unit: str | None = None
    reachable: bool = True


# --- reference data: the county, one table for each sheet ---


class DivisionRow(SQLModel, table=True):
    """County, townships, villages and communities."""

    __tablename__ = "divisions"

    code: str = Field(primary_key=True)
    level: str
    name: str
    short_name: str
    parent_code: str
    urban_rural: str
    valid_from: str
    valid_to: str
    successors: str


class AliasRow(SQLModel, table=True):
    """Other names of a division."""

    __tablename__ = "aliases"

    alias: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    source: str
    confidence: str


class GridRow(SQLModel, table=True):
    """Grids (网格)."""

    __tablename__ = "grids"

    code: str = Field(primary_key=True)
    village_code: str
    name: str
    number: str
    kind: str
    groups: str
    leader: str
    valid_from: str
    valid_to: str
    successors: str


class UnitRow(SQLModel, table=True):
    """Everything that can own a ticket."""

    __tablename__ = "units"

    code: str = Field(primary_key=True)
    level: str
    name: str
    parent: str
    township_code: str
    group: str


class CadreRow(SQLModel, table=True):
    """The people who answer."""

    __tablename__ = "cadres"

    id: str = Field(primary_key=True)
    name: str
    phone: str
    unit: str
    role: str


class DutyRow(SQLModel, table=True):
    """Who is on duty when."""

    __tablename__ = "duty"

    id: int | None = Field(default=None, sa_column=serial())
    unit: str
    weekday: str
    start: str
    end: str
    cadre: str
    role: str
    day: str
    deputy: str


class CatalogueEntryRow(SQLModel, table=True):
    """The dispatch catalogue (派单目录)."""

    __tablename__ = "catalogue"

    matter: str = Field(primary_key=True)
    name: str
    group: str
    lead_unit: str
    co_units: str
    min_level: str
    appeal_types: str
    urgency: str
    limits: str
    evidence: str
    basis: str
    covers: str


class OrganisationRow(SQLModel, table=True):
    """Two-new organisations (两新组织)."""

    __tablename__ = "organisations"

    code: str = Field(primary_key=True)
    name: str
    kind: str
    village_code: str
    contact: str
    villages: str = Field(sa_column=long_text())


class HolidayRow(SQLModel, table=True):
    """Public holidays and make-up workdays (节假日)."""

    __tablename__ = "holidays"

    day: str = Field(primary_key=True)
    kind: str
    name: str


class KnowledgeRow(SQLModel, table=True):
    """What the county answers of its free services and procedures (知识库)."""

    __tablename__ = "knowledge"

    code: str = Field(primary_key=True)
    title: str
    answer: str = Field(sa_column=long_text())
    words: str = Field(sa_column=long_text())
    matter: str
    unit: str
    source: str
    valid_from: str
    valid_to: str
    status: str


class AreaRow(SQLModel, table=True):
    """Centres and boundaries of divisions and grids."""

    __tablename__ = "areas"

    code: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    datum: str
    geometry: str = Field(sa_column=long_text())


class KnowledgeAnswerRow(SQLModel, table=True):
    """An answer that a resident was given from the knowledge base, and what they said of it."""

    __tablename__ = "knowledge_answers"
    __table_args__ = (
        Index("ix_knowledge_answers_key", "key", "given_at"),
        Index("ix_knowledge_answers_entry", "entry"),
    )

    id: str = Field(primary_key=True)
    key: str
    inbox_id: int = Field(sa_column=message_number())
    entry: str
    text: str = Field(sa_column=long_text())
    score: float
    given_at: datetime = Field(sa_column=moment())
    verdict: str = ""
    judged_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class DutyAbsenceRow(SQLModel, table=True):
    """Leaves of cadres (请假), with whom or what they left."""

    __tablename__ = "duty_absences"
    __table_args__ = (Index("ix_duty_absences_end", "ends_at"),)

    id: str = Field(primary_key=True)
    cadre: str
    starts_at: datetime = Field(sa_column=moment())
    ends_at: datetime = Field(sa_column=moment())
    deputy: str
    contact: str
    noted_at: datetime = Field(sa_column=moment())
    back_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class DutySwapRow(SQLModel, table=True):
    """Shifts on a date that somebody asked a colleague to take (换班)."""

    __tablename__ = "duty_swaps"
    __table_args__ = (Index("ix_duty_swaps_day", "day"),)

    id: str = Field(primary_key=True)
    day: date
    start: time
    giver: str
    taker: str
    state: str
    asked_at: datetime = Field(sa_column=moment())
    answered_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class DutyGapRow(SQLModel, table=True):
    """Gaps in the roster of which the people concerned were told."""

    __tablename__ = "duty_gaps"

    unit: str = Field(primary_key=True)
    starts_at: datetime = Field(sa_column=Column(UtcDateTime, primary_key=True))
    ends_at: datetime = Field(sa_column=moment())
    why: str
    told_at: datetime = Field(sa_column=moment())


class DutyVersionRow(SQLModel, table=True):
    """One row, whose number rises with every leave and swap: then processes look again."""

    __tablename__ = "duty_version"

    id: int = Field(sa_column=Column(SerialInteger, primary_key=True, autoincrement=False))
    version: int


class CountyVersionRow(SQLModel, table=True):
    """Every change of the reference data; the highest id is the present version."""

    __tablename__ = "county_versions"

    id: int | None = Field(default=None, sa_column=serial())
    at: datetime = Field(sa_column=moment())
    source: str
    summary: str = Field(sa_column=long_text())


class AliasProposalRow(SQLModel, table=True):
    """A name that residents used for a place they then confirmed; an admin approves it."""

    __tablename__ = "alias_proposals"

    alias: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    times: int
    first_at: datetime = Field(sa_column=moment())
    last_at: datetime = Field(sa_column=moment())
    status: str
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


INBOX = table_of(InboxRow)
OUTBOX = table_of(OutboxRow)
CONVERSATIONS = table_of(ConversationRow)
QUESTIONS = table_of(QuestionRow)
TICKETS = table_of(TicketRow)
TICKET_EVENTS = table_of(TicketEventRow)
DEADLINES = table_of(DeadlineRow)
TICKET_COUNTERS = table_of(TicketCounterRow)
PREDICTIONS = table_of(PredictionRow)
ATTACHMENTS = table_of(AttachmentRow)
PICTURES = table_of(PictureRow)
CADRE_CODES = table_of(CadreCodeRow)
CADRE_CHATS = table_of(CadreChatRow)
COUNTY_VERSIONS = table_of(CountyVersionRow)
ALIAS_PROPOSALS = table_of(AliasProposalRow)
KNOWLEDGE_ANSWERS = table_of(KnowledgeAnswerRow)
DUTY_ABSENCES = table_of(DutyAbsenceRow)
DUTY_SWAPS = table_of(DutySwapRow)
DUTY_GAPS = table_of(DutyGapRow)
DUTY_VERSION = table_of(DutyVersionRow)
COUNTY_SHEETS = {
    sheet: table_of(row)
    for sheet, row in (
        ("divisions", DivisionRow),
        ("aliases", AliasRow),
        ("grids", GridRow),
        ("units", UnitRow),
        ("cadres", CadreRow),
        ("duty", DutyRow),
        ("catalogue", CatalogueEntryRow),
        ("organisations", OrganisationRow),
        ("holidays", HolidayRow),
        ("knowledge", KnowledgeRow),
        ("areas", AreaRow),
    )
}
"""The county's reference data, one table for each sheet of its workbook."""
