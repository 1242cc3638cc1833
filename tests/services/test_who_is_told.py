"""Who hears of a change in their chat: whoever has to act, once, with the buttons for it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from services.messages import Attachment, InboundKind
from tests.services.chats import CENTER, GROUP, HOUSING, POWER, TOWNSHIP, Chats, only, verbs
from tests.services.town import Town
from tickets.states import State
from tickets.ticket import Ticket


@pytest.fixture
async def chats(town: Town) -> Chats:
    chats = Chats(town)
    await chats.bind(GROUP, TOWNSHIP, POWER, HOUSING, CENTER)
    return chats


async def in_hand(chats: Chats) -> Ticket:
    ticket = await chats.town.open_lamp()
    await chats.act(GROUP, ticket.number, "sign")
    await chats.delivered()
    return await chats.town.ticket()


async def test_card__has_few_buttons_and_more(chats: Chats) -> None:
    await chats.town.open_lamp()
    card = only((await chats.news())[chats.person(GROUP)])
    assert verbs(card) == ["sign", "return", "more"]


async def test_extension__the_reviewer_gets_a_card_that_asks(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "extend", "2天 等配件")
    news = await chats.news()
    card = only(news.pop(chats.person(TOWNSHIP)))
    assert verbs(card)[:2] == ["grant", "deny"]
    assert "申请延期 2 个工作日" in card.text and "等配件" in card.text
    assert card.purpose == "note" and "只有干部看得到" in card.text
    assert news == {}


@pytest.mark.parametrize(("verb", "words"), [("grant", ""), ("deny", "先按原来的办")])
async def test_extension__who_asked_hears_the_answer_once(
    chats: Chats, verb: str, words: str
) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "extend", "2天 等配件")
    await chats.delivered()
    await chats.act(TOWNSHIP, ticket.number, verb, words)
    news = await chats.news()
    assert set(news) == {chats.person(GROUP)}
    card = only(news[chats.person(GROUP)])
    assert ("不同意" in card.text) == (verb == "deny")


async def test_extension__not_decided_goes_to_the_next_and_the_first_cannot_decide_any_more(
    chats: Chats,
) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "extend", "2天 等配件")
    await chats.delivered()
    await run_out(chats)
    assert (await chats.town.ticket()).reviewer == HOUSING
    news = await chats.news()
    assert set(news) == {chats.person(TOWNSHIP), chats.person(HOUSING)}
    first, next_ = only(news[chats.person(TOWNSHIP)]), only(news[chats.person(HOUSING)])
    assert "延期超时未批" in first.text and "grant" not in verbs(first)
    assert "延期超时未批" in next_.text and verbs(next_)[0] == "grant"


async def run_out(chats: Chats) -> None:
    """The clock of the ticket's stage runs out just now."""
    due = (await chats.town.ticket()).due_at
    assert due is not None
    chats.town.now = due + timedelta(minutes=1)
    await chats.town.escalation.run_once()


async def test_closing_without_evidence__the_reviewer_gets_a_card(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "resolve", "灯换好了")
    assert (await chats.town.ticket()).state is State.PENDING_REVIEW
    card = only((await chats.news())[chats.person(TOWNSHIP)])
    assert verbs(card)[:2] == ["approve", "send_back"]
    assert "还缺现场照片" in card.text and "灯换好了" in card.text


async def test_closing__who_closed_hears_that_it_was_sent_back(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "resolve", "灯换好了")
    await chats.delivered()
    await chats.act(TOWNSHIP, ticket.number, "send_back", "照片呢？")
    news = await chats.news()
    assert "照片呢？" in only(news[chats.person(GROUP)]).text
    assert set(news) == {chats.person(GROUP)}


async def test_return__the_arbiter_reads_who_should_have_it_and_why(chats: Chats) -> None:
    ticket = await chats.town.open_lamp()
    await chats.delivered()
    await chats.act(GROUP, ticket.number, "return", f"{POWER} 灯杆是他们的")
    card = only((await chats.news())[chats.person(TOWNSHIP)])
    assert verbs(card)[:2] == ["rule_agree", "rule_refuse"]
    assert "供电公司" in card.text and "灯杆是他们的" in card.text


async def test_co_unit__gets_one_card_whose_reply_is_its_answer(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "join", f"{POWER} 看一下线路")
    news = await chats.news()
    card = only(news.pop(chats.person(POWER)))
    assert verbs(card)[0] == "part" and card.purpose == "part"
    assert "看一下线路" in card.text and "协办答复" in card.text
    assert news == {}


async def test_co_unit__answer_rings_at_the_lead_unit_once(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "join", f"{POWER} 看一下线路")
    await chats.delivered()
    await chats.act(POWER, ticket.number, "part", "线路没问题")
    items = await chats.delivered()
    to_lead = [i for i in items if i.address.chat == chats.person(GROUP)]
    assert [i.message.fresh for i in to_lead] == [True]
    assert "线路没问题" in to_lead[0].message.text
    to_helper = [i.message for i in items if i.address.chat == chats.person(POWER)]
    assert [verbs(message) for message in to_helper] == [[]]


async def test_co_unit__keeps_its_card_while_others_act(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "join", f"{POWER} 看一下线路")
    await chats.delivered()
    await chats.act(GROUP, ticket.number, "reply", "供电公司也来看")
    items = await chats.delivered()
    card = only(i.message for i in items if i.address.chat == chats.person(POWER))
    assert verbs(card)[0] == "part"


