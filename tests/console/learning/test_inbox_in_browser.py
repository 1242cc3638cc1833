"""The inbox by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from services.learning.inbox_items import Answer
from tests.console.learning.corrections import item
from tests.console.learning.desk import Loop
from tests.console.learning.seen import looked_at, opened


@pytest.fixture
def page(chrome: Browser, loop: Loop) -> Iterator[Page]:
    with opened(chrome, loop) as one:
        one.goto("/console/inbox")
        yield one


def shown(page: Page, number: int) -> None:
    expect(page.locator("#card .item:not([hidden])")).to_have_attribute("data-item", str(number))


def test_inbox__looks_right(page: Page) -> None:
    shown(page, 11)
    page.keyboard.press("a")
    looked_at(page, "inbox")


def test_one_key__labels_and_the_next_stands_there(page: Page, loop: Loop) -> None:
    page.keyboard.press("2")
    shown(page, 12)
    expect(page.locator("#news")).to_contain_text("已标“道路损坏与修路”")
    expect(page.locator("#done")).to_have_text("1")
    page.keyboard.press("1")
    shown(page, 13)
    expect(page.locator("#done")).to_have_text("2")
    assert [label.intent for label in loop.corrections.labels] == ["road", "street_lamp"]


def test_search__finds_by_first_letters_and_enter_labels(page: Page, loop: Loop) -> None:
    page.keyboard.press("c")
    page.keyboard.type("yys")
    expect(page.locator("#picker-list li:not([hidden])").first).to_contain_text("饮用水与自来水")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("自来水")
    page.keyboard.press("Enter")
    shown(page, 12)
    expect(page.locator("#done")).to_have_text("1")
    assert loop.corrections.labels[0].intent == "water_supply"


def test_search__looks_right(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("路")
    looked_at(page, "inbox-search")


def test_marks__are_set_before_the_label(page: Page, loop: Loop) -> None:
    for key in "6jm1":
        page.keyboard.press(key)
    expect(page.locator("#done")).to_have_text("1")
    label = loop.corrections.labels[0]
    assert (label.appeal_type, label.urgent, label.confidential) == ("complaint", True, True)


def test_undo__brings_back_what_was_just_labelled(page: Page, loop: Loop) -> None:
    page.keyboard.press("u")
    page.keyboard.press("z")
    shown(page, 11)
    expect(page.locator("#done")).to_have_text("0")
    page.keyboard.press("2")
    shown(page, 12)
    expect(page.locator("#news")).to_contain_text("道路损坏")
    assert [label.intent for label in loop.corrections.labels] == ["road"]


def test_all_messages__one_after_the_other_until_none_is_left(page: Page, loop: Loop) -> None:
    for number, key in zip((11, 12, 13, 14, 15), "12sut", strict=True):
        shown(page, number)
        page.keyboard.press(key)
    expect(page.locator("#nothing")).to_be_visible()
    assert not loop.corrections.open


def test_quick_fingers__label_each_message_once_and_in_order(page: Page, loop: Loop) -> None:
    for key in "1212":
        page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('#card .item:not([hidden])')")
    expect(page.locator("#done")).to_have_text("4")
    intents = [label.intent for label in loop.corrections.labels]
    assert intents == ["street_lamp", "road", "street_lamp", "road"]


def test_held_key__is_one_act(page: Page, loop: Loop) -> None:
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.down("1")
    page.keyboard.up("1")
    expect(page.locator("#done")).to_have_text("1")
    shown(page, 12)
    assert len(loop.corrections.labels) == 1


def test_matter_after_a_kind__asks_for_its_type_first(page: Page, loop: Loop) -> None:
    loop.corrections.open[0] = item(11, "你好，路不好走", read_as=Answer("greeting"))
    page.reload()
    page.keyboard.press("2")
    expect(page.locator("#news")).to_contain_text("哪种诉求")
    shown(page, 11)
    page.keyboard.press("6")
    shown(page, 12)
    expect(page.locator("#done")).to_have_text("1")
    assert loop.corrections.labels[0].appeal_type == "complaint"


def test_not_recorded__comes_again(page: Page, loop: Loop) -> None:
    page.route("**/console/inbox/11", lambda route: route.abort())
    page.keyboard.press("1")
    expect(page.locator("#problem")).to_contain_text("网络不通")
    page.unroute("**/console/inbox/11")
    shown(page, 12)
    page.keyboard.press("1")
    shown(page, 11)
    expect(page.locator("#done")).to_have_text("1")


def test_ticked_apart__is_left_out(page: Page, loop: Loop) -> None:
    page.keyboard.press("a")
    page.get_by_label("那条路的灯坏了，老人看不见").check()
    page.keyboard.press("1")
    expect(page.locator("#done")).to_have_text("1")
    assert loop.corrections.separated == [92]


def test_bulk__ticks_all_and_confirms_by_keys(page: Page, loop: Loop) -> None:
    page.goto("/console/inbox/all")
    looked_at(page, "inbox-bulk")
    page.keyboard.press("a")
    page.keyboard.press("y")
    expect(page.locator(".done")).to_contain_text("记下 5 组")
    assert len(loop.corrections.labels) == 5


def test_bulk__all_become_what_was_picked(page: Page, loop: Loop) -> None:
    page.goto("/console/inbox/all")
    page.keyboard.press("a")
    page.keyboard.press("c")
    page.keyboard.type("下水")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("记下 5 组")
    assert {label.intent for label in loop.corrections.labels} == {"sewage"}
