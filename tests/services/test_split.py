"""拆单: several matters of one message become tickets of their own; nothing is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.messages import InboundKind
from services.ports import Line
from services.reading import KEYWORD_FREE
from services.split_words import APART, TOGETHER, answer_in
from services.understanding import Understanding
from tests.services.town import Town, button, texts
from tickets.events import EventName
from tickets.number import find
from tickets.states import State
from tickets.ticket import Ticket

TWO = "石槽村路灯坏了，另外自来水停水两天"
APART_PLACES = "高壁村路灯坏了，另外石槽村停水了"
WITH_FIRE = "高壁村着火了快来，另外石槽村路灯坏了，另外石槽村停水了"
SEALED = "高壁村支书贪了修路的钱，另外高壁村路灯坏了"
ASKED = timedelta(minutes=31)


async def matters(town: Town) -> list[str | None]:
    return [ticket.matter for ticket in await town.tickets()]


async def told(town: Town, ticket: Ticket) -> list[str]:
    """The words of 拆单 in a ticket's history."""
    async with town.store.units_of_work() as work:
        history = await work.events(ticket.number)
    return [event.text for event in history if event.name is EventName.SPLIT]


async def lapse(town: Town) -> list[Line]:
    town.now += ASKED
    await town.escalation.run_once()
    return await town.news(town.chat())


async def cards(town: Town, ticket: Ticket) -> str:
    assert ticket.person is not None
    return texts(await town.store.mailbox.since(town.desk_of(ticket.person), 0, 100))


async def bound(town: Town, *tickets: Ticket) -> None:
    """The cadres in charge have chats of their own."""
    async with town.store.units_of_work() as work:
        for ticket in tickets:
            assert ticket.person is not None
            await work.bind_cadre(town.desk_of(ticket.person), ticket.person, ticket.person)
        await work.commit()


async def test_question__lists_the_matters_and_opens_nothing(town: Town) -> None:
    answer = texts(await town.say(TWO))
    assert "2 件事" in answer and "1. 石槽村路灯坏了（路灯）" in answer
    assert "2. 自来水停水两天（饮用水与自来水）" in answer
    assert await town.tickets() == []


async def test_apart__each_matter_has_a_number_and_a_card(town: Town) -> None:
    lines = await town.press(button(await town.say(TWO), "分开办"))
    lamp, water = await town.tickets()
    assert (lamp.matter, water.matter) == ("street_lamp", "water_supply")
    assert {*find(texts(lines))} == {lamp.number, water.number}
    assert water.text == "自来水停水两天"


async def test_apart__the_common_place_belongs_to_all(town: Town) -> None:
    await town.press(button(await town.say(TWO), "分开办"))
    lamp, water = await town.tickets()
    assert lamp.village is not None and lamp.village == water.village
    assert (lamp.state, water.state) == (State.DISPATCHED, State.DISPATCHED)


async def test_apart__each_part_may_lie_elsewhere(town: Town) -> None:
    await town.press(button(await town.say(APART_PLACES), "分开办"))
    lamp, water = await town.tickets()
    assert (lamp.township, water.township) == ("141026100", "141026200")


async def test_apart__a_part_without_a_place_among_several_is_asked(town: Town) -> None:
    await town.press(button(await town.say(APART_PLACES + "，另外垃圾没人收"), "分开办"))
    assert [t.state for t in await town.tickets()][2] is State.NEED_INFO


async def test_apart__one_answer_gives_all_parts_their_place(town: Town) -> None:
    await town.press(button(await town.say("路灯坏了，另外停水了"), "分开办"))
    await town.say("石槽村")
    assert [t.state for t in await town.tickets()] == [State.DISPATCHED, State.DISPATCHED]


async def test_apart__history_names_the_siblings(town: Town) -> None:
    await town.press(button(await town.say(TWO), "分开办"))
    lamp, water = await town.tickets()
    assert [find(words) for words in await told(town, lamp)] == [(water.number,)]
    assert [find(words) for words in await told(town, water)] == [(lamp.number,)]


