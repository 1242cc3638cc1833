"""Webhook delivery: the secret header, redelivery, order within a chat, answers that are calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio
from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from tests.telegram.model import Pace
from tests.telegram.standin import BotApiStandIn
from tests.telegram.test_standin_refuses import ask

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[web.Response]]


async def accept(update: Json) -> web.Response:
    return web.Response()


@dataclass
class Receiver:
    """A webhook that keeps what arrives and answers as the test says."""

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answer: Answer = accept

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return await self.answer(update)

    @property
    def ids(self) -> list[int]:
        return [u["update_id"] for u in self.updates]


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


def refusing(times: int, status: int = 500, **headers: str) -> Answer:
    left = [times]

    async def answer(update: Json) -> web.Response:
        left[0] -= 1
        return web.Response(status=status if left[0] >= 0 else 200, headers=headers)

    return answer


async def test_secret__travels_in_the_header(bot_api: BotApiStandIn, receiver: Receiver) -> None:
    await ask(bot_api, "setWebhook", url=receiver.url, secret_token="s-1")
    bot_api.residents_say("residents", 1001, "你好")
    await bot_api.wait_for(lambda: receiver.updates)
    assert receiver.secrets == ["s-1"]


async def test_refused__comes_again_with_the_same_id_and_holds_up_its_chat(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    receiver.answer = refusing(2, status=404)
    await ask(bot_api, "setWebhook", url=receiver.url)
    first = bot_api.residents_say("residents", 1001, "一")["update_id"]
    second = bot_api.residents_say("residents", 1001, "二")["update_id"]
    await bot_api.wait_for(lambda: bot_api.pending("residents") == 0)
    assert receiver.ids == [first, first, first, second]
    assert [d.status for d in bot_api.deliveries] == [404, 404, 200, 200]
    assert "404" in (await ask(bot_api, "getWebhookInfo"))["result"]["last_error_message"]


async def test_chats__do_not_wait_for_each_other(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    gate = asyncio.Event()

    async def answer(update: Json) -> web.Response:
        if update["message"]["chat"]["id"] == 1001:
            await gate.wait()
        return web.Response()

    receiver.answer = answer
    await ask(bot_api, "setWebhook", url=receiver.url)
    bot_api.residents_say("residents", 1001, "一")
    bot_api.residents_say("residents", 1002, "二")
    await bot_api.wait_for(lambda: bot_api.pending("residents") == 1)
    gate.set()
    await bot_api.wait_for(lambda: bot_api.pending("residents") == 0)


async def test_retry_after__is_honoured(bot_api: BotApiStandIn, receiver: Receiver) -> None:
    receiver.answer = refusing(1, status=503, **{"Retry-After": "6"})
    await ask(bot_api, "setWebhook", url=receiver.url)
    bot_api.residents_say("residents", 1001, "一")
    await bot_api.wait_for(lambda: bot_api.pending("residents") == 0)
    waited = bot_api.deliveries[1].at - bot_api.deliveries[0].at
    assert waited >= 6 * bot_api.desk("residents").pace.second


async def test_press__is_dropped_after_its_life(receiver: Receiver, bot_api_schema: Path) -> None:
    receiver.answer = refusing(10**6)
    pace = Pace(second=0.02, callback_life=0.15)
    async with BotApiStandIn({"a": "1:A"}, pace=pace, schema=bot_api_schema) as api:
        api.residents_say("a", 1001, "你好")
        await ask(api, "getUpdates", "a", offset=-1)
        await ask(api, "getUpdates", "a", offset=10**9)
        keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "1"}]]}
        await ask(api, "sendMessage", "a", chat_id=1001, text="x", reply_markup=keyboard)
        await ask(api, "setWebhook", "a", url=receiver.url)
        api.press("a", api.sent("a", 1001)[0], "是")
        await api.wait_for(lambda: api.pending("a") == 0)
        assert len(set(receiver.ids)) == 1 and len(receiver.ids) > 1


async def test_redeliver__repeats_an_accepted_update(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    await ask(bot_api, "setWebhook", url=receiver.url)
    update = bot_api.residents_say("residents", 1001, "一")["update_id"]
    bot_api.redeliver("residents", update, times=2)
    await bot_api.wait_for(lambda: bot_api.pending("residents") == 0)
    assert receiver.ids == [update] * 3


async def test_no_receiver__updates_wait_until_there_is_one(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    bot_api.residents_say("residents", 1001, "早")
    await ask(bot_api, "setWebhook", url="http://127.0.0.1:9/hook")
    await bot_api.wait_for(lambda: bot_api.deliveries)
    assert bot_api.deliveries[0].status == 0
    await bot_api.wait_for(lambda: len(bot_api.deliveries) > 1)
    await ask(bot_api, "setWebhook", url=receiver.url)
    await bot_api.wait_for(lambda: receiver.updates)


async def test_answer_of_the_webhook__may_be_a_method_call(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    async def answer(update: Json) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1001, "text": "收到"})

    receiver.answer = answer
    await ask(bot_api, "setWebhook", url=receiver.url)
    bot_api.residents_say("residents", 1001, "一")
    [sent] = await bot_api.wait_for(lambda: bot_api.sent("residents", 1001))
    assert sent.text == "收到" and bot_api.calls[-1].via == "webhook answer"


async def test_aiogram__webhook_answers_through_its_reply(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> SendMessage:
        return message.answer(f"收到：{message.text}")

    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, residents_bot, handle_in_background=False, secret_token="s-1"
    )
    handler.register(app, "/hook")
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await residents_bot.set_webhook(url, secret_token="s-1")
    bot_api.residents_say("residents", 1001, "路灯坏了")
    [sent] = await bot_api.wait_for(lambda: bot_api.sent("residents", 1001))
    assert sent.text == "收到：路灯坏了"
    await runner.cleanup()


async def test_raw_update__arrives_as_it_was_written(
    bot_api: BotApiStandIn, receiver: Receiver
) -> None:
    await ask(bot_api, "setWebhook", url=receiver.url)
    bot_api.raw_update("residents", {"update_id": 7, "message": {"nonsense": True}})
    await bot_api.wait_for(lambda: receiver.updates)
    assert receiver.updates == [{"update_id": 7, "message": {"nonsense": True}}]
