from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.sync_api import Browser

from tests.console.learning.desk import Loop, Visitor, visitor
from tests.webchat.browser import chromium


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
async def web(loop: Loop) -> AsyncIterator[Visitor]:
    async with visitor(loop) as signed_in:
        yield signed_in
