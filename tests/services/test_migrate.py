"""A change of divisions reaches open tickets, their people and their cards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.migration import migrate
from services.messages import Address, BotName, InboundKind
from services.migrate import PAGE, CountyChanged, change_county
from services.policy import may_handle
from tests.routing.plans import FOZHAI, GAOBI, MABI, SIMIAO, Record, row, township
from tests.services.changes import (
    DAY,
    MABI_TOWN,
    NEW,
    SAMPLE,
    change,
    keep,
    lamp,
    new_county,
    office_after,
    parted,
)
from tests.services.town import Town, button, texts
from tickets import life
from tickets.events import EventName
from tickets.states import State
from tickets.ticket import Ticket


def merger() -> list[Record]:
    return [row(SAMPLE, SIMIAO, NEW, "寺佛"), row(SAMPLE, FOZHAI, NEW, "寺佛")]


def closed_at(ticket: Ticket, owner: str) -> Ticket:
    """The ticket, closed by a unit."""
    return replace(ticket, state=State.CLOSED, clocks=(), owner=owner, closed_at=ticket.updated_at)


async def test_merger__an_open_ticket_follows_its_grid(town: Town) -> None:
    opened = await lamp(town, "府城镇佛寨村二组")
    assert opened.grid is not None
    done = await change(town, merger())
    ticket = await done.ticket(opened.number)
    assert ticket.village == NEW and ticket.grid == done.migration.moves.grids[opened.grid]
    assert (ticket.owner, ticket.person) == (opened.owner, opened.person)


async def test_merger__history_says_so_and_no_deadline_moves(town: Town) -> None:
    opened = await lamp(town)
    done = await change(town, merger())
    ticket, event = await done.ticket(opened.number), await done.last_event(opened.number)
    assert (event.name, event.actor, event.due_at) == (EventName.MOVED, "system", None)
    assert event.text == "府城镇寺村并入府城镇寺佛村，现由府城镇基础设施与环境服务组负责"
    assert (ticket.due_at, ticket.state) == (opened.due_at, opened.state)


async def test_township__owner_follows_and_keeps_its_person(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    assert opened.owner == f"group:{MABI}:infrastructure"
    done = await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    ticket = await done.ticket(opened.number)
    assert ticket.owner == f"group:{MABI_TOWN}:infrastructure"
    assert ticket.person == opened.person and ticket.township == MABI_TOWN
    event = await done.last_event(opened.number)
    assert event.text == "马必乡石槽村改为马壁镇石槽村，现由马壁镇基础设施与环境服务组负责"
    assert event.unit == ticket.owner


async def test_same_person__the_card_changes_in_place_and_no_bell_rings(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    await town.news(town.chat())
    await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    [card] = await town.news(town.chat())
    assert card.message.slot == f"t:{opened.number}" and "马壁镇" in card.message.text


async def test_another_person__the_resident_is_told(town: Town) -> None:
    opened = await keep(town, replace(await lamp(town, "马必乡石槽村"), person="c001"))
    await town.news(town.chat())
    done = await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    ticket = await done.ticket(opened.number)
    assert ticket.person == town.office.in_charge(ticket.owner)
    news = await town.news(town.chat())
    assert news[0].message.slot is None and "时限不变" in news[0].message.text
    assert town.office.cadre_name(ticket.person) in news[0].message.text


async def test_split_township__the_place_decides_whose_it_is(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    plan = [
        row(SAMPLE, MABI, MABI_TOWN, "马壁镇"),
        row(SAMPLE, MABI, "141026106", "马河镇"),
        *(
            row(
                SAMPLE,
                v["code"],
                ("141026106" if v["short_name"] == "石槽" else MABI_TOWN) + v["code"][9:],
            )
            for v in SAMPLE["divisions"]
            if v["parent_code"] == MABI
        ),
    ]
    done = await change(town, plan)
    ticket = await done.ticket(opened.number)
    assert ticket.owner == "group:141026106:infrastructure"
    assert ticket.township == "141026106"


async def test_split_village__a_place_that_is_not_known_closely_is_not_guessed(town: Town) -> None:
    opened = await keep(town, replace(await lamp(town, "府城镇高壁村"), owner=f"village:{GAOBI}"))
    assert opened.grid is None
    done = await change(town, parted())
    ticket = await done.ticket(opened.number)
    assert (ticket.village, ticket.owner) == (GAOBI, f"village:{NEW}")
    assert (await done.ticket(opened.number)).is_open


async def test_sealed__only_the_codes_of_the_place_change(town: Town) -> None:
    opened = await keep(
        town, replace(await lamp(town), owner="discipline", person="c005", confidential=True)
    )
    await town.news(town.chat())
    done = await change(town, merger())
    ticket = await done.ticket(opened.number)
    assert ticket == replace(opened, village=NEW, version=opened.version + 1)
    assert (await done.last_event(opened.number)).name is not EventName.MOVED
    assert await town.news(town.chat()) == []


async def test_closed__keeps_node_and_owner_and_can_be_reopened(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    closed = await keep(town, closed_at(opened, "village:141026200209"))
    done = await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    assert await done.ticket(opened.number) == closed
    await town.press(f"t:{opened.number}:unsolved")
    again = await done.ticket(opened.number)
    assert again.owner == f"group:{MABI_TOWN}:infrastructure"
    assert again.state is State.REWORK


async def test_closed__whoever_took_the_unit_over_may_see_it(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    closed = closed_at(opened, opened.owner)
    await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    county = town.office.county
    assert may_handle(county, county.org.cadres[str(opened.person)], closed)
    assert town.office.unit_name(closed.owner) == "马壁镇基础设施与环境服务组"


async def test_cadres__cards_change_and_group_chats_follow(town: Town) -> None:
    group = Address("web", BotName.CADRES, "group-of-mabi")
    async with town.store.units_of_work() as work:
        await work.bind_group(group, f"group:{MABI}:infrastructure")
        await work.commit()
    opened = await lamp(town, "马必乡石槽村")
    await town.news(group)
    await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    [card] = await town.news(group)
    assert card.message.slot == f"c:{opened.number}" and "马壁镇石槽村" in card.message.text
    assert not card.message.fresh


async def test_tickets_elsewhere__are_left_alone(town: Town) -> None:
    opened = await lamp(town, "府城镇高壁村三组")
    await town.news(town.chat())
    done = await change(town, merger())
    assert done.moved == 0
    assert await done.ticket(opened.number) == opened
    assert await town.news(town.chat()) == []


async def test_question_for_the_place__an_old_button_leads_to_the_new_village(town: Town) -> None:
    asked = await town.say("府城镇路灯坏了")
    press = button(asked, "寺村")
    done = await change(town, merger())
    await town.press(press)
    ticket = await town.ticket()
    assert ticket.village == NEW and ticket.state is State.DISPATCHED
    assert done.moved == 0


async def test_question_for_the_place__a_split_village_is_asked_again(town: Town) -> None:
    asked = await town.say("府城镇路灯坏了")
    press = button(asked, "高壁")
    await change(town, parted())
    again = await town.press(press)
    ticket = await town.ticket()
    assert ticket.village is None and ticket.state is State.NEED_INFO
    assert button(again, "上高壁") and button(again, "下高壁")


async def test_old_poster__welcomes_to_the_grid_of_today(town: Town) -> None:
    await change(town, merger())
    lines = await town.send(town.chat(), InboundKind.START, text=f"{FOZHAI}01")
    assert "寺佛村" in texts(lines)
    async with town.store.units_of_work() as work:
        grid = (await work.conversation(town.chat())).grid
    assert grid is not None and grid.startswith(NEW)


async def test_poster_read_before_the_change__offers_the_grid_of_today(town: Town) -> None:
    await town.send(town.chat(), InboundKind.START, text=f"{FOZHAI}01")
    await change(town, merger())
    lines = await town.say("路灯坏了三天没人管")
    assert button(lines, "寺佛村")


async def test_county_that_was_changed_meanwhile__is_left_alone(town: Town) -> None:
    migration = migrate(SAMPLE, merger(), DAY)
    opened = await lamp(town)
    after = office_after(town, migration)
    with pytest.raises(CountyChanged):
        await change_county(town.store.units_of_work, after, new_county(migration, version=7))
    assert await town.ticket() == opened


async def test_more_tickets_than_a_page__all_move(town: Town) -> None:
    first = await lamp(town)
    async with town.store.units_of_work() as work:
        for number in range(PAGE + 5):
            copied = replace(first, number=f"LD-{number:04}")
            await work.add_ticket(copied, [life.received(copied)])
        await work.commit()
    done = await change(town, merger())
    assert done.moved == PAGE + 6
    async with town.store.units_of_work() as work:
        assert {t.village for t in await work.tickets_of(first.reporter, limit=999)} == {NEW}


async def test_ended_township__all_its_people_can_still_act(town: Town) -> None:
    opened = await lamp(town, "马必乡石槽村")
    await change(town, township(SAMPLE, MABI, MABI_TOWN, "马壁镇"))
    await town.cadre(str(opened.person), opened.number, "sign")
    assert (await town.ticket()).state is State.SIGNED
