"""The models' pages in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.learning.desk import Loop
from tests.console.learning.fleet import BAD, NEW, OLD
from tests.console.learning.seen import looked_at, opened


@pytest.fixture
def page(chrome: Browser, loop: Loop) -> Iterator[Page]:
    with opened(chrome, loop) as one:
        one.goto("/console/models")
        yield one


def test_new_model__is_put_in_place_of_the_old_one_and_taken_back(page: Page, loop: Loop) -> None:
    page.get_by_role("link", name=NEW).first.click()
    looked_at(page, "model-report")
    page.get_by_text("全县换上", exact=True).last.click()
    page.get_by_label("为什么").last.fill("考得更好")
    looked_at(page, "model-activate")
    page.get_by_role("button", name="确定全县换上").click()
    expect(page.locator(".chip.role")).to_have_text("正在用")
    page.get_by_text(f"退回到 {OLD}", exact=True).click()
    page.get_by_label("为什么").last.fill("路灯认错了")
    page.get_by_role("button", name=f"确定退回到 {OLD}").click()
    expect(page.locator(".chip.role")).to_have_text("正在用")
    assert loop.fleet.now.active == OLD
    page.goto("/console/models")
    looked_at(page, "models")


def test_refused_model__shows_what_keeps_it_back(page: Page) -> None:
    page.goto(f"/console/models/{BAD}")
    expect(page.get_by_role("heading", name="不可以上线")).to_be_visible()
    looked_at(page, "model-refused")


def test_townships__are_ticked_for_a_trial(page: Page, loop: Loop) -> None:
    page.goto(f"/console/models/{NEW}")
    page.get_by_text("乡镇试用", exact=True).click()
    page.get_by_label("府城镇").check()
    page.get_by_label("为什么").nth(1).fill("先试一个镇")
    looked_at(page, "model-canary")
    page.get_by_role("button", name="确定乡镇试用").click()
    expect(page.locator(".chip.role")).to_have_text("试点：府城镇")
    assert loop.fleet.now.canary == NEW


def test_differences__look_right(page: Page) -> None:
    page.goto(f"/console/models/{NEW}/shadow")
    page.get_by_role("link", name="2 条").click()
    expect(page.get_by_text("现用的说“路灯”，它说“停电与供电”")).to_be_visible()
    looked_at(page, "shadow")
