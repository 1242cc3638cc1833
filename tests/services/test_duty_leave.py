"""请假 and 销假: who answers then, who is told, what is refused. Today is Monday 23 November."""

from __future__ import annotations

from datetime import timedelta

import pytest

from routing.duty import CHINA_TIME
from services.messages import InboundKind
from tests.regressions.chats import bind, bind_group, delivered, words_to
from tests.services.town import Town, button, texts

TOWNSHIP, VILLAGE = "township:141026100", "village:141026100206"
LEADER, OFFICER, DISPATCHER, NIGHT, OTHER_NIGHT = "c073", "c074", "c075", "c076", "c077"
VILLAGER = "c188"
LAMP_GROUP = "group:141026100:infrastructure"


def name(town: Town, cadre: str) -> str:
    return town.office.cadre_name(cadre)


def local(town: Town, hour: int, days: int = 0) -> None:
    """Turn the clock to an hour of a day after this Monday."""
    at = town.now.astimezone(CHINA_TIME).replace(hour=hour, minute=0, second=0)
    town.now = (at + timedelta(days=days)).astimezone(town.now.tzinfo)


async def test_leave__deputy_is_in_charge_at_once_and_told(town: Town) -> None:
    deputy = name(town, NIGHT)
    answer = texts(await town.write(OFFICER, f"请假 今天到后天 替班 {deputy}"))
    assert f"您11月23日至11月25日请假，由{deputy}替班" in answer
    assert town.office.in_charge(TOWNSHIP) == NIGHT
    told = texts(await town.news(town.desk_of(NIGHT)))
    assert f"{name(town, OFFICER)}11月23日至11月25日请假，请您替班" in told
    assert "11月24日（周二）08:00–18:00" in told
    assert f"由{deputy}替班" in texts(await town.news(town.desk_of(LEADER)))


async def test_leave__without_anything_is_the_leaders(town: Town) -> None:
    answer = texts(await town.write(VILLAGER, "请假 明天"))
    leader = town.office.county.org.by_rank(VILLAGE)[1]
    assert f"这段时间由{leader.name}负责" in answer
    assert "这段时间由您负责" in texts(await town.news(town.desk_of(leader.id)))
    local(town, 16, days=1)
    assert town.office.in_charge(VILLAGE) == leader.id


async def test_leave__deputy_of_the_roster_is_said_and_told(town: Town) -> None:
    answer = texts(await town.write(OFFICER, "请假 明天"))
    assert f"由{name(town, DISPATCHER)}替班" in answer
    assert "请您替班" in texts(await town.news(town.desk_of(DISPATCHER)))


async def test_leave__number_left_keeps_the_cadre_in_charge(town: Town) -> None:
    await town.write(VILLAGER, "请假 明天 电话 138 0000 0077")
    local(town, 16, days=1)
    found = town.office.presence(VILLAGE)
    assert (found.cadre, found.is_away, found.contact) == (
        town.office.cadre(VILLAGER), True, "13800000077",
    )  # fmt: skip


async def test_leave__a_new_ticket_goes_to_the_deputy(town: Town) -> None:
    officer = town.office.in_charge(LAMP_GROUP)
    assert officer is not None
    leader = town.office.county.org.by_rank(LAMP_GROUP)[0]
    await town.write(officer, f"请假 今天 替班 {leader.name}")
    assert (await town.open_lamp()).person == leader.id


async def test_leave__of_a_night_officer_is_for_the_night_that_begins_that_day(town: Town) -> None:
    await town.write(NIGHT, f"请假 11月25日 替班 {name(town, OTHER_NIGHT)}")
    [absence] = town.office.live.absences_of(NIGHT, town.now)
    assert absence.end.astimezone(CHINA_TIME).strftime("%m-%d %H:%M") == "11-26 08:00"


async def test_leave__afternoon_only(town: Town) -> None:
    answer = texts(await town.write(OFFICER, "请假 明天下午 家里有事"))
    assert "您11月24日 12:00至24:00请假" in answer


