"""Questions that the knowledge base answers, and the way from there to people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.knowledge_match import Knowledge
from services.known import GivenAnswer, Said, Verdict, verdict_in
from services.messages import InboundKind
from services.ports import Line
from tests.services.town import Town, button, texts
from tickets.events import Event, EventName

ASKED = "免费数字电视咋看"


async def answers(town: Town, who: str = "anna") -> list[GivenAnswer]:
    async with town.store.units_of_work() as work:
        return await work.answers_to(town.chat(who).key, town.now - timedelta(days=99))


async def history(town: Town) -> list[Event]:
    """What happened to the newest ticket."""
    number = (await town.ticket()).number
    async with town.store.units_of_work() as work:
        return await work.events(number)


def labels(lines: list[Line]) -> list[str]:
    return [each.label for line in lines for row in line.message.buttons for each in row]


async def test_question__is_answered_at_once_and_opens_nothing(town: Town) -> None:
    lines = await town.say(ASKED)
    said = texts(lines)
    assert "28个全覆盖" in said and "依据：县里自己的介绍" in said
    assert "由融媒体中心负责解释。没有注明有效期。" in said
    assert labels(lines) == ["有用", "没说清，请人答"]
    assert await town.tickets() == [] and [a.entry for a in await answers(town)] == ["full01"]


async def test_answer__says_how_long_it_holds(town: Town) -> None:
    entry = town.office.county.knowledge.entries[0]
    day = town.now.date()
    changed = replace(entry, valid_from=day, valid_to=day.replace(year=2027))
    county = replace(town.office.county, knowledge=Knowledge.of([changed]))
    town.office = replace(town.office, county=county)
    assert "有效期：2026年11月23日到2027年11月23日。" in texts(await town.say(ASKED))


async def test_expired__becomes_a_ticket(town: Town) -> None:
    entry = town.office.county.knowledge.entries[0]
    over = replace(entry, valid_to=town.now.date() - timedelta(days=1))
    county = replace(town.office.county, knowledge=Knowledge.of([over]))
    town.office = replace(town.office, county=county)
    await town.say(ASKED)
    assert len(await town.tickets()) == 1 and await answers(town) == []


async def test_prediction__keeps_why_it_was_answered(town: Town) -> None:
    await town.say(ASKED)
    item = (await answers(town))[0].inbox_id
    [kept] = town.store.database.committed.predictions.values()
    assert (kept.inbox_id, kept.ticket) == (item, None)
    assert kept.reasons[0][0] == "knowledge" and "full01" in kept.reasons[0][1]


async def test_helpful__is_thanked_and_recorded(town: Town) -> None:
    lines = await town.press(button(await town.say(ASKED), "有用"))
    assert "✓ 已选：有用" in texts(lines) and "28个全覆盖" in texts(lines) and labels(lines) == []
    assert [a.verdict for a in await answers(town)] == [Verdict.HELPFUL]
    assert await town.tickets() == []


async def test_unhelpful__goes_to_people_with_its_own_words(town: Town) -> None:
    await town.press(button(await town.say(ASKED), "没说清"))
    ticket = await town.ticket()
    assert (ticket.text, ticket.kind) == (ASKED, "benefit_question")
    assert [event.name for event in await history(town)][-1] is EventName.AUTO_ANSWERED
    assert [a.verdict for a in await answers(town)] == [Verdict.UNHELPFUL]


async def test_unhelpful__ticket_is_like_one_without_an_answer(town: Town) -> None:
    asked = "免费念书吗"
    await town.press(button(await town.say(asked), "没说清"))
    told = await town.ticket()
    town.office = replace(town.office, county=replace(town.office.county, knowledge=Knowledge()))
    await town.say(asked, "bert")
    plain = await town.ticket("bert")
    for name in ("owner", "state", "text", "kind", "appeal_type", "matter", "location_level"):
        assert getattr(told, name) == getattr(plain, name), name


async def test_buttons__pressed_twice_have_one_effect(town: Town) -> None:
    lines = await town.say(ASKED)
    helpful, unhelpful = button(lines, "有用"), button(lines, "没说清")
    await town.press(helpful)
    await town.press(helpful)
    await town.press(unhelpful)
    assert "用过" in texts(await town.press(unhelpful))
    assert "用过" in texts(await town.press(helpful))
    assert len(await town.tickets()) == 1
    assert [a.verdict for a in await answers(town)] == [Verdict.UNHELPFUL]


async def test_buttons__work_days_later(town: Town) -> None:
    data = button(await town.say(ASKED), "没说清")
    town.now += timedelta(days=9)
    await town.press(data)
    assert (await town.ticket()).text == ASKED


@pytest.mark.parametrize("data", ["k:none:helpful", "k:", "k::", "k:none:superseded"])
async def test_button__that_is_none_of_ours_does_nothing(town: Town, data: str) -> None:
    assert "用不了" in texts(await town.press(data))


async def test_button__of_another_chat_or_verdict_does_nothing(town: Town) -> None:
    data = button(await town.say(ASKED), "没说清")
    assert "用不了" in texts(await town.press(data, "bert"))
    assert "用不了" in texts(await town.press(data.replace("unhelpful", "superseded")))
    assert [a.verdict for a in await answers(town)] == [None]


async def test_silence__nothing_further_happens(town: Town) -> None:
    await town.say(ASKED)
    town.now += timedelta(days=30)
    await town.escalation.run_once()
    assert await town.news(town.chat()) == [] and await town.tickets() == []


@pytest.mark.parametrize("words", ["没用", "不是问这个", "找人问", "没说清。", "转人工"])
async def test_words__take_the_question_to_people(town: Town, words: str) -> None:
    await town.say(ASKED)
    await town.say(words)
    assert [ticket.text for ticket in await town.tickets()] == [ASKED]


async def test_words__with_more_are_added_to_the_ticket(town: Town) -> None:
    await town.say(ASKED)
    await town.say("不是问这个，机顶盒到哪领")
    assert [ticket.text for ticket in await town.tickets()] == [ASKED]
    assert (await history(town))[-1].text == "不是问这个，机顶盒到哪领"


async def test_words__helpful(town: Town) -> None:
    await town.say(ASKED)
    await town.say("明白了")
    assert [a.verdict for a in await answers(town)] == [Verdict.HELPFUL]


async def test_words__long_after_mean_something_else(town: Town) -> None:
    await town.say(ASKED)
    town.now += timedelta(minutes=31)
    await town.say("没用")
    assert [a.verdict for a in await answers(town)] == [None]


async def test_words__after_a_ticket_moved_mean_something_else(town: Town) -> None:
    await town.say(ASKED)
    await town.open_lamp()
    await town.say("没用")
    assert [a.verdict for a in await answers(town)] == [None]


async def test_danger__with_such_words_is_danger(town: Town) -> None:
    await town.say(ASKED)
    await town.say("不是问这个，高壁村着火了")
    assert [ticket.matter for ticket in await town.tickets()] == ["fire"]


@pytest.mark.parametrize(
    "text",
    [
        "免费数字电视，高壁村着火了",
        "免费数字电视咋看，请保密",
        "免费数字电视咋看，另外高壁村路灯坏了",
        "免费体检在哪",
    ],
)
async def test_question__in_danger_in_confidence_among_others_or_unknown_is_not_answered(
    town: Town, text: str
) -> None:
    await town.say(text)
    assert await answers(town) == []


async def test_appeal__is_never_answered_from_the_knowledge_base(town: Town) -> None:
    await town.say("高壁村数字电视")
    assert await answers(town) == [] and len(await town.tickets()) == 1


async def test_photo__is_read_by_a_human(town: Town) -> None:
    await town.photo(text=ASKED)
    assert await answers(town) == [] and len(await town.tickets()) == 1


async def test_open_ticket__keeps_no_question_waiting(town: Town) -> None:
    await town.open_lamp()
    lines = await town.say(ASKED)
    assert "28个全覆盖" in texts(lines)
    await town.press(button(lines, "没说清"))
    assert [ticket.text for ticket in await town.tickets()][1:] == [ASKED]


async def test_entry__that_did_not_help_is_not_told_again(town: Town) -> None:
    await town.press(button(await town.say(ASKED), "没说清"))
    lines = await town.say(ASKED)
    assert "新问题" in "".join(labels(lines)) and len(await answers(town)) == 1


async def test_edit__takes_the_place_of_the_first_question(town: Town) -> None:
    first = button(await town.say(ASKED, message_id="m1"), "没说清")
    edit = {"text": "上学免费吗", "message_id": "m1"}
    lines = await town.send(town.chat(), InboundKind.EDITED, **edit)
    assert [a.entry for a in await answers(town)] == ["full02", "full01"]
    assert "用过" in texts(await town.press(first)) and await town.tickets() == []
    await town.press(button(lines, "没说清"))
    assert [ticket.text for ticket in await town.tickets()] == ["上学免费吗"]


async def test_update__delivered_three_times_is_one_answer(town: Town) -> None:
    for _ in range(3):
        await town.say(ASKED, update_id="same")
    assert len(await answers(town)) == 1


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("有用", Said(Verdict.HELPFUL)),
        ("知道了！", Said(Verdict.HELPFUL)),
        ("没用", Said(Verdict.UNHELPFUL)),
        ("还是没说清楚", Said(Verdict.UNHELPFUL)),
        ("请人答", Said(Verdict.UNHELPFUL)),
        ("没用，我要问怎么办", Said(Verdict.UNHELPFUL, more=True)),
        ("没用的路灯坏了三天", None),
        ("有用的电线掉地上了", None),
        ("找人修路灯", None),
        ("人走丢了", None),
        ("谢谢", None),
        ("", None),
    ],
)
def test_verdict__is_read_from_few_words_only(text: str, verdict: Said | None) -> None:
    assert verdict_in(text) == verdict


@given(st.text(max_size=30))
def test_verdict__any_text_can_be_asked(text: str) -> None:
    assert verdict_in(text) is None or text.strip()
