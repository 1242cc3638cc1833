"""A cadre's chat: buttons, choices and replies lead where the card says."""

from __future__ import annotations

import pytest

from services.messages import Attachment
from services.ports import OutboxItem
from tests.services.chats import CENTER, GROUP, HOUSING, POWER, TOWNSHIP, Chats, verbs
from tests.services.town import Town
from tickets.events import EventName
from tickets.states import State

PICTURE = Attachment("telegram-file", "image/jpeg", 10)


@pytest.fixture
async def chats(town: Town) -> Chats:
    chats = Chats(town)
    await chats.bind(GROUP, TOWNSHIP, POWER, HOUSING, CENTER)
    return chats


async def signed(chats: Chats) -> tuple[str, OutboxItem]:
    """A lamp in hand, and the owner's card of it."""
    ticket = await chats.town.open_lamp()
    await chats.delivered()
    items = await chats.tap(GROUP, f"c:{ticket.number}:sign")
    return ticket.number, card_of(chats, items, GROUP)


def card_of(chats: Chats, items: list[OutboxItem], unit: str) -> OutboxItem:
    mine = [i for i in items if i.address == chats.chat(unit) and i.message.slot]
    return mine[-1]


async def names(chats: Chats, number: str) -> list[EventName]:
    async with chats.town.store.units_of_work() as work:
        return [event.name for event in await work.events(number)]


async def test_owners_reply__goes_to_the_resident(chats: Chats) -> None:
    _, card = await signed(chats)
    await chats.answer(GROUP, card, "明天去修")
    assert (await chats.town.ticket()).answer == "明天去修"


async def test_reviewers_reply__stays_among_cadres(chats: Chats) -> None:
    number, _ = await signed(chats)
    await chats.town.cadre(chats.person(GROUP), number, "extend", "2天，等配件")
    card = card_of(chats, await chats.delivered(), TOWNSHIP)
    await chats.answer(TOWNSHIP, card, "这么简单还要延期？")
    ticket = await chats.town.ticket()
    assert ticket.answer == "" and (await names(chats, number))[-1] is EventName.NOTED


async def test_co_units_reply__is_its_answer_to_the_lead_unit(chats: Chats) -> None:
    number, _ = await signed(chats)
    await chats.town.cadre(chats.person(GROUP), number, "join", f"{POWER} 看一下线路")
    card = card_of(chats, await chats.delivered(), POWER)
    await chats.answer(POWER, card, "线路没问题")
    assert (await chats.town.ticket()).subtasks[0].answer == "线路没问题"


async def test_more__then_a_choice_then_the_reason(chats: Chats) -> None:
    """延期 without typing a number: 更多, 申请延期, 2 天, and a reply with the reason."""
    number, _ = await signed(chats)
    [menu] = await chats.tap(GROUP, f"c:{number}:more")
    assert "extend" in verbs(menu.message)
    [asked] = await chats.tap(GROUP, f"c:{number}:extend")
    assert verbs(asked.message) == ["extend.1天", "extend.2天", "extend.3天"]
    [reason] = await chats.tap(GROUP, f"c:{number}:extend.2天")
    await chats.answer(GROUP, reason, "等配件")
    request = (await chats.town.ticket()).request
    assert request is not None and (request.days, request.reason) == (2, "等配件")


async def test_choice__may_be_written_instead_of_tapped(chats: Chats) -> None:
    number, _ = await signed(chats)
    [asked] = await chats.tap(GROUP, f"c:{number}:join")
    await chats.answer(GROUP, asked, "供电公司，看一下线路")
    assert (await chats.town.ticket()).co_units == (POWER,)


async def test_picture_alone__is_kept_and_the_words_are_asked_for_again(chats: Chats) -> None:
    number, _ = await signed(chats)
    [asked] = await chats.tap(GROUP, f"c:{number}:resolve")
    items = await chats.answer(GROUP, asked, file=PICTURE)
    assert "照片已存" in items[0].message.text
    assert items[-1].message.purpose == "resolve"
    await chats.answer(GROUP, items[-1], "灯换好了")
    assert (await chats.town.ticket()).state is State.RESOLVED


async def test_today__lists_what_waits_for_a_decision_first(chats: Chats) -> None:
    number, _ = await signed(chats)
    await chats.town.cadre(chats.person(GROUP), number, "join", f"{POWER} 看一下线路")
    await chats.delivered()
    [card] = await chats.today(POWER)
    assert card.message.ticket == number and verbs(card.message)[0] == "part"


async def test_number__shows_the_card_to_whoever_may_see_it(chats: Chats) -> None:
    number, _ = await signed(chats)
    [card] = await chats.write(TOWNSHIP, f"{number} 怎么样了")
    assert card.message.ticket == number and "supervise" in verbs(card.message)
    [refused] = await chats.write(POWER, number)
    assert refused.message.text == "没有找到这张工单。"


async def test_number__of_a_closed_ticket_opens_what_may_still_be_done(chats: Chats) -> None:
    number, _ = await signed(chats)
    await chats.town.press(f"t:{number}:withdraw_yes")
    await chats.delivered()
    [card] = await chats.write(GROUP, number)
    assert verbs(card.message) == ["more"]
    [menu] = await chats.tap(GROUP, f"c:{number}:more")
    assert verbs(menu.message) == ["exclude"]


async def test_what_cannot_be_done_now__is_refused_before_words_are_asked_for(
    chats: Chats,
) -> None:
    number, _ = await signed(chats)
    [answer] = await chats.tap(GROUP, f"c:{number}:unshelve")
    assert answer.message.purpose == "say"


@pytest.mark.parametrize("data", ["c:", "c::", "c:LD-1:sign", "c:{}:", "c:{}:erase", "c:{}:."])
async def test_broken_button__has_a_sentence_and_no_effect(chats: Chats, data: str) -> None:
    number, _ = await signed(chats)
    before = await chats.town.ticket()
    items = await chats.tap(GROUP, data.format(number))
    assert [item.message.text for item in items if item.message.text]
    assert await chats.town.ticket() == before
