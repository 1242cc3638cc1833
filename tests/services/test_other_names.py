"""A place that residents call by another name: asked once, proposed, approved, then understood."""

from __future__ import annotations

from dataclasses import replace

from routing.aliases import Alias
from routing.places import PlaceFinder
from tests.services.town import Town, button

SHICAO = "141026200209"


async def _asked_and_chosen(town: Town, text: str, who: str = "anna") -> None:
    lines = await town.say(text, who)
    lines = await town.press(button(lines, "马必乡"), who)
    await town.press(button(lines, "石槽村"), who)


async def _proposed(town: Town) -> list[tuple[str, str, int]]:
    found = await town.store.alias_proposals.open_proposals()
    return [(each.alias, each.code, each.times) for each in found]


async def test_name__is_proposed_for_the_chosen_village(town: Town) -> None:
    await _asked_and_chosen(town, "老庙滩那边停水两天了")
    assert await _proposed(town) == [("老庙滩", SHICAO, 1)]


async def test_name__of_two_residents_counts_twice(town: Town) -> None:
    await _asked_and_chosen(town, "老庙滩那边停水两天了")
    await _asked_and_chosen(town, "老庙滩路灯坏了", "berta")
    assert await _proposed(town) == [("老庙滩", SHICAO, 2)]


async def test_name__is_not_proposed_when_nobody_knows_where_it_is(town: Town) -> None:
    lines = await town.say("老庙滩那边停水两天了")
    await town.press(button(lines, "说不清"))
    assert await _proposed(town) == []


async def test_name__of_a_confidential_ticket_is_never_proposed(town: Town) -> None:
    lines = await town.say("老庙滩那边停水两天了")
    lines = await town.press(button(lines, "马必乡"))
    ticket = replace(await town.ticket(), confidential=True)
    async with town.store.units_of_work() as work:
        await work.save_ticket(ticket, [])
        await work.commit()
    await town.press(button(lines, "石槽村"))
    assert await _proposed(town) == []


async def test_name__is_understood_once_it_is_approved(town: Town) -> None:
    alias = Alias("老庙滩", SHICAO, "resident", 0.85)
    county = replace(town.office.county, aliases=(*town.office.county.aliases, alias))
    town.office = replace(town.office, county=county, finder=PlaceFinder.of(county))
    await town.say("老庙滩那边停水两天了")
    assert (await town.ticket()).village == SHICAO
    assert await _proposed(town) == []
