"""Figures of what was read and labelled, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, case, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.drift import WeekRead
from services.learning.labels import LabelState, Verdict
from services.learning.lots import Judged
from services.learning.review_book import Reviewed
from storage.correction_rows import LABELLED, LEFT_OUT
from storage.correction_tables import CORRECTIONS
from storage.database import Database
from storage.label_book import SqlLabelBook
from storage.learning_tables import LABELS
from storage.tables import PREDICTIONS

_P, _C = PREDICTIONS.c, CORRECTIONS.c


class SqlHealthReading:
    """`services.learning.health.HealthReading`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._labels = SqlLabelBook(database)

    async def weeks(self, starts: Sequence[datetime], end: datetime) -> list[WeekRead]:
        """What was read from each start up to the next."""
        ends = [*starts[1:], end]
        async with self._database.read() as connection:
            return [
                await self._week(connection, start, until)
                for start, until in zip(starts, ends, strict=True)
            ]

    async def _week(
        self, connection: AsyncConnection, start: datetime, until: datetime
    ) -> WeekRead:
        rows = await connection.execute(self._by_label(start, until))
        labels: Counter[str] = Counter()
        margin, degraded = 0.0, 0
        for label, is_degraded, count, margins in rows:
            labels[label or ""] += count
            margin += float(margins or 0)
            degraded += count if is_degraded else 0
        return WeekRead(start.date(), dict(labels), margin, degraded)

    def _by_label(self, start: datetime, until: datetime) -> Select[Any]:
        label = case(
            (self._field("kind") == "appeal", self._field("matter")), else_=self._field("kind")
        )
        margin = cast(self._field("margin"), Float)
        # Parts of a message are readings of their own, as they are tickets of their own.
        return (
            select(label.label("said"), _P.degraded, func.count(), func.sum(margin))
            .where(_P.at >= start, _P.at < until)
            .group_by(label, _P.degraded)
        )

    def _field(self, name: str) -> ColumnElement[str]:
        """A field of a reading, as text."""
        if self._database.is_sqlite:
            return func.json_extract(_P.payload, f"$.{name}")
        text: ColumnElement[str] = cast(_P.payload, JSONB)[name].astext
        return text

    async def reviewed(self, since: datetime) -> Sequence[Reviewed]:
        """Labels that were reviewed since then."""
        return await self._labels.reviewed(since)

    async def waiting_by_intent(self) -> Mapping[str, int]:
        """Labels that wait, by what they say."""
        query = (
            select(LABELS.c.intent, func.count())
            .where(LABELS.c.state == str(LabelState.PROPOSED))
            .group_by(LABELS.c.intent)
        )
        async with self._database.read() as connection:
            return {str(intent): int(count) for intent, count in await connection.execute(query)}

    async def sampled(self, since: datetime, most: int) -> list[Judged]:
        """Groups with the lowest lots. What nobody can tell, or holds two matters, is left away;
        a withdrawn label is none."""
        query = (
            select(_C.lot, _C.state, _C.best, LABELS.c.verdict, LABELS.c.intent)
            .outerjoin(LABELS, LABELS.c.id == _C.label)
            .where(_C.inbox_id == _C.head, _C.at >= since, _C.state != LEFT_OUT)
            .order_by(_C.lot)
            .limit(most)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return [
            Judged(row["lot"], row["best"] == row["intent"] if row["state"] == LABELLED else None)
            for row in rows
            if row["state"] != LABELLED or (row["verdict"] == str(Verdict.LABEL) and row["intent"])
        ]
