"""pre: Accounts of the console, and the retraining loop: labels, jobs, models, what serves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "accounts",
    "console_log",
    "labels",
    "corrections",
    "correction_bands",
    "intents",
    "sentence_edits",
    "nlu_jobs",
    "nlu_models",
    "nlu_overrides",
    "nlu_serving",
    "nlu_switches",
    "nlu_followers",
    "shadow_readings",
)


def upgrade() -> None:
    """Twelve tables more, and two ways to find a prediction; nothing that is there changes."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("cadre", sa.String(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        _moment("created_at"),
        sa.Column("created_by", sa.String(), nullable=False),
        _moment("closed_at", nullable=True),
    )
    op.create_table(
        "console_log",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        _moment("at"),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index("ix_console_log_about", "console_log", ["about", "id"])
    op.create_table(
        "labels",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("bare", sa.String(), nullable=False),
        sa.Column("inbox_id", _NUMBER, nullable=True),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        _moment("proposed_at"),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("appeal_type", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("confidential", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=True),
        _moment("reviewed_at", nullable=True),
        sa.Column("proposed_intent", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.UniqueConstraint("key", name="uq_labels_key"),
    )
    op.create_index("ix_labels_at", "labels", ["proposed_at"])
    op.create_index("ix_labels_bare", "labels", ["bare"])
    op.create_index("ix_labels_inbox", "labels", ["inbox_id"])
    op.create_index("ix_labels_intent", "labels", ["intent", "state"])
    _partial("ix_labels_proposed", "labels", ["id"], "state = 'proposed'")
    _create_corrections()
    op.create_table(
        "intents",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        _moment("changed_at"),
    )
    op.create_table(
        "sentence_edits",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        _moment("at"),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        _moment("applied_at", nullable=True),
    )
    _partial("ix_sentence_edits_pending", "sentence_edits", ["id"], "state = 'pending'")
    op.create_table(
        "nlu_jobs",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        _moment("created_at"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("cancel", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("left_seconds", sa.Float(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("runner", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        _moment("started_at", nullable=True),
        _moment("heartbeat_at", nullable=True),
        _moment("ended_at", nullable=True),
        sa.Column("model", sa.String(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
    )
    _partial("uq_nlu_jobs_running", "nlu_jobs", ["running"], "running", unique=True)
    op.create_table(
        "nlu_models",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rasa", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        _moment("created_at"),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("intents", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        _moment("removed_at", nullable=True),
    )
    op.create_table(
        "nlu_overrides",
        sa.Column("model", sa.String(), primary_key=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _moment("asked_at"),
        sa.Column("agreed_by", sa.String(), nullable=True),
        _moment("agreed_at", nullable=True),
    )
    op.create_table(
        "nlu_serving",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("shadow", sa.String(), nullable=False),
        sa.Column("canary", sa.String(), nullable=False),
        sa.Column("townships", sa.String(), nullable=False),
        _moment("since"),
    )
    op.create_table(
        "nlu_switches",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        _moment("at"),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_table(
        "nlu_followers",
        sa.Column("name", sa.String(), primary_key=True),
        _moment("seen_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reads_with", sa.String(), nullable=False),
        sa.Column("canary", sa.String(), nullable=False),
        sa.Column("shadow", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=False),
    )
    op.create_table(
        "shadow_readings",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
        _moment("at"),
        sa.Column("inbox_id", _NUMBER, nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("live_model", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("live_label", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("live_confidence", sa.Float(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("live_urgent", sa.Boolean(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("live_alone", sa.Boolean(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_shadow_readings_model", "shadow_readings", ["model", "differs", "id"])
    op.create_index("ix_predictions_inbox", "predictions", ["inbox_id"])
    op.create_index("ix_predictions_at", "predictions", ["at"])


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("inbox_id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("head", _NUMBER, nullable=False),
        _moment("at"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("best", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("margin", sa.Float(), nullable=False),
        sa.Column("keywords", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("degraded", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("lot", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("label", _NUMBER, nullable=True),
        sa.Column("held_by", sa.String(), nullable=True),
        _moment("held_until", nullable=True),
    )
    for column in ("at", "head", "label"):
        op.create_index(f"ix_corrections_{column}", "corrections", [column])
    for column in ("lot", "worth"):
        where = "state = 'open' AND inbox_id = head"
        _partial(f"ix_corrections_{column}", "corrections", [column], where)
    op.create_table(
        "correction_bands",
        sa.Column("band", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("head", _NUMBER, primary_key=True, autoincrement=False),
    )
    op.create_index("ix_correction_bands_head", "correction_bands", ["head"])


def downgrade() -> None:
    """Without them; labels, accounts and the models' history are lost."""
    op.drop_index("ix_predictions_at", "predictions")
    op.drop_index("ix_predictions_inbox", "predictions")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    """An index over the rows that matter."""
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
