"""The chat in a real browser: what a resident sees and does on a phone of 360 points."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from services.messages import Button, Inbound, InboundKind, Outbound
from tests.webchat.browser import DESK, PHONE, chromium, overflow, picture_of, served
from tests.webchat.stand_ins import Chats, chat_app, picture

NUMBER = "LD-20261123-0001-4"
LAMP = "府城镇高壁村三组路灯坏了三天没人管"


def card(state: str) -> Outbound:
    return Outbound(
        f"{NUMBER} 路灯损坏\n现在：{state}\n现由：府城镇基础设施与环境服务组 王示例一\n"
        "最晚:11月23日 14:05 前给您回话",
        buttons=(
            (Button("催一下", f"t:{NUMBER}:nudge"), Button("不用办了", f"t:{NUMBER}:withdraw")),
        ),
        slot=f"t:{NUMBER}",
        ticket=NUMBER,
        purpose="card",
    )


def service(chats: Chats, inbound: Inbound) -> None:
    """A service that knows one story."""
    if inbound.text == LAMP:
        chats.say(inbound.address, card("待签收"))
    elif inbound.text == "路灯坏了":
        villages = (("高壁村", "q:a1:1"), ("孔村", "q:a1:2"), ("都不是", "q:a1:9"))
        rows = tuple((Button(label, data),) for label, data in villages)
        chats.say(inbound.address, Outbound("请问是哪个村？点一下就行。", buttons=rows))
    elif inbound.kind is InboundKind.PRESS and inbound.data.startswith("q:"):
        chats.say(inbound.address, Outbound("记下了，是高壁村。"))
    elif inbound.kind is InboundKind.PRESS:
        chats.say(inbound.address, card("已签收"))
        chats.say(inbound.address, Outbound("王示例一已经签收，今天下午去看。"))
    elif inbound.reply_to:
        chats.say(
            inbound.address, Outbound("补充的话已经记到这件事里。", reply_to=inbound.reply_to)
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def chats() -> Chats:
    return Chats(answer=service)


@pytest.fixture
def address(chats: Chats) -> Iterator[str]:
    with served(chat_app(chats)) as url:
        yield url


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True, base_url=address)
    context.set_default_timeout(10_000)
    yield context
    context.close()


def opened(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto("/")
    return page


def say(page: Page, words: str) -> None:
    page.get_by_label("写下您的事").fill(words)
    page.get_by_role("button", name="发送").click()


def test_first_look__greets_and_fits_the_phone(phone: BrowserContext) -> None:
    page = opened(phone)
    expect(page.get_by_role("log")).to_contain_text("您好！")
    expect(page.get_by_role("link", name="110")).to_be_visible()
    picture_of(page, "chat-first-look")
    assert overflow(page) == 0


def test_matter__gets_a_card_that_changes_in_place(phone: BrowserContext) -> None:
    page = opened(phone)
    say(page, LAMP)
    expect(page.get_by_text("已送到")).to_be_visible()
    expect(page.locator(".card")).to_contain_text("待签收")
    picture_of(page, "chat-card")
    page.get_by_role("button", name="催一下").click()
    expect(page.locator(".card")).to_contain_text("已签收")
    expect(page.get_by_text("今天下午去看")).to_be_visible()
    assert page.locator(".card").count() == 1
    picture_of(page, "chat-card-signed")


def test_question__is_answered_by_one_tap(phone: BrowserContext, chats: Chats) -> None:
    page = opened(phone)
    say(page, "路灯坏了")
    page.get_by_role("button", name="高壁村").click()
    expect(page.get_by_text("记下了，是高壁村。")).to_be_visible()
    expect(page.get_by_role("button", name="孔村")).to_be_disabled()
    picture_of(page, "chat-question")
    assert [i.data for i in chats.received if i.data] == ["q:a1:1"]


def test_reply__quotes_the_card(phone: BrowserContext, chats: Chats) -> None:
    page = opened(phone)
    say(page, LAMP)
    page.locator(".card").get_by_role("link", name="回复").click()
    expect(page.locator("#quoting")).to_contain_text(NUMBER)
    picture_of(page, "chat-quoting")
    say(page, "灯杆上写着 12 号")
    expect(page.get_by_text("补充的话已经记到")).to_be_visible()
    assert chats.received[-1].reply_to == "o1"


def test_weak_network__message_waits_on_the_phone_and_arrives_once(
    phone: BrowserContext, chats: Chats
) -> None:
    page = opened(phone)
    phone.set_offline(True)
    say(page, LAMP)
    expect(page.get_by_role("button", name="没发出去，点一下再发")).to_be_visible()
    picture_of(page, "chat-offline")
    phone.set_offline(False)
    expect(page.locator(".card")).to_contain_text("待签收")
    assert [i.text for i in chats.received] == [LAMP]


def test_closed_page__unsent_message_goes_out_when_it_opens_again(
    phone: BrowserContext, chats: Chats
) -> None:
    page = opened(phone)
    chats.broken = True
    say(page, LAMP)
    expect(page.get_by_role("button", name="没发出去，点一下再发")).to_be_visible()
    page.close()
    chats.broken = False
    again = opened(phone)
    expect(again.locator(".card")).to_contain_text("待签收")
    assert [i.text for i in chats.received] == [LAMP]


def test_network_that_swallows_the_live_line__falls_back_to_asking(phone: BrowserContext) -> None:
    phone.route("**/events*", lambda route: route.abort())
    page = opened(phone)
    say(page, LAMP)
    expect(page.locator(".card")).to_contain_text("待签收", timeout=20_000)


def test_photo__is_made_smaller_and_shown(phone: BrowserContext, chats: Chats) -> None:
    page = opened(phone)
    photo = FilePayload(name="lamp.jpg", mimeType="image/jpeg", buffer=picture(3000, 2000))
    page.locator("#photo").set_input_files(photo)
    expect(page.get_by_text("已送到")).to_be_visible()
    page.reload()
    shown = page.get_by_role("img", name="照片")
    expect(shown).to_have_js_property("naturalWidth", 1280)
    picture_of(page, "chat-photo")
    assert chats.received[0].kind is InboundKind.PHOTO


def test_location__is_sent(phone: BrowserContext, chats: Chats) -> None:
    phone.grant_permissions(["geolocation"])
    phone.set_geolocation({"latitude": 36.15, "longitude": 112.25})
    page = opened(phone)
    page.get_by_role("button", name="位置").click()
    expect(page.get_by_text("已送到")).to_be_visible()
    assert chats.received[0].location is not None


def test_words_that_look_like_html__stay_words(phone: BrowserContext) -> None:
    page = opened(phone)
    say(page, "<img src=x onerror=document.title='broken'>")
    expect(page.get_by_text("已送到")).to_be_visible()
    page.reload()
    expect(page.get_by_text("<img src=x")).to_be_visible()
    assert page.title().startswith("联动服务")


def test_too_long__is_said_and_not_lost_from_sight(phone: BrowserContext) -> None:
    page = opened(phone)
    say(page, "路" * 2001)
    expect(page.get_by_text("这段话太长了")).to_be_visible()


def test_link__resumes_the_chat_on_another_phone(phone: BrowserContext, browser: Browser) -> None:
    page = opened(phone)
    say(page, LAMP)
    expect(page.locator(".card")).to_be_visible()
    other = browser.new_context(viewport=PHONE)
    resumed = other.new_page()
    resumed.goto(page.url)
    expect(resumed.locator(".card")).to_contain_text("待签收")
    other.close()


def test_keyboard_alone__is_enough(phone: BrowserContext) -> None:
    page = opened(phone)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到写话的地方")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(LAMP)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_contain_text("待签收")


def test_without_script__the_plain_form_works(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=address)
    page = opened(context)
    page.locator("#text").fill(LAMP)
    page.locator("#send").click()
    expect(page.locator(".card")).to_contain_text("待签收")
    page.locator("button[name=press]").first.click()
    expect(page.locator(".card")).to_contain_text("已签收")
    picture_of(page, "chat-without-script")
    context.close()


def test_large_type__still_fits_the_phone(phone: BrowserContext) -> None:
    page = opened(phone)
    say(page, LAMP)
    expect(page.locator(".card")).to_be_visible()
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="更大").click()
    picture_of(page, "chat-large-type")
    assert overflow(page) == 0


def test_help_and_wide_screen__look_right(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESK, base_url=address)
    page = opened(context)
    say(page, LAMP)
    expect(page.locator(".card")).to_be_visible()
    picture_of(page, "chat-desktop")
    page.set_viewport_size(PHONE)
    page.get_by_text("说明").click()
    expect(page.get_by_role("button", name="复制网址")).to_be_visible()
    picture_of(page, "chat-help")
    assert overflow(page) == 0
    context.close()
