"""What residents see: the page, its history, its files, and nobody else's."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from bot.webchat.assets import Assets
from bot.webchat.links import address_of, is_token, new_token
from bot.webchat.stream import events
from services.messages import Button, InboundKind, Outbound
from tests.webchat.stand_ins import TOKEN, Chats, Pictures, chat_app, picture

pytestmark = pytest.mark.asyncio
BASE = f"/c/{TOKEN}"
MINE = address_of(TOKEN)
ID = "11111111-1111-4111-8111-111111111111"
BUDGET = 50_000
"""Bytes of page, style and script together, uncompressed (issue: < 50 kB)."""


@pytest.fixture
def chats() -> Chats:
    return Chats()


@pytest_asyncio.fixture
async def web(chats: Chats) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(chat_app(chats))
    async with httpx.AsyncClient(transport=transport, base_url="http://chat") as client:
        yield client


async def test_token__has_128_bits_and_is_never_the_address() -> None:
    token = new_token()
    assert is_token(token)
    assert token not in address_of(token).key


async def test_home__begins_a_chat_and_goes_on_with_it(web: httpx.AsyncClient) -> None:
    first = (await web.get("/")).headers["location"]
    again = (await web.get("/")).headers["location"]
    other = (await web.get("/?new=1")).headers["location"]
    assert is_token(first.removeprefix("/c/"))
    assert first == again != other


async def test_home__hands_the_qr_code_on(web: httpx.AsyncClient) -> None:
    answer = await web.get("/?grid=G12")
    assert answer.headers["location"].endswith("?grid=G12")


async def test_link__does_not_push_out_the_phones_own_chat(web: httpx.AsyncClient) -> None:
    own = (await web.get("/")).headers["location"]
    await web.get(BASE)
    assert (await web.get("/")).headers["location"] == own


async def test_qr_code__is_one_start_however_often_it_loads(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    for _ in range(2):
        answer = await web.get(f"{BASE}?grid=G12")
        assert (answer.status_code, answer.headers["location"]) == (303, BASE)
    assert [(i.kind, i.text) for i in chats.received] == [(InboundKind.START, "G12")]


async def test_qr_code__forged_is_ignored(web: httpx.AsyncClient, chats: Chats) -> None:
    answer = await web.get(f"{BASE}?grid=<script>")
    assert answer.status_code == 200
    assert chats.received == []


async def test_page__escapes_what_people_wrote(web: httpx.AsyncClient, chats: Chats) -> None:
    chats.say(MINE, Outbound("<script>x</script>", buttons=((Button('"><i>', "q:1:1"),),)))
    page = (await web.get(BASE)).text
    assert "<script>x" not in page
    assert "<i>" not in page


async def test_page__holds_nothing_from_outside_and_nothing_inline(web: httpx.AsyncClient) -> None:
    answer = await web.get(BASE)
    assert not re.search(r'(src|href)="(https?:)?//', answer.text)
    assert not re.search(r"<style|style=|\son\w+=|<script>", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_page__keeps_the_link_secret(web: httpx.AsyncClient) -> None:
    headers = (await web.get(BASE)).headers
    assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")


async def test_page__is_small_enough_for_a_weak_network(web: httpx.AsyncClient) -> None:
    page = len((await web.get(BASE)).content)
    total = page + sum(len(content) for content, _ in Assets.load().files.values())
    assert total < BUDGET


async def test_page__shows_a_card_in_its_newest_form_only(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    for words in ("工单 1\n待签收", "工单 1\n已签收"):
        chats.say(MINE, Outbound(words, slot="ticket:1"))
    page = (await web.get(BASE)).text
    assert "已签收" in page
    assert "待签收" not in page


async def test_page__without_script_can_quote(web: httpx.AsyncClient, chats: Chats) -> None:
    number = chats.say(MINE, Outbound("工单 1\n待签收", slot="ticket:1"))
    page = (await web.get(f"{BASE}?reply=o{number}")).text
    assert f'name="reply_to" id="reply_to" value="o{number}"' in page


@pytest.mark.parametrize("path", ["", "/history", "/updates", "/events", "/media/m1"])
async def test_unknown_link__shows_nothing(web: httpx.AsyncClient, path: str) -> None:
    assert (await web.get(f"/c/short{path}")).status_code == 404


async def test_updates__give_ours_above_a_number(web: httpx.AsyncClient, chats: Chats) -> None:
    for words in ("一", "二", "三"):
        chats.say(MINE, Outbound(words))
    got = (await web.get(f"{BASE}/updates?after=1")).json()
    assert [line["text"] for line in got["lines"]] == ["二", "三"]
    assert got["after"] == 3


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "١"])
async def test_updates__odd_number_counts_as_zero(
    web: httpx.AsyncClient, chats: Chats, after: str
) -> None:
    chats.say(MINE, Outbound("一"))
    got = (await web.get(f"{BASE}/updates", params={"after": after})).json()
    assert len(got["lines"]) == 1


async def test_history__gives_both_sides_with_ids_to_quote(
    web: httpx.AsyncClient, chats: Chats
) -> None:
    await web.post(f"{BASE}/messages", json={"id": ID, "text": "路灯坏了"})
    chats.say(MINE, Outbound("收到", reply_to="i1"))
    lines = (await web.get(f"{BASE}/history")).json()["lines"]
    assert [(line["id"], line["mine"]) for line in lines] == [("i1", True), ("o1", False)]
    assert lines[1]["quotes"] == "i1"


async def test_file__is_shown_to_its_own_chat_only(chats: Chats) -> None:
    app = chat_app(chats, Pictures())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://c") as web:
        files = {"file": ("lamp.jpg", picture(), "image/jpeg")}
        await web.post(f"{BASE}/files", data={"id": ID}, files=files)
        own = await web.get(f"{BASE}/media/m1")
        assert (await web.get(f"/c/{'B' * 22}/media/m1")).status_code == 404
    assert own.headers["content-disposition"].startswith("inline")
    assert own.headers["x-content-type-options"] == "nosniff"


async def test_file__that_a_browser_could_run_is_only_downloaded(chats: Chats) -> None:
    pictures = Pictures({"media:m9": (b"<svg/>", "image/svg+xml")})
    chats.say(MINE, Outbound("看", media="media:m9"))
    app = chat_app(chats, pictures)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://c") as web:
        answer = await web.get(f"{BASE}/media/m9")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_live_line__gives_what_is_there_and_then_what_comes(chats: Chats) -> None:
    chats.say(MINE, Outbound("旧"))
    chats.say(MINE, Outbound("一"))
    stream = events(MINE, 1, chats, chats)
    assert (await anext(stream)).event == "beat"
    assert json.loads((await anext(stream)).data or "")["text"] == "一"
    chats.say(MINE, Outbound("二"))
    event = await anext(stream)
    assert (event.id, json.loads(event.data or "")["text"]) == ("3", "二")
