"""Messages through the web chat to durable tickets, with the real model and the real service.

    .venv/bin/python -m benchmarks.whole_way [--messages 300] [--callers 1 8 16]

Each caller writes one message into a chat of its own (POST), waits for the receipt on the live
line (SSE), and goes on with the next. A receipt is written in the ticket's transaction, so its
time is the time to a durable ticket. The load comes from this process, on the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import secrets
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import yaml

from liandong.county_files import read_sheets
from tests.acceptance.running import ROOT, Running, classifier_ready, descendants, rows, running

SECONDS_FOR_ONE = 20.0


def sentences() -> list[str]:
    """Held-out sentences about everyday matters, each with a village in front; fixed order."""
    sheets = read_sheets(ROOT / "data" / "sample_county")
    usual = {
        row["matter"]
        for row in sheets["catalogue"]
        if row["urgency"] != "urgent" and row["group"] != "discipline"
    }
    names = {row["code"]: row["name"] for row in sheets["divisions"]}
    villages = [
        names[row["parent_code"]] + row["name"].replace("村民委员会", "村")
        for row in sheets["divisions"]
        if row["level"] == "village" and row["name"].endswith("村民委员会")
    ]
    texts = []
    for file in sorted((ROOT / "nlu" / "golden").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if block["intent"] in usual:
                texts += [line[2:] for line in block["examples"].splitlines() if line]
    random.Random(7).shuffle(texts)
    return [
        f"{village}，{text}"
        for text, village in zip(texts, itertools.cycle(villages), strict=False)
    ]


async def one_message(
    http: aiohttp.ClientSession, url: str, text: str, patience: float = SECONDS_FOR_ONE
) -> float:
    """Seconds from the POST to the answer (the ticket's receipt, but for rare small talk)."""
    chat = f"{url}/c/{secrets.token_urlsafe(16)}"
    began = time.perf_counter()
    async with asyncio.timeout(patience):
        async with http.post(f"{chat}/messages", json={"id": str(uuid.uuid4()), "text": text}) as a:
            assert a.status == 202, await a.text()
        async with http.get(f"{chat}/events?after=0") as live:
            async for raw in live.content:
                if raw.startswith(b"id:"):
                    return time.perf_counter() - began
    raise AssertionError("the live line ended without an answer")


async def load(
    url: str, texts: Iterator[str], callers: int, messages: int
) -> tuple[float, list[float]]:
    """Wall seconds and the single times of `messages` messages by `callers`."""
    times: list[float] = []
    left = itertools.count()
    connector = aiohttp.TCPConnector(limit=0, force_close=False)
    async with aiohttp.ClientSession(connector=connector) as http:

        async def caller() -> None:
            while next(left) < messages:
                times.append(await one_message(http, url, next(texts)))

        began = time.perf_counter()
        await asyncio.gather(*(caller() for _ in range(callers)))
        return time.perf_counter() - began, times


def resident_mb(pid: int) -> float:
    """Resident memory in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_ms(pid: int) -> float:
    """Processor time that a process has used, in milliseconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def parse_times(service: Running) -> list[float]:
    """Milliseconds that the classifier took, as stored with every prediction."""
    return [
        float(json.loads(str(payload))["latency_ms"])
        for (payload,) in rows(service.data_dir, "SELECT payload FROM predictions")
    ]


def tickets_in(service: Running) -> int:
    """Tickets in the database."""
    [(count,)] = rows(service.data_dir, "SELECT count(*) FROM tickets")
    return int(str(count))


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def measure(callers: list[int], messages: int, warm_up: int) -> None:
    texts = itertools.cycle(sentences())
    with tempfile.TemporaryDirectory() as folder:
        async with running(Path(folder), nlu="true") as service:
            await classifier_ready(service.url)
            await load(service.url, texts, 4, warm_up)
            pids = [service.process.pid, *descendants(service.process.pid)]
            print(
                "callers  tickets/s    p50 ms    p99 ms  classifier p50 ms  | processor ms/ticket:"
            )
            print(f"{'service':>72}   Rasa   load")
            for count in callers:
                before = len(parse_times(service))
                tickets = tickets_in(service)
                used = [cpu_ms(pid) for pid in (*pids, os.getpid())]
                wall, times = await load(service.url, texts, count, messages)
                parsing = statistics.median(parse_times(service)[before:])
                tickets = tickets_in(service) - tickets
                spent = [
                    cpu_ms(pid) - was for pid, was in zip((*pids, os.getpid()), used, strict=True)
                ]
                own, rasa, load_ms = spent[0], sum(spent[1:-1]), spent[-1]
                print(
                    f"{count:7}  {tickets / wall:9.1f}  {percentile(times, 0.5) * 1e3:8.1f}"
                    f"  {percentile(times, 0.99) * 1e3:8.1f}  {parsing:17.1f}"
                    f"  | {own / tickets:6.1f}  {rasa / tickets:5.1f}  {load_ms / tickets:5.1f}"
                )
            total = sum(resident_mb(pid) for pid in pids)
            print(f"memory: service {resident_mb(pids[0]):.0f} MB, with Rasa {total:.0f} MB")
            written = rows(service.data_dir, "SELECT count(*), sum(degraded) FROM tickets")
            print(f"tickets written, of them by keywords only: {written[0]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=400, help="for each number of callers")
    parser.add_argument("--callers", type=int, nargs="+", default=[1, 8, 16])
    parser.add_argument("--warm-up", type=int, default=40)
    options = parser.parse_args()
    if not 1 <= options.messages <= 20_000:
        parser.error("1 to 20,000 messages")
    asyncio.run(measure(options.callers, options.messages, options.warm_up))


if __name__ == "__main__":
    main()
