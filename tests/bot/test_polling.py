"""Long polling: nothing is confirmed before the inbox has it, and nothing stops it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from services.messages import Address, BotName, Button, InboundKind, Outbound
from tests.bot.raw import pressed, said
from tests.bot.twins import Channel, InboxTwin, channel
from tests.telegram import faults
from tests.telegram.standin import BotApiStandIn

CHAT = 1001

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def polling(bot: Channel) -> AsyncIterator[asyncio.Task[None]]:
    """The bot polls inside; afterwards it is cancelled as at a shutdown."""
    task = asyncio.create_task(bot.start_polling())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_poll__messages_arrive_in_order(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    async with polling(bot):
        for text in "一二三":
            bot_api.residents_say(name, CHAT, text)
        await bot_api.wait_for(lambda: len(inbox.recorded) == 3)
    assert inbox.texts == ["一", "二", "三"]


async def test_poll__unrecorded_update_comes_again_after_a_restart(
    name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    inbox.down = True
    async with channel(name, bot_api, inbox) as first, polling(first):
        bot_api.residents_say(name, CHAT, "路灯坏了")
        await bot_api.wait_for(lambda: len(inbox.calls) >= 2)
    assert bot_api.pending(name) == 1
    inbox.down = False
    async with channel(name, bot_api, inbox) as second, polling(second):
        await bot_api.wait_for(lambda: bot_api.pending(name) == 0)
    assert inbox.texts == ["路灯坏了"]


async def test_poll__inbox_that_comes_back_gets_everything_in_order(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    inbox.down = True
    async with polling(bot):
        bot_api.residents_say(name, CHAT, "一")
        bot_api.residents_say(name, CHAT, "二")
        await bot_api.wait_for(lambda: inbox.calls)
        inbox.down = False
        await bot_api.wait_for(lambda: len(inbox.recorded) == 2)
    assert inbox.texts == ["一", "二"]


async def test_poll__cancelled_means_stopped(bot: Channel, bot_api: BotApiStandIn) -> None:
    async with polling(bot):
        await bot_api.wait_for(lambda: bot.last_poll_at)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [task for task in left if "poll" in str(task.get_coro())]


FAULTS = {
    "401": faults.refuse(401, "Unauthorized"),
    "404": faults.refuse(404, "Not Found"),
    "409": faults.refuse(409, "Conflict: terminated by other getUpdates request"),
    "429": faults.too_many_requests(1),
    "500": faults.server_error(),
    "502": faults.bad_gateway(),
    "reset": faults.reset(),
    "reply lost": faults.reply_lost(),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_poll__outlives_failures(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin, fault: faults.Fault,
) -> None:  # fmt: skip
    bot_api.fail(fault, bot=name, method="getUpdates")
    bot_api.residents_say(name, CHAT, "路灯坏了")
    async with polling(bot):
        await bot_api.wait_for(lambda: inbox.recorded, timeout=10)
    assert inbox.texts == ["路灯坏了"]
    assert bot.last_poll_at is not None


@pytest.mark.parametrize("fault", [FAULTS["401"], FAULTS["502"]], ids=["401", "502"])
async def test_poll__telegram_away_at_the_start(
    bot_api: BotApiStandIn, inbox: InboxTwin, fault: faults.Fault
) -> None:
    bot_api.fail(fault, bot="residents", method="getMe", times=1)
    bot_api.residents_say("residents", CHAT, "路灯坏了")
    async with channel("residents", bot_api, inbox) as bot, polling(bot):
        await bot_api.wait_for(lambda: inbox.recorded)


async def test_poll__no_such_token_again_and_again_does_not_end_it(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    bot_api.fail(FAULTS["404"], bot=name, method="getUpdates", times=2)
    bot_api.residents_say(name, CHAT, "路灯坏了")
    async with polling(bot):
        await bot_api.wait_for(lambda: inbox.recorded, timeout=10)


async def test_poll__one_unreadable_update_does_not_stop_the_others(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    odd = said(text="二", reply_to_message="x")
    bot_api.residents_say(name, CHAT, "一")
    bot_api.raw_update(name, {"message": odd["message"]})
    bot_api.raw_update(name, {"telepathy": {"a": 1}})
    bot_api.raw_update(name, {"message": 3})
    bot_api.raw_update(name, {"message": {"text": "nobody"}})
    bot_api.residents_say(name, CHAT, "三")
    async with polling(bot):
        await bot_api.wait_for(lambda: bot_api.pending(name) == 0)
    assert inbox.texts == ["一", "二", "三"]


async def test_poll__redelivered_update_is_recorded_once(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    async with polling(bot):
        update = bot_api.residents_say(name, CHAT, "路灯坏了")
        await bot_api.wait_for(lambda: inbox.recorded)
        bot_api.redeliver(name, update["update_id"], times=2)
        await bot_api.wait_for(lambda: len(inbox.calls) >= 2)
    assert inbox.texts == ["路灯坏了"]


async def test_press__is_answered_once_recorded(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    bot_api.residents_start(name, CHAT)
    to = Address("telegram", BotName(name), str(CHAT))
    await bot.sender.send(to, Outbound("card", buttons=((Button("撤销", "t:1:w"),),)), None)
    async with polling(bot):
        press = bot_api.press(name, bot_api.sent(name, CHAT)[0], "撤销")
        await bot_api.wait_for(lambda: bot_api.answer_to(name, press) is not None)
    assert inbox.recorded[-1].kind is InboundKind.PRESS


async def test_press__too_old_to_answer_is_still_recorded(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    bot_api.raw_update(name, pressed(None))
    async with polling(bot):
        await bot_api.wait_for(lambda: bot_api.calls_of(name, "answerCallbackQuery"))
        await bot_api.wait_for(lambda: bot_api.pending(name) == 0)
    assert inbox.recorded[-1].data == "t:LD-1:withdraw"


async def test_webhook__registered_and_taken_away(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin
) -> None:
    await bot.register_webhook("https://example.org/telegram/x", "s3cret")
    (call,) = bot_api.calls_of(name, "setWebhook")
    assert call.params["secret_token"] == "s3cret"
    assert "my_chat_member" in call.params["allowed_updates"]
    await bot.delete_webhook()
    bot_api.residents_say(name, CHAT, "一")
    async with polling(bot):
        await bot_api.wait_for(lambda: inbox.recorded)
