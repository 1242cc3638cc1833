"""Cadres' actions, clocks and words hold in the corners too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.errors import RetryLater
from services.messages import Attachment, InboundKind
from services.relay import Relay
from storage.memory_coordination import MemoryRateLimit
from tests.regressions.chats import bind, delivered, words_to
from tests.services.town import Town, button, texts
from tickets.states import State

LAMP_GROUP = "group:141026100:infrastructure"


async def test_edit__never_resets_the_clock_of_triage(town: Town) -> None:
    await town.say("高壁村那个那个事情你们知道的吧", message_id="m1")
    due = (await town.ticket()).due_at
    town.now += timedelta(hours=1)
    await town.send(town.chat(), InboundKind.EDITED, text="高壁村那件事情", message_id="m1")
    assert (await town.ticket()).due_at == due


async def test_edit__never_brings_an_escalated_ticket_down_again(town: Town) -> None:
    await town.say("高壁村那个那个事情你们知道的吧", message_id="m1")
    town.now += timedelta(hours=3)
    await town.escalation.run_once()
    owner = (await town.ticket()).owner
    assert owner != "township:141026100"
    await town.send(town.chat(), InboundKind.EDITED, text="高壁村那件事情", message_id="m1")
    assert (await town.ticket()).owner == owner


async def test_edit__never_sends_a_returned_ticket_back_to_who_returned_it(town: Town) -> None:
    await town.say("高壁村路灯坏了", message_id="m1")
    ticket = await town.ticket()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "return", "归供电公司")
    await town.send(town.chat(), InboundKind.EDITED, text="高壁村路灯都坏了", message_id="m1")
    returned = await town.ticket()
    assert (returned.owner, returned.state) == ("township:141026100", State.RETURN_PENDING)


async def test_second_reading__never_overrules_a_humans_dispatch(town: Town) -> None:
    town.reader.degraded = True
    await town.say("高壁村低保停了")
    ticket = await town.ticket()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "return", "这是农村事务服务组的事")
    boss = (await town.ticket()).person
    await town.cadre(boss, ticket.number, "rule_agree")
    town.reader.degraded = False
    await town.reparse.run_once()
    assert (await town.ticket()).owner == "group:141026100:rural_affairs"


async def test_dispatch__to_the_own_unit_does_not_reset_the_clock(town: Town) -> None:
    lamp = await town.open_lamp()
    assert lamp.person is not None
    town.now += timedelta(hours=1)
    await town.cadre(lamp.person, lamp.number, "dispatch", lamp.owner)
    assert (await town.ticket()).due_at == lamp.due_at


async def test_dispatch__by_a_linkage_group_is_no_way_round_returning(town: Town) -> None:
    lamp = await town.open_lamp()
    assert lamp.person is not None
    await town.cadre(lamp.person, lamp.number, "dispatch", "group:141026200:infrastructure")
    assert (await town.ticket()).owner == lamp.owner


async def test_resolve__after_not_solved_needs_a_new_answer(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.press(f"t:{lamp.number}:unsolved")
    again = await town.ticket()
    assert (again.state, again.answer) == (State.REWORK, "")
    await town.cadre(again.person, lamp.number, "resolve")
    assert (await town.ticket()).state is State.REWORK


async def test_photo__that_a_cadre_sends_with_an_answer_reaches_the_resident(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.cadre(lamp.person or "", lamp.number, "sign")
    items = [i for i in await delivered(town) if i.address == chat and i.message.slot]
    assert items
    async with town.store.units_of_work() as work:
        assert await work.ticket_of_sent(chat, "0") is None
    # Reply to the card that was just delivered.
    found = None
    for message_id in map(str, range(1, 400)):
        async with town.store.units_of_work() as work:
            sent = await work.ticket_of_sent(chat, message_id)
        if sent and sent.ticket == lamp.number:
            found = message_id
    await town.send(
        chat,
        InboundKind.PHOTO,
        text="换好了",
        reply_to=found,
        attachment=Attachment("media:after.jpg", "image/jpeg", 10),
    )
    assert (await town.ticket()).state is State.HANDLING
    lines = await town.news(town.chat())
    async with town.store.units_of_work() as work:
        kept = await work.files_to_show(10)
    assert kept or any(line.message.media for line in lines)


async def test_escalated_emergency__new_owner_gets_a_message_not_a_silent_edit(
    town: Town,
) -> None:
    chat = await bind(town, town.office.in_charge("township:141026100"))
    await town.say("高壁村着火了")
    await delivered(town)
    town.now += timedelta(minutes=16)
    await town.escalation.run_once()
    assert (await town.ticket()).owner == "township:141026100"
    told = [i for i in await delivered(town) if i.address == chat]
    assert any(i.replaces is None for i in told), [(i.replaces, i.message.text) for i in told]


async def test_dispatched_again__owner_gets_a_message_not_a_silent_edit(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.cadre(lamp.person or "", lamp.number, "sign")
    await town.cadre(lamp.person, lamp.number, "return", "这是供电公司的灯")
    await delivered(town)
    boss = (await town.ticket()).person
    await town.cadre(boss, lamp.number, "rule_refuse")
    assert (await town.ticket()).owner == LAMP_GROUP
    told = [i for i in await delivered(town) if i.address == chat]
    assert any(i.replaces is None for i in told), [(i.replaces, i.message.text) for i in told]


async def test_cadre__who_writes_again_gets_cards_again(town: Town) -> None:
    chat = await bind(town, town.office.in_charge(LAMP_GROUP))
    await town.store.outbox.chat_gone(chat, "chat not found")
    await town.send(chat, InboundKind.PROGRESS, sender="900")
    await delivered(town)
    await town.open_lamp()
    assert "路灯" in words_to(await delivered(town), chat)


async def test_cadre_gone__ticket_climbs_at_once(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.store.outbox.chat_gone(chat, "bot was blocked by the user")
    await town.escalation.run_once()
    assert (await town.ticket()).owner != LAMP_GROUP


async def test_cadre_who_blocks_the_bot__ticket_climbs_at_once(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.send(chat, InboundKind.BLOCKED)
    await town.escalation.run_once()
    assert (await town.ticket()).owner != LAMP_GROUP


async def test_top_rung__does_not_count_reports_upwards(town: Town) -> None:
    await town.open_lamp()
    for _ in range(12):
        town.now += timedelta(days=1)
        await town.escalation.run_once()
    ticket = await town.ticket()
    assert ticket.owner == "county"
    await town.news(town.chat())
    before = ticket.escalations
    town.now += timedelta(days=3)
    await town.escalation.run_once()
    assert (await town.ticket()).escalations == before


async def test_photo_question__quotes_something(town: Town) -> None:
    await town.open_lamp()
    assert "「」" not in texts(await town.photo())


async def test_unknown_matter__leaves_no_empty_brackets(town: Town) -> None:
    lines = await town.say("高壁村那个那个事情你们知道的吧")
    lines = await town.press(button(lines, "催一下"))
    assert "（）" not in texts(lines)


async def test_nudge__by_button_shows_cadres_no_paper_clip(town: Town) -> None:
    lamp = await town.open_lamp()
    chat = await bind(town, lamp.person)
    await town.press(f"t:{lamp.number}:nudge")
    assert "📎" not in words_to(await delivered(town), chat)


async def test_withdrawal__in_words_after_the_answer_is_not_called_a_button(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.news(town.chat())
    answer = texts(await town.say(f"{lamp.number} 不办了"))
    assert "已经答复了" in answer
    assert "按钮" not in answer


async def test_reopened_report__is_not_said_to_go_up(town: Town) -> None:
    await town.say("高壁村支书贪了修路的钱")
    ticket = await town.resolve(await town.ticket(), "查了")
    assert ticket.state is State.RESOLVED
    await town.news(town.chat())
    lines = await town.press(f"t:{ticket.number}:unsolved")
    again = await town.ticket()
    assert (again.owner, again.state) == ("discipline", State.REWORK)
    assert "重新办理" in texts(lines)
    assert "上一级" not in texts(lines)


async def test_urgent_place__given_late_still_reaches_the_owner(town: Town) -> None:
    lines = await town.say("家里着火了")
    data = button(lines, "府城镇")
    town.now += timedelta(minutes=31)
    await town.escalation.run_once()
    await town.press(data)
    assert (await town.ticket()).township == "141026100"


async def test_week_of_standstill__one_pass_makes_one_step_each(town: Town) -> None:
    await town.open_lamp()
    await town.say("高壁村着火了")
    town.now += timedelta(days=7)
    await town.escalation.run_once()
    assert [t.escalations for t in await town.tickets()] == [1, 1]
    assert await town.escalation.run_once() == 0


async def test_prompt_reply__after_the_state_changed_changes_nothing(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person or "", lamp.number, "return")
    await town.press(f"t:{lamp.number}:withdraw_yes")
    lines = await town.cadre(lamp.person, lamp.number, "return", "这是供电公司的灯")
    assert "已撤销" in texts(lines)
    assert (await town.ticket()).state is State.WITHDRAWN


async def test_resolve__from_triage_is_refused(town: Town) -> None:
    await town.say("高壁村那个那个事情你们知道的吧")
    ticket = await town.ticket()
    lines = await town.cadre(ticket.person or "", ticket.number, "resolve", "办好了")
    assert "待受理" in texts(lines)
    assert (await town.ticket()).state is State.PENDING_INTAKE


class Refusing:
    """A channel that is away."""

    async def send(self, *_: object) -> str | None:
        raise RetryLater(1.0, "network")


async def test_relay__still_waits_and_retries_after_days_of_trying(town: Town) -> None:
    relay = Relay(
        town.store.outbox,
        {("telegram", "cadres"): Refusing()},
        town.store.wakeups,
        lambda: town.now,
        MemoryRateLimit(),
    )
    chat = await bind(town, town.office.in_charge(LAMP_GROUP))
    await town.open_lamp()
    (item,) = [i for i in await town.store.outbox.lease(town.now, 30, 9) if i.address == chat]
    await relay._deliver(replace(item, attempts=1100))


async def test_resolve__does_not_take_an_interim_answer_for_the_result(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person or "", lamp.number, "reply", "下周三派人去看")
    await town.cadre(lamp.person or "", lamp.number, "resolve")
    assert (await town.ticket()).state is State.HANDLING


async def test_signed__a_colleague_cannot_give_it_away(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person or "", lamp.number, "sign")
    colleague = next(c.id for c in town.office.county.org.staff(lamp.owner) if c.id != lamp.person)
    await town.cadre(colleague, lamp.number, "return", "这是供电公司的灯")
    kept = await town.ticket()
    assert (kept.person, kept.state) == (lamp.person, State.SIGNED)
