"""A neighbour has the same trouble: +1, one answer for everybody, and the township's event card."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.hot_watch import HotWatch
from services.messages import Attachment, InboundKind
from tests.services.town import Town, button, texts
from tickets.events import EventName
from tickets.states import State

LAMP = "府城镇高壁村三组路灯坏了三天没人管"
ALSO = "府城镇高壁村三组的路灯又不亮了"


@pytest.fixture
def town() -> Town:
    return Town()


async def test_offer__comes_before_a_second_ticket(town: Town) -> None:
    first = await town.open_lamp("anna")
    lines = await town.say(ALSO, "bert")
    assert "已有 1 户反映" in texts(lines) and "高壁村" in texts(lines)
    assert await town.tickets("bert") == []
    await town.press(button(lines, "我也遇到"), "bert")
    second = await town.ticket("bert")
    assert (second.state, second.main, second.due_at) == (State.MERGED, first.number, None)


async def test_plus_one__every_reporter_gets_every_answer(town: Town) -> None:
    first = await town.open_lamp("anna")
    await town.press(button(await town.say(ALSO, "bert"), "我也遇到"), "bert")
    await town.say("一样", "carl")  # answers nothing: carl was asked nothing
    await town.news(town.chat("bert"))
    person = first.person or ""
    await town.cadre(person, first.number, "reply", "今天下午去修")
    heard = texts(await town.news(town.chat("bert")))
    assert "今天下午去修" in heard and first.number in heard
    await town.send(
        town.desk_of(person),
        InboundKind.PRESS,
        data=f"c:{first.number}:resolve",
        text="灯修好了",
        attachment=Attachment("media:x.jpg", "image/jpeg", 10),
    )
    assert "灯修好了" in texts(await town.news(town.chat("bert")))


@pytest.mark.parametrize(
    ("words", "state"), [("我也是", State.MERGED), ("另一件", State.DISPATCHED)]
)
async def test_offer__is_answered_in_words_as_well(town: Town, words: str, state: State) -> None:
    await town.open_lamp("anna")
    await town.say(ALSO, "bert")
    await town.say(words, "bert")
    assert [ticket.state for ticket in await town.tickets("bert")] == [state]


async def test_offer__unanswered_becomes_a_ticket_of_its_own(town: Town) -> None:
    await town.open_lamp("anna")
    await town.say(ALSO, "bert")
    town.now += timedelta(minutes=31)
    await town.escalation.run_once()
    assert (await town.ticket("bert")).state is State.DISPATCHED


async def test_offer__main_is_over_meanwhile(town: Town) -> None:
    first = await town.open_lamp("anna")
    lines = await town.say(ALSO, "bert")
    await town.press(f"t:{first.number}:withdraw_yes", "anna")
    await town.press(button(lines, "我也遇到"), "bert")
    assert (await town.ticket("bert")).state is State.DISPATCHED


@pytest.mark.parametrize(
    "words",
    [
        "府城镇高壁村五组路灯坏了",  # another villager group
        "府城镇高壁村三组停水了",  # another matter
        "府城镇高壁村三组路灯坏了，请保密",  # confidential
        "府城镇高壁村三组着火了",  # danger never waits
    ],
)
async def test_no_offer__for_what_is_another_thing(town: Town, words: str) -> None:
    await town.open_lamp("anna")
    await town.say(words, "bert")
    (ticket,) = await town.tickets("bert")
    assert ticket.main is None


async def test_no_offer__of_ones_own(town: Town) -> None:
    await town.open_lamp("anna")
    lines = await town.say(ALSO, "anna")
    assert "户反映" not in texts(lines)


async def test_unmerge__it_goes_its_own_way_again(town: Town) -> None:
    first = await town.open_lamp("anna")
    await town.press(button(await town.say(ALSO, "bert"), "我也遇到"), "bert")
    second = await town.ticket("bert")
    person = first.person or ""
    await town.cadre(person, second.number, "unmerge", "不是一盏灯")
    second = await town.ticket("bert")
    assert (second.state, second.main) == (State.DISPATCHED, None) and second.due_at is not None


async def test_hot_spot__three_people_make_a_card_and_the_third_is_told(town: Town) -> None:
    watch = HotWatch(town.store.units_of_work, lambda: town.office)
    for who in ("anna", "bert", "carl"):
        await town.say(f"府城镇高壁村三组路灯坏了，{who}家门口也黑", who)
        for ticket in await town.tickets(who):
            assert ticket.hot_spot is None
        if not await town.tickets(who):
            town.now += timedelta(minutes=31)
            await town.escalation.run_once()
        await town.news(town.chat(who))
        await watch.run_once()
    keys = {(await town.ticket(who)).hot_spot for who in ("anna", "bert", "carl")}
    assert len(keys) == 1 and None not in keys
    assert "已有 3 户反映" in texts(await town.news(town.chat("carl")))
    assert "户反映" not in texts(await town.news(town.chat("anna")))
    center = town.office.in_charge("township:141026100") or ""
    card = texts(await town.news(town.desk_of(center)))
    assert "【热点】" in card and "3 人反映" in card
    before = (await town.ticket("carl")).version
    assert await watch.run_once() == 0
    assert (await town.ticket("carl")).version == before


async def test_hot_spot__is_in_the_history(town: Town) -> None:
    watch = HotWatch(town.store.units_of_work, lambda: town.office)
    for who in ("anna", "bert", "carl"):
        await town.say(f"府城镇高壁村三组停水了，{who}家没水", who)
        town.now += timedelta(minutes=31)
        await town.escalation.run_once()
    await watch.run_once()
    ticket = await town.ticket("carl")
    async with town.store.units_of_work() as work:
        names = [event.name for event in await work.events(ticket.number)]
    assert names.count(EventName.HOT_SPOT) == 1
