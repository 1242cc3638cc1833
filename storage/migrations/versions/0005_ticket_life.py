"""post: The whole life of a ticket, deadlines as rows, a history bound by hashes.

Not for old code to run beside: it knows neither the new states nor the deadlines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.columns import UtcDateTime
from tickets.events import Event, EventName
from tickets.history import link
from tickets.states import State

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Row = dict[str, Any]
_PAGE = 500
_FINAL = ("closed", "withdrawn")
_CLOCKS = {
    "pending_intake": "triage",
    "need_info": "answer",
    "dispatched": "sign",
    "signed": "close",
    "handling": "close",
    "resolved": "feedback",
    "pending_callback": "reopen",
}
_IN_HAND = ("signed", "handling", "resolved", "pending_callback")


def upgrade() -> None:
    """Every ticket keeps its state and its deadline; its history gets hashes and, at its end, an
    event that holds the whole ticket, so that the history tells the state from then on."""
    for index in ("degraded", "due", "owner_open", "reporter"):
        op.drop_index(f"ix_tickets_{index}", "tickets")
    op.drop_index("ix_ticket_events_ticket", "ticket_events")
    op.rename_table("tickets", "tickets_before")
    op.rename_table("ticket_events", "ticket_events_before")
    if op.get_bind().dialect.name == "postgresql":
        # The names that PostgreSQL made for the old tables are those of the new ones.
        for table in ("tickets", "ticket_events"):
            op.execute(f"ALTER INDEX {table}_pkey RENAME TO {table}_before_pkey")
        op.execute("ALTER SEQUENCE ticket_events_id_seq RENAME TO ticket_events_before_id_seq")
    tickets, events, deadlines = _tickets(), _events(), _deadlines()
    _pictures()
    for page in _pages("tickets_before", "number"):
        rows = [_ticket(row) for row in page]
        histories = _histories([row["number"] for row in rows])
        for row in rows:
            written = _chained(row, histories.get(row["number"], []))
            op.bulk_insert(events, written)
            row["head"] = written[-1]["hash"]
        op.bulk_insert(tickets, rows)
        op.bulk_insert(deadlines, [_deadline(row) for row in rows if row["due_at"] is not None])
    op.drop_table("tickets_before")
    op.drop_table("ticket_events_before")
    _indexes()


def _pages(table: str, key: str) -> Iterator[list[Row]]:
    connection = op.get_bind()
    old = _old(table)
    after: str | None = None
    while True:
        query = sa.select(old).order_by(old.c[key]).limit(_PAGE)
        if after is not None:
            query = query.where(old.c[key] > after)
        page = [dict(row) for row in connection.execute(query).mappings()]
        if not page:
            return
        yield page
        after = page[-1][key]


def _old(table: str) -> sa.Table:
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    for column in found.columns:
        if isinstance(column.type, sa.DateTime):
            column.type = UtcDateTime()
    return found


def _ticket(row: Row) -> Row:
    in_hand = row["state"] in _IN_HAND
    answered = row["state"] in ("resolved", "pending_callback")
    clocks = []
    if row["due_at"] is not None:
        kind, due, since = _CLOCKS[row["state"]], row["due_at"], row["updated_at"]
        clocks = [[kind, _moment(due), _moment(since), "", None]]
    return row | {
        "clocks": json.dumps(clocks, separators=(",", ":")),
        "complex": False,
        "rung": 0,
        "signed_by": row["person"] if in_hand else None,
        "signed_at": None,
        "dispatched_at": None,
        "contacted_at": row["updated_at"] if row["answer"] else None,
        "resolved_at": row["updated_at"] if answered else None,
        "closed_at": row["updated_at"] if row["state"] in _FINAL else None,
        "reviewer": None,
        "told_up": None,
        "request": "null",
        "extensions": 0,
        "ruled": False,
        "supervised": False,
        "subtasks": "[]",
        "main": None,
        "reworks": 0,
        "solved": None,
        "satisfaction": None,
        "why_not": "",
        "excluded": "",
        "excluded_by": None,
        "suspicion": "",
        "hot_spot": None,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _histories(numbers: list[str]) -> dict[str, list[Row]]:
    old = _old("ticket_events_before")
    query = sa.select(old).where(old.c.ticket.in_(numbers)).order_by(old.c.id)
    found: dict[str, list[Row]] = {}
    for row in op.get_bind().execute(query).mappings():
        found.setdefault(row["ticket"], []).append(dict(row))
    return found


def _chained(ticket: Row, history: list[Row]) -> list[Row]:
    whole = {
        name: _moment(value) if isinstance(value, datetime) else value
        for name, value in ticket.items()
        if name not in ("number", "due_at", "version", "head")
    }
    for name in ("clocks", "subtasks", "request"):
        whole[name] = json.loads(ticket[name])
    changes = json.dumps(
        whole | {"number": ticket["number"]},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    amended = {
        "ticket": ticket["number"],
        "name": str(EventName.AMENDED),
        "at": ticket["updated_at"],
        "actor": "system",
        "state": ticket["state"],
        "text": "",
        "unit": None,
        "person": None,
        "due_at": None,
        "changes": changes,
    }
    written, head = [], ""
    for row in [*history, amended]:
        event = Event(
            EventName(row["name"]),
            row["at"],
            row["actor"],
            State(row["state"]),
            row["text"],
            row["unit"],
            row["person"],
            row["due_at"],
            "",
            row.get("changes", ""),
        )
        head = link(ticket["number"], head, event)
        row = {key: value for key, value in row.items() if key != "id"}
        written.append({"changes": "", "clock": "", **row, "hash": head})
    return written


def _deadline(ticket: Row) -> Row:
    return {
        "ticket": ticket["number"],
        "kind": _CLOCKS[ticket["state"]],
        "of": "",
        "due_at": ticket["due_at"],
        "wake_at": ticket["due_at"],
        "left": None,
        "set_at": ticket["updated_at"],
        "set_by": "system",
        "why": str(EventName.AMENDED),
        "ended_at": None,
        "ended_by": None,
    }


def _at(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _serial() -> sa.Column[Any]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True)


def _of(kind: Any, *names: str, nullable: bool = False) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind(), nullable=nullable) for name in names]


def _tickets() -> sa.Table:
    words, flag, count, text = sa.String, sa.Boolean, sa.Integer, sa.Text
    return op.create_table(
        "tickets",
        sa.Column("number", words(), primary_key=True),
        *_of(words, "reporter", "state"),
        *_of(text, "text"),
        *_of(words, "kind"),
        *_of(words, "matter", nullable=True),
        *_of(words, "matter_name", "appeal_type"),
        *_of(words, "group", "county_unit", nullable=True),
        *_of(flag, "urgent", "confidential"),
        *_of(words, "township", "village", "grid", nullable=True),
        *_of(count, "villager_group", nullable=True),
        *_of(words, "location_level", "owner"),
        *_of(words, "person", nullable=True),
        _at("due_at"),
        _at("created_at", nullable=False),
        _at("updated_at", nullable=False),
        *_of(text, "clocks"),
        *_of(flag, "complex", "degraded"),
        *_of(count, "places_asked", "escalations", "returns", "rung"),
        *_of(text, "answer"),
        *_of(words, "signed_by", nullable=True),
        *(
            _at(f"{done}_at")
            for done in ("signed", "dispatched", "contacted", "resolved", "closed")
        ),
        *_of(words, "reviewer", "told_up", nullable=True),
        *_of(text, "request"),
        *_of(count, "extensions"),
        *_of(flag, "ruled", "supervised"),
        *_of(text, "subtasks"),
        *_of(words, "main", nullable=True),
        *_of(count, "reworks"),
        *_of(flag, "solved", nullable=True),
        *_of(count, "satisfaction", nullable=True),
        *_of(text, "why_not"),
        *_of(words, "excluded"),
        *_of(words, "excluded_by", nullable=True),
        *_of(text, "suspicion"),
        *_of(words, "hot_spot", nullable=True),
        *_of(count, "version"),
        *_of(words, "head"),
    )


def _events() -> sa.Table:
    return op.create_table(
        "ticket_events",
        _serial(),
        *_of(sa.String, "ticket", "name"),
        _at("at", nullable=False),
        *_of(sa.String, "actor", "state"),
        *_of(sa.Text, "text"),
        *_of(sa.String, "unit", "person", nullable=True),
        _at("due_at"),
        *_of(sa.String, "clock"),
        *_of(sa.Text, "changes"),
        *_of(sa.String, "hash"),
    )


def _deadlines() -> sa.Table:
    return op.create_table(
        "deadlines",
        _serial(),
        *_of(sa.String, "ticket", "kind", "of"),
        _at("due_at"),
        _at("wake_at"),
        *_of(sa.Float, "left", nullable=True),
        _at("set_at", nullable=False),
        *_of(sa.String, "set_by", "why"),
        _at("ended_at"),
        *_of(sa.String, "ended_by", nullable=True),
    )


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("ref", sa.String(), primary_key=True),
        *_of(sa.String, "picture", "ticket", "unit"),
        _at("at", nullable=False),
    )


def _only(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _indexes() -> None:
    still_open, standing = _only("due_at IS NOT NULL"), _only("ended_at IS NULL")
    op.create_index("ix_tickets_answered", "tickets", ["owner", "resolved_at"])
    op.create_index("ix_tickets_created", "tickets", ["created_at"])
    op.create_index(
        "ix_tickets_resolved", "tickets", ["resolved_at"], **_only("state = 'resolved'")
    )
    op.create_index(
        "ix_tickets_to_call_back", "tickets", ["resolved_at"], **_only("suspicion <> ''")
    )
    op.create_index("ix_pictures_unit", "pictures", ["unit", "at"])
    op.create_index("ix_tickets_township", "tickets", ["township", "created_at"])
    op.create_index("ix_tickets_village_open", "tickets", ["village"], **still_open)
    op.create_index("ix_tickets_degraded", "tickets", ["created_at"], **_only("degraded"))
    op.create_index("ix_tickets_hot_spot", "tickets", ["hot_spot"], **_only("hot_spot IS NOT NULL"))
    op.create_index("ix_tickets_main", "tickets", ["main"], **_only("main IS NOT NULL"))
    op.create_index("ix_tickets_owner_open", "tickets", ["owner"], **still_open)
    op.create_index("ix_tickets_person_open", "tickets", ["person"], **still_open)
    op.create_index("ix_tickets_reporter", "tickets", ["reporter", "created_at"])
    op.create_index("ix_ticket_events_at", "ticket_events", ["at"])
    op.create_index("ix_ticket_events_ticket", "ticket_events", ["ticket", "id"])
    op.create_index(
        "ix_deadlines_of", "deadlines", ["of"], **_only("ended_at IS NULL AND kind = 'subtask'")
    )
    op.create_index("ix_deadlines_ticket", "deadlines", ["ticket", "id"])
    op.create_index("ix_deadlines_wake", "deadlines", ["wake_at"], **standing)
    op.create_index(
        "uq_deadlines_standing", "deadlines", ["ticket", "kind", "of"], unique=True, **standing
    )


def downgrade() -> None:
    """There is no way back: the old life has no word for most of the states."""
    raise NotImplementedError("0005 cannot be undone; restore the backup from before it")
