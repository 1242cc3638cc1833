"""Which models serve, in SQL: one row that is compared and swapped, and its history."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import RowMapping, delete, exists, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.books import SYSTEM, NoSuchModel, ServingChanged, SwitchRecord
from services.learning.models import Serving, Switch
from storage.database import Database
from storage.learning_tables import NLU_JOBS, NLU_MODELS, NLU_SERVING, NLU_SWITCHES, SENTENCE_EDITS
from storage.serving_rows import lock_serving, read_serving, serving_values


class SqlServingBook:
    """`services.learning.books.ServingBook` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def serving(self) -> Serving:
        """As it is now; version 0 before the first switch."""
        async with self._database.read() as connection:
            return await read_serving(connection)

    async def switch(self, wanted: Serving, record: SwitchRecord) -> Serving:
        """Write `wanted` over the row of `wanted.version`, with its line of history."""
        written = replace(wanted, version=wanted.version + 1, since=record.at)
        async with self._database.write() as connection:
            await lock_serving(connection)
            if (await read_serving(connection)).version != wanted.version:
                raise ServingChanged
            await _refuse_removed(connection, wanted)
            await connection.execute(delete(NLU_SERVING))
            await connection.execute(insert(NLU_SERVING), serving_values(written))
            await connection.execute(insert(NLU_SWITCHES), _record_values(record))
            await connection.commit()
        return written

    async def history(self, limit: int = 50) -> list[SwitchRecord]:
        """Newest first."""
        query = select(NLU_SWITCHES).order_by(NLU_SWITCHES.c.id.desc()).limit(limit)
        async with self._database.read() as connection:
            return [_record(row) for row in (await connection.execute(query)).mappings()]

    async def is_begun(self) -> bool:
        """Whether the loop is in use: a person switched, ordered a training, or edited."""
        signs = (
            exists().where(NLU_SWITCHES.c.by != SYSTEM),
            exists(select(NLU_JOBS.c.id)),
            exists(select(SENTENCE_EDITS.c.id)),
        )
        async with self._database.read() as connection:
            return bool(await connection.scalar(select(or_(*signs))))

    async def has_served(self, name: str) -> bool:
        """Whether all messages were ever read by this model."""
        for_all = [str(Switch.ACTIVATE), str(Switch.ROLLBACK)]
        served = exists().where(NLU_SWITCHES.c.model == name, NLU_SWITCHES.c.what.in_(for_all))
        async with self._database.read() as connection:
            return bool(await connection.scalar(select(served)))


async def _refuse_removed(connection: AsyncConnection, wanted: Serving) -> None:
    query = select(NLU_MODELS.c.name).where(
        NLU_MODELS.c.name.in_(sorted(wanted.names)), NLU_MODELS.c.removed_at.is_not(None)
    )
    gone = await connection.scalar(query)
    if gone is not None:
        raise NoSuchModel(f"模型 {gone} 的文件已经按保留规则清理了，不能再用。")


def _record_values(record: SwitchRecord) -> dict[str, object]:
    return {
        "at": record.at,
        "by": record.by,
        "what": str(record.what),
        "model": record.model,
        "before": record.before,
        "reason": record.reason,
    }


def _record(row: RowMapping) -> SwitchRecord:
    return SwitchRecord(
        row["at"], row["by"], Switch(row["what"]), row["model"], row["before"], row["reason"]
    )
