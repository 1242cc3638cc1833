"""SQLite for asyncio without a thread hop for every statement.

aiosqlite sends each cursor, statement and fetch through a queue to a thread and back: measured
0.4–0.6 ms for a statement that SQLite answers in 0.03 ms, eighteen times for each message. An
indexed look-up is quicker than the hop, so statements run where they are; only what may really
wait does not block the loop: the commit's fsync goes to a thread, and a lock that another process
holds is waited for with sleeps.

SQLAlchemy's aiosqlite dialect takes these connections through its `async_creator`.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

_BUSY_PAUSE = 0.005
_BUSY_MILLISECONDS = 20
"""What a statement may wait for a lock before the loop gets a turn again."""

_CHECKPOINT_PAGES = 20_000
"""About 80 MB of log before a commit has to tidy up itself; `checkpoint` does it beside them."""


def checkpoint(path: str) -> None:
    """Move the log's pages into the database file, beside readers and writers.

    Within a commit this held up every writer for half a second to two seconds. Blocking: call it
    in a thread.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    finally:
        connection.close()


class InlineCursor:
    """The part of an asynchronous cursor that SQLAlchemy uses."""

    def __init__(self, cursor: sqlite3.Cursor, busy_seconds: float) -> None:
        self._cursor = cursor
        self._busy_seconds = busy_seconds

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        self._cursor.close()

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        """Run one statement; beginning a write waits for other processes' writers."""
        if operation == "BEGIN IMMEDIATE":
            await self._begin()
        else:
            self._cursor.execute(operation, parameters)
        return self

    async def _begin(self) -> None:
        give_up = time.monotonic() + self._busy_seconds
        while True:
            try:
                self._cursor.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as exc:
                if "locked" not in str(exc) or time.monotonic() > give_up:
                    raise
            await asyncio.sleep(_BUSY_PAUSE)

    async def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run one statement for each row."""
        self._cursor.executemany(operation, parameters)
        return self

    async def fetchone(self) -> Any:
        """The next row."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Some rows."""
        return self._cursor.fetchmany(size or self._cursor.arraysize)

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Let go of the statement."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """The columns, as the DB-API has them."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """Rows that the last statement changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Id of the last inserted row."""
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        """Rows of a `fetchmany` without a size."""
        return self._cursor.arraysize


class InlineConnection:
    """The part of an asynchronous connection that SQLAlchemy uses."""

    def __init__(
        self, connection: sqlite3.Connection, busy_seconds: float, *, durable: bool = True
    ) -> None:
        self._connection: sqlite3.Connection | None = connection
        self._busy_seconds = busy_seconds
        self._durable = durable

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("Connection closed")
        return self._connection

    def cursor(self) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self._open.cursor(), self._busy_seconds)

    async def commit(self) -> None:
        """Make it durable; the disk's wait happens in a thread."""
        if self._durable:
            await asyncio.to_thread(self._open.commit)
        else:
            self._open.commit()  # waits for no disk

    async def rollback(self) -> None:
        """Forget the transaction."""
        self._open.rollback()

    async def close(self) -> None:
        """Close; closing twice is allowed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def stop(self) -> None:
        """Close at once, outside of any loop."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    async def create_function(
        self, name: str, arguments: int, function: Callable[..., Any], **options: Any
    ) -> None:
        """Make a Python function known to SQL (SQLAlchemy's REGEXP)."""
        self._open.create_function(name, arguments, function, **options)


async def connect(path: str, *, busy_seconds: float, durable: bool = True) -> InlineConnection:
    """Open a database file in WAL with every commit durable on disk.

    `busy_seconds` is how long a write waits for another process's write. Not `durable`: no commit
    waits for the disk, and a power cut may cost the file. For what can be made anew only.
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    cursor = connection.cursor()
    # First of all, so that opening beside other processes waits rather than fails.
    cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.close()
    return InlineConnection(connection, busy_seconds, durable=durable)
