"""Labels from work: what a desk decides of a ticket is proposed, once, and never of a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.learning.drafts import LabelDraft
from services.learning.labels import LabelState, Origin, Verdict
from services.learning.proposals import Decided, drafted
from services.ports import PredictionRecord
from services.understanding import Guess
from tests.learning.school import School
from tests.services.town import Town, sample_county
from tickets.ticket import Ticket

UNCLEAR = "我叫张小明，村里有个事要说，电话13800000012"
GROUP = "group:141026100:"


async def _unclear(here: School) -> Ticket:
    await here.say(UNCLEAR)
    return await here.town.ticket("who0")


async def test_accept__what_the_desk_named_is_proposed_masked(here: School) -> None:
    ticket = await _unclear(here)
    await here.town.cadre(ticket.person, ticket.number, "accept", "road")
    (label,) = await here.labels()
    assert (label.intent, label.origin, label.state) == (
        "road",
        Origin.TRIAGE,
        LabelState.PROPOSED,
    )
    assert label.author == f"cadre:{ticket.person}"
    assert label.text == "我叫〔姓名〕，村里有个事要说，电话〔电话〕"


async def test_accept__the_message_leaves_the_inbox(here: School) -> None:
    ticket = await _unclear(here)
    assert len(await here.items()) == 1
    await here.town.cadre(ticket.person, ticket.number, "accept", "road")
    assert await here.items() == []


async def test_accept__before_it_was_taken_up_it_never_comes(here: School) -> None:
    await here.town.say(UNCLEAR)
    ticket = await here.town.ticket()
    await here.town.cadre(ticket.person, ticket.number, "accept", "road")
    await here.inbox.gather()
    assert await here.items() == []


async def test_accept__as_a_report_proposes_nothing(here: School) -> None:
    ticket = await _unclear(here)
    await here.town.cadre(ticket.person, ticket.number, "accept", "discipline_report")
    assert await here.labels() == []
    assert await here.items() == []


async def test_dispatch__only_a_unit_says_that_it_is_something_else(here: School) -> None:
    ticket = await _unclear(here)
    await here.town.cadre(ticket.person, ticket.number, "dispatch", f"{GROUP}agriculture 种地的")
    (label,) = await here.labels()
    assert (label.intent, label.origin) == ("", Origin.TRIAGE)


async def test_return__the_ruling_for_the_proposed_unit_is_a_label(here: School) -> None:
    ticket = await _given_back(here)
    await here.town.cadre(ticket.person, ticket.number, "rule_agree")
    (label,) = await here.labels()
    assert (label.origin, label.said, label.intent) == (Origin.RETURN, "street_lamp", "")


async def test_return__that_is_refused_says_nothing(here: School) -> None:
    ticket = await _given_back(here)
    await here.town.cadre(ticket.person, ticket.number, "rule_refuse", "是你们的")
    assert await here.labels() == []


async def _given_back(here: School) -> Ticket:
    ticket = await here.town.open_lamp()
    words = f"{GROUP}rural_affairs 邻里纠纷"
    await here.town.cadre(ticket.person, ticket.number, "return", words)
    return await here.town.ticket()


async def test_propose__the_same_act_again_adds_nothing(here: School) -> None:
    draft = LabelDraft(
        "停水", "b", Origin.TRIAGE, "cadre:c1", Verdict.LABEL, "road", key="triage:1:7"
    )
    async with here.town.store.units_of_work() as work:
        first = await work.propose_label(draft, here.town.now)
        again = await work.propose_label(draft, here.town.now)
        await work.commit()
    assert (first, again, len(await here.labels())) == (True, False, 1)


async def test_propose__is_undone_with_the_act(here: School) -> None:
    draft = LabelDraft(
        "停水", "b", Origin.TRIAGE, "cadre:c1", Verdict.LABEL, "road", key="triage:1:7"
    )
    async with here.town.store.units_of_work() as work:
        await work.propose_label(draft, here.town.now)
    assert await here.labels() == []


@pytest.fixture
async def lamp() -> tuple[Town, Ticket, PredictionRecord]:
    """A lamp that was read so, on the twin."""
    town = Town()
    ticket = await town.open_lamp()
    async with town.store.units_of_work() as work:
        read = await work.prediction_of(ticket.number)
    assert read is not None
    return town, ticket, read


def _drafted(
    lamp: tuple[Town, Ticket, PredictionRecord], owner: str, *guesses: str
) -> LabelDraft | None:
    town, ticket, read = lamp
    ranking = tuple(Guess(label, 0.3) for label in guesses)
    read = replace(read, understanding=replace(read.understanding, ranking=ranking))
    decided = Decided(Origin.REASSIGN, ticket, replace(ticket, owner=owner))
    return drafted(town.office, decided, read, author="cadre:c1", act=1)


def test_drafted__the_one_guess_that_goes_to_the_unit(
    lamp: tuple[Town, Ticket, PredictionRecord],
) -> None:
    draft = _drafted(lamp, f"{GROUP}rural_affairs", "street_lamp", "neighbour_dispute", "road")
    assert draft is not None
    assert draft.intent == "neighbour_dispute"


def test_drafted__several_that_go_there_name_none(
    lamp: tuple[Town, Ticket, PredictionRecord],
) -> None:
    both = ("neighbour_dispute", "land_contract")
    draft = _drafted(lamp, f"{GROUP}rural_affairs", "street_lamp", *both)
    assert draft is not None
    assert draft.intent == ""


def test_drafted__a_unit_of_the_same_matter_says_nothing(
    lamp: tuple[Town, Ticket, PredictionRecord],
) -> None:
    county = sample_county()
    row = county.catalogue.get("street_lamp")
    assert row is not None
    lead = county.org.county_unit(row.lead_unit)
    assert lead is not None
    assert _drafted(lamp, lead.code, "street_lamp", "road") is None


async def test_twin__keeps_proposed_labels_too() -> None:
    town = Town()
    await town.say(UNCLEAR)
    ticket = await town.ticket()
    await town.cadre(ticket.person, ticket.number, "accept", "road")
    ((draft, _at),) = town.store.database.committed.labels.values()  # type: ignore[union-attr]
    assert draft.intent == "road"
