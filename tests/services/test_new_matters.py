"""From a resident's words to a ticket in the right hands."""

from __future__ import annotations

from services.messages import InboundKind
from tests.services.town import Town, button, texts
from tickets.number import find
from tickets.states import State


async def test_matter__place_known_goes_to_the_linkage_group(town: Town) -> None:
    ticket = await town.open_lamp()
    assert (ticket.state, ticket.owner) == (State.DISPATCHED, "group:141026100:infrastructure")
    assert (ticket.grid, ticket.villager_group) == ("14102610020603", 3)
    assert ticket.person is not None


async def test_matter__receipt_says_number_person_and_time(town: Town) -> None:
    answer = texts(await town.say("高壁村路灯坏了"))
    ticket = await town.ticket()
    assert find(answer) == (ticket.number,)
    assert town.office.cadre_name(ticket.person) in answer
    assert "最晚" in answer


async def test_place__is_asked_for_and_answered_with_a_button(town: Town) -> None:
    lines = await town.say("停水两天了")
    assert (await town.ticket()).state is State.NEED_INFO
    lines = await town.press(button(lines, "马必乡"))
    await town.press(button(lines, "石槽村"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.DISPATCHED, "group:141026200:infrastructure")


async def test_place__is_answered_with_words(town: Town) -> None:
    await town.say("停水两天了")
    await town.say("石槽村")
    assert (await town.ticket()).location_level == "village"
    assert len(await town.tickets()) == 1


async def test_place__is_asked_twice_at_most(town: Town) -> None:
    lines = await town.say("停水两天了")
    lines = await town.press(button(lines, "马必乡"))
    await town.press(button(lines, "说不清"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "township:141026200")


async def test_place__nobody_knows_goes_to_county_triage(town: Town) -> None:
    lines = await town.say("停水两天了")
    await town.press(button(lines, "说不清"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "county")


async def test_matter__not_understood_goes_to_a_human(town: Town) -> None:
    await town.say("高壁村那个那个事情你们知道的吧")
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.PENDING_INTAKE, "township:141026100")


async def test_danger__never_waits_for_a_place(town: Town) -> None:
    answer = texts(await town.say("家里着火了"))
    ticket = await town.ticket()
    assert (ticket.state, ticket.owner) == (State.DISPATCHED, "county")
    assert "119" in answer
    assert "哪个乡镇" in answer


async def test_danger__place_that_comes_later_reaches_the_owner(town: Town) -> None:
    lines = await town.say("家里着火了")
    await town.press(button(lines, "府城镇"))
    ticket = await town.ticket()
    assert (ticket.township, ticket.state) == ("141026100", State.DISPATCHED)


async def test_danger__does_not_wait_behind_an_open_ticket(town: Town) -> None:
    await town.open_lamp()
    await town.say("高壁村着火了")
    assert [t.matter for t in await town.tickets()] == ["street_lamp", "fire"]


async def test_report__goes_sealed_to_the_discipline_channel(town: Town) -> None:
    await town.say("高壁村支书贪了修路的钱")
    ticket = await town.ticket()
    assert (ticket.owner, ticket.confidential) == ("discipline", True)


async def test_report__is_never_put_to_a_ticket_that_others_read(town: Town) -> None:
    await town.open_lamp()
    await town.say("高壁村支书贪了修路的钱")
    assert [t.owner for t in await town.tickets()][-1] == "discipline"


async def test_benefit_question__needs_no_village(town: Town) -> None:
    await town.say("低保户有免费的电视吗")
    assert (await town.ticket()).owner == "unit:civil_affairs"


async def test_qr_code__grid_is_offered_but_never_assumed(town: Town) -> None:
    await town.send(town.chat(), InboundKind.START, text="14102610020603")
    lines = await town.say("路灯坏了")
    assert (await town.ticket()).state is State.NEED_INFO
    await town.press(button(lines, "高壁村"))
    assert (await town.ticket()).grid == "14102610020603"


async def test_voice__without_words_is_heard_by_a_human(town: Town) -> None:
    from services.messages import Attachment

    file = Attachment("media:x.ogg", "audio/ogg", 10)
    await town.send(town.chat(), InboundKind.VOICE, attachment=file)
    assert (await town.ticket()).state is State.PENDING_INTAKE


async def test_photo__before_its_words_belongs_to_them(town: Town) -> None:
    await town.photo()
    await town.open_lamp()
    number = (await town.ticket()).number
    async with town.store.units_of_work() as work:
        files = await work.files_to_show(10)
    assert [file.ticket for file in files] == [number]
