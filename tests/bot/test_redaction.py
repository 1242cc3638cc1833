"""No token and no resident's word in any log, however talkative the process is set."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from bot.redaction import TokenFilter, redact
from services.errors import DeliveryError
from services.messages import Address, BotName, Outbound
from tests.bot.raw import said
from tests.bot.twins import Channel, InboxTwin
from tests.telegram import faults
from tests.telegram.standin import BotApiStandIn

TOKEN = "7000000001:AAresidents-front-door"
WORDS = "村口路灯坏了"


@pytest.mark.parametrize(
    "text", [f"POST http://x/bot{TOKEN}/getMe", f"/file/bot{TOKEN.replace(':', '%3A')}/a.jpg"]
)
def test_redact__token_in_an_address(text: str) -> None:
    assert "AAresidents" not in redact(text)


def test_filter__token_in_arguments_and_trace() -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "call %s", (TOKEN,), trace)
    TokenFilter().filter(record)
    assert "AAresidents" not in logging.Formatter().format(record)


@pytest.mark.asyncio
async def test_logs__neither_token_nor_words(
    bot: Channel, name: str, bot_api: BotApiStandIn, inbox: InboxTwin,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    to = Address("telegram", BotName(name), "1001")
    for fault in (faults.bad_gateway(), faults.refuse(401, "Unauthorized"), faults.reset()):
        bot_api.fail(fault, bot=name, method="getUpdates")
        bot_api.fail(fault, bot=name, method="sendMessage")
    odd = said(text=WORDS, reply_to_message="x")
    bot_api.residents_say(name, 1001, WORDS)
    bot_api.raw_update(name, {"message": odd["message"]})
    with capture_logs() as events:
        task = asyncio.create_task(bot.start_polling())
        for _ in range(4):
            with suppress(DeliveryError):
                await bot.sender.send(to, Outbound(WORDS), None)
        await bot_api.wait_for(lambda: len(inbox.recorded) == 2, timeout=10)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    said_there = caplog.text + repr(events)
    assert "telegram.unreadable_update" in said_there
    assert bot_api.token(name).split(":")[1] not in said_there
    assert WORDS not in said_there
