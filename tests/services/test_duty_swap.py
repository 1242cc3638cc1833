"""换班: asked, answered once by who is asked, told to both. Today is Monday 23 November."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from routing.duty import CHINA_TIME, DutyPost, Roster, SwapState, person_in_charge
from services.messages import InboundKind
from tests.regressions.chats import bind, delivered, words_to
from tests.services.test_duty_leave import (
    DISPATCHER,
    LEADER,
    NIGHT,
    OFFICER,
    OTHER_NIGHT,
    TOWNSHIP,
    VILLAGER,
    local,
    name,
)
from tests.services.town import Town, button, texts

WEDNESDAY = "11月25日"
GROUP = "group:141026100:emergency"


def on_night(town: Town, unit: str = TOWNSHIP, day: int = 25) -> str | None:
    """Who is in charge at 20:00 on a day of this November."""
    at = town.now.astimezone(CHINA_TIME).replace(day=day, hour=20, minute=0)
    found = person_in_charge(town.office.county, unit, at, town.office.live)
    return found.id if found else None


async def ask(town: Town) -> str:
    """The night of Wednesday is offered to the other night officer; the swap's id."""
    await town.write(NIGHT, f"换班 {WEDNESDAY} {name(town, OTHER_NIGHT)}")
    [swap] = town.office.live.swaps
    return swap.id


async def test_swap__is_effective_only_once_agreed(town: Town) -> None:
    swap = await ask(town)
    assert on_night(town) == NIGHT
    taker, giver = name(town, OTHER_NIGHT), name(town, NIGHT)
    both = f"{WEDNESDAY}（周三）18:00的班：{taker}同意替{giver}，已经换好"
    assert both in texts(await town.push(OTHER_NIGHT, f"d:ask:{swap}:yes"))
    assert both in texts(await town.news(town.desk_of(NIGHT)))
    assert [on_night(town), on_night(town, GROUP)] == [OTHER_NIGHT] * 2
    assert [on_night(town, day=day) for day in (23, 24, 26, 27)] == [
        NIGHT, OTHER_NIGHT, OTHER_NIGHT, NIGHT,
    ]  # fmt: skip


async def test_swap__colleague_gets_a_card_with_both_answers(town: Town) -> None:
    chat = await bind(town, OTHER_NIGHT)
    swap = await ask(town)
    [card] = [item.message for item in await delivered(town) if item.address == chat]
    assert f"{name(town, NIGHT)}请您替一个班" in card.text
    assert "18:00–次日08:00，府城镇" in card.text and "等 6 个单位" in card.text
    assert [(b.label, b.data) for row in card.buttons for b in row] == [
        ("同意", f"d:ask:{swap}:yes"), ("不行", f"d:ask:{swap}:no"),
    ]  # fmt: skip


async def test_swap__answered_card_loses_its_buttons_on_both_sides(town: Town) -> None:
    giver, taker = await bind(town, NIGHT, "901"), await bind(town, OTHER_NIGHT, "902")
    await town.send(giver, InboundKind.TEXT, text=f"换班 {WEDNESDAY} {OTHER_NIGHT}", sender="901")
    [swap] = town.office.live.swaps
    await delivered(town)
    await town.send(taker, InboundKind.PRESS, data=f"d:ask:{swap.id}:no", sender="902")
    items = await delivered(town)
    cards = {item.address: item for item in items if item.message.slot}
    assert {giver, taker} == set(cards)
    assert all(item.replaces and not item.message.buttons for item in cards.values())
    assert "来不了，还是" in words_to(items, giver)
    rang = [item for item in items if item.address == giver and not item.message.slot]
    assert len(rang) == 1  # an edit rings no bell


async def test_swap__refused_changes_nothing(town: Town) -> None:
    swap = await ask(town)
    await town.push(OTHER_NIGHT, f"d:ask:{swap}:no")
    assert on_night(town) == NIGHT
    assert "来不了" in texts(await town.news(town.desk_of(NIGHT)))


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("yes", "yes", "已经答复过了：同意"),
        ("no", "yes", "已经答复过了：不行"),
        ("yes", "no", "同意"),
    ],
)
async def test_swap__answered_twice_keeps_the_first(
    town: Town, first: str, again: str, said: str
) -> None:
    swap = await ask(town)
    await town.push(OTHER_NIGHT, f"d:ask:{swap}:{first}")
    assert said in texts(await town.push(OTHER_NIGHT, f"d:ask:{swap}:{again}"))
    state = town.office.live.swaps[0].state
    assert state is (SwapState.AGREED if first == "yes" else SwapState.REFUSED)


async def test_swap__nobody_else_can_answer(town: Town) -> None:
    swap = await ask(town)
    for stranger, word in ((LEADER, "yes"), (NIGHT, "yes"), (OTHER_NIGHT, "off")):
        assert "不是问您的" in texts(await town.push(stranger, f"d:ask:{swap}:{word}"))
    assert town.office.live.swaps[0].state is SwapState.ASKED


async def test_swap__withdrawn_in_time(town: Town) -> None:
    swap = await ask(town)
    assert "不换了" in texts(await town.push(NIGHT, f"d:ask:{swap}:off"))
    assert "已经撤回" in texts(await town.push(OTHER_NIGHT, f"d:ask:{swap}:yes"))
    assert on_night(town) == NIGHT


