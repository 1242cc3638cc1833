"""Which processes follow the row that says what serves, in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from services.learning.books import Follower
from storage.database import Database
from storage.learning_tables import NLU_FOLLOWERS


class SqlFollowers:
    """`services.learning.books.Followers` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, follower: Follower) -> None:
        """A process says what it does; its earlier words are forgotten."""
        values = {
            name: getattr(follower, name)
            for name in ("name", "seen_at", "version", "reads_with", "canary", "shadow")
        } | {"problem": follower.problem, "behind": follower.behind}
        upsert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        statement = upsert(NLU_FOLLOWERS).values(values)
        async with self._database.write() as connection:
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_=values)
            )
            await connection.commit()

    async def gone(self, name: str) -> None:
        """A process ends."""
        async with self._database.write() as connection:
            await connection.execute(delete(NLU_FOLLOWERS).where(NLU_FOLLOWERS.c.name == name))
            await connection.commit()

    async def followers(self, since: datetime) -> list[Follower]:
        """Those that spoke since then, by name."""
        query = (
            select(NLU_FOLLOWERS)
            .where(NLU_FOLLOWERS.c.seen_at >= since)
            .order_by(NLU_FOLLOWERS.c.name)
        )
        async with self._database.read() as connection:
            return [Follower(**row) for row in (await connection.execute(query)).mappings()]
