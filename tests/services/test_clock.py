"""What happens when nobody acts."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.services.town import MONDAY, Town, texts
from tickets.states import State
from tickets.ticket import Ticket


def due_of(ticket: Ticket) -> datetime:
    assert ticket.due_at is not None
    return ticket.due_at


async def test_unsigned__climbs_one_rung_and_has_a_new_clock(town: Town) -> None:
    await town.open_lamp()
    town.now += timedelta(hours=3)
    assert await town.escalation.run_once() == 1
    ticket = await town.ticket()
    assert (ticket.owner, ticket.escalations) == ("township:141026100", 1)
    assert ticket.due_at is not None
    assert ticket.due_at > town.now


async def test_unsigned__is_not_touched_before_its_time(town: Town) -> None:
    await town.open_lamp()
    town.now += timedelta(hours=1)
    assert await town.escalation.run_once() == 0


async def test_unsigned__climbs_to_the_county_centre_and_stays_owned(town: Town) -> None:
    await town.open_lamp()
    for _ in range(6):
        town.now += timedelta(days=1)
        await town.escalation.run_once()
    ticket = await town.ticket()
    assert ticket.owner == "county"
    assert ticket.due_at is not None


async def test_climb__resident_sees_the_new_owner(town: Town) -> None:
    await town.open_lamp()
    await town.news(town.chat())
    town.now += timedelta(hours=3)
    await town.escalation.run_once()
    assert "联动服务中心" in texts(await town.news(town.chat()))


async def test_climb__each_expiry_is_one_hop(town: Town) -> None:
    await town.open_lamp()
    owners = []
    for _ in range(4):
        town.now = due_of(await town.ticket())
        assert await town.escalation.run_once() == 1
        assert await town.escalation.run_once() == 0
        owners.append((await town.ticket()).owner)
    assert owners == ["township:141026100", "unit:housing", "county", "county"]
    assert (await town.ticket()).escalations == 3


async def test_signed__keeps_its_owner_when_late_and_every_rung_is_told(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person, lamp.number, "sign")
    await town.cadre(lamp.person, lamp.number, "reply", "这就去看")
    told = []
    for _ in range(4):
        town.now = due_of(await town.ticket())
        assert await town.escalation.run_once() == 1
        told.append((await town.ticket()).told_up)
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner, ticket.person) == (State.HANDLING, lamp.owner, lamp.person)
    assert told == ["township:141026100", "unit:housing", "county", "county"]
    assert (ticket.escalations, ticket.is_late) == (3, True)


async def test_signed__without_a_word_to_the_resident_is_told_above(town: Town) -> None:
    lamp = await town.open_lamp()
    await town.cadre(lamp.person, lamp.number, "sign")
    town.now += timedelta(hours=25)
    assert await town.escalation.run_once() == 1
    ticket = await town.ticket()
    assert (ticket.owner, ticket.told_up) == (lamp.owner, "township:141026100")
    assert not ticket.is_late


async def test_place_question__without_answer_goes_to_triage(town: Town) -> None:
    await town.say("停水两天了")
    town.now += timedelta(minutes=31)
    await town.escalation.run_once()
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "county")


async def test_resolved__is_asked_a_day_later_and_closes_after_the_reopen_window(
    town: Town,
) -> None:
    lamp = await town.resolved_lamp()
    assert due_of(lamp) - town.now > timedelta(hours=23)
    asked = await town.wait_for_feedback(lamp)
    assert asked.state is State.PENDING_CALLBACK
    assert "真的解决了吗" in texts(await town.news(town.chat()))
    assert asked.resolved_at is not None
    assert due_of(asked) == asked.resolved_at + timedelta(days=7)
    town.now += timedelta(days=3)
    await town.escalation.run_once()
    assert "解决了吗" not in texts(await town.news(town.chat()))  # asked once
    town.now = due_of(asked)
    await town.escalation.run_once()
    assert (await town.ticket()).state is State.CLOSED
    assert "自动结案" in texts(await town.news(town.chat()))


async def test_feedback__is_not_asked_at_night_after_a_standstill(town: Town) -> None:
    lamp = await town.resolved_lamp()
    town.now = MONDAY + timedelta(days=8, hours=14)  # 23:00 in the county
    await town.escalation.run_once()
    assert (await town.ticket()).state is State.RESOLVED
    town.now += timedelta(hours=8, minutes=59)
    assert await town.escalation.run_once() == 0
    town.now += timedelta(minutes=1)
    await town.escalation.run_once()
    ticket = await town.ticket()
    assert ticket.state is State.PENDING_CALLBACK
    assert lamp.number in texts(await town.news(town.chat()))
    assert due_of(ticket) == town.now + timedelta(days=1)  # asked late: a day to answer


async def test_rating__that_does_not_come_closes_all_the_same(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.press(f"t:{lamp.number}:solved")
    town.now = due_of(await town.ticket())
    await town.escalation.run_once()
    ticket = await town.ticket()
    assert (ticket.state, ticket.solved, ticket.satisfaction) == (State.CLOSED, True, None)


async def test_not_solved__after_the_window_is_refused_with_a_sentence(town: Town) -> None:
    lamp = await town.resolved_lamp()
    await town.wait_for_feedback(lamp)
    town.now = due_of(await town.ticket())
    await town.escalation.run_once()
    town.now += timedelta(days=7, minutes=1)
    assert "超过七天" in texts(await town.press(f"t:{lamp.number}:unsolved"))
    assert (await town.ticket()).state is State.CLOSED


async def test_degraded__is_read_again_and_corrected(town: Town) -> None:
    town.reader.degraded = True
    await town.say("高壁村低保停了")
    assert (await town.ticket()).matter == "street_lamp"
    town.reader.degraded = False
    await town.reparse.run_once()
    ticket = await town.ticket()
    assert (ticket.matter, ticket.owner) == ("low_income", "group:141026100:livelihood")
    assert not ticket.degraded


async def test_degraded__signed_ticket_keeps_its_owner(town: Town) -> None:
    town.reader.degraded = True
    await town.say("高壁村低保停了")
    ticket = await town.ticket()
    assert ticket.person is not None
    await town.cadre(ticket.person, ticket.number, "sign")
    town.reader.degraded = False
    await town.reparse.run_once()
    assert (await town.ticket()).owner == ticket.owner
