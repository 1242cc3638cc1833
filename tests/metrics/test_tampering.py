"""Rows changed with plain SQL, on both databases: each change is found, and where."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from services.verifying import verify
from storage.database import sync_url
from storage.inline_sqlite import checkpoint
from tests.metrics.conftest import written
from tests.servers.fixtures import _TEMPLATE
from tests.servers.postgres import Postgres
from tests.storage.stores import sql_store
from tests.tickets.world import world_of
from tickets.integrity import Break, Fault
from tickets.states import State

_WORLD = world_of(13, 40)


@pytest.fixture(scope="session")
def small_in_sqlite(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a small county."""
    file = tmp_path_factory.mktemp("small") / "small.db"
    shutil.copyfile(_migrated_sqlite, file)
    written(_WORLD, f"sqlite:///{file}")
    checkpoint(str(file))
    return file


@pytest.fixture(scope="session")
def small_in_postgres(postgres: Postgres) -> Iterator[str]:
    """The name of a database with the same county."""
    with postgres.database(_TEMPLATE) as url:
        written(_WORLD, url)
        yield make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgres"])
def copy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The county in a database of its own, to be spoilt."""
    source = request.getfixturevalue(f"small_in_{request.param}")
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copyfile(source, tmp_path / 'copy.db')}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database(source) as url:
        yield url


@pytest.fixture
def victim() -> str:
    """An open ticket with a long history."""
    steps = Counter(step.ticket.number for step in _WORLD.steps)
    return next(
        each.number
        for each in _WORLD.tickets.values()
        if each.state is State.HANDLING and each.contacted_at and steps[each.number] > 5
    )


def events_of(url: str, number: str) -> list[int]:
    """The ids of a history, oldest first."""
    query = f"SELECT id FROM ticket_events WHERE ticket = '{number}' ORDER BY id"
    engine = create_engine(sync_url(url))
    with engine.connect() as connection:
        found = [int(event) for event in connection.scalars(text(query))]
    engine.dispose()
    return found


def spoil(url: str, *statements: str) -> None:
    """What somebody with the database's password can do."""
    engine = create_engine(sync_url(url))
    with engine.begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0
    engine.dispose()


async def found_in(url: str) -> list[Break]:
    async with sql_store(url) as store:
        return [found async for found in verify(store.kept_tickets)]


_FORGED = {
    "name": "'bogus'",
    "at": "'2026-10-13 00:00:00.000001'",
    "actor": "'nobody'",
    "state": "'bogus'",
    "text": "'没有这句话'",
    "unit": "'U9'",
    "person": "'p9'",
    "due_at": "'2026-10-13 00:00:00.000001'",
    "clock": "'bogus'",
    "changes": "'{'",
    "hash": "'0'",
}


@pytest.mark.parametrize("column", _FORGED)
async def test_event__changed_in_any_column(copy: str, victim: str, column: str) -> None:
    events = events_of(copy, victim)
    forged = f"UPDATE ticket_events SET {column} = {_FORGED[column]} WHERE id = {events[2]}"
    spoil(copy, forged)
    (found,) = await found_in(copy)
    assert (found.number, found.fault, found.position) == (victim, Fault.CHAIN, 3)


@pytest.mark.parametrize("at", [0, 2, -1])
async def test_event__deleted_at_the_beginning_within_or_at_the_end(
    copy: str, victim: str, at: int
) -> None:
    events = events_of(copy, victim)
    spoil(copy, f"DELETE FROM ticket_events WHERE id = {events[at]}")
    (found,) = await found_in(copy)
    expected = range(len(events))[at] + 1
    assert (found.number, found.fault, found.position) == (victim, Fault.CHAIN, expected)


async def test_event__all_deleted(copy: str, victim: str) -> None:
    spoil(copy, f"DELETE FROM ticket_events WHERE ticket = '{victim}'")
    (found,) = await found_in(copy)
    assert (found.fault, found.position) == (Fault.CHAIN, 1)


async def test_event__inserted(copy: str, victim: str) -> None:
    columns = "ticket, name, at, actor, state, text, unit, person, due_at, clock, changes, hash"
    events = events_of(copy, victim)
    one = f"SELECT {columns} FROM ticket_events WHERE id = {events[-1]}"
    spoil(copy, f"INSERT INTO ticket_events ({columns}) {one}")
    (found,) = await found_in(copy)
    assert (found.fault, found.position) == (Fault.CHAIN, len(events) + 1)


