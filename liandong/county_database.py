"""The database for commands that work on a county's data, and never make one just by looking."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from liandong.settings import Settings
from routing.errors import LiandongError

if TYPE_CHECKING:
    from storage.database import Database


class NoDatabase(LiandongError):
    """还没有数据库，或者它的结构旧了；请先运行 liandong db upgrade。"""


def is_there(settings: Settings) -> bool:
    """False where opening SQLite would make an empty file."""
    file = settings.database.removeprefix("sqlite:///")
    return not settings.database.startswith("sqlite") or Path(file).exists()


@asynccontextmanager
async def county_database(settings: Settings) -> AsyncIterator[Database]:
    """The database as it is. Raises `NoDatabase` when our tables are not all there."""
    if not is_there(settings):
        raise NoDatabase
    # Imported here: who finds no database need not wait for its libraries.
    from sqlalchemy.exc import DBAPIError

    from storage.database import Database

    database = Database(settings.database)
    try:
        yield database
    except DBAPIError as exc:
        # Asking Alembic for the revision first would take longer than the work itself.
        raise NoDatabase from exc
    finally:
        await database.close()
