from __future__ import annotations

import pytest

from services.levels import level_in
from tests.services.town import Town
from tickets.states import State


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("非常满意", 5),
        ("很满意，谢谢", 5),
        ("满意", 4),
        ("基本满意吧", 3),
        ("还行", 3),
        ("不满意", 2),
        ("不太满意", 2),
        ("不是很满意", 2),
        ("谈不上满意", 2),
        ("非常不满意", 1),
        ("太不满意了", 1),
        ("5星", 5),
        ("修好了", None),
    ],
)
def test_level__that_words_name(words: str, level: int | None) -> None:
    assert level_in(words) == level


async def test_rating__in_words_closes_with_the_level(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.say(f"{lamp.number} 很满意")
    ticket = await town.ticket()
    assert (ticket.state, ticket.solved, ticket.satisfaction) == (State.CLOSED, True, 5)


async def test_rating__of_who_is_not_content_says_nothing_of_solved(town: Town) -> None:
    lamp = await town.resolved_lamp()
    lines = await town.say(f"{lamp.number} 不是很满意")
    assert (await town.ticket()).state is State.RESOLVED
    labels = [each.label for row in lines[-1].message.buttons for each in row]
    assert labels == ["解决了", "没解决"]
