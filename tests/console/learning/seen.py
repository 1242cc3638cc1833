"""The pages of the loop in a real browser, by somebody who is signed in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from services.console_policy import ConsoleRole
from tests.console.desk_office import PASSWORD
from tests.console.learning.desk import Loop
from tests.webchat.browser import DESK, PHONE, overflow, picture_of, served


@contextmanager
def opened(browser: Browser, loop: Loop, role: ConsoleRole = ConsoleRole.ADMIN) -> Iterator[Page]:
    """A page of a wide screen."""
    with ThreadPoolExecutor(1) as aside:  # the browser has this thread's event loop
        aside.submit(lambda: asyncio.run(loop.people())).result()
    with served(loop.app()) as url:
        context = browser.new_context(viewport=DESK, base_url=url)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/console/sign-in")
        page.locator("[name=name]").fill(role.value)
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/console")
        yield page
        context.close()


def looked_at(page: Page, name: str) -> None:
    """Pictures at both widths; nothing reaches over the edge of a phone."""
    picture_of(page, f"{name}-1280", whole=True)
    page.set_viewport_size(PHONE)
    picture_of(page, f"{name}-360", whole=True)
    assert overflow(page) == 0
    page.set_viewport_size(DESK)
