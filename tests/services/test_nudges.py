"""催办: told to whoever has it, never a clock that moves, never too often."""

from __future__ import annotations

from datetime import timedelta

from tests.regressions.chats import bind, delivered, names, words_to
from tests.services.town import Town, texts
from tickets.events import EventName
from tickets.states import State


async def test_nudge__tells_the_cadre_and_moves_no_clock(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.say("能不能催一下")
    assert "能不能催一下" in words_to(await delivered(town), chat)
    assert await town.ticket() == lamp
    assert (await names(town, lamp.number)).count(EventName.NUDGED) == 1


async def test_nudge__once_in_ten_minutes_and_three_times_a_day(town: Town) -> None:
    lamp = await town.open_lamp()
    answers = []
    for minutes in (0, 5, 6, 11, 11):
        town.now += timedelta(minutes=minutes)
        answers.append(texts(await town.press(f"t:{lamp.number}:nudge")))
    assert (await names(town, lamp.number)).count(EventName.NUDGED) == 3
    assert len(set(answers)) == 3  # handed on, just now, enough for today


async def test_nudge__with_words_is_always_handed_on(town: Town) -> None:
    lamp = await town.open_lamp()
    for _ in range(5):
        await town.say("再催一下，老人晚上摔了一跤")
    assert (await names(town, lamp.number)).count(EventName.NUDGED) == 5


async def test_nudge__second_one_in_vain_tells_the_next_rung(town: Town) -> None:
    lamp = await town.open_lamp()
    above = await bind(town, town.in_charge("township:141026100"))
    await town.press(f"t:{lamp.number}:nudge")
    assert lamp.number not in words_to(await delivered(town), above)
    town.now += timedelta(minutes=11)
    await town.press(f"t:{lamp.number}:nudge")
    assert lamp.number in words_to(await delivered(town), above)


async def test_nudge__after_somebody_acted_is_not_in_vain(town: Town) -> None:
    lamp = await town.open_lamp()
    above = await bind(town, town.in_charge("township:141026100"))
    await town.press(f"t:{lamp.number}:nudge")
    town.now += timedelta(minutes=11)
    await town.cadre(lamp.person, lamp.number, "reply", "今天下午去")
    await town.press(f"t:{lamp.number}:nudge")
    assert lamp.number not in words_to(await delivered(town), above)


async def test_nudge__after_the_answer_is_more_to_say_and_shows_the_buttons(town: Town) -> None:
    lamp = await town.resolved_lamp()
    lines = await town.say("怎么还不来，催一下")
    assert [b.data for row in lines[-1].message.buttons for b in row] == [
        f"t:{lamp.number}:solved",
        f"t:{lamp.number}:unsolved",
    ]
    assert (await names(town, lamp.number))[-1] is EventName.SUPPLEMENTED
    assert (await town.ticket()).state is State.RESOLVED
