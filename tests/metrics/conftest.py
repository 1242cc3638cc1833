"""The same made-up county on the twin, on SQLite and on PostgreSQL, written once for all tests."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from services.measuring import Figures, Selection, measure
from tests.servers.fixtures import _TEMPLATE
from tests.servers.postgres import Postgres
from tests.storage.stores import Store, memory_store, sql_store
from tests.tickets.world import FIRST, HOURS, World, saved, world_of

SEED, TICKETS = 7, 250


@dataclass
class Kept:
    """A county that is kept somewhere; tests of it may read only."""

    world: World
    url: str | None
    """Where; None for the twin."""
    twin: Store | None = None
    figures: Figures = field(init=False)
    """Of all tickets, computed once."""

    def opened(self) -> AbstractAsyncContextManager[Store]:
        """Its store."""
        if self.twin is not None:
            return nullcontext(self.twin)
        assert self.url is not None
        return sql_store(self.url)

    async def measured(self, **chosen: str) -> Figures:
        """The figures of its tickets at the world's present."""
        until = self.world.now + timedelta(days=1)
        selection = Selection(FIRST - timedelta(days=1), until, **chosen)
        async with self.opened() as store:
            return await measure(store.histories, selection, HOURS, self.world.now)


async def _write(kept: Kept) -> None:
    async with kept.opened() as store:
        await saved(store.units_of_work, kept.world.steps)
    kept.figures = await kept.measured()


@pytest.fixture(scope="session")
def world() -> World:
    """All that happened."""
    return world_of(SEED, TICKETS)


def written(world: World, url: str | None) -> Kept:
    """The world, written to a database (or a twin)."""
    kept = Kept(world, url, memory_store() if url is None else None)
    asyncio.run(_write(kept))
    return kept


@pytest.fixture(scope="session")
def kept_in_memory(world: World) -> Kept:
    """On the twin."""
    return written(world, None)


@pytest.fixture(scope="session")
def kept_in_sqlite(
    world: World, _migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Kept:
    """In a file."""
    file = tmp_path_factory.mktemp("world") / "world.db"
    shutil.copyfile(_migrated_sqlite, file)
    return written(world, f"sqlite:///{file}")


@pytest.fixture(scope="session")
def kept_in_postgres(world: World, postgres: Postgres) -> Iterator[Kept]:
    """On a server."""
    with postgres.database(_TEMPLATE) as url:
        yield written(world, url)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def kept(request: pytest.FixtureRequest) -> Kept:
    """The county wherever it is kept."""
    found = request.getfixturevalue(f"kept_in_{request.param}")
    assert isinstance(found, Kept)
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def kept_in_sql(request: pytest.FixtureRequest) -> Kept:
    """The county where SQL can be asked."""
    found = request.getfixturevalue(f"kept_in_{request.param}")
    assert isinstance(found, Kept)
    return found
