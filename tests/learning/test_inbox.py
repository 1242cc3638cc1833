"""The inbox of corrections, from a resident's message to a label, on real databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from services.learning.inbox_items import Answer
from services.learning.label_errors import (
    AlreadyLabelled,
    NoSuchItem,
    NothingToUndo,
    UnknownIntent,
)
from services.learning.labels import LabelState, Verdict
from tests.learning.school import School

LAMP = "高壁村路灯坏了三天没人管"


async def test_page__shows_the_message_masked_with_what_was_read(here: School) -> None:
    await here.say("我叫张小明，高壁村路灯坏了，电话13800000012")
    item = await here.only()
    assert item.text == "我叫〔姓名〕，高壁村路灯坏了，电话〔电话〕"
    assert item.read_as == Answer("street_lamp", "help")
    assert item.model == "test"


async def test_page__alike_messages_are_one_item(here: School) -> None:
    await here.say(LAMP, "孔村路灯坏了三天没人管", "高壁村路灯坏了5天没人管!", "家里停水了")
    lamp, water = sorted(await here.items(), key=lambda item: -item.count)
    assert (lamp.count, water.count) == (3, 1)
    assert len(lamp.alike) == 2


async def test_page__what_turns_a_sentence_around_is_not_alike(here: School) -> None:
    await here.say("昨天报的路灯师傅来给修好了", "昨天报的路灯师傅来没给修好")
    assert len(await here.items()) == 2


async def test_page__what_the_model_itself_dispatched_is_no_decision_of_a_desk(
    here: School,
) -> None:
    await here.say(LAMP)
    assert (await here.town.ticket("who0")).matter == "street_lamp"
    assert (await here.only()).desk == ""


async def test_page__what_a_person_accepted_is_the_decision_of_a_desk(here: School) -> None:
    await here.town.say("有个事要说", "who0")
    ticket = await here.town.ticket("who0")
    await here.town.cadre(ticket.person, ticket.number, "accept", "road")
    await here.as_before_there_were_labels()
    assert (await here.only()).desk == "road"


async def test_page__what_is_said_of_an_accepted_ticket_later_is_not_decided_by_that(
    here: School,
) -> None:
    await here.town.say("有个事要说", "who0")
    ticket = await here.town.ticket("who0")
    await here.town.cadre(ticket.person, ticket.number, "accept", "road")
    await here.town.say("补充一句，东头也是", "who0")
    async with here.town.store.units_of_work() as work:
        await work.bind_inbox(3, ticket.number)  # the cadre's press was the second
        await work.commit()
    await here.say()
    item = await here.only()
    assert (item.inbox_id, item.ticket, item.desk) == (3, ticket.number, "")


async def test_page__a_sealed_report_is_never_shown(here: School) -> None:
    await here.say("村支书贪了修路的钱", LAMP)
    assert [item.read_as.intent for item in await here.items()] == ["street_lamp"]


async def test_page__what_was_sealed_since_is_not_shown(here: School) -> None:
    await here.say("有个事想跟上面说")
    ticket = await here.town.ticket("who0")
    await here.town.cadre(ticket.person, ticket.number, "dispatch", "discipline 举报干部")
    assert (await here.town.ticket("who0")).owner == "discipline"
    assert await here.items() == []


async def test_page__somebody_else_is_shown_other_items(here: School) -> None:
    await here.say(LAMP)
    assert len(await here.items("anna")) == 1
    assert await here.items("ben") == []
    here.town.now += timedelta(minutes=11)
    assert len(await here.items("ben")) == 1


async def test_accept__labels_everything_alike_and_it_never_comes_again(here: School) -> None:
    await here.say(LAMP, "孔村路灯坏了三天没人管")
    label = await here.inbox.accept("anna", (await here.only()).inbox_id)
    assert (label.intent, label.alike, label.state) == ("street_lamp", 2, LabelState.PROPOSED)
    await here.say("王村路灯坏了三天没人管")
    assert await here.items() == []


async def test_correct__keeps_what_the_model_had_said(here: School) -> None:
    await here.say(LAMP)
    item = await here.only()
    label = await here.inbox.correct("anna", item.inbox_id, Answer("road", "complaint"))
    assert (label.intent, label.appeal_type, label.said, label.said_by) == (
        "road",
        "complaint",
        "street_lamp",
        "test",
    )


async def test_correct__an_unknown_intent_is_refused(here: School) -> None:
    await here.say(LAMP)
    item = await here.only()
    with pytest.raises(UnknownIntent):
        await here.inbox.correct("anna", item.inbox_id, Answer("gone_long_ago"))
    assert await here.labels() == []


@pytest.mark.parametrize("verdict", [Verdict.UNCLEAR, Verdict.TWO_MATTERS])
async def test_note__is_settled_and_nothing_to_learn_from(here: School, verdict: Verdict) -> None:
    await here.say(LAMP)
    act = here.inbox.unclear if verdict is Verdict.UNCLEAR else here.inbox.two_matters
    label = await act("anna", (await here.only()).inbox_id)
    assert (label.verdict, label.state) == (verdict, LabelState.NOTED)
    assert await here.items("ben") == []


async def test_skip__others_see_it_and_this_account_does_not(here: School) -> None:
    await here.say(LAMP)
    await here.inbox.skip("anna", (await here.only("anna")).inbox_id)
    assert await here.items("anna") == []
    assert len(await here.items("ben")) == 1


async def test_two_annotators__the_second_is_told(here: School) -> None:
    await here.say(LAMP)
    item = await here.only()
    await here.inbox.accept("anna", item.inbox_id)
    with pytest.raises((AlreadyLabelled, NoSuchItem)):
        await here.inbox.accept("ben", item.inbox_id)


async def test_two_annotators__at_the_same_moment_one_label_is_written(here: School) -> None:
    await here.say(LAMP)
    item = await here.only()
    acts = [here.inbox.accept(who, item.inbox_id) for who in ("anna", "ben", "cleo", "dan")]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    refused = [each for each in outcomes if isinstance(each, AlreadyLabelled | NoSuchItem)]
    assert len(refused) == 3
    assert len(await here.labels()) == 1


async def test_accept_all__names_what_was_taken(here: School) -> None:
    await here.say(LAMP, "家里停水了")
    first, second = [item.inbox_id for item in await here.items()]
    await here.inbox.accept("ben", first)
    outcome = await here.inbox.accept_all("anna", [first, second])
    assert ([label.inbox_id for label in outcome.done], outcome.taken) == ([second], (first,))


async def test_undo__the_messages_come_again(here: School) -> None:
    await here.say(LAMP, "孔村路灯坏了三天没人管")
    await here.inbox.accept("anna", (await here.only()).inbox_id)
    undone = await here.inbox.undo("anna")
    assert undone.state is LabelState.WITHDRAWN
    assert (await here.only()).count == 2


async def test_undo__only_ones_own(here: School) -> None:
    await here.say(LAMP)
    await here.inbox.accept("anna", (await here.only()).inbox_id)
    with pytest.raises(NothingToUndo):
        await here.inbox.undo("ben")


async def test_apart__a_message_that_is_not_alike_stands_alone(here: School) -> None:
    await here.say(LAMP, "孔村路灯坏了三天没人管", "王村路灯坏了三天没人管")
    item = await here.only()
    await here.inbox.apart("anna", [item.inbox_id])
    assert sorted(each.count for each in await here.items()) == [1, 2]


async def test_gather__the_same_message_once(here: School) -> None:
    await here.say(LAMP)
    assert await here.inbox.gather() == 0


async def test_gather__what_keywords_read_waits_for_the_model(here: School) -> None:
    here.town.reader.degraded = True
    await here.say(LAMP)
    assert await here.items() == []
    here.town.now += timedelta(minutes=11)
    await here.inbox.gather()
    assert (await here.only()).degraded


async def test_gather__old_messages_are_forgotten(here: School) -> None:
    await here.say(LAMP)
    here.town.now += timedelta(days=31)
    await here.inbox.gather()
    assert await here.items() == []
    async with here.database.read() as connection:
        left = await connection.exec_driver_sql("SELECT count(*) FROM corrections")
        assert left.scalar() == 0
