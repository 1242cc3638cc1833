"""The review by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.learning.desk import Loop
from tests.console.learning.seen import looked_at, opened


@pytest.fixture
def page(chrome: Browser, loop: Loop) -> Iterator[Page]:
    with opened(chrome, loop) as one:
        one.goto("/console/review")
        yield one


def current(page: Page, number: int) -> None:
    expect(page.locator(".review.current")).to_have_id(f"label-{number}")


def test_review__looks_right(page: Page) -> None:
    looked_at(page, "review")


def test_enter__accepts_and_goes_on(page: Page, loop: Loop) -> None:
    current(page, 1)
    page.keyboard.press("Enter")
    expect(page.locator("#label-1.settled")).to_contain_text("收下")
    current(page, 2)
    page.keyboard.press("y")
    expect(page.locator("#label-2.settled")).to_contain_text("收下")
    assert [label.id for label in loop.reviews.done] == [1, 2]


def test_arrows__choose_the_row_that_keys_belong_to(page: Page, loop: Loop) -> None:
    page.keyboard.press("ArrowDown")
    current(page, 2)
    page.keyboard.press("x")
    page.keyboard.press("1")
    expect(page.locator("#label-2")).to_contain_text("没有收")
    current(page, 3)
    assert [(label.id, label.why) for label in loop.reviews.done] == [(2, "话说不清")]


def test_change__by_search(page: Page, loop: Loop) -> None:
    page.keyboard.press("c")
    page.keyboard.type("qlhd")
    page.keyboard.press("Enter")
    expect(page.locator("#label-1")).to_contain_text("收下“桥梁涵洞”")
    assert loop.reviews.done[0].intent == "bridge"


def test_contradiction__both_stand_side_by_side(page: Page, loop: Loop) -> None:
    row = page.locator("#label-4")
    expect(row).to_contain_text("nlu/data/street_lamp.yml:12")
    row.click()
    page.keyboard.press("y")
    expect(row).to_contain_text("收下“停电与供电”")


def test_group__all_right_at_once_after_one_question(page: Page, loop: Loop) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="这 2 条都对").click()
    expect(page.locator(".done")).to_contain_text("收下 2 条")
    assert len(loop.reviews.done) == 2
