"""The fleet follows the row: it switches only to what proved itself, and never half."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest

from nlu.fleet import Fleet
from nlu.language import Language
from nlu.model_server import ModelServer
from nlu.smoke import Smoke
from nlu.thresholds import Thresholds
from services.learning.models import Serving
from services.understanding import Understanding
from tests.nlu.project import ROOT, VOCABULARY
from tests.nlu.standin_server import StandIn, model_server

LANGUAGE = Language.load(VOCABULARY, ROOT / "nlu" / "keywords")
SENTENCES = ("路灯不亮", "停水了", "谢谢")
TWO = "1、村口路灯坏了 2、自来水停了三天"


@dataclass
class Yard:
    """A fleet of stand-ins; what is not prepared comes up well."""

    prepared: dict[str, StandIn] = field(default_factory=dict)
    thresholds: dict[str, Thresholds] = field(default_factory=dict)
    fleet: Fleet = field(init=False)

    def __post_init__(self) -> None:
        self.fleet = Fleet(self._make, self._smoke, LANGUAGE)

    def model(self, name: str) -> StandIn:
        return self.prepared.setdefault(name, StandIn(name))

    def _make(self, name: str) -> ModelServer:
        return model_server(
            self.model(name), thresholds=self.thresholds.get(name), parse_timeout=0.5
        )

    def _smoke(self, language: Language) -> Smoke:
        return Smoke(SENTENCES, language.vocabulary.labels, {})

    async def follow(self, serving: Serving, until: Callable[[], bool]) -> None:
        """Show the fleet the row as a service does, until it has taken it up."""
        async with asyncio.timeout(10):
            self.fleet.follow(serving)
            while not until():
                await asyncio.sleep(0.01)
                self.fleet.follow(serving)

    async def serves(self, serving: Serving) -> None:
        await self.follow(serving, lambda: self.fleet.state.roles.active == serving.active)

    async def read(self, text: str = "路灯不亮", township: str | None = None) -> Understanding:
        return await self.fleet.understander.understand(text, township)

    def names(self) -> set[str]:
        """Models whose servers run."""
        return {name for name, each in self.prepared.items() if each.ready}


@pytest.fixture
async def yard() -> AsyncIterator[Yard]:
    yard = Yard()
    yield yard
    await yard.fleet.stop()
    assert yard.names() == set()


async def test_start__words_read_until_the_model_proved_itself(yard: Yard) -> None:
    yard.model("a").gate.clear()
    yard.fleet.follow(Serving(1, "a"))
    assert ((await yard.read()).model, yard.fleet.ready) == ("keywords", False)
    yard.model("a").gate.set()
    await yard.serves(Serving(1, "a"))
    assert ((await yard.read()).model, yard.fleet.ready) == ("a", True)


async def test_switch__the_old_one_reads_until_the_new_one_proved_itself(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    yard.model("b").gate.clear()
    wanted = Serving(2, "b", "a")
    yard.fleet.follow(wanted)
    await asyncio.sleep(0.05)
    assert (await yard.read()).model == "a"
    yard.model("b").gate.set()
    await yard.serves(wanted)
    assert (await yard.read()).model == "b"
    assert yard.names() == {"a", "b"}


async def test_rollback__is_one_assignment(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    await yard.serves(Serving(2, "b", "a"))
    yard.fleet.follow(Serving(3, "a"))
    assert (await yard.read()).model == "a"
    await yard.follow(Serving(3, "a"), lambda: yard.names() == {"a"})
    assert yard.model("a").started == 1


async def test_message__with_several_parts_is_read_by_the_model_it_began_with(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    await yard.serves(Serving(2, "b", "a"))
    yard.model("b").seconds = 0.1
    reading = asyncio.create_task(yard.read(TWO))
    await asyncio.sleep(0.05)
    yard.fleet.follow(Serving(3, "a"))
    found = await reading
    assert {found.model, *(part.understanding.model for part in found.parts)} == {"b"}
    assert len(found.parts) == 2
    assert yard.model("a").asked == [*SENTENCES[:2], *SENTENCES]


@pytest.mark.parametrize(
    ("flaw", "said"),
    [
        ({"problem": "模型文件 b.tar.gz 不完整或者已损坏。"}, "不完整"),
        ({"comes_up": False}, "没有启动起来"),
        ({"seconds": 2.0}, "没有按时"),
        ({"labels": {"路": "ufo", "水": "ufo", "谢": "ufo"}}, "ufo"),
    ],
)
async def test_switch__to_what_cannot_serve_changes_nothing_and_is_said(
    yard: Yard, flaw: dict[str, object], said: str
) -> None:
    await yard.serves(Serving(1, "a"))
    yard.prepared["b"] = StandIn("b", **flaw)  # type: ignore[arg-type]  # one flaw of several types
    await yard.follow(Serving(2, "b", "a"), lambda: bool(yard.fleet.state.problem))
    assert (await yard.read()).model == "a"
    assert said in yard.fleet.state.problem
    assert "现在由 a 识别" in yard.fleet.state.problem
    assert yard.fleet.state.version == 2


async def test_switch__is_tried_again_when_somebody_switches_again(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    yard.model("b").problem = "坏了"
    await yard.follow(Serving(2, "b", "a"), lambda: bool(yard.fleet.state.problem))
    yard.model("b").problem = None
    await yard.serves(Serving(3, "b", "a", shadow="a"))
    assert yard.fleet.state.problem == ""


async def test_start__the_previous_one_steps_in_for_a_hopeless_one(yard: Yard) -> None:
    yard.model("b").problem = "模型文件不在了。"
    await yard.follow(Serving(2, "b", "a"), lambda: yard.fleet.state.roles.active == "a")
    assert (await yard.read()).model == "a"
    assert yard.fleet.state.problem == "模型文件不在了。现在由 a 识别。"


async def test_start__words_read_where_both_are_hopeless(yard: Yard) -> None:
    yard.model("a").problem = yard.model("b").problem = "没了。"
    await yard.follow(Serving(2, "b", "a"), lambda: "没了。没了。" in yard.fleet.state.problem)
    assert (await yard.read()).model == "keywords"
    assert yard.fleet.state.problem.endswith("现在由 关键词 识别。")


async def test_dead_server__words_read_until_it_is_back(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    await yard.model("a").die()
    assert (await yard.read()).degraded
    await yard.model("a").live()
    assert not (await yard.read()).degraded


async def test_dead_server__after_a_while_the_previous_one_steps_in(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlu.model_server.AWAY_SECONDS", 0.1)
    row = Serving(2, "b", "a")
    await yard.serves(row)
    await yard.follow(row, lambda: yard.names() == {"a", "b"})
    await yard.model("b").die()
    await yard.follow(row, lambda: yard.fleet.state.roles.active == "a")
    assert ((await yard.read()).model, yard.fleet.ready) == ("a", True)
    await yard.model("b").live()
    await yard.serves(row)
    assert (await yard.read()).model == "b"


async def test_canary__reads_its_townships_only(yard: Yard) -> None:
    row = Serving(1, "a", canary="c", townships=("140926100",))
    await yard.follow(row, lambda: yard.fleet.state.roles.canary == "c")
    read = [(await yard.read(township=each)).model for each in ("140926100", "140926101", None)]
    assert read == ["c", "a", "a"]
    assert yard.fleet.understander.townships == {"140926100"}


async def test_canary__that_is_away_leaves_the_whole_message_to_the_active_one(yard: Yard) -> None:
    row = Serving(1, "a", canary="c", townships=("140926100",))
    await yard.follow(row, lambda: yard.fleet.state.roles.canary == "c")
    await yard.model("c").die()
    found = await yard.read(TWO, "140926100")
    assert {found.model, *(part.understanding.model for part in found.parts)} == {"a"}


async def test_canary__ends_without_losing_what_it_reads(yard: Yard) -> None:
    row = Serving(1, "a", canary="c", townships=("140926100",))
    await yard.follow(row, lambda: yard.fleet.state.roles.canary == "c")
    yard.model("c").seconds = 0.2
    reading = asyncio.create_task(yard.read(township="140926100"))
    await asyncio.sleep(0.05)
    await yard.follow(Serving(2, "a"), lambda: yard.names() == {"a"})
    assert (await reading).model == "c"
    assert yard.fleet.understander.townships == frozenset()


async def test_start_nobody_wants_any_more__is_ended(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    yard.model("b").gate.clear()
    yard.fleet.follow(Serving(2, "b", "a"))
    await asyncio.sleep(0.05)
    await yard.follow(Serving(3, "a"), lambda: yard.model("b").stopped > 0)
    yard.model("b").gate.set()
    await asyncio.sleep(0.05)
    assert yard.names() == {"a"}


async def test_start_given_up_and_wanted_again__is_one_server(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    yard.model("b").gate.clear()
    for row in (Serving(2, "b", "a"), Serving(3, "a"), Serving(4, "b", "a")):
        yard.fleet.follow(row)
        await asyncio.sleep(0)
    yard.model("b").gate.set()
    await yard.serves(Serving(4, "b", "a"))
    assert (await yard.read()).model == "b"


async def test_speak__the_next_message_is_read_in_the_new_words(yard: Yard) -> None:
    await yard.serves(Serving(1, "a"))
    before = (await yard.read()).matter
    matters = (VOCABULARY.matters - {"street_lamp"}) | {"light"}
    renamed = replace(VOCABULARY, matters=matters, became={"street_lamp": "light"})
    yard.fleet.speak(Language.load(renamed, ROOT / "nlu" / "keywords"))
    assert (before, (await yard.read()).matter) == ("street_lamp", "light")


async def test_thresholds__are_those_of_the_model(yard: Yard) -> None:
    yard.thresholds["b"] = Thresholds(0.5, {"street_lamp": 0.61})
    await yard.serves(Serving(1, "a"))
    before = (await yard.read()).threshold
    await yard.serves(Serving(2, "b", "a"))
    assert (before, (await yard.read()).threshold) == (None, 0.61)
