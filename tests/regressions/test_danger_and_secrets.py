"""Danger and what must stay sealed are recognised in whatever form they come."""

from __future__ import annotations

from services.messages import InboundKind
from tests.regressions.chats import bind, bind_group, delivered, words_to
from tests.services.town import Town, texts
from tickets.states import State

GROUP = "group:141026100:infrastructure"


async def test_danger__is_not_taken_for_the_answer_to_a_place_question(town: Town) -> None:
    await town.say("停水两天了")
    answer = texts(await town.say("高壁村着火了"))
    assert "119" in answer
    assert "fire" in [t.matter for t in await town.tickets()]


async def test_report__is_not_taken_for_the_answer_to_a_place_question(town: Town) -> None:
    await town.say("停水两天了")
    await town.say("高壁村支书贪钱")
    assert "discipline" in [t.owner for t in await town.tickets()]


async def test_other_matter__is_not_taken_for_the_answer_to_a_place_question(town: Town) -> None:
    await town.say("停水两天了")
    await town.say("高壁村路灯坏了")
    first = (await town.tickets())[0]
    assert first.state is State.NEED_INFO


async def test_danger__in_a_reply_to_a_card_is_an_emergency(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    answer = texts(await town.say("高壁村着火了", reply_to=f"o{card.id}"))
    assert "119" in answer


async def test_danger__with_a_foreign_number_is_an_emergency(town: Town) -> None:
    other = await town.open_lamp("bert")
    answer = texts(await town.say(f"{other.number} 那里,高壁村着火了"))
    assert "119" in answer


async def test_report__in_a_reply_to_a_card_goes_sealed(town: Town) -> None:
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    await town.say("修路灯的钱让高壁村支书贪了", reply_to=f"o{card.id}")
    owners = [t.owner for t in await town.tickets()]
    assert "discipline" in owners


async def test_confidential__supplement_stays_out_of_the_group(town: Town) -> None:
    group = await bind_group(town, GROUP)
    lines = await town.say("高壁村路灯坏了,请保密")
    card = next(line for line in lines if line.message.slot)
    await town.say("补充:我是张三,电话13800000001", reply_to=f"o{card.id}")
    assert "张三" not in words_to(await delivered(town), group)


async def test_supplement__phone_number_is_masked_in_the_group(town: Town) -> None:
    group = await bind_group(town, GROUP)
    lines = await town.say("高壁村路灯坏了")
    card = next(line for line in lines if line.message.slot)
    await town.say("补充:打13800000001", reply_to=f"o{card.id}")
    assert "13800000001" not in words_to(await delivered(town), group)


async def test_not_solved__confidential_words_stay_out_of_the_group(town: Town) -> None:
    lamp_lines = await town.say("高壁村路灯坏了,请保密")
    lamp = await town.ticket()
    card = next(line for line in lamp_lines if line.message.slot)
    group = await bind_group(town, "township:141026100")
    await town.resolve(lamp)
    await town.say("还是没修,我是张三13800000001", reply_to=f"o{card.id}")
    assert (await town.ticket()).state is State.REWORK
    told = words_to(await delivered(town), group)
    assert lamp.number in told
    assert "张三" not in told


async def test_report__found_at_the_second_reading_is_not_announced_below(town: Town) -> None:
    group = await bind_group(town, GROUP)
    town.reader.degraded = True
    town_reader = town.reader.understand

    async def wrong(text: str, _township: str | None = None):  # type: ignore[no-untyped-def]
        found = await town_reader(text.replace("贪", "路灯") if town.reader.degraded else text)
        return found

    town.reader.understand = wrong  # type: ignore[method-assign]
    await town.say("高壁村支书贪了钱")
    await delivered(town)
    town.reader.degraded = False
    await town.reparse.run_once()
    ticket = await town.ticket()
    assert ticket.owner == "discipline"
    told = words_to(await delivered(town), group)
    assert ticket.matter_name not in told
    assert town.office.unit_name("discipline") not in told


async def test_report__found_while_the_place_is_asked_goes_sealed_at_once(town: Town) -> None:
    town.reader.degraded = True
    town_reader = town.reader.understand

    async def wrong(text: str, _township: str | None = None):  # type: ignore[no-untyped-def]
        return await town_reader(text.replace("贪", "停水") if town.reader.degraded else text)

    town.reader.understand = wrong  # type: ignore[method-assign]
    group = await bind_group(town, "county")
    boss = await bind(town, town.office.in_charge("county"))
    await town.say("支书贪了钱")
    assert (await town.ticket()).state is State.NEED_INFO
    await delivered(town)
    town.reader.degraded = False
    await town.reparse.run_once()
    told = await delivered(town)
    ticket = await town.ticket()
    assert ticket.owner == "discipline", words_to(told, boss) + words_to(told, group)


async def test_urgent__found_while_the_place_is_asked_goes_out_at_once(town: Town) -> None:
    town.reader.degraded = True
    town_reader = town.reader.understand

    async def wrong(text: str, _township: str | None = None):  # type: ignore[no-untyped-def]
        return await town_reader(text.replace("着火", "停水") if town.reader.degraded else text)

    town.reader.understand = wrong  # type: ignore[method-assign]
    await town.say("家里着火了")
    town.reader.degraded = False
    await town.reparse.run_once()
    ticket = await town.ticket()
    assert ticket.urgent
    assert ticket.state is State.DISPATCHED


async def test_today__in_a_group_says_nothing_of_sealed_reports(town: Town) -> None:
    officer = town.office.in_charge("discipline")
    await bind(town, officer, "77")
    group = await bind_group(town, GROUP, "-200")
    await town.say("高壁村支书贪了修路的钱")
    await delivered(town)
    await town.send(group, InboundKind.PROGRESS, sender="77", in_group=True)
    assert (await town.ticket()).number not in words_to(await delivered(town), group)


async def test_triage__can_send_an_unrecognised_report_to_the_discipline_channel(
    town: Town,
) -> None:
    await town.say("那个那个事情,你们懂的,那个人拿了不该拿的")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "county")
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "dispatch", "discipline")
    assert (await town.ticket()).owner == "discipline"