async def test_leave__by_buttons(town: Town) -> None:
    lines = await town.write(OFFICER, "请假")
    lines = await town.push(OFFICER, button(lines, "11月24日"))
    assert "11月24日（周二）请假，谁替您值班？" in texts(lines)
    answer = texts(await town.push(OFFICER, button(lines, name(town, NIGHT))))
    assert f"由{name(town, NIGHT)}替班" in answer
    assert len(town.office.live.absences_of(OFFICER, town.now)) == 1


@pytest.mark.parametrize(
    ("label", "said"), [("打我电话", "有事打您的电话 13800000087"), ("不找人替", "负责")]
)
async def test_leave__by_buttons_without_a_deputy(town: Town, label: str, said: str) -> None:
    lines = await town.push(VILLAGER, "d:leave:20261124")
    assert said in texts(await town.push(VILLAGER, button(lines, label)))


async def test_leave__from_the_pages_form(town: Town) -> None:
    answer = texts(await town.push(OFFICER, "d:leave:20261201-20261203:c076", "0357-6800001"))
    assert "12月1日至12月3日请假" in answer
    [absence] = town.office.live.absences_of(OFFICER, town.now)
    assert (absence.deputy, absence.contact) == ("c076", "0357-6800001")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("请假 11月20日", "11月20日已经过了"),
        ("请假 2月30日", "日历上没有“2月30日”这一天"),
        ("请假 11月28日到11月25日", "结束的日子比开始的还早"),
        ("请假 2028-01-01", "日子太远了"),
        ("请假 明天 替班 赵六六", "没有叫“赵六六”的同事。可以找：王示例十"),
        ("请假 明天 替班 王示例一", "不是本单位的"),
        ("请假 明天 电话 1380000", "电话号码不对"),
        ("请假 明天 替班 c074", "不能找自己"),
        ("请假 明天 替班 c076 c077", "写了不止一个人"),
        ("销假", "您现在没有请假"),
    ],
)
async def test_bad_words__are_answered_and_change_nothing(
    town: Town, words: str, answer: str
) -> None:
    found = texts(await town.write(OFFICER, words))
    assert answer.replace("王示例十", "") in found.replace("王示例十", "")
    assert town.office.live.absences == ()


async def test_leave__a_name_that_is_no_deputy_is_only_a_reason(town: Town) -> None:
    await town.write(OFFICER, f"请假 明天 陪{name(town, NIGHT)}看病")
    [absence] = town.office.live.absences_of(OFFICER, town.now)
    assert absence.deputy == ""


async def test_leave__deputy_who_is_away_is_refused(town: Town) -> None:
    await town.write(NIGHT, "请假 明天")
    answer = texts(await town.write(OFFICER, f"请假 明天到后天 替班 {name(town, NIGHT)}"))
    assert "那时候也请了假（11月24日" in answer
    assert town.office.live.absences_of(OFFICER, town.now) == ()


async def test_leave__twice_is_refused(town: Town) -> None:
    await town.write(OFFICER, "请假 明天到周五")
    assert "您已经请了假：11月24日至11月27日" in texts(await town.write(OFFICER, "请假 周四"))
    assert len(town.office.live.absences) == 1


async def test_leave__half_day_that_is_over(town: Town) -> None:
    local(town, 15)
    assert "已经过了" in texts(await town.write(OFFICER, "请假 今天上午"))


async def test_leave__that_leaves_nobody_says_so(town: Town) -> None:
    others = [each.id for each in town.office.county.org.staff(VILLAGE) if each.id != VILLAGER]
    for other in others:
        await town.write(other, "请假 明天")
    assert "没有别人能负责" in texts(await town.write(VILLAGER, "请假 明天"))
    local(town, 16, days=1)
    assert town.office.in_charge(VILLAGE) is None


