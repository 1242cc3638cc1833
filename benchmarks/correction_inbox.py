"""How long a page of the inbox of corrections takes over 20,000 messages, and taking them up.

Invented messages from the labelled sentences of the project, on SQLite: `python -m
benchmarks.correction_inbox [messages]`. Prints the times; nothing is kept.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from liandong.bootstrap import sample_office
from liandong.settings import ROOT
from nlu.dataset import read_dataset
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

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_NAMES = ("张小明", "李秀英", "王建国", "赵大勇")


async def fill(database: Database, messages: int) -> None:
    """Messages with readings, a fifth of them said again in other places or with other numbers."""
    chance = random.Random(7)
    examples = read_dataset(ROOT / "nlu" / "data").examples
    intents = sorted({each.intent for each in examples})
    inbox, predictions = [], []
    for number in range(1, messages + 1):
        example = chance.choice(examples[:4000] if chance.random() < 0.2 else examples)
        text = f"{example.text}，我叫{chance.choice(_NAMES)}" if number % 7 == 0 else example.text
        address = Address("web", BotName.RESIDENTS, f"c{number}")
        at = NOW - timedelta(seconds=100 * (messages - number))
        inbound = Inbound(address, f"u{number}", InboundKind.TEXT, "s", at, text)
        inbox.append(
            {
                "id": number,
                "channel": "web",
                "bot": "residents",
                "update_id": f"u{number}",
                "key": address.key,
                "kind": "text",
                "payload": dump(INBOUND, inbound),
                "received_at": at,
                "status": "done",
                "attempts": 0,
            }
        )
        second = chance.choice(intents)
        sure = chance.random()
        reading = Understanding(
            kind="appeal",
            matter=example.intent,
            confidence=sure,
            ranking=(Guess(example.intent, sure), Guess(second, (1 - sure) / 2)),
            appeal_type="help",
            urgent=False,
            confidential=False,
            n_matters=1,
            evidence=(),
            model="bench",
            degraded=False,
            latency_ms=1.0,
            margin=abs(sure - (1 - sure) / 2),
        )
        predictions.append(
            {
                "inbox_id": number,
                "model": "bench",
                "degraded": False,
                "payload": dump(UNDERSTANDING, reading),
                "reasons": "[]",
                "at": at,
            }
        )
    async with database.write() as connection:
        await connection.execute(insert(INBOX), inbox)
        await connection.execute(insert(PREDICTIONS), predictions)
        await connection.commit()


async def measure(messages: int) -> None:
    """Take everything up, then page, label and page again."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        database = Database(url, durable=False)
        await fill(database, messages)
        office = sample_office(lambda: NOW)
        book = SqlCorrectionBook(database)
        intents = SqlKnownIntents(database, lambda: {"road"})
        gathering = Gathering(book, lambda text: "", lambda: office)
        desk = CorrectionInbox(book, gathering, intents, lambda: NOW, seed="bench")
        began = time.perf_counter()
        while await desk.gather():
            pass
        taken = time.perf_counter() - began
        pages = []
        for number in range(30):
            began = time.perf_counter()
            page = await desk.page(f"a{number % 3}", skip=20 * (number % 10))
            pages.append(time.perf_counter() - began)
            await desk.correct("a0", page.items[0].inbox_id, Answer("road"))
        began = time.perf_counter()
        await desk.gather()
        idle = time.perf_counter() - began
        print(f"{messages} messages, {page.open_items} groups")
        print(f"taken up: {taken:.1f} s, {1000 * taken / messages:.2f} ms each")
        print(
            f"page of 20: median {1000 * statistics.median(pages):.0f} ms, max {max(pages):.3f} s"
        )
        print(f"a look when nothing is new: {1000 * idle:.0f} ms")
        await database.close()


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
