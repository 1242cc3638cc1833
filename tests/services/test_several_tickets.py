"""Several open tickets in one chat never get mixed up."""

from __future__ import annotations

from datetime import timedelta

from services.messages import InboundKind
from tests.services.town import Town, button, texts
from tickets.events import EventName
from tickets.states import State


async def events(town: Town, number: str) -> list[EventName]:
    async with town.store.units_of_work() as work:
        return [event.name for event in await work.events(number)]


async def test_unbound__with_an_open_ticket_is_asked_about(town: Town) -> None:
    lamp = await town.open_lamp()
    lines = await town.say("石槽村停水了")
    assert lamp.number in texts(lines) + str(
        [b.label for r in lines[-1].message.buttons for b in r]
    )
    assert len(await town.tickets()) == 1


async def test_unbound__new_matter_becomes_its_own_ticket(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say("石槽村停水了")
    await town.press(button(lines, "新问题"))
    assert [t.matter for t in await town.tickets()] == ["street_lamp", "water_supply"]


async def test_unbound__more_about_a_ticket_is_added_to_it(town: Town) -> None:
    lamp = await town.open_lamp()
    lines = await town.say("石槽村停水了")
    await town.press(button(lines, lamp.number))
    assert len(await town.tickets()) == 1
    assert EventName.SUPPLEMENTED in await events(town, lamp.number)


async def test_unbound__question_without_answer_becomes_a_ticket(town: Town) -> None:
    await town.open_lamp()
    await town.say("石槽村停水了")
    town.now += timedelta(minutes=31)
    await town.escalation.run_once()
    assert [t.matter for t in await town.tickets()] == ["street_lamp", "water_supply"]


async def test_unbound__two_questions_stay_apart(town: Town) -> None:
    lamp = await town.open_lamp()
    first = await town.say("石槽村停水了")
    second = await town.say("补充一下,灯杆也歪了")
    await town.press(button(second, lamp.number))
    await town.press(button(first, "新问题"))
    assert [t.text for t in await town.tickets()][1] == "石槽村停水了"
    assert EventName.SUPPLEMENTED in await events(town, lamp.number)


async def test_reply__binds_to_the_card(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    await town.say("补充:在学校门口", reply_to=f"o{card.id}")
    number = (await town.ticket()).number
    assert EventName.SUPPLEMENTED in await events(town, number)


async def test_reply__with_small_talk_words_is_still_kept(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    await town.say("天气不好的时候全黑", reply_to=f"o{card.id}")
    assert EventName.SUPPLEMENTED in await events(town, (await town.ticket()).number)


async def test_number__binds_too(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.say(f"{lamp.number} 灯杆也歪了")
    assert EventName.SUPPLEMENTED in await events(town, lamp.number)


async def test_number__of_another_chat_is_unknown(town: Town) -> None:
    lamp = await town.open_lamp("bert")
    answer = texts(await town.say(f"{lamp.number} 到哪一步了"))
    assert "没有找到" in answer
    assert "路灯" not in answer


async def test_number__with_a_wrong_digit_is_named(town: Town) -> None:
    lamp = await town.open_lamp()
    wrong = lamp.number[:-1] + str((int(lamp.number[-1]) + 1) % 10)
    assert "写错" in texts(await town.say(f"{wrong} 到哪一步了"))


async def test_status__shows_every_open_ticket(town: Town) -> None:
    await town.open_lamp()
    await town.say("高壁村着火了")
    lines = await town.say("到哪一步了")
    assert len(lines) == 2


async def test_nudge__among_several_asks_which(town: Town) -> None:
    await town.open_lamp()
    await town.say("高壁村着火了")
    lines = await town.say("催一下")
    fire = (await town.tickets())[1]
    await town.press(button(lines, fire.number))
    assert EventName.NUDGED in await events(town, fire.number)


async def test_button__of_another_chat_does_nothing(town: Town) -> None:
    lamp = await town.open_lamp("bert")
    answer = texts(await town.press(f"t:{lamp.number}:withdraw_yes"))
    assert "用不了" in answer
    assert (await town.ticket("bert")).is_open


async def test_button__pressed_twice_has_one_effect(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say("石槽村停水了")
    data = button(lines, "新问题")
    await town.press(data)
    assert "用过" in texts(await town.press(data))
    assert len(await town.tickets()) == 2


async def test_update__delivered_three_times_is_one_ticket(town: Town) -> None:
    for _ in range(3):
        await town.say("高壁村路灯坏了", update_id="same")
    assert len(await town.tickets()) == 1


async def test_edit__before_signing_is_read_again(town: Town) -> None:
    await town.say("停水了", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="石槽村停水了", message_id="m1")
    ticket = await town.ticket()
    assert (ticket.state, ticket.text) == (State.DISPATCHED, "石槽村停水了")
    assert len(await town.tickets()) == 1


async def test_withdrawal__is_confirmed_first(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say("不办了")
    assert (await town.ticket()).is_open
    await town.press(button(lines, "确定撤销"))
    assert (await town.ticket()).state is State.WITHDRAWN
