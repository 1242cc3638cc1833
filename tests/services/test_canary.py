"""Where a message is from, before it is read; asked for only while a model is on trial."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from services.learning.canary import Whereabouts
from services.messages import Address, Inbound, InboundKind
from services.understanding import Understanding
from tests.services.town import Reader, Town

FUCHENG = "141026100"


@dataclass
class Places:
    """What is remembered of every chat."""

    code: str | None = None
    asked: int = 0

    async def place_of(self, address: Address) -> str | None:
        self.asked += 1
        return self.code


async def township(
    town: Town, text: str, remembered: str | None = None, on_trial: tuple[str, ...] = (FUCHENG,)
) -> tuple[str | None, int]:
    places = Places(remembered)
    where = Whereabouts(lambda: on_trial, lambda: town.office, places)
    inbound = Inbound(
        address=town.chat(),
        kind=InboundKind.TEXT,
        sent_at=town.now,
        update_id="u",
        sender="anna",
        text=text,
    )
    return await where.township(inbound), places.asked


async def test_township__what_the_words_say(town: Town) -> None:
    assert await township(town, "府城镇高壁村路灯坏了") == (FUCHENG, 0)


async def test_township__the_words_before_what_is_remembered(town: Town) -> None:
    other = next(each.code for each in town.office.county.tree.townships if each.code != FUCHENG)
    assert (await township(town, "府城镇高壁村路灯坏了", other))[0] == FUCHENG


@pytest.mark.parametrize("level", ["township", "village", "grid"])
async def test_township__what_is_remembered_of_the_chat(town: Town, level: str) -> None:
    village = town.office.county.tree.children(FUCHENG)[0].code
    grid = next(g.code for g in town.office.county.grids.grids if g.village_code == village)
    code = {"township": FUCHENG, "village": village, "grid": grid}[level]
    assert (await township(town, "路灯坏了", code))[0] == FUCHENG


async def test_township__not_known(town: Town) -> None:
    assert await township(town, "路灯坏了") == (None, 1)
    assert await township(town, "路灯坏了", "999") == (None, 1)


async def test_township__nothing_is_looked_up_without_a_trial(town: Town) -> None:
    assert await township(town, "府城镇高壁村路灯坏了", FUCHENG, ()) == (None, 0)


@dataclass
class Located(Reader):
    """Remembers where the messages were from."""

    townships: list[str | None] = field(default_factory=list)

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        self.townships.append(township)
        return await super().understand(text, township)


async def test_processor__tells_the_reader_the_township(town: Town) -> None:
    town.processor._understander = reader = Located()
    where = Whereabouts(lambda: {FUCHENG}, lambda: town.office, Places())
    town.processor._township_of = where.township
    await town.say("府城镇高壁村三组路灯坏了")
    await town.say("路灯坏了", "bob")
    assert reader.townships == [FUCHENG, None]


async def test_second_reading__by_the_model_of_the_tickets_township(town: Town) -> None:
    reader = Located(degraded=True)
    town.processor._understander = town.reparse._understander = reader
    await town.say("府城镇高壁村三组路灯坏了")
    reader.degraded = False
    await town.reparse.run_once()
    assert reader.townships == [None, FUCHENG]
