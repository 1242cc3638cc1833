"""A service follows the row, says how far it is, and writes down what serves where nobody chose.

No server is started: the archives are of a Rasa version that does not run here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from liandong.bootstrap import Core, bootstrap, load_sample_county, utc_now
from liandong.classifier import Classifier
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.model_fleet import language_of
from liandong.model_following import ModelFollowing
from liandong.model_list import FOLLOWS_WITHIN, follower_line, taken_up
from liandong.settings import Settings
from routing.county_tables import load_county
from services.learning.books import SYSTEM, Follower, SwitchRecord
from services.learning.models import Serving, Switch
from storage.database import Database
from tests.nlu.archives import write_archive


@dataclass
class Process:
    """One service as far as models are concerned."""

    core: Core
    classifier: Classifier
    following: ModelFollowing


@dataclass
class House:
    """A database, and archives of two models."""

    settings: Settings
    database: Database

    @asynccontextmanager
    async def process(self, first: str) -> AsyncIterator[Process]:
        """A service that would serve `first` where nobody chose."""
        language = language_of(self.settings, load_county(read_sheets(SAMPLE_COUNTY)))
        classifier = Classifier(self.settings, language, Serving(active=first))
        core = await bootstrap(self.settings, classifier.understander, database=self.database)
        following = ModelFollowing(self.settings, classifier, core)
        try:
            await following.begin()
            yield Process(core, classifier, following)
        finally:
            await following.end()
            await classifier.stop()

    async def choose(self, core: Core, active: str, by: str = "admin") -> None:
        now = await core.models.serving.serving()
        record = SwitchRecord(utc_now(), by, Switch.ACTIVATE, active, now.active, "x")
        await core.models.serving.switch(Serving(now.version, active, now.active), record)


@pytest.fixture
async def house(tmp_path: Path, sqlite_url: str) -> AsyncIterator[House]:
    database = Database(sqlite_url)
    await load_sample_county(database)
    models = tmp_path / "models"
    models.mkdir()
    for name in ("nlu-old", "nlu-new"):
        write_archive(models / f"{name}.tar.gz", rasa="0.1")
    yield House(Settings(data_dir=tmp_path, models_dir=models, nlu=True), database)
    await database.close()


def wanted(process: Process) -> str:
    return process.classifier._serving.active


@asynccontextmanager
async def running(process: Process) -> AsyncIterator[None]:
    task = asyncio.create_task(process.following.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def followers(core: Core) -> list[Follower]:
    return list(await core.models.followers.followers(utc_now() - FOLLOWS_WITHIN))


async def test_first_start__the_model_of_the_files_is_written_down(house: House) -> None:
    async with house.process("nlu-old") as process, running(process):
        assert wanted(process) == "nlu-old"
        async with asyncio.timeout(10):
            while not (row := await process.core.models.serving.serving()).active:
                await asyncio.sleep(0.01)
        assert (row.active, row.version) == ("nlu-old", 1)
        known = await process.core.models.models.model("nlu-old")
        assert known is not None
        assert (known.author, known.rasa, known.passed) == (SYSTEM, "0.1", None)
        assert known.examples > 10_000


async def test_before_the_loop_is_in_use__other_files_are_another_model(house: House) -> None:
    async with house.process("nlu-old") as process:
        await house.choose(process.core, "nlu-old", SYSTEM)
    async with house.process("nlu-new") as process, running(process):
        assert wanted(process) == "nlu-new"
        async with asyncio.timeout(10):
            while (row := await process.core.models.serving.serving()).active != "nlu-new":
                await asyncio.sleep(0.01)
        assert row.previous == "nlu-old"


async def test_loop_in_use__the_row_alone_decides(house: House) -> None:
    async with house.process("nlu-old") as process:
        await house.choose(process.core, "nlu-old")
    async with house.process("nlu-new") as process, running(process):
        assert wanted(process) == "nlu-old"
        async with asyncio.timeout(10):
            while not await followers(process.core):
                await asyncio.sleep(0.01)
        assert (await process.core.models.serving.serving()).active == "nlu-old"


async def test_follower__says_what_is_wrong_and_is_gone_when_it_ends(house: House) -> None:
    async with house.process("nlu-old") as process, running(process):
        core = process.core
        async with asyncio.timeout(10):
            while not (told := await followers(core)) or not told[0].problem:
                await asyncio.sleep(0.01)
        row = await core.models.serving.serving()
        assert told[0].reads_with == "keywords"
        assert "Rasa 0.1" in told[0].problem
        assert not taken_up(row, told[0])
        assert "没有跟上" in follower_line(row, told[0])
    assert await followers(core) == []


async def test_switch__is_followed_at_once_within_a_process(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liandong.model_following.LOOK_SECONDS", 3600)
    async with house.process("nlu-old") as process, running(process):
        async with asyncio.timeout(10):
            while not await followers(process.core):
                await asyncio.sleep(0.01)
        await house.choose(process.core, "nlu-new")
        await process.core.coordination.wakeups.notify("models")
        async with asyncio.timeout(10):
            while wanted(process) != "nlu-new":
                await asyncio.sleep(0.01)