async def test_discipline__can_hand_on_what_is_no_report(town: Town) -> None:
    await town.say("高壁村的老鼠贪吃,把粮食吃光了")
    ticket = await town.ticket()
    officer = town.office.in_charge("discipline")
    assert officer is not None
    await town.cadre(officer, ticket.number, "dispatch", "group:141026100:agriculture 是鼠害")
    assert (await town.ticket()).owner == "group:141026100:agriculture"


async def test_sealed__is_never_said_to_have_gone_up(town: Town) -> None:
    from datetime import timedelta

    await town.say("高壁村支书贪了修路的钱")
    await town.news(town.chat())
    town.now += timedelta(days=1)
    await town.escalation.run_once()
    assert (await town.ticket()).owner == "discipline"
    assert "往上报" not in texts(await town.news(town.chat()))


async def test_dispatch__confidential_matter_never_goes_down_to_a_village(town: Town) -> None:
    await town.say("那个那个事情,请保密")
    ticket = await town.ticket()
    assert ticket.confidential
    assert ticket.owner == "county"
    assert ticket.person is not None
    village = next(
        u.code for u in town.office.county.org.units.values() if u.level == "village_center"
    )
    await town.cadre(ticket.person, ticket.number, "dispatch", f"{village} 你们办")
    assert (await town.ticket()).owner == "county"


async def test_edit__asking_for_secrecy_is_honoured(town: Town) -> None:
    await town.say("那个那个事情", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="那个那个事情,请保密", message_id="m1")
    assert (await town.ticket()).confidential


async def test_edit__into_an_emergency_raises_the_alarm(town: Town) -> None:
    await town.say("家里停水了", message_id="m1")
    await town.send(town.chat(), InboundKind.EDITED, text="家里着火了", message_id="m1")
    ticket = await town.ticket()
    assert (ticket.urgent, ticket.matter) == (True, "fire")


async def test_log__holds_no_words_when_the_database_is_away(town: Town) -> None:
    import io

    import structlog

    from liandong.logs import configure

    class Away:
        def __call__(self):  # type: ignore[no-untyped-def]
            raise OSError("away")

    stream = io.StringIO()
    old = structlog.get_config()
    configure(stream)
    try:
        inbox = town.store.inbox
        town.processor._units_of_work = Away()  # type: ignore[assignment]

        async def failed(*_a: object) -> None:
            raise OSError("away")

        inbox.failed = failed  # type: ignore[method-assign]
        await town.say("高壁村路灯坏了,我是张三")
    finally:
        structlog.configure(**old)
    assert "interrupted" in stream.getvalue()
    assert "张三" not in stream.getvalue()


async def test_danger__in_words_of_a_supplement_does_not_wait_for_a_question(town: Town) -> None:
    await town.open_lamp()
    assert "119" in texts(await town.say("补充一下,高壁村着火了"))


async def test_answer__to_a_confidential_matter_stays_out_of_the_group(town: Town) -> None:
    group = await bind_group(town, GROUP)
    await town.say("高壁村路灯坏了,请保密")
    ticket = await town.ticket()
    await town.cadre(ticket.person or "", ticket.number, "reply", "张三您好,明天来")
    assert "张三" not in words_to(await delivered(town), group)


async def test_second_reading__of_the_same_matter_still_raises_the_alarm(town: Town) -> None:
    from dataclasses import replace

    first = town.reader.understand

    async def urgent_later(text: str, _township: str | None = None):  # type: ignore[no-untyped-def]
        found = await first(text)
        return found if town.reader.degraded else replace(found, urgent=True)

    town.reader.understand = urgent_later  # type: ignore[method-assign]
    town.reader.degraded = True
    await town.say("高壁村路灯坏了,电线掉下来了")
    town.reader.degraded = False
    await town.reparse.run_once()
    assert (await town.ticket()).urgent
