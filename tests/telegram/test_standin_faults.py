"""Faults on demand reach both libraries as the real ones would, and rate limits hold."""

from __future__ import annotations

import aiogram.exceptions
import pytest
import telegram
from aiogram import Bot

from tests.telegram import faults
from tests.telegram.faults import Fault, RateLimits
from tests.telegram.standin import BotApiStandIn

aio = aiogram.exceptions
ptb = telegram.error

MEETINGS: list[tuple[Fault, type[Exception], type[Exception]]] = [
    (faults.too_many_requests(3), aio.TelegramRetryAfter, ptb.RetryAfter),
    (faults.blocked(), aio.TelegramForbiddenError, ptb.Forbidden),
    (faults.migrated(-1007), aio.TelegramMigrateToChat, ptb.ChatMigrated),
    (faults.server_error(500), aio.ClientDecodeError, ptb.NetworkError),
    (faults.bad_gateway(), aio.ClientDecodeError, ptb.NetworkError),
    (faults.reset(), aio.TelegramNetworkError, ptb.NetworkError),
    (faults.hang(), aio.TelegramNetworkError, ptb.TimedOut),
]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(("fault", "in_aiogram", "in_ptb"), MEETINGS)
async def test_fault__is_met_once_and_nothing_is_sent(
    bot_api: BotApiStandIn,
    residents_bot: Bot,
    cadres_bot: telegram.Bot,
    fault: Fault,
    in_aiogram: type[Exception],
    in_ptb: type[Exception],
) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    bot_api.residents_say("cadres", 2001, "在")
    plan = bot_api.fail(fault, method="sendMessage", times=2)
    with pytest.raises(in_aiogram):
        await residents_bot.send_message(1001, "甲", request_timeout=1)
    with pytest.raises(in_ptb):
        await cadres_bot.send_message(2001, "甲", read_timeout=0.3)
    assert plan.used == 2 and not bot_api.sent("residents", 1001)
    await residents_bot.send_message(1001, "乙")
    await cadres_bot.send_message(2001, "乙")


async def test_reply_lost__the_message_is_in_the_chat(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    bot_api.fail(faults.reply_lost(), bot="residents", method="sendMessage")
    with pytest.raises(aio.TelegramNetworkError):
        await residents_bot.send_message(1001, "甲")
    assert [s.text for s in bot_api.sent("residents", 1001)] == ["甲"]
    assert bot_api.calls_of("residents", "sendMessage")[0].outcome == "ok, reply lost"


async def test_fault__of_one_chat_leaves_others_alone(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    bot_api.residents_say("residents", 1001, "你好")
    bot_api.residents_say("residents", 1002, "你好")
    plan = bot_api.fail(faults.blocked(), chat_id=1001, times=None)
    await residents_bot.send_message(1002, "甲")
    with pytest.raises(aio.TelegramForbiddenError):
        await residents_bot.send_message(1001, "甲")
    plan.cancel()
    await residents_bot.send_message(1001, "甲")


async def test_rate_limit__second_message_of_a_second_is_refused(
    bot_api: BotApiStandIn, residents_bot: Bot
) -> None:
    bot_api.limits = RateLimits()
    bot_api.residents_say("residents", 1001, "你好")
    bot_api.residents_say("residents", 1002, "你好")
    await residents_bot.send_message(1001, "甲")
    await residents_bot.send_message(1002, "甲")
    with pytest.raises(aio.TelegramRetryAfter) as refusal:
        await residents_bot.send_message(1001, "乙")
    assert refusal.value.retry_after == 1


async def test_fault__does_not_hide_a_violation(bot_api: BotApiStandIn, residents_bot: Bot) -> None:
    bot_api.fail(faults.bad_gateway())
    with pytest.raises(aio.TelegramBadRequest):
        await residents_bot.answer_callback_query("1", text="长" * 201)
    assert bot_api.take_violations()
