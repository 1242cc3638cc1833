"""A running service with several models in its folder, and what is asked of it from outside."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import httpx

from benchmarks.whole_way import one_message
from nlu.archive import read_archive
from services.learning.books import SwitchRecord
from services.learning.models import Serving, Switch, TrainedModel
from storage.database import Database
from storage.model_book import SqlModelBook
from storage.serving_book import SqlServingBook
from tests.acceptance.dying import SECOND
from tests.acceptance.running import Running, descendants, rows

PATIENCE = 90.0
"""Seconds; the machine may be busy."""
_MODEL = re.compile(r'"model": ?"([^"]+)"')
SENTENCE = "府城镇高壁村三组路灯坏了三天没人管"


@dataclass(frozen=True)
class Yard:
    """The folders of one installation."""

    data: Path
    models: Path
    shipped: str

    def add(self, name: str = SECOND) -> Path:
        """The shipped model once more, under another name."""
        copy = self.models / f"{name}.tar.gz"
        os.link(self.models / f"{self.shipped}.tar.gz", copy)
        return copy

    @property
    def settings(self) -> dict[str, str]:
        """Of a service that serves these models."""
        return {"nlu": "true", "models_dir": str(self.models)}

    async def register(self, archive: Path) -> None:
        """Keep it in the book of models, examined and passed."""
        found = read_archive(archive)
        made = datetime.now(UTC)
        async with self._database() as database:
            await SqlModelBook(database).register(
                TrainedModel(
                    *(found.name, found.sha256, found.size, found.rasa, "admin", made),
                    *(9, found.intents, "", True),
                )
            )

    async def write(
        self, *, active: str, previous: str = "", **more: Any
    ) -> Serving:  # Any: of several types
        """Write the row as a switch does; `more` are its other columns."""
        async with self._database() as database:
            book = SqlServingBook(database)
            now = await book.serving()
            record = SwitchRecord(
                datetime.now(UTC), "admin", Switch.ACTIVATE, active, now.active, "test"
            )
            return await book.switch(Serving(now.version, active, previous, **more), record)

    async def row(self) -> Serving:
        async with self._database() as database:
            return await SqlServingBook(database).serving()

    @contextlib.asynccontextmanager
    async def _database(self) -> AsyncIterator[Database]:
        database = Database(f"sqlite:///{self.data / 'liandong.db'}")
        try:
            yield database
        finally:
            await database.close()

    def models_of_messages(self) -> list[set[str]]:
        """For each message that was read, the models that its predictions name, and their parts.

        With the word lists where they read first, and a model read it again later.
        """
        found: dict[object, set[str]] = {}
        for inbox_id, payload in rows(self.data, "SELECT inbox_id, payload FROM predictions"):
            found.setdefault(inbox_id, set()).update(_MODEL.findall(str(payload)))
        return list(found.values())


async def health(service: Running) -> dict[str, object]:
    async with httpx.AsyncClient(base_url=service.url, timeout=10) as client:
        found: dict[str, object] = (await client.get("/health/ready")).json()
        return found


async def serves(service: Running, model: str) -> dict[str, object]:
    """Wait until a service reads with this model."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await health(service)
            if found["model"] == model and found["classifier"]:
                return found
            await asyncio.sleep(0.1)


async def says(service: Running, part: str) -> dict[str, object]:
    """Wait until a service says what is wrong."""
    async with asyncio.timeout(PATIENCE):
        while part not in str((found := await health(service))["models_problem"]):
            await asyncio.sleep(0.1)
    return found


async def say(service: Running, text: str = SENTENCE) -> float:
    """A resident writes; seconds until the answer."""
    async with aiohttp.ClientSession() as http:
        return await one_message(http, service.url, text)


@contextlib.asynccontextmanager
async def talking(service: Running) -> AsyncIterator[list[float]]:
    """Residents write all the while; the times of their answers."""
    times: list[float] = []
    ended = asyncio.Event()

    async def talk() -> None:
        async with aiohttp.ClientSession() as http:
            while not ended.is_set():
                times.append(await one_message(http, service.url, SENTENCE))
                await asyncio.sleep(0.05)

    task = asyncio.create_task(talk())
    yield times
    ended.set()
    await task


def servers_of(service: Running, model: str) -> list[int]:
    """The processes that serve a model."""
    found = []
    for pid in descendants(service.process.pid):
        with contextlib.suppress(OSError):
            if f"{model}.tar.gz" in Path(f"/proc/{pid}/cmdline").read_text():
                found.append(pid)
    return found


async def server_of(service: Running, model: str) -> int:
    """Wait until a process serves a model, or is about to."""
    give_up = time.monotonic() + PATIENCE
    while not (found := servers_of(service, model)):
        assert time.monotonic() < give_up
        await asyncio.sleep(0.02)
    return found[0]


def kill(pid: int) -> None:
    """SIGKILL, for a process that a test's own service started."""
    os.kill(pid, signal.SIGKILL)
