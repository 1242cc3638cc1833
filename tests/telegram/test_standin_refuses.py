"""The stand-in refuses what Telegram refuses, and writes our own mistakes down."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot

from tests.telegram.markup import MarkupError, parse_html
from tests.telegram.model import Pace
from tests.telegram.standin import BotApiStandIn

Json = dict[str, Any]


async def ask(api: BotApiStandIn, method: str, bot: str = "residents", **params: Any) -> Json:
    """Call a method as JSON and return the whole answer."""
    url = f"{api.base_url}/bot{api.token(bot)}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=params) as answer:
        content: Json = await answer.json()
        assert content["ok"] or content["error_code"] == answer.status
        return content


MISTAKES: list[tuple[str, Json, str]] = [
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 1001}, "message text is empty"),
    ("sendMessage", {"chat_id": 1001, "text": "  "}, "message text is empty"),
    ("sendMessage", {"chat_id": 1001, "text": "长" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 1001, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": 1001, "text": "x", "colour": 1}, "not a parameter"),
    ("sendMessage", {"chat_id": 1001, "text": 5}, "must be String"),
    ("sendMessage", {"chat_id": True, "text": "x"}, "must be"),
    ("sendMessage", {"chat_id": 1001, "text": "<b>x", "parse_mode": "HTML"}, "can't parse"),
    ("sendMessage", {"chat_id": 1001, "text": "a<3岁", "parse_mode": "HTML"}, "can't parse"),
    ("sendMessage", {"chat_id": 1001, "text": "*x*", "parse_mode": "Odd"}, "parse_mode"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "长" * 201}, "MESSAGE_TOO_LONG"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "unallowed"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "max_connections": 101}, "between"),
    ("getUpdates", {"limit": 101}, "between"),
    ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action"),
    ("setMyCommands", {"commands": [{"command": "开始", "description": "x"}]}, "unallowed"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "is required"),
    ("sendLocation", {"chat_id": 1001, "latitude": 91, "longitude": 0}, "latitude"),
    ("sendNonsense", {}, "method not found"),
    ("sendDice", {"chat_id": 1001}, "stand-in has no sendDice"),
]


@pytest.mark.parametrize(("method", "params", "said"), MISTAKES)
async def test_mistake__is_refused_and_recorded(
    bot_api: BotApiStandIn, method: str, params: Json, said: str
) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    answer = await ask(bot_api, method, **params)
    assert not answer["ok"] and said in answer["description"]
    assert [v.method for v in bot_api.take_violations()] == [method]
    assert bot_api.sent("residents", 1001) == []


@pytest.mark.parametrize(
    ("button", "fault"),
    [
        ({"text": "x", "callback_data": "村" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "text buttons are unallowed"),
        ({"text": "x", "callback_data": "1", "style": "pink"}, "must be one of"),
        ({"text": "x", "callbackdata": "1"}, "is not a field"),
        ({"callback_data": "1"}, "is required"),
    ],
)
async def test_button__must_be_whole(bot_api: BotApiStandIn, button: Json, fault: str) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    keyboard = {"inline_keyboard": [[button]]}
    answer = await ask(bot_api, "sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
    assert fault in answer["description"]
    assert bot_api.take_violations()


async def test_button__21_chinese_characters_fit(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback_data": "村" * 21}]]}
    answer = await ask(bot_api, "sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
    assert answer["result"]["reply_markup"] == keyboard


async def test_bot__cannot_write_first(bot_api: BotApiStandIn) -> None:
    stranger = await ask(bot_api, "sendMessage", chat_id=1001, text="你好")
    assert stranger["description"] == "Bad Request: chat not found"
    bot_api.group("residents", -1001, "一组", added_by=1001)
    known = await ask(bot_api, "sendMessage", chat_id=1001, text="你好")
    assert known["error_code"] == 403


async def test_chats__of_one_bot_are_unknown_to_the_other(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    answer = await ask(bot_api, "sendMessage", "cadres", chat_id=1001, text="x")
    assert answer["description"] == "Bad Request: chat not found"


async def test_blocked__403_until_the_resident_writes_again(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    bot_api.block("residents", 1001)
    refused = await ask(bot_api, "sendMessage", chat_id=1001, text="x")
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    bot_api.residents_say("residents", 1001, "还在吗")
    assert (await ask(bot_api, "sendMessage", chat_id=1001, text="x"))["ok"]


async def test_edit__to_the_same_is_not_modified(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    sent = await ask(bot_api, "sendMessage", chat_id=1001, text="<b>甲</b>", parse_mode="HTML")
    at = {"chat_id": 1001, "message_id": sent["result"]["message_id"]}
    same = await ask(bot_api, "editMessageText", **at, text="<b>甲</b> ", parse_mode="HTML")
    assert "message is not modified" in same["description"]
    assert (await ask(bot_api, "editMessageText", **at, text="甲"))["ok"]


async def test_edit__of_unknown_or_foreign_message_is_refused(bot_api: BotApiStandIn) -> None:
    theirs = bot_api.residents_say("residents", 1001, "你好")["message"]["message_id"]
    foreign = await ask(bot_api, "editMessageText", chat_id=1001, message_id=theirs, text="x")
    unknown = await ask(bot_api, "editMessageText", chat_id=1001, message_id=9, text="x")
    assert foreign["description"] == "Bad Request: message can't be edited"
    assert unknown["description"] == "Bad Request: message to edit not found"


async def test_reply__to_unknown_message_is_refused(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    reply = {"message_id": 999}
    answer = await ask(bot_api, "sendMessage", chat_id=1001, text="x", reply_parameters=reply)
    assert answer["description"] == "Bad Request: message to be replied not found"


async def test_press__unknown_or_old_cannot_be_answered(bot_api_schema: Path) -> None:
    tokens, pace = {"residents": "7000000001:AAA"}, Pace(callback_life=0.0)
    async with BotApiStandIn(tokens, pace=pace, schema=bot_api_schema) as api:
        api.residents_say("residents", 1001, "你好")
        keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "1"}]]}
        await ask(api, "sendMessage", chat_id=1001, text="x", reply_markup=keyboard)
        query = api.press("residents", api.sent("residents", 1001)[0], "是")["callback_query"]
        for query_id in (query["id"], "17"):
            answer = await ask(api, "answerCallbackQuery", callback_query_id=query_id)
            assert "query is too old" in answer["description"]


async def test_migrated_group__names_its_new_id(bot_api: BotApiStandIn) -> None:
    bot_api.group("residents", -5, "一组", added_by=1001, kind="group")
    bot_api.migrate("residents", -5, -1005)
    answer = await ask(bot_api, "sendMessage", chat_id=-5, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}


async def test_photo__must_be_a_picture(bot_api: BotApiStandIn, residents_bot: Bot) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    answer = await ask(bot_api, "sendPhoto", chat_id=1001, photo="attach://none")
    assert "not uploaded" in answer["description"] and bot_api.take_violations()
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("photo", b"not a picture", filename="a.jpg")
    url = f"{bot_api.base_url}/bot{bot_api.token('residents')}/sendPhoto"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        assert (await response.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_token__unknown_is_401_and_malformed_404(bot_api: BotApiStandIn) -> None:
    async with aiohttp.ClientSession() as session:
        unknown = await session.get(f"{bot_api.base_url}/bot1:AA/getMe")
        malformed = await session.get(f"{bot_api.base_url}/botnonsense/getMe")
    assert (unknown.status, malformed.status) == (401, 404)


async def test_getUpdates__second_poller_ends_the_first(bot_api: BotApiStandIn) -> None:
    first = asyncio.create_task(ask(bot_api, "getUpdates", timeout=50))
    await bot_api.wait_for(lambda: bot_api.calls)
    second = asyncio.create_task(ask(bot_api, "getUpdates", timeout=50))
    assert (await first)["error_code"] == 409
    bot_api.residents_say("residents", 1001, "你好")
    assert len((await second)["result"]) == 1


async def test_getUpdates__is_a_conflict_beside_a_webhook(bot_api: BotApiStandIn) -> None:
    await ask(bot_api, "setWebhook", url="http://127.0.0.1:9/hook")
    assert (await ask(bot_api, "getUpdates"))["error_code"] == 409
    await ask(bot_api, "deleteWebhook")
    assert (await ask(bot_api, "getUpdates"))["ok"]


async def test_getUpdates__repeats_until_the_offset_confirms(bot_api: BotApiStandIn) -> None:
    bot_api.residents_say("residents", 1001, "一")
    last = bot_api.residents_say("residents", 1001, "二")["update_id"]
    assert len((await ask(bot_api, "getUpdates", limit=1))["result"]) == 1
    assert len((await ask(bot_api, "getUpdates"))["result"]) == 2
    assert (await ask(bot_api, "getUpdates", offset=last + 1))["result"] == []
    bot_api.redeliver("residents", last, times=2)
    again = [(await ask(bot_api, "getUpdates", offset=last + 1))["result"] for _ in range(3)]
    assert [len(page) for page in again] == [1, 1, 0]


async def test_allowed_updates__others_are_not_queued(bot_api: BotApiStandIn) -> None:
    await ask(bot_api, "getUpdates", allowed_updates=["callback_query"])
    bot_api.residents_say("residents", 1001, "你好")
    assert bot_api.pending("residents") == 0


@pytest.mark.parametrize(
    "source", ["<b>x", "x</b>", "<b><i>x</b></i>", "<font>x</font>", "<p>x</p>", "1 < 2", "<br>"]
)
def test_html__wrong_tags_are_refused(source: str) -> None:
    with pytest.raises(MarkupError):
        parse_html(source)


def test_html__entities_count_utf16_units() -> None:
    text, entities = parse_html("😀<b>甲 &amp; <i>乙</i></b><a href='https://a.example/'>丙</a>")
    assert text == "😀甲 & 乙丙"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 2, 5), ("italic", 6, 1), ("text_link", 7, 1),
    ]  # fmt: skip
