"""Fixtures for every test that wants a real database or Redis. Each test gets an empty one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.migrate import upgrade
from tests.servers.postgres import Postgres, postgres_server
from tests.servers.redis import RedisServer, redis_server

_TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One cluster for the whole run, with a migrated database to copy."""
    with postgres_server() as server:
        upgrade(server.create(_TEMPLATE))
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    with postgres.database(_TEMPLATE) as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """A PostgreSQL database without any table."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(_migrated_sqlite: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database in a file."""
    file = tmp_path / "liandong.db"
    shutil.copyfile(_migrated_sqlite, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def _redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


@pytest.fixture
def redis(_redis: RedisServer) -> Iterator[RedisServer]:
    """A running, empty Redis; a test may stop it, it is started again afterwards."""
    _redis.start()
    _redis.flush()
    yield _redis
    _redis.start()


@pytest.fixture
def redis_url(redis: RedisServer) -> str:
    """The address of an empty Redis."""
    return redis.url