async def test_overdue__the_level_above_can_supervise_from_its_card(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "called", "打过电话")
    await chats.delivered()
    await run_out(chats)
    news = await chats.news()
    late, above = news.pop(chats.person(GROUP)), news.pop(chats.person(TOWNSHIP))
    assert "超过办理时限" in only(late).text and "府城镇联动服务中心" in only(late).text
    assert verbs(only(above)) == ["supervise", "more"] and "请过问" in only(above).text
    assert news == {}


async def test_supervised__rings_at_the_owner_and_stays_on_the_card(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(TOWNSHIP, ticket.number, "supervise", "今天必须去人")
    card = only((await chats.news())[chats.person(GROUP)])
    assert "今天必须去人" in card.text and "督办" in card.text.split("【")[0]


async def test_exclusion__rings_at_the_county_centre(chats: Chats) -> None:
    ticket = await chats.town.open_lamp()
    await chats.town.press(f"t:{ticket.number}:withdraw_yes")
    await chats.delivered()
    await chats.act(GROUP, ticket.number, "exclude", "测试时发的")
    card = only((await chats.news())[chats.person("county")])
    assert verbs(card)[0] == "exclude_yes" and "测试时发的" in card.text


async def test_reassigned__who_had_it_hears_it(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(TOWNSHIP, ticket.number, "dispatch", f"{POWER} 是他们的线路")
    news = await chats.news()
    assert "已改派给供电公司" in only(news[chats.person(GROUP)]).text
    assert verbs(only(news[chats.person(POWER)]))[0] == "sign"


async def test_note__of_the_level_above_rings_at_the_owner(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(TOWNSHIP, ticket.number, "note", "老人行动不便，快一点")
    assert "老人行动不便" in only((await chats.news())[chats.person(GROUP)]).text


async def test_own_note__rings_nowhere(chats: Chats) -> None:
    ticket = await in_hand(chats)
    await chats.act(GROUP, ticket.number, "note", "去现场看过了")
    assert await chats.delivered() == []


async def test_who_has_no_chat__finds_the_news_on_the_page(town: Town) -> None:
    chats = Chats(town)
    ticket = await town.open_lamp()
    await chats.act(GROUP, ticket.number, "sign")
    await chats.act(GROUP, ticket.number, "extend", "2天 等配件")
    told = await town.news(town.desk_of(chats.person(TOWNSHIP)))
    assert [line.message.text for line in told] == [
        f"【{ticket.number}】路灯：有延期申请，请您来定。"
    ]


async def test_no_chat__gets_two_messages_for_one_change(chats: Chats) -> None:
    """The whole way of a ticket: each change is at most one message in each cadre's chat."""
    ticket = await chats.town.open_lamp()
    number = ticket.number
    await chats.delivered()
    story = (
        (GROUP, "sign", ""),
        (GROUP, "extend", "2天 等配件"),
        (TOWNSHIP, "grant", ""),
        (GROUP, "join", f"{POWER} 看一下线路"),
        (POWER, "part", "线路没问题"),
        (TOWNSHIP, "supervise", "抓紧"),
        (GROUP, "resolve", "换好了"),
        (TOWNSHIP, "send_back", "没照片"),
        (TOWNSHIP, "shelve", "等材料，12月10日复查"),
        (GROUP, "unshelve", "材料到了"),
        (GROUP, "resolve", "换好了"),
        (TOWNSHIP, "approve", ""),
        ("county", "unsolved", "还是不亮"),
    )
    for unit, verb, words in story:
        before = await chats.town.ticket()
        await chats.act(unit, number, verb, words)
        assert (await chats.town.ticket()).version > before.version, verb
        counted = Counter(item.address.chat for item in await chats.delivered())
        assert counted and max(counted.values()) == 1, (verb, counted)


async def test_internal_words_and_pictures__never_reach_the_resident(chats: Chats) -> None:
    """Rule 5: whatever cadres say among themselves has no way into the resident's chat."""
    ticket = await in_hand(chats)
    secret = "内部的话"
    number = ticket.number
    await chats.act(GROUP, number, "note", secret)
    await chats.act(GROUP, number, "called", secret)
    await chats.act(GROUP, number, "join", f"{POWER} {secret}")
    await chats.act(POWER, number, "part", secret)
    await chats.act(TOWNSHIP, number, "supervise", secret)
    await chats.act(TOWNSHIP, number, "dispatch", f"{POWER} {secret}")
    await chats.act(POWER, number, "return", f"{GROUP} {secret}")
    await chats.act("county", number, "rule_refuse", secret)
    picture = Attachment("media:inside.jpg", "image/jpeg", 10)
    await chats.town.send(
        chats.town.desk_of(chats.person(POWER)),
        InboundKind.PRESS,
        data=f"c:{number}:note",
        text=secret,
        attachment=picture,
    )
    lines = await chats.town.store.mailbox.since(chats.town.chat(), 0, 200)
    assert len(lines) > 5
    assert [line for line in lines if secret in line.message.text] == []
    async with chats.town.store.units_of_work() as work:
        [kept] = await work.files_to_show(9)
    assert kept.internal