async def test_apart__each_ticket_has_its_own_prediction(town: Town) -> None:
    await town.press(button(await town.say(TWO), "分开办"))
    for ticket in await town.tickets():
        found = await town.store.desk.prediction_of(ticket.number)
        assert found is not None and found.understanding.matter == ticket.matter
        assert found.understanding.parts == ()


async def test_card__says_the_part_and_the_siblings(town: Town) -> None:
    await town.press(button(await town.say(TWO), "分开办"))
    first = await town.tickets()
    await bound(town, *first)
    await town.press(button(await town.say(TWO, "bert"), "分开办"), "bert")
    lamp, water = await town.tickets("bert")
    shown = await cards(town, lamp)
    assert "群众原话：石槽村路灯坏了\n" in shown and f"另外办：{water.number}" in shown


async def test_together__is_one_ticket_with_all_words(town: Town) -> None:
    await town.press(button(await town.say(TWO), "就一件事"))
    assert [ticket.text for ticket in await town.tickets()] == [TWO]


async def test_together__with_an_open_ticket_asks_new_or_more(town: Town) -> None:
    lamp = await town.open_lamp()
    lines = await town.press(button(await town.say(TWO), "就一件事"))
    await town.press(button(lines, lamp.number))
    assert await matters(town) == ["street_lamp"]


async def test_together__then_new_is_one_ticket(town: Town) -> None:
    await town.open_lamp()
    lines = await town.press(button(await town.say(TWO), "就一件事"))
    await town.press(button(lines, "新问题"))
    assert [ticket.text for ticket in await town.tickets()][1:] == [TWO]