async def test_back__early(town: Town) -> None:
    await town.write(OFFICER, f"请假 今天到周五 替班 {name(town, NIGHT)}")
    await town.news(town.desk_of(NIGHT))
    assert "您从现在起照常值班" in texts(await town.write(OFFICER, "销假"))
    assert town.office.in_charge(TOWNSHIP) == OFFICER
    assert "已销假" in texts(await town.news(town.desk_of(NIGHT)))


async def test_back__before_it_began_is_a_cancellation(town: Town) -> None:
    await town.write(OFFICER, "请假 12月3日")
    assert "12月3日的请假已取消" in texts(await town.write(OFFICER, "销假"))
    assert town.office.live.absences_of(OFFICER, town.now) == ()


async def test_back__twice_is_said(town: Town) -> None:
    await town.write(OFFICER, "请假 今天到周五")
    [absence] = town.office.live.absences
    await town.push(OFFICER, f"d:back:{absence.id}")
    assert "已经销过了" in texts(await town.push(OFFICER, f"d:back:{absence.id}"))


async def test_back__asks_which_of_several(town: Town) -> None:
    await town.write(OFFICER, "请假 12月1日")
    await town.write(OFFICER, "请假 12月3日到4日")
    lines = await town.write(OFFICER, "销假")
    assert "12月3日至12月4日的请假已取消" in texts(
        await town.push(OFFICER, button(lines, "12月3日至12月4日"))
    )
    assert len(town.office.live.absences_of(OFFICER, town.now)) == 1


async def test_back__not_somebody_elses(town: Town) -> None:
    await town.write(OFFICER, "请假 今天到周五")
    [absence] = town.office.live.absences
    await town.push(NIGHT, f"d:back:{absence.id}")
    assert town.office.live.absence(OFFICER, town.now) is not None


@pytest.mark.parametrize(
    "data", ["d:leave:tomorrow", "d:leave:20261124:c999", "d:x", "d:ask:1:yes"]
)
async def test_button__that_is_none_of_ours(town: Town, data: str) -> None:
    assert "这个按钮已经没有用了" in texts(await town.push(OFFICER, data))


async def test_telegram__words_in_a_private_chat(town: Town) -> None:
    chat = await bind(town, OFFICER)
    text = f"我想请假，明天，由{name(town, NIGHT)}替班"
    await town.send(chat, InboundKind.TEXT, text=text, sender="900")
    assert f"由{name(town, NIGHT)}替班" in words_to(await delivered(town), chat)
    assert [each.deputy for each in town.office.live.absences] == [NIGHT]


async def test_telegram__reply_to_the_question_needs_no_command(town: Town) -> None:
    chat = await bind(town, OFFICER)
    await town.send(chat, InboundKind.TEXT, text="请假", sender="900", message_id="m1")
    [asked] = [item for item in await delivered(town) if item.address == chat]
    assert "请哪一天的假" in asked.message.text
    sent = await _message_of(town, asked.id)
    await town.send(chat, InboundKind.TEXT, text="明天", sender="900", reply_to=sent)
    assert len(town.office.live.absences) == 1


async def _message_of(town: Town, outbox_id: int) -> str:
    found = town.store.database.committed.outbox[outbox_id].message_id
    assert found is not None
    return found


async def test_telegram__answer_to_a_resident_may_begin_with_the_word(town: Town) -> None:
    ticket = await town.open_lamp()
    chat = await bind(town, ticket.person)
    await town.say("还没修，催一下")
    card = next(i for i in await delivered(town) if i.address == chat)
    sent = await _message_of(town, card.id)
    await town.send(chat, InboundKind.TEXT, text="请假的人回来就修", sender="900", reply_to=sent)
    assert town.office.live.absences == ()
    assert "请假的人回来就修" in texts(await town.news(town.chat()))


async def test_group__leave_is_said_to_colleagues_and_not_to_us(town: Town) -> None:
    await bind(town, OFFICER)
    group = await bind_group(town, TOWNSHIP)
    await town.send(group, InboundKind.TEXT, text="请假 明天", sender="900", in_group=True)
    assert town.office.live.absences == () and await delivered(town) == []
