"""What a change of state costs, and what a pass over the deadlines costs.

    .venv/bin/python -m benchmarks.ticket_life [--changes 300] [--tickets 100000 1000000]

One change: a cadre's action with its ticket, events, deadlines and outbox rows, in process on
SQLite, from the begin of its transaction to the end of its commit (fsync and all).
One pass: `Escalation.run_once` on PostgreSQL, with so many open tickets of which so many are due.
The tickets are copies of one that the real services opened, written by SQL.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from liandong.bootstrap import SAMPLE_COUNTY, office_of
from liandong.county_files import read_sheets
from routing.county_tables import load_county
from routing.places import NOWHERE
from services.case import Case
from services.casework import VERBS
from services.escalate import Escalation
from services.intake import Matter
from services.messages import Address, BotName, Inbound, InboundKind
from services.office import Office
from services.opening import open_ticket
from services.ports import UnitOfWorkFactory
from services.understanding import Guess, Understanding
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitOfWorkFactory
from tests.servers.postgres import postgres_server

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
STORY = (("sign", ""), ("reply", "已派人去看"), ("note", "买到灯泡了"), ("resolve", "灯修好了"))
TEXT = "府城镇高壁村三组路灯坏了三天没人管"


class World:
    """The sample county on one database, with a clock that is set."""

    def __init__(self, url: str) -> None:
        self.now = MONDAY
        self.database = Database(url)
        self.units_of_work: UnitOfWorkFactory = SqlUnitOfWorkFactory(self.database, MemoryWakeups())
        ids = itertools.count()
        county = load_county(read_sheets(SAMPLE_COUNTY))
        made = office_of(county, lambda: self.now)
        self.office = Office(
            county, made.finder, made.wording, lambda: self.now, lambda: f"b{next(ids)}"
        )

    async def open(self, number: int) -> str:
        """A ticket of a street lamp that a linkage group has to sign for."""
        understanding = Understanding(
            "appeal", "street_lamp", 0.9, (Guess("street_lamp", 0.9),), "help", False, False, 1,
            ("路灯",), "bench", False, 0.0,
        )  # fmt: skip
        address = Address("web", BotName.RESIDENTS, f"r{number}")
        place = self.office.finder.find(TEXT) or NOWHERE
        async with self.units_of_work() as work:
            matter = Matter(address, number, TEXT, understanding, place)
            ticket = await open_ticket(work, self.office, matter)
            await work.commit()
        return ticket.number


async def change(world: World, number: str, verb: str, text: str) -> float:
    """Milliseconds of one action of the person in charge, commit included."""
    began = time.perf_counter()
    async with world.units_of_work() as work:
        ticket = await work.ticket(number)
        assert ticket is not None
        cadre = world.office.cadre(ticket.person)
        assert cadre is not None
        address = Address("web", BotName.CADRES, cadre.id)
        inbound = Inbound(address, number + verb, InboundKind.PRESS, cadre.id, world.now)
        await VERBS[verb](Case(work, world.office, inbound, 1, cadre, ticket), text)
        await work.commit()
    return (time.perf_counter() - began) * 1000


async def changes(count: int) -> None:
    """Print what each kind of change costs."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        world = World(url)
        times: dict[str, list[float]] = {verb: [] for verb, _ in STORY}
        for each in range(count):
            number = await world.open(each)
            for verb, text in STORY:
                world.now += timedelta(seconds=30)
                times[verb].append(await change(world, number, verb, text))
        await world.database.close()
    print(f"\none change of state on SQLite, {count} each, milliseconds")
    for verb, measured in times.items():
        p99 = statistics.quantiles(measured, n=100)[98]
        print(f"  {verb:8} p50 {statistics.median(measured):5.2f}   p99 {p99:5.2f}")


