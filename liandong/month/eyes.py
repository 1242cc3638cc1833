"""Looks at the database from outside, through a connection of its own, past everything under test.

Plain SQLite, because it looks after every single step; what it reads is what is committed.
"""

# Every statement is put together of this file's own words; values are always bound.
# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.messages import Outbound
from storage.codec import OUTBOUND
from storage.ticket_rows import COLUMNS, ticket_of
from tickets.events import Event, EventName
from tickets.history import Record
from tickets.states import State
from tickets.ticket import Ticket

_TYPES = {field.name: str(field.type) for field in fields(Ticket)}
_MOMENTS = frozenset(name for name, kind in _TYPES.items() if "datetime" in kind)
_TRUTHS = frozenset(name for name, kind in _TYPES.items() if "bool" in kind)
_TICKET_SQL = ", ".join(f'"{name}"' for name in COLUMNS)


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the outbox."""

    id: int
    key: str
    slot: str | None
    ticket: str | None
    payload: str
    status: str
    at: datetime

    @property
    def message(self) -> Outbound:
        """What is told; read from its JSON, which costs more than to look at the row."""
        return OUTBOUND.validate_json(self.payload)

    @property
    def is_in_web(self) -> bool:
        """It goes to a web chat, whose rows are its mailbox."""
        return self.key.startswith("web:")

    @property
    def is_for_cadres(self) -> bool:
        """It goes to a cadre's chat or a group's."""
        return ":cadres:" in self.key


@dataclass(frozen=True, slots=True)
class Happened:
    """A row of the history."""

    id: int
    ticket: str
    record: Record

    @property
    def event(self) -> Event:
        """The fact."""
        return self.record.event


@dataclass(frozen=True, slots=True)
class Deadline:
    """A row of the deadlines."""

    id: int
    ticket: str
    kind: str
    of: str
    due_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None

    @property
    def clock(self) -> str:
        """As an event names the clock that ran out."""
        return f"{self.kind}:{self.of}" if self.of else self.kind


def moment(text: str | None) -> datetime | None:
    """A stored moment."""
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


def _sure(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Eyes:
    """Reads of one SQLite file."""

    def __init__(self, file: Path) -> None:
        self._db = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
        self._last_event = 0
        self._last_message = 0

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _one(self, sql: str, *values: object) -> Any:
        row = self._db.execute(sql, values).fetchone()
        return row[0] if row else None

    # what waits

    def next_wake(self) -> datetime | None:
        """When the first running clock, lapsing question or waiting message is due."""
        found = self._db.execute(
            "SELECT min(wake_at) FROM deadlines WHERE ended_at IS NULL"
            " UNION ALL SELECT min(due_at) FROM questions"
            " WHERE answered_at IS NULL AND about <> 'place'"
        ).fetchall()
        return min((_sure(row[0]) for row in found if row[0]), default=None)

    def next_delivery(self) -> datetime | None:
        """When the relay can try the next message that waits."""
        return moment(
            self._one(
                "SELECT min(max(o.not_before, ifnull(o.lease_until, o.not_before))) FROM outbox o"
                " JOIN (SELECT min(id) AS id FROM outbox WHERE status = 'waiting' GROUP BY key) h"
                " ON h.id = o.id"  # only the head of each chat's queue is ever sent
            )
        )

    def due(self, now: datetime) -> list[Deadline]:
        """Clocks that have run out."""
        return self._deadlines("ended_at IS NULL AND wake_at <= ? AND due_at <= ?", now, now)

    def overdue_everywhere(self, now: datetime) -> list[Deadline]:
        """The same without the index of what is to be looked at: nothing hides here."""
        return self._deadlines("ended_at IS NULL AND due_at < ?", now)

    def deadline(self, row: int) -> Deadline:
        """One row."""
        return self._deadlines("id = ?", row)[0]

    def deadlines_of(self, number: str) -> list[Deadline]:
        """All clocks that a ticket ever had."""
        return self._deadlines("ticket = ?", number)

    def _deadlines(self, where: str, *values: object) -> list[Deadline]:
        rows = self._db.execute(
            "SELECT id, ticket, kind, of, due_at, ended_at, ended_by FROM deadlines"
            f" WHERE {where} ORDER BY id",
            [_text(value) for value in values],
        )
        return [
            Deadline(id_, ticket, kind, of, moment(due), moment(ended), by)
            for id_, ticket, kind, of, due, ended, by in rows
        ]

    # what is new

    def news(self) -> list[Happened]:
        """Events since the last look."""
        found = self._events("id > ?", self._last_event)
        if found:
            self._last_event = found[-1].id
        return found

    def messages(self) -> list[Told]:
        """Rows of the outbox since the last look."""
        found = self._told("id > ?", self._last_message)
        if found:
            self._last_message = found[-1].id
        return found

    # what is there

    def unprocessed(self, rows: Sequence[int]) -> list[tuple[int, str, str | None]]:
        """Of these inbox rows the ones that are not done: (id, status, error)."""
        marks = ", ".join("?" * len(rows))
        return self._db.execute(
            f"SELECT id, status, error FROM inbox WHERE id IN ({marks}) AND status <> 'done'",
            rows,
        ).fetchall()

    def left_in_inbox(self) -> list[tuple[int, str, str | None]]:
        """Every inbox row that is not done."""
        return self._db.execute(
            "SELECT id, status, error FROM inbox WHERE status <> 'done' ORDER BY id LIMIT 20"
        ).fetchall()

    def ticket(self, number: str) -> tuple[Ticket, str]:
        """A ticket and the hash that stands with it. Raises KeyError when it is not there."""
        row = self._db.execute(
            f"SELECT {_TICKET_SQL}, head FROM tickets WHERE number = ?", (number,)
        ).fetchone()
        if row is None:
            raise KeyError(number)
        return _ticket(row[:-1]), str(row[-1])

    def numbers(self) -> list[str]:
        """All tickets' numbers."""
        return [row[0] for row in self._db.execute("SELECT number FROM tickets ORDER BY number")]

    def readers_of(self, key: str) -> tuple[str | None, str | None]:
        """The cadre, or the unit, behind a cadres' chat."""
        row = self._db.execute(
            "SELECT cadre, unit FROM cadre_chats WHERE key = ?", (key,)
        ).fetchone()
        if row is not None:
            return row[0], row[1]
        return (key.rsplit(":", 1)[-1], None) if key.startswith("web:") else (None, None)

    def merged_into(self, number: str) -> list[str]:
        """Tickets that are merged into this one."""
        rows = self._db.execute("SELECT number FROM tickets WHERE main = ?", (number,))
        return [row[0] for row in rows]

    def history(self, number: str) -> list[Happened]:
        """The whole history of one ticket."""
        return self._events("ticket = ?", number)

    def told_of(self, number: str, key: str) -> list[Told]:
        """Every message about one ticket to one chat."""
        return self._told("key = ? AND ticket = ?", key, number)

    def told_to_cadres(self, number: str) -> list[Told]:
        """Every message about one ticket to cadres and their groups; slow, it has no index."""
        return self._told("ticket = ? AND key LIKE '%:cadres:%'", number)

    def out_of_order(self) -> list[str]:
        """Chats in which a later message was sent before an earlier one."""
        rows = self._db.execute(
            "SELECT DISTINCT key FROM (SELECT key, sent_at, max(sent_at) OVER"
            " (PARTITION BY key ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
            " AS before FROM outbox WHERE status = 'sent') WHERE before > sent_at"
        )
        return [row[0] for row in rows]

    def counters(self) -> dict[str, int]:
        """The last sequence number of each day."""
        return dict(self._db.execute("SELECT day, last FROM ticket_counters").fetchall())

    def counts(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a count, for the summary."""
        return self._db.execute(sql).fetchall()

    def _events(self, where: str, *values: object) -> list[Happened]:
        rows = self._db.execute(
            "SELECT id, ticket, name, at, actor, state, text, unit, person, due_at, clock,"
            f" changes, hash FROM ticket_events WHERE {where} ORDER BY id",
            values,
        )
        return [
            Happened(
                row[0],
                row[1],
                Record(
                    Event(
                        EventName(row[2]),
                        _sure(row[3]),
                        row[4],
                        State(row[5]),
                        row[6],
                        row[7],
                        row[8],
                        moment(row[9]),
                        row[10],
                        row[11],
                    ),
                    row[12],
                ),
            )
            for row in rows
        ]

    def _told(self, where: str, *values: object) -> list[Told]:
        rows = self._db.execute(
            "SELECT id, key, slot, ticket, payload, status, created_at FROM outbox"
            f" WHERE {where} ORDER BY id",
            values,
        )
        return [
            Told(id_, key, slot, ticket, payload, status, _sure(at))
            for id_, key, slot, ticket, payload, status, at in rows
        ]


def _ticket(row: Sequence[Any]) -> Ticket:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in _MOMENTS:
        values[name] = moment(values[name])
    for name in _TRUTHS:
        values[name] = None if values[name] is None else bool(values[name])
    return ticket_of(values)


def _text(value: object) -> object:
    """A moment as SQLAlchemy stores it, anything else as it is."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    return value
