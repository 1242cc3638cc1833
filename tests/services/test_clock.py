"""What happens when nobody acts."""

from __future__ import annotations

from datetime import timedelta

from tests.services.town import Town, texts
from tickets.states import State


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


async def test_signed__keeps_its_owner_when_late(town: Town) -> None:
    lamp = await town.open_lamp()
    assert lamp.person is not None
    await town.cadre(lamp.person, lamp.number, "sign")
    town.now += timedelta(days=30)
    await town.escalation.run_once()
    ticket = await town.ticket()
    assert (ticket.state, ticket.person) == (State.SIGNED, lamp.person)
    assert ticket.escalations == 1


async def test_place_question__without_answer_goes_to_triage(town: Town) -> None:
    await town.say("停水两天了")
    town.now += timedelta(minutes=31)
    await town.escalation.run_once()
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "county")


async def test_resolved__closes_after_the_reopen_window(town: Town) -> None:
    lamp = await town.open_lamp()
    assert lamp.person is not None
    await town.cadre(lamp.person, lamp.number, "resolve", "好了")
    town.now += timedelta(days=8)
    await town.escalation.run_once()
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