async def fill(world: World, url: str, tickets: int) -> None:
    """Copies of one real ticket with their deadline and first event, none of them due."""
    number = await world.open(1)
    later = world.now + timedelta(days=300)
    with psycopg.connect(url) as connection:
        for table, key, clock in (
            ("tickets", "number", {"due_at"}),
            ("deadlines", "ticket", {"due_at", "wake_at"}),
            ("ticket_events", "ticket", set[str]()),
        ):
            moments = "".join(f", '{name}', to_jsonb(%(later)s::timestamptz)" for name in clock)
            serial = "" if table == "tickets" else f", 'id', nextval('{table}_id_seq')"
            connection.execute(
                f"""INSERT INTO {table} SELECT (jsonb_populate_record(t, jsonb_build_object(
                    '{key}', 'LD-B' || lpad(g::text, 8, '0'){moments}{serial}))).*
                    FROM {table} t, generate_series(1, %(tickets)s) g
                    WHERE t.{key} = %(number)s
                    AND t.ctid = (SELECT max(ctid) FROM {table}
                    WHERE {key} = %(number)s)""".encode(),
                {"later": later, "tickets": tickets, "number": number},
            )
        connection.execute(b"UPDATE deadlines SET wake_at = due_at")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(b"VACUUM ANALYZE")


def make_due(url: str, due: int, now: datetime, offset: int) -> None:
    """Let the deadlines of `due` tickets have run out, spread over the whole table."""
    with psycopg.connect(url) as connection:
        connection.execute(
            b"""WITH chosen AS (SELECT ticket FROM deadlines WHERE ticket LIKE 'LD-B%%'
                AND ended_at IS NULL AND wake_at > %(now)s ORDER BY md5(ticket || %(offset)s)
                LIMIT %(due)s)
                UPDATE deadlines SET due_at = %(late)s, wake_at = %(late)s
                WHERE ended_at IS NULL AND ticket IN (SELECT ticket FROM chosen)""",
            {"now": now, "late": now - timedelta(minutes=1), "due": due, "offset": str(offset)},
        )
        # The value that the ticket carries says the same.
        connection.execute(
            b"""UPDATE tickets SET due_at = %(late)s, clocks = jsonb_set(clocks::jsonb, '{0,1}',
                to_jsonb(%(text)s::text))::text
                FROM deadlines d WHERE d.ticket = number AND d.ended_at IS NULL
                AND d.wake_at = %(late)s""",
            {
                "late": now - timedelta(minutes=1),
                "text": (now - timedelta(minutes=1)).isoformat(timespec="microseconds"),
            },
        )


async def passes(sizes: list[int], due: int, rounds: int) -> None:
    """Print what a pass costs with each number of open tickets."""
    with postgres_server() as server:
        for tickets in sizes:
            with server.database() as url:
                upgrade(url)
                world = World(url)
                await fill(world, url, tickets)
                escalation = Escalation(world.units_of_work, functools.partial(_office, world))
                taken, idle = [], []
                for each in range(rounds):
                    world.now += timedelta(minutes=1)
                    make_due(url, due, world.now, each)
                    taken.append(await timed(escalation.run_once, due))
                    idle.append(await timed(escalation.run_once, 0))
                await world.database.close()
            print(
                f"  {tickets:>9,} open, {due} due: {statistics.median(taken):5.2f} s"
                f"   (nothing due: {statistics.median(idle) * 1000:.1f} ms)"
            )


def _office(world: World) -> Office:
    return world.office


async def timed(step: Callable[[], Awaitable[int]], expected: int) -> float:
    """Seconds of one pass, which must handle exactly so many clocks."""
    began = time.perf_counter()
    handled = await step()
    assert handled == expected, f"{handled} handled, {expected} due"
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--tickets", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--due", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    asyncio.run(changes(options.changes))
    if options.tickets:
        print(f"\none escalation pass on PostgreSQL, median of {options.rounds}")
        asyncio.run(passes(options.tickets, options.due, options.rounds))


if __name__ == "__main__":
    main()
