"""The tables of the retraining loop: labels, intents, edits of the sentence files, training
jobs, models, what serves, and what a model in the shadow read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import (
    SerialInteger,
    long_text,
    message_number,
    moment,
    no,
    serial,
    table_of,
)


class LabelRow(SQLModel, table=True):
    """What somebody says a message is. A second person reviews it before it becomes an example."""

    __tablename__ = "labels"
    __table_args__ = (
        Index(
            "ix_labels_proposed",
            "id",
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_labels_bare", "bare"),
        Index("ix_labels_inbox", "inbox_id"),
        Index("ix_labels_intent", "intent", "state"),
        Index("ix_labels_at", "proposed_at"),
        UniqueConstraint("key", name="uq_labels_key"),
    )

    id: int | None = Field(default=None, sa_column=serial())
    text: str = Field(sa_column=long_text())
    """The sentence with personal data replaced by typed placeholders."""
    bare: str
    """Digest of the sentence's letters and digits: what counts as the same sentence."""
    inbox_id: int | None = Field(default=None, sa_column=message_number(nullable=True))
    ticket: str | None = None
    origin: str
    """`inbox`, `triage`, `return`, `reassign`, `import`, `split`."""
    author: str
    """An account's name, or `cadre:<id>` for labels that come from work on tickets."""
    proposed_at: datetime = Field(sa_column=moment())
    verdict: str
    """`label`, `unclear` (not understandable), `two_matters`, `skip`."""
    intent: str = ""
    """The proposed one; empty when the origin only says what it is not."""
    appeal_type: str = ""
    urgent: bool = Field(default=False, sa_column=no())
    confidential: bool = Field(default=False, sa_column=no())
    said: str = ""
    """The intent that the model had given."""
    said_by: str = ""
    """That model's name."""
    alike: int = 1
    """How many messages it stands for (near-duplicates that were labelled at once)."""
    state: str
    """`proposed`, `accepted` (waits for an intent to go live), `written`, `rejected`, `noted`,
    `withdrawn`."""
    reviewer: str | None = None
    reviewed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    proposed_intent: str = ""
    """What the author had said, where the reviewer changed it."""
    part: str = ""
    """`data` (to learn from) or `golden` (to be examined with), once accepted."""
    why: str = ""
    """The reviewer's or the origin's words about it; no resident's."""
    key: str | None = None
    """What it comes from, once: an act that is done again proposes nothing new."""


class IntentRow(SQLModel, table=True):
    """What became of an intent that an admin made or changed in the console."""

    __tablename__ = "intents"

    code: str = Field(primary_key=True)
    name: str
    state: str
    """`draft`, `live`, `merged` or `renamed` (then `became` says into which)."""
    became: str = ""
    row: str = Field(sa_column=long_text())
    """JSON of the catalogue's row that a draft will have."""
    changed_by: str
    changed_at: datetime = Field(sa_column=moment())