async def test_event__two_in_each_others_place(copy: str, victim: str) -> None:
    first, second = events_of(copy, victim)[1:3]
    spoil(
        copy,
        f"UPDATE ticket_events SET id = -1 WHERE id = {first}",
        f"UPDATE ticket_events SET id = {first} WHERE id = {second}",
        f"UPDATE ticket_events SET id = {second} WHERE id = -1",
    )
    (found,) = await found_in(copy)
    assert (found.fault, found.position) == (Fault.CHAIN, 2)


async def test_event__handed_to_another_ticket(copy: str, victim: str) -> None:
    other = next(number for number in _WORLD.tickets if number != victim)
    last = events_of(copy, victim)[-1]
    spoil(copy, f"UPDATE ticket_events SET ticket = '{other}' WHERE id = {last}")
    assert {found.number for found in await found_in(copy)} == {victim, other}


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ("state = 'signed'", "state"),
        ("satisfaction = 5", "satisfaction"),
        ("contacted_at = '2026-10-13 00:00:00.000001'", "contacted_at"),
        ("due_at = NULL", "due_at"),
        ("state = 'bogus'", ""),
        ("clocks = '['", ""),
    ],
)
async def test_ticket__row_changed(copy: str, victim: str, change: str, detail: str) -> None:
    spoil(copy, f"UPDATE tickets SET {change} WHERE number = '{victim}'")
    (found,) = await found_in(copy)
    assert (found.number, found.fault, found.detail) == (victim, Fault.ROW, detail)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE deadlines SET due_at = '2036-01-01 00:00:00.000000'",
        "UPDATE deadlines SET ended_at = '2026-10-13 00:00:00.000000', ended_by = 'resolved'",
        "UPDATE deadlines SET kind = 'bogus'",
        "DELETE FROM deadlines",
    ],
)
async def test_deadline__changed_ended_or_deleted(copy: str, victim: str, change: str) -> None:
    spoil(copy, f"{change} WHERE ticket = '{victim}' AND ended_at IS NULL")
    (found,) = await found_in(copy)
    assert (found.number, found.fault) == (victim, Fault.DEADLINES)


async def test_ticket__deleted_with_and_without_what_belongs_to_it(copy: str, victim: str) -> None:
    spoil(copy, f"DELETE FROM tickets WHERE number = '{victim}'")
    missing = Break(f"{victim[3:7]}-{victim[7:9]}-{victim[9:11]}", Fault.MISSING, "1")
    assert await found_in(copy) == [Break(victim, Fault.NO_TICKET), missing]
    for table in ("ticket_events", "deadlines"):
        spoil(copy, f"DELETE FROM {table} WHERE ticket = '{victim}'")
    assert await found_in(copy) == [missing]


async def test_several__each_is_named(copy: str) -> None:
    numbers = sorted(_WORLD.tickets)[::10]
    for number in numbers:
        spoil(copy, f"DELETE FROM ticket_events WHERE id = {events_of(copy, number)[-1]}")
    assert [found.number for found in await found_in(copy)] == numbers


@pytest.mark.parametrize("table", ["tickets", "ticket_events", "deadlines"])
async def test_moment__that_is_none_hides_no_other_ticket(
    small_in_sqlite: Path, tmp_path: Path, victim: str, table: str
) -> None:
    """SQLite takes any text for a moment; PostgreSQL refuses it."""
    url = f"sqlite:///{shutil.copyfile(small_in_sqlite, tmp_path / 'copy.db')}"
    other = next(number for number in _WORLD.tickets if number != victim)
    column = {"tickets": "created_at", "ticket_events": "at", "deadlines": "set_at"}[table]
    key = "number" if table == "tickets" else "ticket"
    spoil(
        url,
        f"UPDATE {table} SET {column} = 'yesterday' WHERE {key} = '{victim}'",
        f"UPDATE tickets SET excluded = 'done' WHERE number = '{other}'",
    )
    found = {each.number: each.fault for each in await found_in(url)}
    assert found == {victim: Fault.ROW, other: Fault.ROW}
