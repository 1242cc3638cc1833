"""What cadres do, and what residents see of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.town import Town, button, texts
from tickets.states import State

GROUP, TOWNSHIP = "group:141026100:infrastructure", "township:141026100"


async def in_charge(town: Town) -> tuple[str, str]:
    ticket = await town.open_lamp()
    await town.news(town.chat())
    assert ticket.person is not None
    return ticket.person, ticket.number


async def test_story__sign_answer_resolve_confirm_rate(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    await town.cadre(cadre, number, "reply", "明天上午去修")
    assert "明天上午去修" in texts(await town.news(town.chat()))
    await town.cadre(cadre, number, "resolve", "换了新灯", photo=True)
    assert (await town.ticket()).state is State.RESOLVED
    assert "换了新灯" in texts(await town.news(town.chat()))
    lines = await town.press(f"t:{number}:solved")
    assert (await town.ticket()).state is State.CALLED_BACK
    await town.press(button(lines, "基本满意"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.solved, ticket.satisfaction) == (State.CLOSED, True, 3)


async def test_sign__twice_says_who_has_it(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    assert "已由" in texts(await town.cadre(cadre, number, "sign"))


async def test_sign__by_a_stranger_is_refused(town: Town) -> None:
    _cadre, number = await in_charge(town)
    other = town.in_charge("group:141026200:infrastructure")
    assert "不归您管" in texts(await town.cadre(other, number, "sign"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_report__is_not_seen_by_the_county_centre_either(town: Town) -> None:
    await town.say("高壁村支书贪了修路的钱")
    number = (await town.ticket()).number
    boss = town.in_charge("county")
    assert "不归您管" in texts(await town.cadre(boss, number, "sign"))


async def test_reply__signs_for_an_unsigned_ticket(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "reply", "这就去看")
    assert (await town.ticket()).state is State.HANDLING


async def test_return__needs_a_reason(town: Town) -> None:
    cadre, number = await in_charge(town)
    assert "理由" in texts(await town.cadre(cadre, number, "return"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_return__needs_the_unit_whose_it_is(town: Town) -> None:
    cadre, number = await in_charge(town)
    assert "哪个单位" in texts(await town.cadre(cadre, number, "return", "真的不是我们的"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_return__goes_one_rung_up_to_be_ruled_on(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.RETURN_PENDING, TOWNSHIP)
    assert ticket.request is not None
    asked = (ticket.request.by, ticket.request.unit, ticket.request.from_unit)
    assert asked == (cadre, "unit:transport", GROUP)
    assert "正在定由谁办" in texts(await town.news(town.chat()))


async def test_return__of_what_is_signed_leaves_who_signed_answerable(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    await town.cadre(cadre, number, "return", "这段归交通局")
    assert (await town.ticket()).signed_by == cadre  # rule 3


@pytest.mark.parametrize(
    ("verb", "text", "owner"),
    [
        ("rule_agree", "", "unit:transport"),
        ("rule_refuse", "", GROUP),
        ("rule", "归供电公司", "unit:power"),
    ],
)
async def test_ruling__names_the_owner_who_must_sign(
    town: Town, verb: str, text: str, owner: str
) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    await town.cadre((await town.ticket()).person, number, verb, text)
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.DISPATCHED, owner)
    assert ticket.person == town.in_charge(owner)
    assert not ticket.ruled


async def test_ruling__is_not_for_who_gave_it_back(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    assert "不归您管" in texts(await town.cadre(cadre, number, "rule_agree"))
    assert (await town.ticket()).state is State.RETURN_PENDING


async def test_return__second_one_goes_to_county_centre_whose_ruling_is_final(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    await town.cadre((await town.ticket()).person, number, "rule_refuse")
    await town.cadre(cadre, number, "return", "真的是供电公司的")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner, ticket.returns) == (State.RETURN_PENDING, "county", 2)
    await town.cadre(ticket.person, number, "rule_refuse")
    ticket = await town.ticket()
    assert (ticket.owner, ticket.ruled) == (GROUP, True)
    assert "不能再退" in texts(await town.cadre(cadre, number, "return", "就是归供电公司"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_return__only_within_the_window(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    town.now += timedelta(hours=3)
    assert "退单时限已过" in texts(await town.cadre(cadre, number, "return", "这段归交通局"))
    assert (await town.ticket()).state is State.SIGNED


async def test_return__to_the_own_unit_is_refused(town: Town) -> None:
    cadre, number = await in_charge(town)
    lines = await town.cadre(cadre, number, "return", "归基础设施与环境服务组")
    assert "不能写自己" in texts(lines)
    assert (await town.ticket()).state is State.DISPATCHED


async def test_return__of_a_county_matter_never_goes_down(town: Town) -> None:
    await town.say("被诈骗了三千块")
    await town.say("高壁村")
    ticket = await town.ticket()
    assert ticket.matter == "public_order"
    lines = await town.cadre(ticket.person, ticket.number, "return", "归府城镇农村事务服务组")
    assert "没有这个单位" in texts(lines)
    assert (await town.ticket()).owner == ticket.owner


async def test_reassign__needs_a_reason_and_a_level_above(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    boss = town.in_charge(TOWNSHIP)
    assert "理由" in texts(await town.cadre(boss, number, "dispatch", "unit:power"))
    assert (await town.ticket()).state is State.SIGNED
    await town.cadre(boss, number, "dispatch", "unit:power 线路是他们的")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner, ticket.signed_by) == (State.DISPATCHED, "unit:power", cadre)


async def test_dispatch__of_a_county_matter_never_goes_down(town: Town) -> None:
    await town.say("被诈骗了三千块")
    lines = await town.say("高壁村")
    number = (await town.ticket()).number
    boss = town.in_charge("county")
    lines = await town.cadre(boss, number, "dispatch", "group:141026100:rural_affairs")
    assert "没有这个单位" in texts(lines)


async def test_resolve__needs_an_answer(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    assert "办理结果" in texts(await town.cadre(cadre, number, "resolve"))
    assert (await town.ticket()).state is State.SIGNED


async def test_resolve__without_the_picture_waits_and_goes_out_when_it_comes(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.news(town.chat())
    assert "现场照片" in texts(await town.cadre(cadre, number, "resolve", "换了新灯"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.reviewer) == (State.PENDING_REVIEW, TOWNSHIP)
    assert "换了新灯" not in texts(await town.news(town.chat()))
    await town.cadre(cadre, number, "note", "照片", photo=True)
    assert (await town.ticket()).state is State.RESOLVED
    assert "换了新灯" in texts(await town.news(town.chat()))


async def test_resolve__without_a_contact_waits_until_there_was_one(town: Town) -> None:
    await town.say("高壁村停水两天了")
    ticket = await town.ticket()
    lines = await town.cadre(ticket.person, ticket.number, "resolve", "来水了")
    assert "联系群众的记录" in texts(lines)
    assert (await town.ticket()).state is State.PENDING_REVIEW
    await town.cadre(ticket.person, ticket.number, "called", "打电话说来水了")
    assert (await town.ticket()).state is State.RESOLVED


async def test_resolve__of_what_is_in_no_row_needs_a_contact_too(town: Town) -> None:
    await town.say("高壁村那个那个事情你们知道的吧")
    ticket = await town.ticket()
    await town.cadre(ticket.person, ticket.number, "sign")
    await town.cadre(ticket.person, ticket.number, "resolve", "办好了")
    assert (await town.ticket()).state is State.PENDING_REVIEW


async def test_review__is_for_somebody_else(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "resolve", "换了新灯")
    await town.cadre(cadre, number, "approve")
    assert (await town.ticket()).state is State.PENDING_REVIEW
    await town.cadre(town.in_charge(TOWNSHIP), number, "approve")
    assert (await town.ticket()).state is State.RESOLVED


async def test_review__sent_back_goes_on_with_what_was_left(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    due = (await town.ticket()).close_due
    assert due is not None
    await town.cadre(cadre, number, "resolve", "换了新灯")
    town.now += timedelta(minutes=60)
    await town.cadre(town.in_charge(TOWNSHIP), number, "send_back", "没有照片")
    ticket = await town.ticket()
    assert ticket.state is State.HANDLING
    assert ticket.close_due is not None
    assert timedelta(minutes=60) <= ticket.close_due - due < timedelta(minutes=61)


async def test_not_solved__is_handled_one_level_up(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.press(f"t:{lamp.number}:unsolved")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.REWORK, TOWNSHIP)
    assert (ticket.person, ticket.solved, ticket.reworks) == (town.in_charge(TOWNSHIP), False, 1)


async def test_not_solved__says_why_and_is_resolved_again(town: Town) -> None:
    lamp = await town.resolved_lamp()
    lines = await town.press(f"t:{lamp.number}:unsolved")
    await town.press(button(lines, "来了没修好"))
    assert (await town.ticket()).why_not == "来了没修好"
    again = await town.resolve(await town.ticket(), "又换了一次")
    assert (again.state, again.answer) == (State.RESOLVED, "又换了一次")


async def test_form__sent_twice_has_one_effect(town: Town) -> None:
    from services.messages import InboundKind

    cadre, number = await in_charge(town)
    for _ in range(2):
        await town.send(
            town.desk_of(cadre),
            InboundKind.PRESS,
            data=f"c:{number}:reply",
            text="明天去",
            update_id="form-1",
        )
    assert texts(await town.news(town.chat())).count("明天去") == 1
