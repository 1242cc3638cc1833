"""Every button stands for actions of the table, and asks nothing that cannot be done."""

from __future__ import annotations

import pytest

from services.case_entries import ENTRIES
from services.casework import VERBS
from tests.services.town import Town, texts
from tickets.actions import Action, Role
from tickets.moves import allowed
from tickets.states import State

CADRES = (Role.OWNER, Role.ABOVE, Role.REVIEWER, Role.CO_UNIT, Role.CENTER)


def test_verbs__reach_every_action_that_cadres_may_take() -> None:
    of_cadres = {action for state in State for action in allowed(state, *CADRES)}
    # Whether 办结 goes out at once or is looked at first, its evidence decides.
    assert of_cadres - {Action.SUBMIT_CLOSING} == {each.action for each in ENTRIES}


@pytest.mark.parametrize("verb", [*(verb for verb in VERBS if verb != "more"), "nonsense"])
async def test_withdrawn__every_verb_is_refused_and_asks_nothing(town: Town, verb: str) -> None:
    lamp = await town.open_lamp()
    await town.press(f"t:{lamp.number}:withdraw_yes")
    before = await town.ticket()
    if verb == "exclude":
        return  # what was taken back can be left out of the figures
    for text in ("", "归供电公司，5天"):
        lines = await town.cadre(lamp.person, lamp.number, verb, text)
        assert "已撤销" in texts(lines)
        assert [line.message.purpose for line in lines] == ["say"]  # nothing to reply to
    assert await town.ticket() == before


async def test_extension_asked__the_state_is_named_not_who_signed(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person, lamp.number, "sign")
    await town.cadre(lamp.person, lamp.number, "extend", "2天，等配件")
    lines = await town.cadre(lamp.person, lamp.number, "resolve")
    assert "延期待批" in texts(lines)


@pytest.mark.parametrize(
    ("words", "state", "level"),
    [("", State.CALLED_BACK, None), ("说基本满意", State.CLOSED, 3), ("很不满意", State.CLOSED, 1)],
)
async def test_call_back__by_phone_takes_the_rating_too(
    town: Town, words: str, state: State, level: int | None
) -> None:
    lamp = await town.resolved_lamp()
    await town.cadre(town.in_charge("county"), lamp.number, "solved", words)
    ticket = await town.ticket()
    assert (ticket.state, ticket.solved, ticket.satisfaction) == (state, True, level)


async def test_call_back__a_second_call_brings_the_rating(town: Town) -> None:
    lamp = await town.resolved_lamp()
    officer = town.in_charge("county")
    await town.cadre(officer, lamp.number, "solved")
    assert "不能这样操作" in texts(await town.cadre(officer, lamp.number, "solved"))
    await town.cadre(officer, lamp.number, "rate", "满意")
    assert (await town.ticket()).satisfaction == 4
