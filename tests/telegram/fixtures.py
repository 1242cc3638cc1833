"""The fixture `bot_api`: a fresh stand-in for each test, with both bots of the project.

Make it known with `pytest_plugins = ["tests.telegram.fixtures"]` in the root conftest. A test
that provokes refusals on purpose calls `bot_api.take_violations()` before it ends; any other
violation fails the test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.telegram.fetch_schema import fetch
from tests.telegram.standin import BotApiStandIn

TOKENS = {"residents": "7000000001:AAresidents-front-door", "cadres": "7000000002:AAcadres-desk"}


@pytest.fixture(scope="session")
def bot_api_schema() -> Path:
    return fetch()


@pytest_asyncio.fixture
async def bot_api(bot_api_schema: Path) -> AsyncIterator[BotApiStandIn]:
    async with BotApiStandIn(TOKENS, schema=bot_api_schema) as api:
        yield api
    assert not api.violations