class SentenceEditRow(SQLModel, table=True):
    """A change of the sentence files: recorded with its reason first, applied then, redone after
    a crash."""

    __tablename__ = "sentence_edits"
    __table_args__ = (
        Index(
            "ix_sentence_edits_pending",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: int | None = Field(default=None, sa_column=serial())
    at: datetime = Field(sa_column=moment())
    account: str
    kind: str
    payload: str = Field(sa_column=long_text())
    state: str
    """`pending`, `applied`, `refused`."""
    problem: str = Field(default="", sa_column=long_text())
    applied_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class NluJobRow(SQLModel, table=True):
    """A training with its steps: validate, train, test, gate. One at a time."""

    __tablename__ = "nlu_jobs"
    __table_args__ = (
        Index(
            "uq_nlu_jobs_running",
            "running",
            unique=True,
            sqlite_where=text("running"),
            postgresql_where=text("running"),
        ),
    )

    id: int | None = Field(default=None, sa_column=serial())
    author: str
    reason: str = ""
    created_at: datetime = Field(sa_column=moment())
    state: str
    """`queued`, `running`, `done`, `failed`, `cancelled`."""
    running: bool = Field(default=False, sa_column=no())
    """Claimed by a runner; a unique index lets only one be."""
    cancel: bool = Field(default=False, sa_column=no())
    """Somebody wants it to end."""
    step: str = ""
    steps: str = Field(sa_column=long_text())
    """JSON: seconds that each finished step took."""
    progress: float = 0.0
    """0 to 1, of the present step."""
    left_seconds: float | None = None
    """Of all that remains, by what earlier trainings took; None when nothing is known."""
    said: str = Field(default="", sa_column=long_text())
    """What it does now, in Chinese."""
    runner: str = ""
    """Host and process that works on it."""
    attempts: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """Runners that took up its present step: one that always dies is not started for ever."""
    started_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    heartbeat_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    ended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    model: str | None = None
    problem: str = Field(default="", sa_column=long_text())


class NluModelRow(SQLModel, table=True):
    """A trained model as an artefact: its files lie in the models' folder under its name."""

    __tablename__ = "nlu_models"

    name: str = Field(primary_key=True)
    """`nlu-` and the fingerprint of everything that it was made from."""
    sha256: str
    """Of the archive."""
    size: int
    """Bytes of the archive."""
    rasa: str
    """The Rasa version that trained it."""
    author: str
    created_at: datetime = Field(sa_column=moment())
    examples: int
    intents: str = Field(sa_column=long_text())
    """JSON list."""
    report: str = Field(default="", sa_column=long_text())
    """JSON of the figures on the exam and of the gate's findings; empty before the test."""
    passed: bool | None = None
    """What the gate said; None before it."""
    removed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """The files are gone by the keeping rule; the row stays."""


class NluOverrideRow(SQLModel, table=True):
    """A model that may go live although the gate refused: one asks with a reason, one agrees."""

    __tablename__ = "nlu_overrides"

    model: str = Field(primary_key=True)
    asked_by: str
    reason: str = Field(sa_column=long_text())
    asked_at: datetime = Field(sa_column=moment())
    agreed_by: str | None = None
    agreed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class NluServingRow(SQLModel, table=True):
    """One row: which model serves, which reads along. Every process follows it."""

    __tablename__ = "nlu_serving"

    id: int = Field(sa_column=Column(SerialInteger, primary_key=True, autoincrement=False))
    version: int
    active: str
    """Empty: the model of the shipped sentences."""
    previous: str
    """Kept warm, for going back; empty: none."""
    shadow: str
    """Reads along without effect; empty: none."""
    canary: str
    """Serves some townships; empty: none."""
    townships: str
    """Their codes, joined with `|`."""
    since: datetime = Field(sa_column=moment())


class NluSwitchRow(SQLModel, table=True):
    """The history of what served; appended, never changed."""

    __tablename__ = "nlu_switches"

    id: int | None = Field(default=None, sa_column=serial())
    at: datetime = Field(sa_column=moment())
    by: str
    what: str
    """`activate`, `rollback`, `shadow`, `canary`, `stop`."""
    model: str
    before: str
    reason: str = Field(sa_column=long_text())


class NluFollowerRow(SQLModel, table=True):
    """A running process, and how far it has followed the row that says what serves."""

    __tablename__ = "nlu_followers"

    name: str = Field(primary_key=True)
    """Host and process."""
    seen_at: datetime = Field(sa_column=moment())
    version: int
    """Of the row that it has last looked at."""
    reads_with: str
    """The model that reads messages there now; `keywords` while none does."""
    canary: str
    shadow: str
    problem: str = Field(sa_column=long_text())
    """Why it does not (yet) do what the row says; empty when it does."""
    behind: int
    """Messages that the shadow could not keep up with."""


class ShadowReadingRow(SQLModel, table=True):
    """What a model that reads along made of a live message, beside what was decided."""

    __tablename__ = "shadow_readings"
    __table_args__ = (Index("ix_shadow_readings_model", "model", "differs", "id"),)

    id: int | None = Field(default=None, sa_column=serial())
    at: datetime = Field(sa_column=moment())
    inbox_id: int = Field(sa_column=message_number())
    model: str
    live_model: str
    label: str
    """Matter, or kind, that the shadow read."""
    live_label: str
    confidence: float
    live_confidence: float
    urgent: bool
    live_urgent: bool
    alone: bool
    """It would have gone without a human."""
    live_alone: bool
    differs: bool


LABELS = table_of(LabelRow)
INTENTS = table_of(IntentRow)
SENTENCE_EDITS = table_of(SentenceEditRow)
NLU_JOBS = table_of(NluJobRow)
NLU_MODELS = table_of(NluModelRow)
NLU_OVERRIDES = table_of(NluOverrideRow)
NLU_SERVING = table_of(NluServingRow)
NLU_SWITCHES = table_of(NluSwitchRow)
NLU_FOLLOWERS = table_of(NluFollowerRow)
SHADOW_READINGS = table_of(ShadowReadingRow)
