"""The figures of thousands of tickets, and the look through their histories.

    .venv/bin/python -m benchmarks.metrics [--tickets 3000] [--url postgresql://…] [--folder DIR]

Tickets that went random ways through the real rules of their life are written through the real unit
of work; then they are measured and verified as the commands do it. `--url` names an empty database
(default: SQLite in a folder of its own); `--folder` keeps the file, with the sample county, to try
the commands on.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from liandong.prepare import prepare
from liandong.settings import Settings
from liandong.terminal import bar, out
from services.measuring import Selection, measure
from services.verifying import verify
from storage.database import Database
from storage.histories import SqlHistories
from storage.kept_tickets import SqlKeptTickets
from storage.memory_coordination import MemoryWakeups
from storage.unit_of_work import SqlUnitOfWorkFactory
from tests.tickets.world import FIRST, HOURS, saved, world_of

_OF_A_WORLD = 250
_APART = timedelta(days=60)
"""Worlds follow each other: each gives out the numbers of its own days."""
_RUNS = 3


async def fill(database: Database, tickets: int) -> int:
    """Write the tickets; returns how many events they have."""
    units_of_work, events = SqlUnitOfWorkFactory(database, MemoryWakeups()), 0
    with bar() as progress:
        task = progress.add_task("writing", total=tickets)
        for number in range(-(-tickets // _OF_A_WORLD)):
            count = min(_OF_A_WORLD, tickets - number * _OF_A_WORLD)
            first = FIRST - number * _APART
            steps = world_of(number, count, first=first).steps
            await saved(units_of_work, steps)
            events += sum(len(step.events) for step in steps)
            progress.advance(task, count)
    return events


@contextmanager
def clocked(what: str) -> Iterator[None]:
    """Say how long something took, and how much of that this process worked."""
    began, worked = time.perf_counter(), time.process_time()
    yield
    took, worked = time.perf_counter() - began, time.process_time() - worked
    out.print(f"{what}: {took:.2f} s, of which {worked:.2f} s of this process")


async def timed(database: Database, tickets: int) -> None:
    """Measure and verify, and say how long that took."""
    now = FIRST + _APART
    everything = Selection(now - timedelta(days=36_500), now)
    histories, kept = SqlHistories(database, "discipline"), SqlKeptTickets(database)
    for _ in range(_RUNS):
        with clocked("metrics"):
            figures = await measure(histories, everything, HOURS, now)
        assert len(figures.facts) == tickets
    for _ in range(_RUNS):
        with clocked("verify"):
            found = [found async for found in verify(kept)]
        assert found == []


async def run(url: str, folder: Path, tickets: int) -> None:
    """All of it on one database."""
    await prepare(Settings(data_dir=folder, database_url=url), sample=True)
    database = Database(url)
    try:
        events = await fill(database, tickets)
        out.print(f"{tickets} tickets with {events} events")
        await timed(database, tickets)
    finally:
        await database.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=3000)
    parser.add_argument("--url")
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        url = chosen.url or f"sqlite:///{folder / 'liandong.db'}"
        asyncio.run(run(url, folder, chosen.tickets))


if __name__ == "__main__":
    main()
