"""Real clients of both libraries, talking to the stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.telegram.fixtures import TOKENS, bot_api, bot_api_schema
from tests.telegram.standin import BotApiStandIn

__all__ = ["bot_api", "bot_api_schema"]


@pytest_asyncio.fixture
async def residents_bot(bot_api: BotApiStandIn) -> AsyncIterator[Bot]:
    """The residents' bot, an aiogram client that gives up after two seconds."""
    server = TelegramAPIServer.from_base(bot_api.base_url)
    session = AiohttpSession(api=server, timeout=2)
    yield Bot(TOKENS["residents"], session=session)
    await session.close()


@pytest_asyncio.fixture
async def cadres_bot(bot_api: BotApiStandIn) -> AsyncIterator[telegram.Bot]:
    """The cadres' bot, a python-telegram-bot client."""
    base = bot_api.base_url
    async with telegram.Bot(
        TOKENS["cadres"], base_url=f"{base}/bot", base_file_url=f"{base}/file/bot"
    ) as bot:
        yield bot
