"""A town on a real database, its inbox of corrections, and who works there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.learning.school import School, school


@pytest.fixture(params=["sqlite", "postgres"])
def sql_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(sql_url: str) -> AsyncIterator[Database]:
    opened = Database(sql_url)
    yield opened
    await opened.close()


@pytest.fixture
async def here(database: Database, sql_url: str) -> AsyncIterator[School]:
    async with school(database, sql_url) as opened:
        yield opened
