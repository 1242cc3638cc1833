"""The inbox of corrections: what a key brings about, without a browser."""

from __future__ import annotations

import pytest

from services.learning.inbox_items import Answer
from services.learning.labels import Verdict
from tests.console.learning.corrections import item
from tests.console.learning.desk import Loop, Visitor


async def test_page__shows_the_first_message_and_holds_the_next_ones(web: Visitor) -> None:
    page = (await web.get("/console/inbox")).text
    shown, ahead = page.split('id="ahead"')
    assert 'data-item="11"' in shown and 'data-item="12"' in ahead


async def test_page__tags_of_a_resident_are_letters(web: Visitor, loop: Loop) -> None:
    del loop.corrections.open[:3]
    page = (await web.get("/console/inbox")).text
    assert "&lt;b&gt;" in page and "<b>电线" not in page


async def test_page__nothing_open_says_what_comes_next(web: Visitor, loop: Loop) -> None:
    loop.corrections.open.clear()
    assert "现在没有要看的消息" in (await web.get("/console/inbox")).text


async def test_accept__unchanged_is_what_the_service_took_it_for(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/inbox/11", verdict="accept", appeal_type="help")
    assert "已标“路灯”，连同 2 条差不多的" in answer.text
    assert loop.corrections.labels[0].intent == "street_lamp"


async def test_accept__with_another_mark_is_a_correction(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/inbox/11", verdict="accept", appeal_type="help", urgent="1")
    label = loop.corrections.labels[0]
    assert (label.intent, label.urgent) == ("street_lamp", True)


async def test_correct__brings_the_next_messages_along(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/inbox/11", intent="road", appeal_type="complaint")
    label = loop.corrections.labels[0]
    assert (label.intent, label.appeal_type) == ("road", "complaint")
    assert 'data-item="12"' in answer.text and 'data-item="11"' not in answer.text


async def test_correct__a_kind_takes_type_and_danger_off(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/inbox/11", intent="greeting", appeal_type="help", urgent="1")
    label = loop.corrections.labels[0]
    assert (label.intent, label.appeal_type, label.urgent) == ("greeting", "", False)


async def test_correct__a_matter_needs_its_type(web: Visitor, loop: Loop) -> None:
    answer = await web.htmx("/console/inbox/11", intent="road")
    assert answer.status_code == 422 and "诉求类型" in answer.text
    assert not loop.corrections.labels


@pytest.mark.parametrize("intent", ["", "no_such", "../x"])
async def test_correct__to_nothing_known_is_refused(web: Visitor, loop: Loop, intent: str) -> None:
    answer = await web.htmx("/console/inbox/11", intent=intent, appeal_type="help")
    assert answer.status_code == 422 and not loop.corrections.labels


@pytest.mark.parametrize("verdict", [Verdict.SKIP, Verdict.UNCLEAR, Verdict.TWO_MATTERS])
async def test_aside__is_noted_as_such(web: Visitor, loop: Loop, verdict: Verdict) -> None:
    await web.htmx("/console/inbox/12", verdict=verdict.value)
    assert loop.corrections.labels[0].verdict is verdict


async def test_apart__the_ticked_one_is_not_labelled_along(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/inbox/11", intent="road", appeal_type="help", apart=["92", "999"])
    assert loop.corrections.separated == [92]
    assert loop.corrections.labels[0].alike == 2


async def test_label__of_somebody_quicker_is_said_and_the_next_comes(web: Visitor) -> None:
    await web.htmx("/console/inbox/11", verdict="skip")
    answer = await web.htmx("/console/inbox/11", verdict="accept")
    assert answer.status_code == 200
    assert "已经有人标过了" in answer.text and "data-settled" not in answer.text


async def test_undo__brings_the_message_back(web: Visitor, loop: Loop) -> None:
    await web.htmx("/console/inbox/11", verdict="unclear")
    answer = await web.htmx("/console/inbox/undo")
    assert 'data-item="11"' in answer.text and not loop.corrections.labels


async def test_undo__of_nothing_is_a_sentence(web: Visitor) -> None:
    answer = await web.htmx("/console/inbox/undo")
    assert answer.status_code == 409 and "没有可以撤回的标注" in answer.text


@pytest.mark.parametrize("number", ["x", "0x1", "１２", "9" * 30])
async def test_label__of_no_number_is_not_found(web: Visitor, number: str) -> None:
    assert (await web.post(f"/console/inbox/{number}", verdict="skip")).status_code == 404


async def test_without_script__the_page_comes_again(web: Visitor, loop: Loop) -> None:
    answer = await web.post("/console/inbox/11", verdict="unclear")
    assert answer.status_code == 303 and answer.headers["location"] == "/console/inbox"


async def test_bulk__all_ticked_are_confirmed(web: Visitor, loop: Loop) -> None:
    answer = await web.post("/console/inbox/all", item=["11", "12"], verdict="accept")
    assert [label.inbox_id for label in loop.corrections.labels] == [11, 12]
    assert "记下 2 组" in answer.text


async def test_bulk__all_ticked_become_the_same(web: Visitor, loop: Loop) -> None:
    await web.post("/console/inbox/all", item=["11", "12"], intent="road", appeal_type="complaint")
    assert {label.intent for label in loop.corrections.labels} == {"road"}


async def test_bulk__nothing_ticked_is_a_sentence(web: Visitor) -> None:
    answer = await web.post("/console/inbox/all", verdict="accept")
    assert answer.status_code == 422 and "还没有勾选" in answer.text


async def test_bulk__only_one_reading_is_shown_when_asked(web: Visitor, loop: Loop) -> None:
    loop.corrections.open[1] = item(12, "路坏了", read_as=Answer("road", "help"))
    page = (await web.get("/console/inbox/all?intent=road")).text
    assert 'value="12"' in page and 'value="11"' not in page
