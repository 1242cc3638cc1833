"""What has changed against the roster, read outside of any unit of work."""

from __future__ import annotations

from datetime import datetime

from routing.duty import LiveDuty
from storage.database import Database
from storage.duty_rows import duty_version, read_duty


class SqlDutyBook:
    """`services.ports.DutyBook` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def version(self) -> int:
        """Rises with every leave and swap; 0 before the first."""
        async with self._database.read() as connection:
            return await duty_version(connection)

    async def live(self, since: datetime) -> tuple[int, LiveDuty]:
        """A version, and what still matters at `since`: at least as new as that version."""
        async with self._database.read() as connection:
            version = await duty_version(connection)
            return version, await read_duty(connection, since)