async def test_open_ticket__several_matters_are_asked_about_as_such(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say("石槽村停水了，另外垃圾没人收")
    assert "2 件事" in texts(lines)
    await town.press(button(lines, "分开办"))
    assert await matters(town) == ["street_lamp", "water_supply", "garbage"]


async def test_reply__to_a_ticket_adds_to_it_as_before(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    await town.say("停水了，另外垃圾没人收", reply_to=f"o{card.id}")
    assert await matters(town) == ["street_lamp"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("对", APART),
        ("是的。", APART),
        ("分开办", APART),
        ("行！", APART),
        ("不是", TOGETHER),
        ("就一件事", TOGETHER),
        ("一起办吧", TOGETHER),
        ("是一件事", TOGETHER),
        ("路灯坏了", None),
        ("", None),
        ("好久没人来了", None),
    ],
)
def test_words__that_answer(words: str, meant: str | None) -> None:
    assert answer_in(words) == meant


@pytest.mark.parametrize(("words", "tickets"), [("对", 2), ("分开", 2), ("不是", 1), ("一起", 1)])
async def test_words__answer_like_the_buttons(town: Town, words: str, tickets: int) -> None:
    await town.say(TWO)
    await town.say(words)
    assert len(await town.tickets()) == tickets


async def test_words__in_a_reply_to_the_question_answer_it(town: Town) -> None:
    lines = await town.say(TWO)
    await town.say("分开", reply_to=f"o{lines[-1].id}")
    assert len(await town.tickets()) == 2


async def test_words__said_twice_have_one_effect(town: Town) -> None:
    await town.say(TWO)
    await town.say("分开办")
    answer = texts(await town.say("分开办"))
    assert "没有等您回答的问题" in answer
    assert len(await town.tickets()) == 2


async def test_button__pressed_twice_has_one_effect(town: Town) -> None:
    lines = await town.say(TWO)
    await town.press(button(lines, "分开办"))
    assert "用过" in texts(await town.press(button(lines, "分开办")))
    assert "用过" in texts(await town.press(button(lines, "就一件事")))
    assert len(await town.tickets()) == 2


async def test_update__delivered_again_is_asked_about_once(town: Town) -> None:
    for _ in range(3):
        await town.say(TWO, update_id="same")
    await lapse(town)
    assert len(await town.tickets()) == 2


async def test_lapsed__is_split_and_the_resident_told(town: Town) -> None:
    await town.say(TWO)
    answer = texts(await lapse(town))
    assert "没等到" in answer
    assert {*find(answer)} == {ticket.number for ticket in await town.tickets()}
    assert await matters(town) == ["street_lamp", "water_supply"]


async def test_lapsed__an_answer_that_comes_late_changes_nothing(town: Town) -> None:
    lines = await town.say(TWO)
    await lapse(town)
    assert "用过" in texts(await town.press(button(lines, "就一件事")))
    await town.say("就一件事")
    await lapse(town)
    assert len(await town.tickets()) == 2


async def test_urgent__is_a_ticket_at_once_and_the_rest_is_asked(town: Town) -> None:
    lines = await town.say(WITH_FIRE)
    assert await matters(town) == ["fire"]
    assert "119" in texts(lines) and "另外您还说了 2 件" in texts(lines)
    await town.press(button(lines, "分开办"))
    assert await matters(town) == ["fire", "street_lamp", "water_supply"]


async def test_urgent__hears_of_its_siblings_later(town: Town) -> None:
    await town.press(button(await town.say(WITH_FIRE), "分开办"))
    fire, lamp, water = await town.tickets()
    assert [find(words) for words in await told(town, fire)] == [(lamp.number, water.number)]


async def test_urgent__the_rest_may_belong_to_it(town: Town) -> None:
    await town.press(button(await town.say(WITH_FIRE), "就一件事"))
    (fire,) = await town.tickets()
    async with town.store.units_of_work() as work:
        history = await work.events(fire.number)
    added = [event.text for event in history if event.name is EventName.SUPPLEMENTED]
    assert added == ["石槽村路灯坏了；石槽村停水了"]


async def test_urgent__read_again_meanwhile_leaves_the_rest_as_it_was(town: Town) -> None:
    town.reader.degraded = True
    lines = await town.say(WITH_FIRE)
    town.reader.degraded = False
    await town.reparse.run_once()
    await town.press(button(lines, "分开办"))
    assert await matters(town) == ["fire", "street_lamp", "water_supply"]


async def test_urgent__unanswered_rest_is_split(town: Town) -> None:
    await town.say(WITH_FIRE)
    await lapse(town)
    assert await matters(town) == ["fire", "street_lamp", "water_supply"]


async def test_urgent__all_of_it_is_not_asked_about(town: Town) -> None:
    await town.say("高壁村着火了，另外石槽村也着火了")
    assert await matters(town) == ["fire", "fire"]


async def test_sealed__is_divided_at_once(town: Town) -> None:
    lines = await town.say(SEALED)
    assert {t.owner for t in await town.tickets()} > {"discipline"}
    assert "分开办" not in texts(lines)


async def test_sealed__words_and_number_stand_in_no_other_ticket(town: Town) -> None:
    await town.say(SEALED)
    sealed, lamp = await town.tickets()
    assert sealed.confidential and not lamp.confidential
    assert "贪" in sealed.text and "贪" not in lamp.text
    async with town.store.units_of_work() as work:
        history = await work.events(lamp.number)
    assert all("贪" not in e.text and sealed.number not in e.text for e in history)
    found = await town.store.desk.prediction_of(lamp.number)
    assert found is not None and "贪" not in str(found)
    assert [find(words) for words in await told(town, sealed)] == [(lamp.number,)]


async def test_sealed__photo_goes_to_its_ticket_only(town: Town) -> None:
    await town.photo(text=SEALED)
    sealed = (await town.tickets())[0]
    assert await files(town) == [sealed.number]


async def files(town: Town) -> list[str]:
    async with town.store.units_of_work() as work:
        return [file.ticket for file in await work.files_to_show(20)]


async def test_photo__goes_to_every_part(town: Town) -> None:
    await town.press(button(await town.photo(text=TWO), "分开办"))
    assert await files(town) == [ticket.number for ticket in await town.tickets()]


async def test_photo__before_the_words_goes_to_every_part(town: Town) -> None:
    await town.photo()
    await town.press(button(await town.say(TWO), "分开办"))
    assert await files(town) == [ticket.number for ticket in await town.tickets()]


async def test_photo__of_an_urgent_message_reaches_the_rest_too(town: Town) -> None:
    await town.press(button(await town.photo(text=WITH_FIRE), "分开办"))
    assert sorted(await files(town)) == [ticket.number for ticket in await town.tickets()]


async def test_photo__waits_with_its_message(town: Town) -> None:
    lines = await town.photo(text=TWO)
    assert await files(town) == []
    await town.press(button(lines, "就一件事"))
    assert await files(town) == [(await town.ticket()).number]


async def edited(town: Town, text: str) -> list[Line]:
    return await town.send(town.chat(), InboundKind.EDITED, text=text, message_id="m1")


async def test_edit__before_the_answer_takes_the_place_of_the_first_words(town: Town) -> None:
    first = await town.say(TWO, message_id="m1")
    lines = await edited(town, "石槽村停水了，另外垃圾没人收")
    assert "用过" in texts(await town.press(button(first, "分开办")))
    await town.press(button(lines, "分开办"))
    assert await matters(town) == ["water_supply", "garbage"]


async def test_edit__to_one_matter_is_no_question_any_more(town: Town) -> None:
    await town.say(TWO, message_id="m1")
    await edited(town, "石槽村停水了")
    await lapse(town)
    assert await matters(town) == ["water_supply"]


async def test_edit__afterwards_reaches_all_parts_and_opens_none(town: Town) -> None:
    await town.press(button(await town.say(TWO, message_id="m1"), "分开办"))
    answer = texts(await edited(town, "石槽村三组路灯坏了，另外停水三天"))
    lamp, water = await town.tickets()
    assert find(answer) == (lamp.number, water.number)
    for ticket in (lamp, water):
        async with town.store.units_of_work() as work:
            names = [event.name for event in await work.events(ticket.number)]
        assert EventName.EDITED in names


async def test_edit__that_adds_a_danger_opens_its_ticket(town: Town) -> None:
    await town.press(button(await town.say(TWO, message_id="m1"), "分开办"))
    await edited(town, TWO + "，另外着火了")
    assert (await matters(town))[2:] == ["fire"]


async def test_edit__that_adds_a_report_is_sealed_and_told_to_nobody(town: Town) -> None:
    await town.press(button(await town.say(TWO, message_id="m1"), "分开办"))
    await edited(town, TWO + "，另外村支书贪了钱")
    *others, sealed = await town.tickets()
    assert sealed.owner == "discipline"
    for ticket in others:
        async with town.store.units_of_work() as work:
            assert all("贪" not in event.text for event in await work.events(ticket.number))


async def test_edit__of_a_message_with_a_report_is_handed_to_nobody(town: Town) -> None:
    await town.say(SEALED, message_id="m1")
    answer = texts(await edited(town, SEALED + "，还有会计"))
    assert "没有转给别人" in answer
    assert len(await town.tickets()) == 2


async def test_edit__of_one_matter_that_adds_a_report_keeps_it_apart(town: Town) -> None:
    await town.say("石槽村路灯坏了", message_id="m1")
    await edited(town, "石槽村路灯坏了，另外村支书贪了钱")
    lamp, sealed = await town.tickets()
    assert (lamp.confidential, sealed.owner) == (False, "discipline")


async def test_place_question__is_not_answered_by_several_matters(town: Town) -> None:
    await town.say("停水两天了")
    await town.say("石槽村路灯坏了，另外垃圾没人收")
    assert (await town.ticket()).state is State.NEED_INFO


async def test_press__delivered_again_has_one_effect(town: Town) -> None:
    lines = await town.say(TWO)
    data = button(lines, "分开办")
    await town.send(town.chat(), InboundKind.PRESS, data=data, update_id="press")
    await town.send(town.chat(), InboundKind.PRESS, data=data, update_id="press")
    assert len(await town.tickets()) == 2


def test_first__is_the_message_itself_where_it_is_one_matter() -> None:
    found: Understanding = KEYWORD_FREE
    assert found.first is found and found.matters == ()
