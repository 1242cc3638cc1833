"""The page of the data's health in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.console.learning.desk import Loop
from tests.console.learning.healths import NOTHING
from tests.console.learning.seen import looked_at, opened


def test_health__is_whole_on_a_phone_and_when_empty(chrome: Browser, loop: Loop) -> None:
    with opened(chrome, loop) as page:
        page.goto("/console/health")
        expect(page.locator(".drift")).to_be_visible()
        looked_at(page, "health")
        loop.healths.now = NOTHING
        page.reload()
        expect(page.get_by_text("还没有例句")).to_be_visible()
        looked_at(page, "health-empty")
