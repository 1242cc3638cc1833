"""The cadres' page in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.console.stand_ins import CODE, Desk, busy_desk, cadre, ticket, work_app
from tests.webchat.browser import DESK, PHONE, chromium, overflow, picture_of, served

LAMP = ticket(1, 0).number


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def desk() -> Desk:
    return busy_desk()


@pytest.fixture
def phone(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    demo = [
        (cadre(), "府城镇 基础设施与环境服务组 值班干部"),
        (cadre("county"), "县联动服务指导中心 派单员"),
    ]
    with served(work_app(desk, demo)) as url:
        context = browser.new_context(viewport=PHONE, has_touch=True, base_url=url)
        context.set_default_timeout(10_000)
        yield context
        context.close()


def opened(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/work")
    page.get_by_label("一次性登录码").fill(CODE)
    page.get_by_role("button", name="进入").click()
    expect(page.locator(".card")).to_have_count(3)
    return page


def test_sign_in__looks_right(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/work")
    expect(page.get_by_role("button", name="进入")).to_be_visible()
    picture_of(page, "work-sign-in")
    assert overflow(page) == 0


def test_cards__fit_the_phone(phone: BrowserContext) -> None:
    page = opened(phone)
    picture_of(page, "work-phone", whole=True)
    assert overflow(page) == 0


def test_sign__changes_the_card_and_says_so(phone: BrowserContext) -> None:
    page = opened(phone)
    lamp = page.locator(f"[id='{LAMP}']")
    lamp.get_by_role("button", name="签收").click()
    expect(lamp.get_by_text("已签收")).to_be_visible()
    expect(page.get_by_role("log")).to_contain_text("办好了")
    picture_of(page, "work-signed")


def test_typed_words__survive_a_change_of_the_list(phone: BrowserContext, desk: Desk) -> None:
    page = opened(phone)
    lamp = page.locator(f"[id='{LAMP}']")
    lamp.get_by_text("退单", exact=True).click()
    lamp.get_by_label("退单原因").fill("这是供电公司的灯")
    picture_of(page, "work-typing")
    desk.tickets.add(ticket(8, 200, matter_name="垃圾清运"), ticket(1, -25, answer="明天来修"))
    expect(page.locator(".card")).to_have_count(4)
    expect(lamp.get_by_label("退单原因")).to_have_value("这是供电公司的灯")


def test_wide_screen__shows_why_and_what_happened(phone: BrowserContext) -> None:
    page = opened(phone)
    page.set_viewport_size(DESK)
    lamp = page.locator(f"[id='{LAMP}']")
    lamp.get_by_text("为什么派到这里").click()
    lamp.get_by_text("办理经过").click()
    expect(lamp.get_by_text("派单目录")).to_be_visible()
    picture_of(page, "work-desktop", whole=True)
