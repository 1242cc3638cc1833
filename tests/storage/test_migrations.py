"""Migrations and tables are the same database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, select, text

from storage.database import Database, StorageUnavailable, sync_url
from storage.migrate import METADATA, current, differences, head, upgrade
from storage.tables import TICKET_EVENTS, TICKETS
from storage.ticket_rows import event_of, ticket_of
from tests.servers.postgres import Postgres
from tickets.events import EventName
from tickets.history import Record, first_break, rebuilt
from tickets.invariants import broken
from tickets.states import State
from tickets.ticket import Ticket

MIGRATIONS = Path(__file__).parents[2] / "storage" / "migrations"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres_url"))


def _schema(engine: Engine) -> list[tuple[object, ...]]:
    """Everything that the database itself says of its tables and indexes."""
    sqlite = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version' ORDER BY name"
    columns = (
        "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default "
        "FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name <> 'alembic_version' ORDER BY 1, 2"
    )
    indexes = (
        "SELECT tablename, indexname, indexdef FROM pg_indexes "
        "WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1, 2"
    )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text(sqlite)).all()
            return [(name, " ".join(str(sql).split()) if sql else None) for name, sql in rows]
        return [
            tuple(row) for query in (columns, indexes) for row in connection.execute(text(query))
        ]


def _schema_of(url: str, *, from_tables: bool) -> list[tuple[object, ...]]:
    engine = create_engine(sync_url(url))
    try:
        if from_tables:
            METADATA.create_all(engine)
        return _schema(engine)
    finally:
        engine.dispose()


async def _first_write(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("DELETE FROM cadre_codes"))
        await connection.commit()


def test_upgrade__leaves_alembic_nothing_to_change(empty_url: str) -> None:
    assert differences(empty_url)
    upgrade(empty_url)
    assert differences(empty_url) == []


def test_upgrade__gives_the_same_sqlite_database_as_the_tables(tmp_path: Path) -> None:
    migrated, declared = (f"sqlite:///{tmp_path / name}.db" for name in "ab")
    upgrade(migrated)
    expected = _schema_of(declared, from_tables=True)
    assert _schema_of(migrated, from_tables=False) == expected


def test_upgrade__gives_the_same_postgres_database_as_the_tables(postgres: Postgres) -> None:
    with postgres.database() as migrated, postgres.database() as declared:
        upgrade(migrated)
        expected = _schema_of(declared, from_tables=True)
        assert _schema_of(migrated, from_tables=False) == expected


def test_upgrade__twice_is_once(empty_url: str) -> None:
    assert current(empty_url) is None
    upgrade(empty_url)
    upgrade(empty_url)
    assert current(empty_url) == head()


async def test_upgrade__two_replicas_that_start_together(empty_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(upgrade, empty_url) for _ in range(2)))
    assert current(empty_url) == head()


async def test_sqlite__many_first_connections_at_once(tmp_path: Path) -> None:
    for attempt in range(10):
        url = f"sqlite:///{tmp_path / str(attempt)}.db"
        upgrade(url)
        databases = [Database(url) for _ in range(6)]
        await asyncio.gather(*(_first_write(database) for database in databases))
        await asyncio.gather(*(database.close() for database in databases))


def test_upgrade__keeps_what_is_there(sqlite_url: str) -> None:
    engine = create_engine(sync_url(sqlite_url))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO ticket_counters VALUES ('2026-11-23', 7)"))
    upgrade(sqlite_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT last FROM ticket_counters")).scalar() == 7
    engine.dispose()


def test_upgrade__that_cannot_reach_the_database_says_so() -> None:
    with pytest.raises(StorageUnavailable):
        upgrade("postgresql://nobody@127.0.0.1:1/none")


def test_knowledge__comes_empty_to_a_county_that_is_there(empty_url: str) -> None:
    upgrade(empty_url, "0003")
    engine = create_engine(sync_url(empty_url))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO holidays VALUES ('2026-10-01', 'holiday', '国庆节')"))
    upgrade(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM holidays")).scalar() == "国庆节"
        assert connection.execute(text("SELECT count(*) FROM knowledge")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM knowledge_answers")).scalar() == 0
    engine.dispose()


def test_hours__come_empty_to_a_county_that_is_there(empty_url: str) -> None:
    upgrade(empty_url, "0005")
    engine = create_engine(sync_url(empty_url))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO holidays VALUES ('2026-10-01', 'holiday', '国庆节')"))
    upgrade(empty_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM holidays")).scalar() == "国庆节"
        assert connection.execute(text("SELECT count(*) FROM hours")).scalar() == 0
        connection.execute(text("INSERT INTO hours VALUES ('*', '', '', '08:00-12:00')"))
    engine.dispose()


def test_duty__keeps_the_shifts_in_their_order(empty_url: str) -> None:
    upgrade(empty_url, "0006")
    engine = create_engine(sync_url(empty_url))
    shift = 'INSERT INTO duty (unit, weekday, start, "end", cadre, role) VALUES '
    with engine.begin() as connection:
        for cadre in ("c2", "c1"):
            connection.execute(
                text(f"{shift}('u', '*', '08:00', '18:00', '{cadre}', 'duty_officer')")
            )
    upgrade(empty_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO duty (unit, weekday, start, "end", cadre, role, day, deputy) '
                "VALUES ('u', '', '08:00', '18:00', 'c3', 'duty_officer', '2026-12-03', 'c1')"
            )
        )
        found = connection.execute(text("SELECT cadre, day, deputy FROM duty ORDER BY id"))
        assert [tuple(row) for row in found] == [
            ("c2", "", ""), ("c1", "", ""), ("c3", "2026-12-03", "c1"),
        ]  # fmt: skip
    engine.dispose()


def test_every_revision__is_marked_pre_or_post() -> None:
    for revision in ScriptDirectory(str(MIGRATIONS)).walk_revisions():
        assert revision.doc.startswith(("pre: ", "post: ")), revision.revision


def test_ticket_life__keeps_tickets_deadlines_and_history(empty_url: str) -> None:
    upgrade(empty_url, "0004")
    engine = create_engine(sync_url(empty_url))
    with engine.begin() as connection:
        for number, state, due in (
            ("LD-1", "dispatched", "2026-11-23 03:30:00"),
            ("LD-2", "closed", None),
        ):
            connection.execute(text(_OLD_TICKET), {"number": number, "state": state, "due": due})
            for name in ("received", "dispatched"):
                connection.execute(
                    text(_OLD_EVENT), {"number": number, "name": name, "state": state}
                )
    upgrade(empty_url)
    with engine.connect() as connection:
        deadlines = connection.execute(
            text("SELECT ticket, kind, due_at = wake_at, ended_at FROM deadlines")
        ).all()
        assert [tuple(row) for row in deadlines] == [("LD-1", "sign", True, None)]
        for number, state in (("LD-1", State.DISPATCHED), ("LD-2", State.CLOSED)):
            ticket, head = _ticket_and_head(connection, number)
            records = _records(connection, number)
            assert [r.event.name for r in records][-1] == EventName.AMENDED
            assert first_break(number, records, head) is None
            told = rebuilt(number, [r.event for r in records])
            assert replace(told, version=ticket.version) == ticket
            assert ticket.state is state and not broken(ticket)
    engine.dispose()


_OLD_TICKET = """INSERT INTO tickets (number, reporter, state, text, kind, matter_name, appeal_type,
    urgent, confidential, location_level, owner, due_at, created_at, updated_at, degraded,
    places_asked, escalations, returns, answer, version)
    VALUES (:number, 'web:residents:x', :state, '路灯坏了', 'appeal', '路灯', 'help', false, false,
    'grid', 'U1', :due, '2026-11-23 01:30:00', '2026-11-23 01:30:00', false, 0, 0, 0, '', 3)"""
_OLD_EVENT = """INSERT INTO ticket_events (ticket, name, at, actor, state, text)
    VALUES (:number, :name, '2026-11-23 01:30:00', 'system', :state, '')"""


def _ticket_and_head(connection: Connection, number: str) -> tuple[Ticket, str]:
    query = select(TICKETS).where(TICKETS.c.number == number)
    row = connection.execute(query).mappings().one()
    return ticket_of(row), str(row["head"])


def _records(connection: Connection, number: str) -> list[Record]:
    query = select(TICKET_EVENTS).where(TICKET_EVENTS.c.ticket == number)
    rows = connection.execute(query.order_by(TICKET_EVENTS.c.id)).mappings()
    return [Record(event_of(row), row["hash"]) for row in rows]
