"""pre: First tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everything: messages in and out, tickets with their history, cadres, the county."""
    _messages()
    _tickets()
    _cadres()
    _county()


def downgrade() -> None:
    """Back to an empty database."""
    for table in _TABLES:
        op.drop_table(table)


def _messages() -> None:
    op.create_table(
        "inbox",
        _serial("id"),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("update_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.UniqueConstraint("channel", "bot", "update_id", name="uq_inbox_update"),
    )
    op.create_index("ix_inbox_message", "inbox", ["key", "message_id"])
    op.create_index("ix_inbox_new", "inbox", ["key", "id"], **_only("status = 'new'"))
    op.create_index("ix_inbox_ticket", "inbox", ["ticket"])
    op.create_table(
        "outbox",
        _serial("id"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
    )
    op.create_index("ix_outbox_key", "outbox", ["key", "id"])
    op.create_index("ix_outbox_message", "outbox", ["key", "message_id"])
    op.create_index("ix_outbox_slot", "outbox", ["slot"])
    op.create_index("ix_outbox_waiting", "outbox", ["key", "id"], **_only("status = 'waiting'"))
    op.create_table(
        "conversations",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("grid", sa.String(), nullable=True),
    )
    op.create_table(
        "questions",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_questions_due", "questions", ["due_at"], **_only("answered_at IS NULL"))
    op.create_index("ix_questions_open", "questions", ["key"], **_only("answered_at IS NULL"))
    op.create_table(
        "attachments",
        _serial("id"),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_attachments_key", "attachments", ["key"])
    op.create_index("ix_attachments_ticket", "attachments", ["ticket"])
    op.create_index("ix_attachments_to_show", "attachments", ["id"], **_only("NOT shown"))


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("number", sa.String(), primary_key=True),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("matter_name", sa.String(), nullable=False),
        sa.Column("appeal_type", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("county_unit", sa.String(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("township", sa.String(), nullable=True),
        sa.Column("village", sa.String(), nullable=True),
        sa.Column("grid", sa.String(), nullable=True),
        sa.Column("villager_group", sa.Integer(), nullable=True),
        sa.Column("location_level", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("degraded", sa.Boolean(), nullable=False),
        sa.Column("places_asked", sa.Integer(), nullable=False),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("ix_tickets_degraded", "tickets", ["created_at"], **_only("degraded"))
    op.create_index("ix_tickets_due", "tickets", ["due_at"], **_only("due_at IS NOT NULL"))
    op.create_index("ix_tickets_owner_open", "tickets", ["owner"], **_only("due_at IS NOT NULL"))
    op.create_index("ix_tickets_reporter", "tickets", ["reporter", "created_at"])
    op.create_table(
        "ticket_events",
        _serial("id"),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_ticket_events_ticket", "ticket_events", ["ticket", "id"])
    op.create_table(
        "ticket_counters",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.create_table(
        "predictions",
        _serial("id"),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("degraded", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_predictions_ticket", "predictions", ["ticket", "id"])


def _cadres() -> None:
    op.create_table(
        "cadre_codes",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("cadre", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "cadre_chats",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("cadre", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_cadre_chats_cadre", "cadre_chats", ["cadre"])
    op.create_index("ix_cadre_chats_unit", "cadre_chats", ["unit"])


def _county() -> None:
    op.create_table(
        "divisions",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=False),
        sa.Column("urban_rural", sa.String(), nullable=False),
    )
    op.create_table(
        "aliases",
        sa.Column("alias", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
    )
    op.create_table(
        "grids",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
    )
    op.create_table(
        "units",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("township_code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
    )
    op.create_table(
        "cadres",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
    )
    op.create_table(
        "duty",
        _serial("id"),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("weekday", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("cadre", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
    )
    op.create_table(
        "catalogue",
        sa.Column("matter", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("lead_unit", sa.String(), nullable=False),
        sa.Column("co_units", sa.String(), nullable=False),
        sa.Column("min_level", sa.String(), nullable=False),
        sa.Column("appeal_types", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
    )


def _serial(name: str) -> sa.Column[int]:
    # SQLite counts up only for a key that is declared INTEGER.
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=True, autoincrement=True)


def _only(rows: str) -> dict[str, Any]:
    # A partial index on both databases; Alembic takes its options by keyword, of any type.
    return {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}


_TABLES = (
    "inbox",
    "outbox",
    "conversations",
    "questions",
    "attachments",
    "tickets",
    "ticket_events",
    "ticket_counters",
    "predictions",
    "cadre_codes",
    "cadre_chats",
    "divisions",
    "aliases",
    "grids",
    "units",
    "cadres",
    "duty",
    "catalogue",
)
