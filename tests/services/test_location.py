"""A point on the map: a hint with buttons, never an answer by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely import Point

from routing.areas import AreaFeature, Areas
from routing.places import PlaceFinder
from services.messages import InboundKind, Location
from services.ports import Line
from tests.services.town import Town, button, texts

GAOBI, GAOBI_3 = "141026100206", "14102610020603"
HERE = Location(36.15, 112.25)
OUTSIDE = Location(35.2, 113.6)


@pytest.fixture
def town() -> Town:
    """A town whose third grid of 高壁 has a boundary around `HERE`, within the county's."""
    town = Town()
    county = town.office.county
    square = Point(HERE.longitude, HERE.latitude).buffer(0.01)
    around = Point(HERE.longitude, HERE.latitude).buffer(0.3)
    features = [
        AreaFeature(GAOBI_3, "boundary", "WGS-84", square),
        AreaFeature("141026", "boundary", "WGS-84", around),
    ]
    mapped = replace(county, areas=Areas.of(features, {GAOBI_3, GAOBI, "141026"}))
    town.office = replace(town.office, county=mapped, finder=PlaceFinder.of(mapped))
    return town


async def _point(town: Town, where: Location) -> list[Line]:
    return await town.send(town.chat(), InboundKind.LOCATION, location=where)


async def test_point__before_its_words_is_offered_and_not_taken(town: Town) -> None:
    await _point(town, HERE)
    lines = await town.say("路灯坏了")
    assert (await town.ticket()).village is None
    await town.press(button(lines, "第三网格"))
    assert (await town.ticket()).grid == GAOBI_3


async def test_point__answers_an_open_question_with_buttons(town: Town) -> None:
    await town.say("路灯坏了")
    lines = await _point(town, HERE)
    assert (await town.ticket()).village is None
    await town.press(button(lines, "第三网格"))
    assert (await town.ticket()).grid == GAOBI_3


async def test_point__after_an_hour_says_nothing_of_a_new_matter(town: Town) -> None:
    await _point(town, HERE)
    town.now = town.now.replace(hour=town.now.hour + 2)
    lines = await town.say("路灯坏了")
    assert "第三网格" not in str([row for line in lines for row in line.message.buttons])


async def test_point__words_win_over_it(town: Town) -> None:
    await _point(town, HERE)
    await town.say("飞岭村路灯坏了")
    assert (await town.ticket()).village == "141026100209"


async def test_point__outside_the_county_is_said_so(town: Town) -> None:
    assert "外面" in texts(await _point(town, OUTSIDE))


async def test_point__at_zero_is_no_position(town: Town) -> None:
    assert "没有定准" in texts(await _point(town, Location(0, 0)))


async def test_confirmed_place__is_offered_at_the_next_matter(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say("停水了")
    lines = await town.press(button(lines, "新问题"))
    assert (await town.tickets())[-1].village is None
    await town.press(button(lines, "第三网格"))
    assert (await town.tickets())[-1].grid == GAOBI_3


async def test_outside__is_answered_with_a_referral(town: Town) -> None:
    lines = await town.say("古县那边的路灯坏了")
    assert "12345" in texts(lines) and "古县" in texts(lines)


async def test_outside__a_village_named_after_the_referral_is_the_answer(town: Town) -> None:
    await town.say("古县那边的路灯坏了")
    await town.say("高壁村")
    ticket = await town.ticket()
    assert (ticket.village, len(await town.tickets())) == (GAOBI, 1)
    assert ticket.owner == "group:141026100:infrastructure"


async def test_outside__who_cannot_say_stays_with_the_county(town: Town) -> None:
    lines = await town.say("古县那边的路灯坏了")
    await town.press(button(lines, "说不清"))
    assert (await town.ticket()).owner == town.office.county.org.county_center.code


async def test_point__outside_the_county_asks_for_nothing_else(town: Town) -> None:
    assert len(await _point(town, OUTSIDE)) == 1
