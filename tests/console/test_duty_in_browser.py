"""The page 值班 in a real browser, on the real services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.duty_office import town_app
from tests.services.test_duty_leave import NIGHT, OTHER_NIGHT
from tests.services.town import Town
from tests.webchat.browser import PHONE, chromium, overflow, picture_of, served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def _opened(browser: Browser, url: str, cadre: str) -> Page:
    context = browser.new_context(viewport=PHONE, has_touch=True, base_url=url)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/work")
    page.get_by_label("一次性登录码").fill(cadre)
    page.get_by_role("button", name="进入").click()
    page.get_by_role("link", name="值班").click()
    return page


def test_swap_and_leave__with_a_finger_on_a_phone(browser: Browser) -> None:
    town = Town()
    # The browser's own calendar refuses days that are past by its clock.
    town.now = datetime.now(UTC).replace(hour=1, minute=0)
    with served(town_app(town, NIGHT, OTHER_NIGHT)) as url:
        giver = _opened(browser, url, NIGHT)
        expect(giver.get_by_role("heading", name="现在值班")).to_be_visible()
        giver.locator("#taker").select_option(OTHER_NIGHT)
        giver.get_by_role("button", name="问一问").click()
        expect(giver.get_by_role("button", name="撤回")).to_be_visible()
        taker = _opened(browser, url, OTHER_NIGHT)
        picture_of(taker, "duty-wanted", whole=True)
        assert overflow(taker) == 0
        taker.get_by_role("button", name="同意").click()
        expect(taker.get_by_role("log")).to_contain_text("已经换好")
        giver.locator("#deputy").select_option("@phone")
        giver.get_by_role("button", name="请假").click()
        expect(giver.get_by_role("button", name="销假")).to_be_visible()
        expect(giver.get_by_role("log")).to_contain_text("已经换好")
        picture_of(giver, "duty-phone", whole=True)
        assert overflow(giver) == 0
        giver.context.close()
        taker.context.close()
