"""Fixtures that every test may use."""

from __future__ import annotations

from tests.servers.fixtures import (
    _migrated_sqlite,
    _redis,
    empty_postgres_url,
    postgres,
    postgres_url,
    redis,
    redis_url,
    sqlite_url,
)
from tests.telegram.fixtures import bot_api, bot_api_schema

__all__ = [
    "_migrated_sqlite",
    "_redis",
    "bot_api",
    "bot_api_schema",
    "empty_postgres_url",
    "postgres",
    "postgres_url",
    "redis",
    "redis_url",
    "sqlite_url",
]
