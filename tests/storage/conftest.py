"""The stores under contract: `store`, and `rival` as another process on the same data."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.storage.stores import Store, memory_store, sql_store


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Where the data lies; None for the twin."""
    if request.param == "memory":
        return None
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(database_url: str | None) -> AsyncIterator[Store]:
    """An empty store."""
    if database_url is None:
        yield memory_store()
        return
    async with sql_store(database_url) as opened:
        yield opened


@pytest.fixture
async def rival(database_url: str | None, store: Store) -> AsyncIterator[Store]:
    """The same data through other connections; the twin has one process only."""
    if database_url is None:
        yield store
        return
    async with sql_store(database_url) as opened:
        yield opened
