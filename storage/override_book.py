"""Who stands for a model that the gate refused, on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from services.learning.overrides import Override
from storage.console_tables import ACCOUNTS
from storage.database import Database
from storage.learning_tables import NLU_OVERRIDES

_ROW = NLU_OVERRIDES.c


class SqlOverrideBook:
    """`services.learning.overrides.OverrideBook`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, model: str) -> Override | None:
        """The one of a model."""
        query = select(NLU_OVERRIDES).where(_ROW.model == model)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).mappings().first()
        return Override(**row) if row else None

    async def ask(self, override: Override) -> bool:
        """Record it in the place of one that nobody agreed to; False: one is granted already."""
        asked = {
            "asked_by": override.asked_by,
            "reason": override.reason,
            "asked_at": override.asked_at,
        }
        insert = sqlite_insert if self._database.is_sqlite else postgres_insert
        written = (
            insert(NLU_OVERRIDES)
            .values(model=override.model, **asked)
            .on_conflict_do_update(
                index_elements=["model"], set_=asked, where=_ROW.agreed_by.is_(None)
            )
            .returning(_ROW.model)
        )
        async with self._database.write() as connection:
            done = (await connection.execute(written)).first()
            await connection.commit()
        return done is not None

    async def agree(self, model: str, by: str, at: datetime) -> bool:
        """Grant the one that waits, unless `by` asked for it."""
        granted = (
            update(NLU_OVERRIDES)
            .where(_ROW.model == model, _ROW.agreed_by.is_(None), _ROW.asked_by != by)
            .values(agreed_by=by, agreed_at=at)
        )
        async with self._database.write() as connection:
            done = await connection.execute(granted)
            await connection.commit()
        return done.rowcount > 0

    async def same_person(self, one: str, other: str) -> bool:
        """Whether two accounts are the same person's."""
        query = select(ACCOUNTS.c.person).where(ACCOUNTS.c.name.in_((one, other)))
        async with self._database.read() as connection:
            people = list((await connection.execute(query)).scalars())
        return one == other or (len(people) == 2 and len(set(people)) == 1)
