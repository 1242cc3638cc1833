"""The place that a chat confirmed or came by, read outside of any unit of work."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from services.messages import Address
from storage.database import Database
from storage.tables import CONVERSATIONS

_PLACE = select(func.coalesce(CONVERSATIONS.c.confirmed, CONVERSATIONS.c.grid)).where(
    CONVERSATIONS.c.key == bindparam("chat")
)


class SqlRememberedPlaces:
    """`services.learning.canary.RememberedPlaces` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def place_of(self, address: Address) -> str | None:
        """The code of the place that it confirmed last, else of the poster that it came by."""
        async with self._database.read() as connection:
            place = await connection.scalar(_PLACE, {"chat": address.key})
        return str(place) if place else None
