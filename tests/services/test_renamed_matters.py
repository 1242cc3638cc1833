"""A ticket keeps the code that it was written with; everything about it follows the new one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.county import County
from routing.county_tables import load_county
from routing.former_codes import SHEET
from routing.ladder import next_rung
from services.opening import emergency_words
from services.past_tickets import Record, past_ticket
from tests.services import town as words
from tests.services.changes import SAMPLE
from tests.services.test_casework import GROUP, in_charge
from tests.services.test_me_too import ALSO
from tests.services.town import Town, texts


def renamed(old: str, new: str, name: str) -> County:
    """The sample county after an admin gave a matter another code and name."""
    rows = [
        {**row, "matter": new, "name": name} if row["matter"] == old else row
        for row in SAMPLE["catalogue"]
    ]
    former = [{"code": old, "became": new, "state": "renamed"}]
    return load_county({**SAMPLE, "catalogue": rows, SHEET: former})


LAMPS = renamed("street_lamp", "lamp", "照明")


@pytest.fixture
def town() -> Town:
    return Town()


def rename(town: Town, county: County = LAMPS) -> None:
    town.office = replace(town.office, county=county)


async def test_old_ticket__is_shown_under_the_name_of_now(town: Town) -> None:
    ticket = await town.open_lamp()
    rename(town)
    assert ticket.matter == "street_lamp"
    assert town.office.matter_name(ticket) == "照明"
    assert "照明" in texts(await town.say("到哪一步了"))


async def test_old_ticket__climbs_as_its_matter_does(town: Town) -> None:
    ticket = await town.open_lamp()
    village = f"village:{ticket.village}"
    assert next_rung(LAMPS, village, ticket.matter) == next_rung(LAMPS, village, "lamp") == GROUP


async def test_old_ticket__a_ruling_is_for_the_matter_of_now(town: Town) -> None:
    """Else the next load of the county would refuse its own rulings."""
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    await town.cadre((await town.ticket()).person, number, "rule_refuse")
    await town.cadre(cadre, number, "return", "真的是供电公司的")
    rename(town)
    await town.cadre((await town.ticket()).person, number, "rule_refuse")
    rulings = town.store.database.committed.county["precedents"]  # type: ignore[union-attr]
    assert [row["matter"] for row in rulings] == ["lamp"]


async def test_old_ticket__the_neighbour_s_new_one_is_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.open_lamp("anna")
    rename(town)
    monkeypatch.setitem(words.MATTERS, "路灯", "lamp")
    assert "已有 1 户反映" in texts(await town.say(ALSO, "bert"))


async def test_old_ticket__is_replayed_under_the_code_of_now(town: Town) -> None:
    ticket = await town.open_lamp()
    past = past_ticket(LAMPS, Record(ticket, None, tuple(await town.history(ticket.number))))
    assert past.request.matter == "lamp"


async def test_an_older_model__still_dispatches_by_the_old_code(town: Town) -> None:
    rename(town)
    ticket = await town.open_lamp()
    assert (ticket.owner, ticket.matter_name) == (GROUP, "照明")


async def test_an_emergency__keeps_its_advice(town: Town) -> None:
    rename(town, renamed("fire", "blaze", "火灾"))
    await town.say("府城镇高壁村着火了")
    ticket = replace(await town.ticket(), matter="blaze")
    assert "119" in emergency_words(town.office, ticket)
