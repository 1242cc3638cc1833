"""The page of forms on a phone of 360 points, in a real browser and before the real services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.console.open_county import GROUP, POWER, TOWNSHIP, OpenCounty, open_county, photo
from tests.webchat.browser import FLAGS, PHONE, PICTURES
from tickets.states import State


@dataclass
class Phone:
    """A cadre's phone before the open county."""

    county: OpenCounty
    browser: Browser

    async def of(self, unit: str, *, script: bool = True) -> Page:
        context = await self.browser.new_context(
            viewport=PHONE, has_touch=True, java_script_enabled=script, base_url=self.county.url
        )
        context.set_default_timeout(8_000)
        page = await context.new_page()
        await page.goto("/work")
        await page.get_by_label("一次性登录码").fill(self.county.person(unit))
        await page.get_by_role("button", name="进入").click()
        await expect(page.locator("#count")).to_be_visible()
        return page


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with open_county(tmp_path) as county, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield Phone(county, browser)
        await browser.close()


async def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"acts-{name}.png", full_page=True)


async def fits(page: Page) -> None:
    """Nothing is wider than the phone, and everything that is tapped is large enough."""
    wider: int = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider == 0
    small: list[str] = await page.evaluate(
        """[...document.querySelectorAll('button, summary, select, .card input, .find input')]
        .filter(e => e.offsetParent && e.type !== 'hidden' && e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


async def in_hand(county: OpenCounty) -> str:
    number = (await county.town.open_lamp()).number
    await county.act(GROUP, number, "sign")
    return number


async def test_card_in_hand__shows_its_clocks_and_opens_more(phone: Phone) -> None:
    number = await in_hand(phone.county)
    await phone.county.act(GROUP, number, "join", unit=POWER, text="看一下线路")
    await phone.county.act(TOWNSHIP, number, "supervise", text="今天必须去人")
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await expect(card.get_by_text("办结期限")).to_be_visible()
    await expect(card.get_by_text("首次联系期限")).to_be_visible()
    await expect(card.get_by_text("还没答复：看一下线路")).to_be_visible()
    await picture(page, "in-hand")
    await card.locator(".rest > summary").click()
    await card.get_by_text("申请延期").click()
    await expect(card.get_by_label("延几个工作日")).to_be_visible()
    await picture(page, "more")
    await fits(page)


async def test_extension__asked_and_granted_by_tapping(phone: Phone) -> None:
    number = await in_hand(phone.county)
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await card.locator(".rest > summary").click()
    await card.get_by_text("申请延期").click()
    await card.get_by_label("延几个工作日").fill("2")
    await card.get_by_label("延期理由").fill("等配件，下周到货")
    await card.get_by_role("button", name="报上一级批").click()
    await expect(card.get_by_text("延期待批")).to_be_visible()
    above = await phone.of(TOWNSHIP)
    asked = above.locator(f"[id='{number}']")
    await expect(asked.get_by_text("申请延期 2 个工作日")).to_be_visible()
    await expect(asked.get_by_text("请您来定")).to_be_visible()
    await picture(above, "extension-asked")
    await fits(above)
    await asked.get_by_role("button", name="同意延期", exact=True).click()
    await expect(asked.get_by_text("办理中")).to_be_visible()
    assert (await phone.county.ticket(number)).extensions == 1


async def test_return__the_arbiter_sees_whose_it_should_be(phone: Phone) -> None:
    number = (await phone.county.town.open_lamp()).number
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await card.get_by_text("退单", exact=True).click()
    await card.get_by_label("该由谁办").select_option(POWER)
    await card.get_by_label("退单原因").fill("灯杆是供电公司的")
    await picture(page, "return")
    await fits(page)
    await card.get_by_role("button", name="退回上一级").click()
    await expect(page.get_by_role("log")).to_contain_text("已退单")
    above = await phone.of(TOWNSHIP)
    await expect(above.get_by_text("退单意见")).to_be_visible()
    await picture(above, "return-to-rule")
    await fits(above)


async def test_closing__with_a_photo_of_the_phone(phone: Phone, tmp_path: Path) -> None:
    number = await in_hand(phone.county)
    taken = tmp_path / "lamp.jpg"
    taken.write_bytes(photo())
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await card.get_by_text("办结", exact=True).click()
    await card.get_by_label("办理结果").fill("灯换好了")
    await card.locator("details[open]").get_by_label("照片").set_input_files(taken)
    await picture(page, "closing")
    await fits(page)
    await card.get_by_role("button", name="办结并告诉居民").click()
    await expect(card.get_by_text("已办结")).to_be_visible()
    await expect(card.get_by_alt_text("干部发来的照片", exact=False)).to_be_visible()
    assert (await phone.county.ticket(number)).state is State.RESOLVED


async def test_co_unit__answers_its_part(phone: Phone) -> None:
    number = await in_hand(phone.county)
    await phone.county.act(GROUP, number, "join", unit=POWER, text="看一下线路")
    page = await phone.of(POWER)
    card = page.locator(f"[id='{number}']")
    await expect(card.get_by_text("请您协办", exact=True)).to_be_visible()
    await card.locator("summary", has_text="协办答复").click()
    await picture(page, "part")
    await fits(page)
    await card.get_by_label("协办结果").fill("线路没问题")
    await card.get_by_role("button", name="交给牵头单位").click()
    await expect(page.get_by_role("log")).to_contain_text("协办结果已交")


async def test_typed_words__survive_a_change_of_the_card(phone: Phone) -> None:
    """Somebody else acts while a form below 更多 is being filled in."""
    number = await in_hand(phone.county)
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await card.locator(".rest > summary").click()
    await card.get_by_text("申请延期").click()
    await card.get_by_label("延几个工作日").fill("2")
    await phone.county.act(TOWNSHIP, number, "supervise", text="抓紧")
    await page.wait_for_timeout(6_500)
    await expect(card.get_by_label("延几个工作日")).to_have_value("2")


async def test_open_more__stays_open_when_the_card_changes(phone: Phone) -> None:
    number = await in_hand(phone.county)
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await card.locator(".rest > summary").click()
    await phone.county.act(TOWNSHIP, number, "supervise", text="抓紧")
    await expect(card.locator(".watched")).to_be_visible(timeout=9_000)
    await expect(card.get_by_text("申请延期")).to_be_visible()


async def test_without_script__everything_can_be_sent(phone: Phone) -> None:
    number = await in_hand(phone.county)
    page = await phone.of(GROUP, script=False)
    card = page.locator(f"[id='{number}']")
    await card.locator(".rest > summary").click()
    await card.get_by_text("办理情况").click()
    await card.get_by_label("情况", exact=True).fill("去看过了")
    await card.get_by_role("button", name="记下").last.click()
    await expect(page.get_by_text("已记下")).to_be_visible()


async def test_everything_at_once__is_readable(phone: Phone) -> None:
    """A ticket with a long life: rested clock, parts, notes, merged ones, a warning."""
    county = phone.county
    number = await in_hand(county)
    await county.act(GROUP, number, "reply", text="明天上午带人去看。")
    await county.act(GROUP, number, "note", text="要带梯子，户主电话 13800000011")
    await county.act(GROUP, number, "join", unit=POWER, text="看一下线路")
    await county.act(POWER, number, "part", text="线路没问题")
    other = await county.another_lamp()
    await county.act(GROUP, other, "merge", main=number, text="同一盏灯")
    await county.act(TOWNSHIP, number, "supervise", text="今天必须去人")
    day = (county.town.now + timedelta(days=10)).date()
    await county.act(TOWNSHIP, number, "shelve", date=day.isoformat(), text="等灯具到货")
    page = await phone.of(GROUP)
    card = page.locator(f"[id='{number}']")
    await expect(card.get_by_text("停着，还剩", exact=False)).to_be_visible()
    await card.get_by_text("干部之间的话", exact=False).click()
    await card.get_by_text("办理经过", exact=False).click()
    await picture(page, "long-life")
    await fits(page)
    await card.get_by_role("link", name=number, exact=True).click()
    await expect(page.get_by_text("全部工单")).to_be_visible()
    await fits(page)


async def test_number__is_looked_up(phone: Phone) -> None:
    number = await in_hand(phone.county)
    page = await phone.of(GROUP)
    await page.get_by_label("查单号").fill(f"单号 {number}")
    await page.get_by_role("button", name="查", exact=True).click()
    await expect(page.get_by_text("全部工单")).to_be_visible()
    await page.get_by_label("查单号").fill("123")
    await page.get_by_role("button", name="查", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("单号好像不对")
