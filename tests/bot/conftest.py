"""Fixtures of the channels' tests: the stand-in, an inbox, and each bot by its name."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.bot.twins import Channel, InboxTwin, MediaTwin, channel
from tests.telegram.fixtures import bot_api, bot_api_schema
from tests.telegram.standin import BotApiStandIn

__all__ = ["bot_api", "bot_api_schema"]


@pytest.fixture(params=["residents", "cadres"])
def name(request: pytest.FixtureRequest) -> str:
    """Every contract holds for both bots."""
    return str(request.param)


@pytest.fixture
def inbox() -> InboxTwin:
    return InboxTwin()


@pytest.fixture
def media() -> MediaTwin:
    return MediaTwin()


@pytest_asyncio.fixture
async def bot(
    name: str, bot_api: BotApiStandIn, inbox: InboxTwin, media: MediaTwin
) -> AsyncIterator[Channel]:
    async with channel(name, bot_api, inbox, media) as made:
        yield made
