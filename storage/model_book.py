"""The trained models in SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.books import NoSuchModel
from services.learning.models import TrainedModel
from storage.database import Database
from storage.learning_tables import NLU_MODELS
from storage.serving_rows import lock_serving, read_serving


class SqlModelBook:
    """`services.learning.books.ModelBook` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def register(self, model: TrainedModel) -> bool:
        """Keep a model; False when exactly these files are known under its name already."""
        async with self._database.write() as connection:
            known = await _find(connection, model.name, lock=True)
            if known and known.sha256 == model.sha256 and known.removed_at is None:
                return False
            values = _values(model)
            upsert = sqlite.insert if self._database.is_sqlite else postgresql.insert
            insert = upsert(NLU_MODELS).values(values)
            await connection.execute(
                insert.on_conflict_do_update(index_elements=["name"], set_=values)
            )
            await connection.commit()
            return True

    async def examined(self, name: str, report: str, passed: bool) -> None:
        """Keep the figures and what the gate said; raises `NoSuchModel`."""
        async with self._database.write() as connection:
            done = await connection.execute(
                update(NLU_MODELS)
                .where(NLU_MODELS.c.name == name)
                .values(report=report, passed=passed)
            )
            if done.rowcount != 1:
                raise NoSuchModel
            await connection.commit()

    async def model(self, name: str) -> TrainedModel | None:
        """One of them."""
        async with self._database.read() as connection:
            return await _find(connection, name)

    async def models(self) -> list[TrainedModel]:
        """All that ever were, newest first."""
        order = NLU_MODELS.c.created_at.desc(), NLU_MODELS.c.name
        async with self._database.read() as connection:
            found = await connection.execute(select(NLU_MODELS).order_by(*order))
            return [_model(row) for row in found.mappings()]

    async def remove(self, name: str, now: datetime) -> bool:
        """Write that its files go; False, and nothing is written, when it serves in any part."""
        async with self._database.write() as connection:
            await lock_serving(connection)
            serving = await read_serving(connection)
            if name in serving.names:
                return False
            done = await connection.execute(
                update(NLU_MODELS)
                .where(NLU_MODELS.c.name == name, NLU_MODELS.c.removed_at.is_(None))
                .values(removed_at=now)
            )
            await connection.commit()
            return done.rowcount == 1


async def _find(
    connection: AsyncConnection, name: str, *, lock: bool = False
) -> TrainedModel | None:
    query = select(NLU_MODELS).where(NLU_MODELS.c.name == name)
    row = (await connection.execute(query.with_for_update() if lock else query)).mappings().first()
    return _model(row) if row else None


def _values(model: TrainedModel) -> Mapping[str, Any]:  # a row: its columns have several types
    return {
        "name": model.name,
        "sha256": model.sha256,
        "size": model.size,
        "rasa": model.rasa,
        "author": model.author,
        "created_at": model.created_at,
        "examples": model.examples,
        "intents": json.dumps(model.intents),
        "report": model.report,
        "passed": model.passed,
        "removed_at": model.removed_at,
    }


def _model(row: RowMapping) -> TrainedModel:
    return TrainedModel(**{**row, "intents": tuple(json.loads(row["intents"]))})
