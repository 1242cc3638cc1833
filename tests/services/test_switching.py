"""Switching models: who may serve, what is refused before anything is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from services.learning.books import NoSuchModel, ServingChanged
from services.learning.models import Serving, Switch, TrainedModel
from services.learning.overrides import Override
from services.learning.serving import Known, ModelRefused, ReasonMissing, Switching, successor
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.model_book import SqlModelBook
from storage.serving_book import SqlServingBook

NOW = datetime(2026, 12, 1, 3, tzinfo=UTC)
SHIPPED = TrainedModel("shipped", "s", 1, "3.6.21", "system", NOW, 9, ("road",), "", None)
BETTER = replace(SHIPPED, name="better", sha256="b", author="admin", passed=True)
KNOWN = Known(frozenset({"road", "lamp", "thanks"}), {"140926100": "府城镇", "140926101": "和川镇"})


@dataclass
class Stage:
    """A desk for switching with everything that it asks."""

    books: SqlModelBook
    serving: SqlServingBook
    overridden: set[str] = field(default_factory=set)
    problems: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    async def of(self, model: str) -> Override | None:
        second = "reviewer" if model in self.overridden else None
        return Override(model, "admin", "急用", NOW, second, NOW)

    async def problem(self, model: TrainedModel) -> str | None:
        return self.problems.get(model.name)

    async def became(self) -> Mapping[str, str]:
        return self.names

    def desk(self) -> Switching:
        return Switching(
            self.books, self.serving, self, self, self, lambda: KNOWN, lambda: NOW, MemoryWakeups()
        )

    async def activate(self, name: str) -> Serving:
        return await self.desk().activate(name, by="admin", reason="更准")


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    database = Database(sqlite_url)
    stage = Stage(SqlModelBook(database), SqlServingBook(database))
    for model in (SHIPPED, BETTER):
        await stage.books.register(model)
    await stage.desk().adopt("shipped")
    yield stage
    await database.close()


async def test_activate__writes_who_and_why(stage: Stage) -> None:
    await stage.activate("better")
    now = await stage.serving.serving()
    assert (now.active, now.previous) == ("better", "shipped")
    newest = (await stage.serving.history())[0]
    assert (newest.by, newest.what, newest.model, newest.before, newest.reason) == (
        *("admin", Switch.ACTIVATE, "better", "shipped", "更准"),
    )


@pytest.mark.parametrize(("by", "reason"), [("", "更准"), ("admin", " ")])
async def test_activate__wants_who_and_why(stage: Stage, by: str, reason: str) -> None:
    with pytest.raises(ReasonMissing):
        await stage.desk().activate("better", by=by, reason=reason)


@pytest.mark.parametrize("passed", [False, None])
async def test_activate__not_without_the_gate(stage: Stage, passed: bool | None) -> None:
    await stage.books.register(replace(BETTER, name="worse", passed=passed))
    with pytest.raises(ModelRefused, match="上线检查"):
        await stage.activate("worse")
    with pytest.raises(ModelRefused, match="上线检查"):
        await stage.desk().canary("worse", ["府城镇"], by="admin", reason="试")
    assert (await stage.serving.serving()).active == "shipped"


async def test_activate__two_people_can_override_the_gate(stage: Stage) -> None:
    await stage.books.register(replace(BETTER, name="worse", passed=False))
    stage.overridden.add("worse")
    assert (await stage.activate("worse")).active == "worse"


async def test_shadow__needs_no_gate(stage: Stage) -> None:
    await stage.books.register(replace(BETTER, name="worse", passed=False))
    now = await stage.desk().shadow("worse", by="admin", reason="看看差别")
    assert (now.active, now.shadow) == ("shipped", "worse")


async def test_activate__the_shipped_model_served_before_there_was_a_gate(stage: Stage) -> None:
    await stage.activate("better")
    assert (await stage.activate("shipped")).active == "shipped"


async def test_activate__not_one_that_is_not_whole(stage: Stage) -> None:
    stage.problems["better"] = "模型文件不完整"
    with pytest.raises(ModelRefused, match="不完整"):
        await stage.activate("better")
    with pytest.raises(ModelRefused, match="不完整"):
        await stage.desk().shadow("better", by="admin", reason="试")
    assert (await stage.serving.serving()).version == 1


async def test_activate__not_one_that_nobody_knows(stage: Stage) -> None:
    with pytest.raises(NoSuchModel, match="liandong nlu list"):
        await stage.activate("nlu-x")


async def test_activate__not_with_intents_that_lead_nowhere(stage: Stage) -> None:
    await stage.books.register(replace(BETTER, name="other", intents=("road", "ufo", "thanks")))
    with pytest.raises(ModelRefused, match="ufo"):
        await stage.activate("other")


async def test_activate__renamed_intents_are_followed(stage: Stage) -> None:
    await stage.books.register(replace(BETTER, name="other", intents=("street_light", "road")))
    stage.names = {"street_light": "lights", "lights": "lamp"}
    assert (await stage.activate("other")).active == "other"


async def test_canary__townships_by_name_or_code(stage: Stage) -> None:
    desk = stage.desk()
    now = await desk.canary("better", ["府城镇", "140926101"], by="admin", reason="先试")
    assert (now.canary, now.townships) == ("better", ("140926100", "140926101"))


@pytest.mark.parametrize("townships", [["北京"], [], [" "]])
async def test_canary__unknown_townships_are_refused(stage: Stage, townships: list[str]) -> None:
    with pytest.raises(ModelRefused, match=r"乡镇|哪些"):
        await stage.desk().canary("better", townships, by="admin", reason="先试")


async def test_rollback__whatever_the_gate_says_today(stage: Stage) -> None:
    await stage.activate("better")
    now = await stage.desk().rollback(by="admin", reason="不准")
    assert (now.active, now.previous) == ("shipped", "")


async def test_rollback__not_to_files_that_are_broken(stage: Stage) -> None:
    await stage.activate("better")
    stage.problems["shipped"] = "模型文件不在了"
    with pytest.raises(ModelRefused, match="不在了"):
        await stage.desk().rollback(by="admin", reason="不准")


async def test_adopt__never_over_what_somebody_chose(stage: Stage) -> None:
    chosen = await stage.activate("better")
    assert await stage.desk().adopt("other") == chosen
    assert await stage.serving.serving() == chosen


async def test_adopt__never_over_what_somebody_chooses_meanwhile(stage: Stage) -> None:
    chosen = await stage.activate("better")
    later = Switching(
        stage.books, Stale(stage.serving), stage, stage, stage, lambda: KNOWN, lambda: NOW
    )
    with pytest.raises(ServingChanged):
        await later.adopt("other")
    assert await stage.serving.serving() == chosen


class Stale(SqlServingBook):
    """Somebody who looked before the last switch."""

    def __init__(self, book: SqlServingBook) -> None:
        super().__init__(book._database)

    async def serving(self) -> Serving:
        return Serving()

    async def is_begun(self) -> bool:
        return False


def test_successor__ends_even_in_a_circle() -> None:
    assert successor("a", {"a": "b", "b": "a"}, {"c"}) is None
    assert successor("a", {"a": "b", "b": "c"}, {"c"}) == "c"
