"""Which answer Telegram gets, because that decides whether an update comes again."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from bot.webhook import BODY_LIMIT, SECRET_HEADER, Hook, secret_is_valid, webhook_router
from tests.bot.raw import said
from tests.bot.twins import Channel, InboxTwin

SECRET = "s3cret_-A"
GOOD = {SECRET_HEADER: SECRET}
Post = Callable[..., Awaitable[httpx.Response]]

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def post(bot: Channel, name: str) -> AsyncIterator[Post]:
    app = FastAPI()
    app.include_router(webhook_router({name: Hook(bot.handle_webhook, SECRET)}))
    transport = httpx.ASGITransport(app)
    address = f"http://test/telegram/{name}"
    async with httpx.AsyncClient(transport=transport) as made:
        yield lambda **request: made.post(address, **request)


async def test_webhook__accepted_only_when_recorded(post: Post, inbox: InboxTwin) -> None:
    answer = await post(json=said(text="路灯坏了"), headers=GOOD)
    assert (answer.status_code, inbox.texts) == (200, ["路灯坏了"])


async def test_webhook__inbox_down_asks_for_a_repetition(post: Post, inbox: InboxTwin) -> None:
    inbox.down = True
    assert (await post(json=said(text="x"), headers=GOOD)).status_code == 503


async def test_webhook__same_update_three_times_is_one(post: Post, inbox: InboxTwin) -> None:
    for _ in range(3):
        await post(json=said(text="x"), headers=GOOD)
    assert (len(inbox.calls), len(inbox.recorded)) == (3, 1)


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s3cret_-Ä"}]
)
async def test_webhook__wrong_secret_is_refused(
    post: Post, inbox: InboxTwin, headers: dict[str, str]
) -> None:
    raw = [(key.encode(), value.encode("utf-8")) for key, value in headers.items()]
    answer = await post(json=said(text="x"), headers=raw)
    assert (answer.status_code, inbox.calls) == (401, [])


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 200_000])
async def test_webhook__not_json_is_refused(post: Post, body: bytes) -> None:
    assert (await post(content=body, headers=GOOD)).status_code == 400


@pytest.mark.parametrize(
    "value", [None, 3, [], {}, {"update_id": "x"}, said(text="x") | {"update_id": "x"}]
)
async def test_webhook__what_can_never_be_read_is_taken(
    post: Post, inbox: InboxTwin, value: object
) -> None:
    answer = await post(content=json.dumps(value), headers=GOOD)
    assert (answer.status_code, inbox.calls) == (200, [])


async def test_webhook__unknown_shape_keeps_the_words(post: Post, inbox: InboxTwin) -> None:
    odd = said(text="路灯坏了", reply_to_message="x")
    answer = await post(json=odd, headers=GOOD)
    assert (answer.status_code, inbox.texts) == (200, ["路灯坏了"])


async def test_webhook__too_long_is_refused(post: Post) -> None:
    body = b" " * (BODY_LIMIT + 1)
    assert (await post(content=body, headers=GOOD)).status_code == 413


@pytest.mark.parametrize(
    ("given", "expected", "valid"),
    [("a", "a", True), ("a", "b", False), (None, "a", False), ("", "", False), ("ä", "ä", True)],
)
async def test_secret(given: str | None, expected: str, valid: bool) -> None:
    assert secret_is_valid(given, expected) is valid
