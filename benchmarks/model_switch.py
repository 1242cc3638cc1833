"""Models are switched and rolled back while 5,000 messages a minute run through the whole service.

    .venv/bin/python -m benchmarks.model_switch [--rate 5000] [--rounds 3] [--seconds 30] [--live]

Messages come at fixed moments whatever the service does (an open loop: one that is slow is asked
no less), each into a chat of its own; a time counts from the moment at which it was due to the
writing of its first answer, in the ticket's transaction. With `--live` every chat also waits on its
live line, and its time ends when the answer is there. The load comes from the same machine. The
second model is the shipped one under another name: everything but its archive's name is the same.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from benchmarks.whole_way import one_message, percentile, sentences
from bot.webchat.links import address_of, new_token
from liandong.settings import Settings
from liandong.shipped import shipped_archive
from nlu.interpret import KEYWORDS
from tests.acceptance.dying import SECOND
from tests.acceptance.model_yard import Yard, serves
from tests.acceptance.running import rows, running

AROUND = 2.0
"""Seconds after a switch was taken up that still count as "around" it."""
SHARES = (0.5, 0.95, 0.99)
_MOST_WAITING = 1_900
"""The service takes 2,000 connections at once."""
_PATIENCE = 180.0
_DRAIN_SECONDS = 600.0


@dataclass
class Sent:
    """What came of the messages."""

    times: list[tuple[float, float]] = field(default_factory=list)
    """When one was due, and seconds until its answer."""
    dues: dict[str, float] = field(default_factory=dict)
    """Chat -> when its message was due, where nobody waits for the answer."""
    failed: Counter[str] = field(default_factory=Counter)
    number: int = 0


@dataclass(frozen=True)
class Switched:
    """One switch: when it was written, when all reads went to the other model."""

    what: str
    began: float
    ended: float


async def post(http: aiohttp.ClientSession, url: str, text: str) -> str:
    """Write one message into a chat of its own, and do not wait for an answer; its key."""
    chat = new_token()
    body = {"id": str(uuid.uuid4()), "text": text}
    async with asyncio.timeout(_PATIENCE), http.post(f"{url}/c/{chat}/messages", json=body) as said:
        assert said.status == 202, await said.text()
    return address_of(chat).key


async def send(
    url: str,
    texts: Iterator[str],
    rate: float,
    sent: Sent,
    end: asyncio.Event,
    *,
    live: bool,
) -> None:
    """`rate` messages a second until `end`; then wait for what is under way."""
    tasks: set[asyncio.Task[None]] = set()
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def one(due: float, text: str) -> None:
            try:
                if live:
                    await one_message(http, url, text, _PATIENCE)
                    sent.times.append((due, time.time() - due))
                else:
                    sent.dues[await post(http, url, text)] = due
            except (aiohttp.ClientError, TimeoutError, AssertionError) as exc:
                # Counted: the run goes on.
                sent.failed[type(exc).__name__] += 1

        due = time.time()
        while not end.is_set():
            due += 1 / rate
            await asyncio.sleep(max(0.0, due - time.time()))
            if len(tasks) > _MOST_WAITING:
                raise SystemExit("the machine cannot carry this rate: lower --rate")
            task = asyncio.create_task(one(due, next(texts)))
            sent.number += 1
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)


def follows(yard: Yard, version: int, model: str) -> bool:
    """Whether the service has said that it reads with this model."""
    query = "SELECT version, reads_with FROM nlu_followers"
    return rows(yard.data, query) == [(version, model)]


async def switch(yard: Yard, what: str, active: str, previous: str) -> Switched:
    """Write the row, as the console does, and wait until the service has taken it up."""
    began = time.time()
    row = await yard.write(active=active, previous=previous)
    async with asyncio.timeout(_PATIENCE):
        while not follows(yard, row.version, active):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
    return Switched(what, began, time.time())


async def settled(yard: Yard, sent: Sent) -> None:
    """Wait until every message is done with; take the times of those that nobody waited for."""
    async with asyncio.timeout(_DRAIN_SECONDS):
        while number(yard, "SELECT count(*) FROM inbox WHERE status = 'new'"):  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    query = "SELECT key, min(created_at) FROM outbox GROUP BY key"
    for key, created_at in rows(yard.data, query):
        due = sent.dues.get(str(key))
        if due is not None:
            at = datetime.fromisoformat(str(created_at)).replace(tzinfo=UTC)
            sent.times.append((due, at.timestamp() - due))


async def measure(rate: float, rounds: int, seconds: float, *, live: bool) -> None:
    archive = shipped_archive(Settings())
    with tempfile.TemporaryDirectory() as folder:
        yard = Yard(Path(folder) / "data", Path(folder) / "models", archive.name[: -len(".tar.gz")])
        yard.models.mkdir()
        (yard.models / archive.name).write_bytes(archive.read_bytes())
        async with running(yard.data, **yard.settings) as service:
            await serves(service, yard.shipped)
            await yard.register(yard.add())
            sent, end = Sent(), asyncio.Event()
            sending = asyncio.create_task(
                send(service.url, itertools.cycle(sentences()), rate, sent, end, live=live)
            )
            await asyncio.sleep(seconds / 2)  # warm
            steady = time.time()
            await asyncio.sleep(seconds)
            switches: list[Switched] = []
            for _ in range(rounds):
                switches.append(await switch(yard, "activate", SECOND, yard.shipped))
                await asyncio.sleep(2 * AROUND)
                switches.append(await switch(yard, "rollback", yard.shipped, ""))
                await asyncio.sleep(2 * AROUND)
            end.set()
            await sending
            await settled(yard, sent)
            judge(yard, sent)
            report(sent, steady, switches)


def report(sent: Sent, steady: float, switches: list[Switched]) -> None:
    """Percentiles before, and around switches."""
    first = switches[0].began
    before = [took for due, took in sent.times if steady <= due < first]
    line("before", before)
    for what in ("activate", "rollback"):
        windows = [each for each in switches if each.what == what]
        around = [
            took
            for due, took in sent.times
            if any(each.began <= due <= each.ended + AROUND for each in windows)
        ]
        line(f"around {what}", around)
        ratio = percentile(around, 0.99) / percentile(before, 0.99)
        lasted = ", ".join(f"{each.ended - each.began:.2f}" for each in windows)
        print(f"{'':16} p99 {ratio:.2f} x before; taken up after {lasted} s")


def line(what: str, times: list[float]) -> None:
    """One row of the table."""
    found = [f"p{share * 100:g} {percentile(times, share) * 1e3:7.1f}" for share in SHARES]
    print(f"{what:16} {len(times):6} messages  {'  '.join(found)}  max {max(times) * 1e3:7.1f} ms")


def judge(yard: Yard, sent: Sent) -> None:
    """Lost, doubled, read by two: none of them may be."""
    recorded = number(yard, "SELECT count(*) FROM inbox")
    done = number(yard, "SELECT count(*) FROM inbox WHERE status = 'done'")
    doubled = number(
        yard,
        "SELECT count(*) FROM (SELECT 1 FROM tickets GROUP BY reporter, text HAVING count(*) > 1)",
    )
    models = yard.models_of_messages()
    by = Counter(name for each in models for name in each)
    by_two = sum(len(each - {KEYWORDS}) > 1 for each in models)
    print(f"sent {sent.number}, answered {len(sent.times)}, failed {dict(sent.failed)}")
    print(f"recorded {recorded}, settled {done}, tickets doubled {doubled}")
    print(f"read {len(models)}, by two models {by_two}, by {dict(by)}")
    lost = sent.number - done
    if lost or doubled or by_two or sent.failed:
        sys.exit("messages were lost, doubled, or read by two models")


def number(yard: Yard, query: str) -> int:
    """What a query counts."""
    [(found,)] = rows(yard.data, query)
    return int(str(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=5000, help="messages a minute")
    parser.add_argument("--rounds", type=int, default=3, help="each: activate, then roll back")
    parser.add_argument("--seconds", type=float, default=30, help="of the time before")
    parser.add_argument("--live", action="store_true", help="every chat waits on its live line")
    options = parser.parse_args()
    if not (1 <= options.rate <= 100_000 and 1 <= options.rounds <= 50):
        parser.error("1 to 100,000 messages a minute, 1 to 50 rounds")
    print(f"load average {os.getloadavg()}")
    asyncio.run(measure(options.rate / 60, options.rounds, options.seconds, live=options.live))
    print(f"load average {os.getloadavg()}")


if __name__ == "__main__":
    main()
