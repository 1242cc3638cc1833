"""The inbox of corrections with many messages: taking them up, a page, a label.

    .venv/bin/python -m benchmarks.inbox [--messages 20000] [--pages 60] [--postgres]

The messages are the training sentences (nlu/data), some of them again from another village, with
invented readings of known margin; they lie in the database as the service leaves them. Everything
else is the service's own: masking, grouping, weighing, order, labels.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import insert

from liandong.bootstrap import SAMPLE_COUNTY, office_of
from liandong.county_files import read_sheets
from liandong.terminal import bar
from nlu.dataset import read_dataset
from nlu.keywords import KeywordClassifier
from routing.county_tables import load_county
from services.learning.gathering import Gathering
from services.learning.inbox import CorrectionInbox
from services.learning.inbox_items import Answer
from services.messages import Address, BotName, Inbound, InboundKind
from services.understanding import Guess, Understanding
from storage.codec import INBOUND, UNDERSTANDING, dump
from storage.correction_book import SqlCorrectionBook
from storage.database import Database
from storage.known_intents import SqlKnownIntents
from storage.migrate import upgrade
from storage.tables import INBOX, PREDICTIONS
from tests.servers.postgres import postgres_server

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_PERIOD = timedelta(days=28)
_AT_ONCE = 500
_AGAIN = 0.15
"""Share of messages that repeat an earlier one, from another village."""


def messages(count: int) -> Iterator[tuple[Inbound, Understanding]]:
    """The same ones every time, oldest first."""
    county = load_county(read_sheets(SAMPLE_COUNTY))
    villages = [d.short_name for d in county.tree.by_code.values() if d.level == "village"]
    examples = read_dataset(ROOT / "nlu" / "data").examples
    matters = sorted({example.intent for example in examples})
    chance = random.Random(7)
    told = chance.sample(examples, min(count, len(examples)))
    for number in range(count):
        repeats = number >= len(told) or (number and chance.random() < _AGAIN)
        example = chance.choice(told[: min(number, len(told))]) if repeats else told[number]
        at = NOW - _PERIOD * (1 - number / count)
        address = Address("web", BotName.RESIDENTS, f"r{number}")
        text = f"{chance.choice(villages)}{example.text}" if repeats else example.text
        inbound = Inbound(address, f"u{number}", InboundKind.TEXT, f"r{number}", at, text=text)
        yield inbound, _reading(example.intent, chance.choice(matters), chance.random())


def _reading(best: str, second: str, margin: float) -> Understanding:
    ranking = (Guess(best, (1 + margin) / 2), Guess(second, (1 - margin) / 2))
    return Understanding(
        kind="appeal",
        matter=best,
        confidence=ranking[0].confidence,
        ranking=ranking,
        appeal_type="help",
        urgent=False,
        confidential=False,
        n_matters=1,
        evidence=(),
        model="bench",
        degraded=False,
        latency_ms=3.0,
        margin=margin,
    )


async def fill(database: Database, count: int) -> None:
    """Inbox rows with their predictions."""
    rows = list(messages(count))
    for start in range(0, count, _AT_ONCE):
        some = list(enumerate(rows[start : start + _AT_ONCE], start + 1))
        async with database.write() as connection:
            await connection.execute(insert(INBOX), [_inbox_row(n, m) for n, (m, _) in some])
            await connection.execute(
                insert(PREDICTIONS), [_prediction(n, m, read) for n, (m, read) in some]
            )
            await connection.commit()


def _inbox_row(number: int, message: Inbound) -> dict[str, object]:
    return {
        "id": number,
        "channel": message.address.channel,
        "bot": str(message.address.bot),
        "update_id": message.update_id,
        "key": message.address.key,
        "kind": str(message.kind),
        "payload": dump(INBOUND, message),
        "received_at": message.sent_at,
        "status": "done",
        "attempts": 1,
    }


def _prediction(number: int, message: Inbound, reading: Understanding) -> dict[str, object]:
    return {
        "inbox_id": number,
        "model": reading.model,
        "degraded": reading.degraded,
        "payload": dump(UNDERSTANDING, reading),
        "reasons": "[]",
        "at": message.sent_at,
    }


class Times:
    """Milliseconds by what was done: on the clock, and of this process's work."""

    def __init__(self) -> None:
        self._of: dict[str, list[tuple[float, float]]] = {}

    @contextmanager
    def clocked(self, what: str) -> Iterator[None]:
        """Measure the block."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        took = (time.perf_counter() - began, time.process_time() - worked)
        self._of.setdefault(what, []).append((1000 * took[0], 1000 * took[1]))

    def show(self) -> None:
        """Middle and slowest of each."""
        for what, each in self._of.items():
            took, worked = zip(*each, strict=True)
            print(f"  {what:14} {len(took)} times, p50 {statistics.median(took):.1f} ms", end=", ")
            print(f"max {max(took):.1f}, of which this process {statistics.median(worked):.1f}")


async def measure(url: str, count: int, pages: int) -> None:
    """All of it on one database."""
    upgrade(url)
    database = Database(url)
    try:
        await fill(database, count)
        await _work(database, count, pages)
    finally:
        await database.close()


async def _work(database: Database, count: int, pages: int) -> None:
    county = load_county(read_sheets(SAMPLE_COUNTY))
    office = office_of(county, lambda: NOW)
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", county.catalogue.by_matter)
    book = SqlCorrectionBook(database)
    gathering = Gathering(
        book,
        lambda text: next((guess.label for guess in words.classify(text).ranking), ""),
        lambda: office,
    )
    live = frozenset(e.intent for e in read_dataset(ROOT / "nlu" / "data").examples)
    intents = SqlKnownIntents(database, lambda: live)
    inbox = CorrectionInbox(book, gathering, intents, lambda: NOW, seed=county.code)
    times, began, taken = Times(), time.perf_counter(), 0
    with bar() as progress:
        task = progress.add_task("taking up", total=count)
        while some := await inbox.gather():
            taken += some
            progress.advance(task, some)
    seconds = time.perf_counter() - began
    groups, waiting = await book.open_counts(NOW - 2 * _PERIOD)
    print(f"  {taken} taken up in {seconds:.1f} s, {taken / seconds:.0f}/s: {groups} groups")
    assert waiting <= count
    for number in range(pages):
        with times.clocked("a page of 20"):
            page = await inbox.page(f"person{number % 3}", limit=20)
        with times.clocked("accept"):
            await inbox.accept("anna", page.items[0].inbox_id)
        with times.clocked("correct"):
            await inbox.correct("anna", page.items[1].inbox_id, Answer("road"))
    times.show()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inbox", description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--postgres", action="store_true", help="as well (a throw-away server)")
    asked = parser.parse_args()
    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite")
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        asyncio.run(measure(url, asked.messages, asked.pages))
    if asked.postgres:
        print("PostgreSQL")
        with postgres_server() as server, server.database() as url:
            asyncio.run(measure(url, asked.messages, asked.pages))


if __name__ == "__main__":
    main()
