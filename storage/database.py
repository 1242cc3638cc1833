"""Opens SQLite or PostgreSQL so that transactions mean the same on both.

SQLite with the driver's defaults loses read-then-write updates: here every write transaction
begins IMMEDIATE, in WAL with `synchronous=FULL`, and writers of one process queue in order
instead of polling the file lock.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from routing.errors import LiandongError
from storage.inline_sqlite import InlineConnection, checkpoint, connect

BUSY_SECONDS = 30


class StorageUnavailable(LiandongError):
    """The database cannot be reached or refused the transaction; try again."""


def async_url(url: str) -> str:
    """The URL with the asynchronous driver: `sqlite:///…` or `postgresql://…` are enough."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    return parsed.set(drivername=drivers[parsed.get_backend_name()]).render_as_string(False)


def sync_url(url: str) -> str:
    """The URL with the synchronous driver, for migrations."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
    return parsed.set(drivername=drivers[parsed.get_backend_name()]).render_as_string(False)


class Database:
    """An engine with `read()` and `write()` transactions."""

    def __init__(self, url: str, *, pool_size: int = 10, durable: bool = True) -> None:
        """Not `durable`: SQLite's commits do not wait for the disk (a simulation's database)."""
        target = make_url(async_url(url))
        self.is_sqlite = target.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = create_async_engine(
            target,
            pool_size=pool_size,
            max_overflow=10,
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,  # residents' words must not travel in an error's text
            **({"async_creator": _sqlite_opener(target, durable)} if self.is_sqlite else {}),
        )
        self._path = target.database or ""
        self._writer = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction; leaving it without an explicit commit rolls back."""
        queue = self._writer or nullcontext()
        async with queue, self._connect(immediate=True) as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Look-ups; nothing is written. On SQLite each statement sees its own moment."""
        async with self._connect(immediate=False) as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Look-ups that all see the same moment, whoever writes meanwhile; nothing is written.

        SQLite's log cannot be tidied up while one is open: not for long.
        """
        async with self.read() as connection:
            if self.is_sqlite:
                await connection.exec_driver_sql("BEGIN")
            else:
                await connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            yield connection

    @asynccontextmanager
    async def _connect(self, *, immediate: bool) -> AsyncIterator[AsyncConnection]:
        try:
            async with self.engine.connect() as connection:
                if self.is_sqlite:
                    # Set on every use: pooled connections remember nothing of the last one.
                    await connection.execution_options(begin_immediate=immediate)
                yield connection
        except DBAPIError as exc:
            if exc.connection_invalidated or _is_transient(exc):
                raise StorageUnavailable(str(exc.orig)) from exc
            raise

    async def tidy(self) -> int:
        """What a database wants done beside the work; always 0, there is never more at once."""
        if self.is_sqlite and self._path:
            await asyncio.to_thread(checkpoint, self._path)
        return 0

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def _is_transient(exc: DBAPIError) -> bool:
    if isinstance(exc.orig, sqlite3.OperationalError):
        return "locked" in str(exc.orig) or "busy" in str(exc.orig)
    return type(exc).__name__ == "OperationalError"


def _sqlite_opener(url: URL, durable: bool) -> Callable[..., Awaitable[InlineConnection]]:
    async def opened(*_arguments: object, **_options: object) -> InlineConnection:
        return await connect(url.database or "", busy_seconds=BUSY_SECONDS, durable=durable)

    return opened


def _begin_sqlite(connection: Connection) -> None:
    # A look-up needs no transaction of its own: BEGIN and ROLLBACK would cost more than it does.
    if connection.get_execution_options().get("begin_immediate", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
