"""The console's frame in a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk_office import PASSWORD, DeskOffice
from tests.webchat.browser import DESK, PHONE, chromium, overflow, picture_of, served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    office = DeskOffice(demo=(("reviewer", "复核员 · 郑开来"),))
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop holds this thread
        aside.submit(asyncio.run, office.people()).result()
    with served(office.app()) as url:
        context = browser.new_context(viewport=PHONE, base_url=url)
        context.set_default_timeout(10_000)
        page = context.new_page()
        yield page
        context.close()


def signed_in(page: Page, name: str = "admin") -> Page:
    page.goto("/console")
    page.get_by_label("账号名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.wait_for_load_state("load")  # before its scripts have run no key is heard
    return page


def test_door__fits_the_phone(page: Page) -> None:
    page.goto("/console")
    picture_of(page, "desk-door", whole=True)
    assert overflow(page) == 0


def test_menu__is_folded_on_a_phone_and_open_on_a_desk(page: Page) -> None:
    signed_in(page)
    expect(page.get_by_role("button", name="退出")).not_to_be_visible()
    picture_of(page, "desk-home-phone")
    page.set_viewport_size(DESK)
    page.reload()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    picture_of(page, "desk-home")


def test_policy__htmx_runs_without_eval_and_inline_styles(page: Page) -> None:
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    signed_in(page).goto("/console/me")
    assert page.evaluate("window.htmx.config.allowEval") is False
    picture_of(page, "desk-me", whole=True)
    assert overflow(page) == 0
    assert broken == []


def test_keys__question_mark_opens_the_help_but_not_while_writing(page: Page) -> None:
    signed_in(page).goto("/console/me")
    page.get_by_label("现在的密码").press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()
