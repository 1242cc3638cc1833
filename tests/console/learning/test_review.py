"""The review: what becomes of a label by a second person, without a browser."""

from __future__ import annotations

import pytest

from services.learning.labels import LabelState
from tests.console.learning.desk import Loop, Visitor


async def test_page__groups_by_intent_and_origin_and_hides_ones_own(web: Visitor) -> None:
    page = (await web.get("/console/review")).text
    assert page.count('class="panel group"') == 4
    assert "我自己标的" not in page and "您自己标的 1 条" in page


async def test_page__tags_of_a_resident_are_letters(web: Visitor) -> None:
    page = (await web.get("/console/review")).text
    assert "路坏了&lt;script&gt;" in page and "<script>alert" not in page


async def test_page__one_origin_alone(web: Visitor) -> None:
    page = (await web.get("/console/review?origin=import")).text
    assert "水管冻住了" in page and "泥糊糊" not in page


@pytest.mark.parametrize("query", ["origin=moon", "after=x"])
async def test_page__what_there_is_not_is_not_found(web: Visitor, query: str) -> None:
    assert (await web.get(f"/console/review?{query}")).status_code == 404


async def test_page__nothing_waiting_says_where_labels_come_from(web: Visitor, loop: Loop) -> None:
    loop.reviews.open.clear()
    assert "现在没有要您复核的" in (await web.get("/console/review")).text


async def test_accept__makes_an_example(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/review/1", verdict="accept", appeal_type="help")
    assert "收下“道路损坏与修路”，进例句" in answer.text
    assert loop.reviews.done[0].state is LabelState.WRITTEN


async def test_accept__with_another_type_is_a_change(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/review/1", verdict="accept", appeal_type="complaint")
    label = loop.reviews.done[0]
    assert (label.appeal_type, label.proposed_intent) == ("complaint", "")


async def test_change__names_what_was_proposed(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/review/1", intent="bridge", appeal_type="help")
    assert "收下“桥梁涵洞”（原来标的是“道路损坏与修路”）" in answer.text


async def test_reject__keeps_why(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/review/2", verdict="reject", why="话说不清")
    label = loop.reviews.done[0]
    assert (label.state, label.why) == (LabelState.REJECTED, "话说不清")


async def test_contradiction__is_not_accepted_in_passing(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/review/4", verdict="accept", appeal_type="help")
    assert answer.status_code == 422 and not loop.reviews.done


async def test_contradiction__shows_both_and_one_is_chosen(web: Visitor, loop: Loop) -> None:
    assert "同一句话，两种说法" in (await web.get("/console/review")).text
    await web.htmx("/console/review/4", stands="1", appeal_type="help")
    assert loop.reviews.done[0].intent == "power_supply"


async def test_returned_without_a_matter__needs_one(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/review/5", verdict="accept", appeal_type="help")
    assert answer.status_code == 422 and not loop.reviews.done


async def test_own_label__cannot_be_reviewed_by_hand_either(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/review/6", verdict="accept", appeal_type="help")
    assert answer.status_code == 422 and "另一个人复核" in answer.text


async def test_twice__says_that_it_is_done(web: Visitor) -> None:
    await web.htmx("/console/review/1", verdict="reject")
    answer = await web.htmx("/console/review/1", verdict="reject")
    assert answer.status_code == 200 and "已经有人复核过" in answer.text


async def test_all__of_a_group_are_accepted(web: Visitor, loop: Loop) -> None:
    answer = await web.post("/console/review/all", label=["1", "2"])
    assert [label.id for label in loop.reviews.done] == [1, 2]
    assert "收下 2 条" in answer.text


async def test_disagreement__is_shown_with_its_intents(web: Visitor) -> None:
    page = (await web.get("/console/review")).text
    assert "3 / 20 条（15%）" in page and "2 / 6" in page