async def test_swap__agreed_after_the_shift_began_is_too_late(town: Town) -> None:
    swap = await ask(town)
    local(town, 19, days=2)
    assert "已经开始或者过了" in texts(await town.push(OTHER_NIGHT, f"d:ask:{swap}:yes"))
    assert on_night(town) == NIGHT


async def test_swap__given_to_two_is_the_first_ones(town: Town) -> None:
    swap = await ask(town)
    answer = texts(await town.write(NIGHT, f"换班 {WEDNESDAY} {name(town, OFFICER)}"))
    assert f"正在等{name(town, OTHER_NIGHT)}答复" in answer
    assert [each.id for each in town.office.live.swaps] == [swap]


async def test_swap__asked_of_two_at_the_same_moment_goes_to_the_first(town: Town) -> None:
    first = await ask(town)
    async with town.store.units_of_work() as work:
        second = replace(town.office.live.swaps[0], id="second", taker=OFFICER)
        await work.ask_swap(second)
        await work.commit()
    await town.push(OTHER_NIGHT, f"d:ask:{first}:yes")
    gone = f"已经不是{name(town, NIGHT)}的了"
    assert gone in texts(await town.push(OFFICER, "d:ask:second:yes"))
    assert on_night(town) == OTHER_NIGHT


async def test_swap__taker_went_on_leave_meanwhile(town: Town) -> None:
    swap = await ask(town)
    await town.write(OTHER_NIGHT, f"请假 {WEDNESDAY}")
    assert "也请了假" in texts(await town.push(OTHER_NIGHT, f"d:ask:{swap}:yes"))
    assert on_night(town) == NIGHT


async def test_swap__can_be_passed_on(town: Town) -> None:
    await town.push(OTHER_NIGHT, f"d:ask:{await ask(town)}:yes")
    await town.write(OTHER_NIGHT, f"换班 {WEDNESDAY} {name(town, OFFICER)}")
    second = town.office.live.waiting_for(OFFICER)[0]
    await town.push(OFFICER, f"d:ask:{second.id}:yes")
    assert on_night(town) == OFFICER


async def test_swap__two_agree_to_one_shift_at_once(town: Town) -> None:
    swap = await ask(town)
    await asyncio.gather(
        town.push(OTHER_NIGHT, f"d:ask:{swap}:yes"), town.push(NIGHT, f"d:ask:{swap}:off")
    )
    state = town.office.live.swaps[0].state
    assert (on_night(town) == OTHER_NIGHT) == (state is SwapState.AGREED)


async def test_swap__by_buttons(town: Town) -> None:
    lines = await town.write(NIGHT, "换班")
    lines = await town.push(NIGHT, button(lines, WEDNESDAY))
    lines = await town.push(NIGHT, button(lines, name(town, OTHER_NIGHT)))
    assert "没有绑定聊天" in texts(lines)
    assert town.office.live.waiting_for(OTHER_NIGHT)[0].giver == NIGHT


async def test_swap__colleague_with_another_shift_then_is_refused(town: Town) -> None:
    county = town.office.county
    late = DutyPost(TOWNSHIP, None, time(20), time(22), DISPATCHER, "duty_officer")
    posts = [each for unit in county.roster.by_unit.values() for each in unit]
    roster = Roster.of([*posts, late])
    town.office = replace(town.office, county=replace(county, roster=roster))
    answer = texts(await town.write(NIGHT, f"换班 {WEDNESDAY} {DISPATCHER}"))
    assert "那时候已经有班：11月25日（周三）20:00–22:00" in answer
    assert town.office.live.swaps == ()


async def test_swap__a_leader_on_call_can_take_one(town: Town) -> None:
    await town.write(NIGHT, f"换班 {WEDNESDAY} {LEADER}")
    assert town.office.live.waiting_for(LEADER) != ()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("换班 11月20日", "11月20日已经过了"),
        ("换班 明天 c077", "11月24日（周二）没有您的班。您接下来的班：\n11月23日（周一）18:00"),
        ("换班 周三 赵六六", "没有叫“赵六六”的同事"),
        ("换班 周三 王示例一", "不是本单位的"),
        ("换班 周三 c076", "不能找自己"),
        ("换班 周三到周五 c077", "一次只换一天"),
        ("换班 2月30日", "日历上没有"),
        ("换班 周三 09:00 c077", "没有这个时间的班"),
    ],
)
async def test_bad_words__are_answered_and_change_nothing(
    town: Town, words: str, answer: str
) -> None:
    assert answer in texts(await town.write(NIGHT, words))
    assert town.office.live.swaps == ()


async def test_swap__of_a_shift_that_runs_already(town: Town) -> None:
    assert "已经开始" in texts(await town.write(OFFICER, "换班 今天 c076"))


async def test_swap__who_has_no_shifts_hears_so(town: Town) -> None:
    assert "没有排您的班" in texts(await town.write("c314", "换班"))


async def test_swap__colleague_on_leave_is_refused(town: Town) -> None:
    await town.write("c314", "请假 明天")
    answer = texts(await town.write(VILLAGER, f"换班 明天 {name(town, 'c314')}"))
    assert "也请了假" in answer and town.office.live.swaps == ()
