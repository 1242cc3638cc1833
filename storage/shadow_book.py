"""What models that read along made of live messages, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Integer, RowMapping, cast, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.shadow import DifferingPair, ShadowReading, ShadowSummary
from storage.database import Database
from storage.learning_tables import SHADOW_READINGS

_ROW = SHADOW_READINGS.c


class SqlShadowBook:
    """`services.learning.shadow.ShadowBook` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, readings: Sequence[ShadowReading]) -> None:
        """Keep them; their ids are given by the book."""
        rows = [
            {name: value for name, value in asdict(each).items() if name != "id"}
            for each in readings
        ]
        async with self._database.write() as connection:
            await connection.execute(insert(SHADOW_READINGS), rows)
            await connection.commit()

    async def summary(self, model: str, pairs: int = 50) -> ShadowSummary:
        """What came of it so far."""
        query = select(
            func.count().label("read"),
            _times(_ROW.differs).label("differing"),
            _times(_ROW.alone).label("alone"),
            _times(_ROW.live_alone).label("live_alone"),
            _times(_ROW.urgent & ~_ROW.live_urgent).label("more_urgent"),
            _times(_ROW.live_urgent & ~_ROW.urgent).label("less_urgent"),
            func.min(_ROW.at).label("since"),
            func.max(_ROW.at).label("until"),
        ).where(_ROW.model == model)
        async with self._database.read() as connection:
            found = (await connection.execute(query)).mappings().one()
            return ShadowSummary(
                model=model,
                **{name: int(found[name] or 0) for name in _COUNTS},
                since=_moment(found["since"]),
                until=_moment(found["until"]),
                pairs=await _pairs(connection, model, pairs),
            )

    async def differences(
        self,
        model: str,
        *,
        labels: tuple[str, str] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[ShadowReading]:
        """The newest differing readings, of one pair (live, shadow) or of all, below an id."""
        query = select(SHADOW_READINGS).where(_ROW.model == model, _ROW.differs)
        if labels is not None:
            query = query.where(_ROW.live_label == labels[0], _ROW.label == labels[1])
        if before is not None:
            query = query.where(_ROW.id < before)
        query = query.order_by(_ROW.id.desc()).limit(limit)
        async with self._database.read() as connection:
            return [_reading(row) for row in (await connection.execute(query)).mappings()]


_COUNTS = ("read", "differing", "alone", "live_alone", "more_urgent", "less_urgent")


def _times(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(cast(is_so, Integer))


async def _pairs(connection: AsyncConnection, model: str, most: int) -> tuple[DifferingPair, ...]:
    query = (
        select(
            _ROW.live_label,
            _ROW.label,
            func.count().label("times"),
            func.avg(_ROW.live_confidence).label("live_sure"),
            func.avg(_ROW.confidence).label("sure"),
        )
        .where(_ROW.model == model, _ROW.differs)
        .group_by(_ROW.live_label, _ROW.label)
        .order_by(func.count().desc(), _ROW.live_label, _ROW.label)
        .limit(most)
    )
    return tuple(DifferingPair(**row) for row in (await connection.execute(query)).mappings())


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _reading(row: RowMapping) -> ShadowReading:
    return ShadowReading(**row)
