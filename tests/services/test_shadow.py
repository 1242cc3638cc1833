"""A model that reads along: after the live reading, without any effect, never in its way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from services.learning.shadow import ReadsAlong, ShadowReading, goes_alone
from services.understanding import Understanding
from tests.services.town import Reader, Town

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@dataclass
class Shadow:
    """Reads like the live model, but for what it is told to read otherwise."""

    name: str = "candidate"
    otherwise: dict[str, Understanding] = field(default_factory=dict)
    broken: bool = False
    seen: list[str] = field(default_factory=list)

    async def read(self, text: str) -> Understanding:
        self.seen.append(text)
        if self.broken:
            raise RuntimeError("no")
        found = await Reader().understand(text)
        return replace(self.otherwise.get(text, found), model=self.name)


@dataclass
class Kept:
    """Keeps readings, but for the two questions that nobody asks here."""

    readings: list[ShadowReading] = field(default_factory=list)
    times: int = 0

    async def add(self, readings: Sequence[ShadowReading]) -> None:
        self.readings += readings
        self.times += 1


@dataclass
class Scene:
    shadow: Shadow | None = field(default_factory=Shadow)
    book: Kept = field(default_factory=Kept)

    def along(self, most_waiting: int = 500) -> ReadsAlong:
        return ReadsAlong(
            lambda: self.shadow,
            self.book,  # type: ignore[arg-type]  # the two questions are missing
            lambda: NOW,
            most_waiting=most_waiting,
            pause=0,
        )


@asynccontextmanager
async def running(along: ReadsAlong) -> AsyncIterator[None]:
    task = asyncio.create_task(along.run())
    yield
    for _ in range(20):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def live(text: str, model: str = "test", **changes: object) -> Understanding:
    return replace(await Reader().understand(text), model=model, **changes)  # type: ignore[arg-type]


async def test_note__both_readings_are_kept() -> None:
    scene = Scene()
    assert scene.shadow
    scene.shadow.otherwise["路灯坏了"] = await live("着火了")
    along = scene.along()
    async with running(along):
        along.note(7, "路灯坏了", await live("路灯坏了"))
        along.note(8, "停水了", await live("停水了"))
    first, second = scene.book.readings
    assert (first.inbox_id, first.model, first.live_model) == (7, "candidate", "test")
    assert (first.label, first.live_label, first.differs) == ("fire", "street_lamp", True)
    assert (first.urgent, first.live_urgent) == (True, False)
    assert (second.label, second.differs) == ("water_supply", False)
    assert scene.book.times == 1


async def test_note__without_a_shadow_nothing_is_kept() -> None:
    scene = Scene(shadow=None)
    along = scene.along()
    async with running(along):
        along.note(7, "路灯坏了", await live("路灯坏了"))
    assert scene.book.readings == []


async def test_note__what_the_word_lists_read_tells_nothing_of_two_models() -> None:
    scene = Scene()
    along = scene.along()
    async with running(along):
        along.note(7, "路灯坏了", await live("路灯坏了", "keywords", degraded=True))
        along.note(8, "路灯坏了", await live("路灯坏了", "candidate"))
    assert scene.shadow and scene.shadow.seen == []


async def test_note__behind_is_counted_and_nothing_waits() -> None:
    along = Scene().along(most_waiting=2)
    for number in range(5):
        along.note(number, "路灯坏了", await live("路灯坏了"))
    assert along.behind == 3


async def test_run__goes_on_after_a_failure() -> None:
    scene = Scene()
    assert scene.shadow
    scene.shadow.broken = True
    along = scene.along()
    async with running(along):
        along.note(7, "路灯坏了", await live("路灯坏了"))
        await asyncio.sleep(0.01)
        scene.shadow.broken = False
        along.note(8, "停水了", await live("停水了"))
        await asyncio.sleep(0.01)
    assert [each.inbox_id for each in scene.book.readings] == [8]


async def test_processor__notes_what_is_settled_once(town: Town) -> None:
    noted: list[tuple[int, str, str | None]] = []
    town.processor._read_along = lambda number, text, found: noted.append(
        (number, text, found.matter)
    )
    await town.say(" 府城镇高壁村三组路灯坏了三天没人管 ", update_id="same")
    await town.say("府城镇高壁村三组路灯坏了三天没人管", update_id="same")
    assert noted == [(1, "府城镇高壁村三组路灯坏了三天没人管", "street_lamp")]


@pytest.mark.parametrize(
    ("changes", "alone"),
    [
        ({"confidence": 0.34}, False),
        ({"confidence": 0.35}, True),
        ({"confidence": 0.34, "urgent": True}, True),
        ({"confidence": 0.1, "destination_confidence": 0.8, "threshold": 0.8}, True),
        ({"destination_confidence": 0.79, "threshold": 0.8}, False),
        ({"matter": None, "confidence": 0.9}, False),
        ({"kind": "thanks", "matter": None, "confidence": 0.1}, True),
    ],
)
async def test_goes_alone__like_a_decision(changes: dict[str, object], alone: bool) -> None:
    assert goes_alone(await live("路灯坏了", **changes)) == alone  # type: ignore[arg-type]
