"""What cadres do, and what residents see of it."""

from __future__ import annotations

from tests.services.town import Town, texts
from tickets.states import State


async def in_charge(town: Town) -> tuple[str, str]:
    ticket = await town.open_lamp()
    await town.news(town.chat())
    assert ticket.person is not None
    return ticket.person, ticket.number


async def test_story__sign_answer_resolve_confirm(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    await town.cadre(cadre, number, "reply", "明天上午去修")
    assert "明天上午去修" in texts(await town.news(town.chat()))
    await town.cadre(cadre, number, "resolve", "换了新灯")
    assert (await town.ticket()).state is State.PENDING_CALLBACK
    await town.press(f"t:{number}:solved")
    assert (await town.ticket()).state is State.CLOSED


async def test_sign__twice_says_who_has_it(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    assert "已由" in texts(await town.cadre(cadre, number, "sign"))


async def test_sign__by_a_stranger_is_refused(town: Town) -> None:
    _cadre, number = await in_charge(town)
    other = town.office.in_charge("group:141026200:infrastructure")
    assert other is not None
    assert "不归您管" in texts(await town.cadre(other, number, "sign"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_report__is_not_seen_by_the_county_centre_either(town: Town) -> None:
    await town.say("高壁村支书贪了修路的钱")
    number = (await town.ticket()).number
    boss = town.office.in_charge("county")
    assert boss is not None
    assert "不归您管" in texts(await town.cadre(boss, number, "sign"))


async def test_reply__signs_for_an_unsigned_ticket(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "reply", "这就去看")
    assert (await town.ticket()).state is State.HANDLING


async def test_return__needs_a_reason(town: Town) -> None:
    cadre, number = await in_charge(town)
    assert "理由" in texts(await town.cadre(cadre, number, "return"))
    assert (await town.ticket()).state is State.DISPATCHED


async def test_return__goes_one_rung_up(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "township:141026100")


async def test_return__second_one_goes_to_county_centre(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "return", "这段归交通局")
    township = (await town.ticket()).person
    assert township is not None
    await town.cadre(township, number, "dispatch", "group:141026100:infrastructure")
    await town.cadre(cadre, number, "return", "真的不是我们的")
    assert (await town.ticket()).owner == "county"


async def test_dispatch__of_a_county_matter_never_goes_down(town: Town) -> None:
    await town.say("被诈骗了三千块")
    lines = await town.say("高壁村")
    number = (await town.ticket()).number
    boss = town.office.in_charge("county")
    assert boss is not None
    lines = await town.cadre(boss, number, "dispatch", "group:141026100:rural_affairs")
    assert "没有这个单位" in texts(lines)


async def test_resolve__needs_an_answer(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "sign")
    assert "办理结果" in texts(await town.cadre(cadre, number, "resolve"))
    assert (await town.ticket()).state is State.SIGNED


async def test_not_solved__is_handled_one_level_up(town: Town) -> None:
    cadre, number = await in_charge(town)
    await town.cadre(cadre, number, "resolve", "好了")
    await town.press(f"t:{number}:unsolved")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.DISPATCHED, "township:141026100")


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
