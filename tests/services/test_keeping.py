"""Which old models keep their files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from services.learning.books import SYSTEM, SwitchRecord
from services.learning.keeping import Keeping, KeepingRule, removable
from services.learning.models import Serving, Switch, TrainedModel
from storage.database import Database
from storage.model_book import SqlModelBook
from storage.serving_book import SqlServingBook

NOW = datetime(2026, 12, 1, tzinfo=UTC)
RULE = KeepingRule(last=2, days=90)


def model(name: str, days: int) -> TrainedModel:
    made_at = NOW - timedelta(days=days)
    return TrainedModel(name, name, 1, "3.6.21", "a", made_at, 1, ("road",), "", True)


OLD = [model(f"m{days}", days) for days in (100, 200, 300, 400, 500)]


def names(serving: Serving, models: list[TrainedModel] = OLD) -> list[str]:
    return [each.name for each in removable(models, serving, RULE, NOW)]


def test_removable__neither_the_newest_nor_the_young() -> None:
    assert names(Serving()) == ["m300", "m400", "m500"]
    assert names(Serving(), [model(f"m{days}", days) for days in range(1, 9)]) == []


def test_removable__nothing_with_a_part() -> None:
    serving = Serving(1, "m300", "m400", shadow="m500", canary="m200")
    assert names(serving) == []


def test_removable__nothing_twice() -> None:
    assert names(Serving(), [replace(each, removed_at=NOW) for each in OLD]) == []


@dataclass
class Bin:
    there: set[str] = field(default_factory=lambda: {each.name for each in OLD})

    async def delete(self, name: str, before: datetime) -> bool:
        was = name in self.there
        self.there.discard(name)
        return was


@pytest.fixture
async def books(sqlite_url: str) -> AsyncIterator[tuple[SqlModelBook, SqlServingBook]]:
    database = Database(sqlite_url)
    models = SqlModelBook(database)
    for each in OLD:
        await models.register(each)
    yield models, SqlServingBook(database)
    await database.close()


async def test_keeping__rows_stay_and_files_go(
    books: tuple[SqlModelBook, SqlServingBook],
) -> None:
    models, serving = books
    record = SwitchRecord(NOW, SYSTEM, Switch.ACTIVATE, "m500", "", "x")
    await serving.switch(Serving(0, "m500"), record)
    files = Bin()
    keeping = Keeping(models, serving, files, RULE, lambda: NOW)
    assert (await keeping.run_once(), await keeping.run_once()) == (2, 0)
    assert files.there == {"m100", "m200", "m500"}
    assert len(await models.models()) == 5


async def test_keeping__files_that_a_crash_left_go_with_the_next_pass(
    books: tuple[SqlModelBook, SqlServingBook],
) -> None:
    models, serving = books
    await models.remove("m500", NOW)
    files = Bin()
    await Keeping(models, serving, files, KeepingRule(9, 90), lambda: NOW).run_once()
    assert "m500" not in files.there
