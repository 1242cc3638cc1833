"""The story that a newcomer sees, in a real browser, with the real model and the real service."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

from routing.duty import person_in_charge
from tests.acceptance.running import Running, classifier_ready, rows, running
from tests.services.town import sample_county
from tests.webchat.browser import FLAGS, PICTURES
from tests.webchat.stand_ins import picture as jpeg

SAID = "府城镇高壁村三组路灯坏了三天没人管"
GROUP = "group:141026100:infrastructure"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, nlu="true") as started:
        yield started


@pytest.fixture
async def slow_starter(tmp_path: Path) -> AsyncIterator[Running]:
    """Stock Rasa takes long enough to load that a message comes before it."""
    async with running(tmp_path, nlu="true", nlu_server="rasa") as started:
        yield started


async def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"story-{name}.png")


async def sign_in(page: Page, url: str) -> None:
    cadre = person_in_charge(sample_county(), GROUP, datetime.now(UTC))
    assert cadre is not None
    await page.goto(f"{url}/work/sign-in")
    await page.select_option("#who", cadre.id)
    await page.get_by_role("button", name="以这个身份看看").click()
    await expect(page.locator("#count")).to_be_visible()


async def act(work: Page, name: str, words: str, send: str, photo: bytes | None = None) -> None:
    """Open one of the small forms of the card, fill it in and send it."""
    form = work.locator("article.card", has_text=SAID).locator(f"details[data-act={name}]")
    await form.locator("summary").click()
    await form.locator("textarea").fill(words)
    if photo is not None:
        file = FilePayload(name="lamp.jpg", mimeType="image/jpeg", buffer=photo)
        await form.locator("input[type=file]").set_input_files(file)
    await form.get_by_role("button", name=send).click()


async def test_story__two_tabs(service: Running, browser: Browser) -> None:
    await classifier_ready(service.url)
    phone = await browser.new_context(viewport={"width": 360, "height": 740})
    desk = await browser.new_context(viewport={"width": 1000, "height": 800})
    chat, work = await phone.new_page(), await desk.new_page()
    complaints: list[str] = []
    for page in (chat, work):
        page.on("pageerror", lambda error: complaints.append(str(error)))

    await sign_in(work, service.url)
    await chat.goto(service.url)
    await chat.fill("#text", SAID)
    await chat.click("#send")
    card = chat.locator("[id^=log] article", has_text="已派给府城镇基础设施与环境服务组")
    await expect(card).to_be_visible(timeout=10_000)
    await expect(card).to_contain_text(re.compile(r"LD-\d{8}-\d{4}-\d"))
    await picture(chat, "1-receipt")

    ticket = work.locator("article.card", has_text=SAID)
    await expect(ticket).to_be_visible(timeout=15_000)
    await expect(ticket).to_contain_text("府城镇高壁村")
    await ticket.get_by_text("为什么派到这里").click()
    await expect(ticket).to_contain_text("依派单目录")
    await picture(work, "2-work")
    await ticket.get_by_role("button", name="签收").click()
    await expect(chat.locator("#log")).to_contain_text("已签收", timeout=15_000)

    await act(work, "reply", "明天上午去换灯", "发给居民")
    await expect(chat.locator("#log")).to_contain_text("明天上午去换灯", timeout=15_000)
    await picture(chat, "3-answer")

    await act(work, "resolve", "灯换好了", "办结并告诉居民", photo=jpeg(400, 300))
    await chat.get_by_role("button", name="解决了", exact=True).last.click(timeout=15_000)
    await chat.get_by_role("button", name="基本满意").last.click(timeout=15_000)
    await expect(chat.locator("#log")).to_contain_text("结案。谢谢您", timeout=15_000)
    await picture(chat, "4-closed")

    told = "SELECT state, degraded, solved, satisfaction FROM tickets"
    assert rows(service.data_dir, told) == [("closed", 0, 1, 3)]
    standing = "SELECT count(*) FROM deadlines WHERE ended_at IS NULL"
    assert rows(service.data_dir, standing) == [(0,)]
    [(model,)] = rows(service.data_dir, "SELECT DISTINCT model FROM predictions")
    assert str(model).startswith("nlu-")
    assert complaints == []


async def test_start__chat_answers_before_the_model_and_reads_again(
    slow_starter: Running, browser: Browser
) -> None:
    service = slow_starter
    phone = await browser.new_context(viewport={"width": 360, "height": 740})
    chat = await phone.new_page()
    await chat.goto(service.url)
    await chat.fill("#text", SAID)
    await chat.click("#send")
    await expect(chat.locator("#log")).to_contain_text("已派给", timeout=10_000)
    assert rows(service.data_dir, "SELECT degraded FROM tickets") == [(1,)]
    await classifier_ready(service.url)
    models = "SELECT count(DISTINCT model) FROM predictions"
    await expect_rows(service, models, [(2,)])
    await expect_rows(service, "SELECT degraded FROM tickets", [(0,)])


async def expect_rows(service: Running, query: str, wanted: list[tuple[object, ...]]) -> None:

    async with asyncio.timeout(20):
        while rows(service.data_dir, query) != wanted:
            await asyncio.sleep(0.1)
