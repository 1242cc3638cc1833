"""What the classifier said of a ticket, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import CursorResult, Executable, select

from services.ports import PredictionRecord
from storage.codec import REASONS, UNDERSTANDING
from storage.tables import PREDICTIONS


class Reads(Protocol):
    """A connection, in a transaction or for reading only."""

    async def execute(self, statement: Executable, /) -> CursorResult[object]:
        """The rows of a query."""
        ...


async def newest_prediction(connection: Reads, number: str) -> PredictionRecord | None:
    """The newest prediction and decision behind a ticket."""
    found = await connection.execute(
        select(PREDICTIONS)
        .where(PREDICTIONS.c.ticket == number)
        .order_by(PREDICTIONS.c.id.desc())
        .limit(1)
    )
    row = found.mappings().first()
    return prediction_of(row) if row is not None else None


def prediction_of(row: Mapping[Any, Any]) -> PredictionRecord:  # SQLAlchemy types no keys
    """A row as the services know it."""
    return PredictionRecord(
        inbox_id=row["inbox_id"],
        ticket=row["ticket"],
        understanding=UNDERSTANDING.validate_json(row["payload"]),
        reasons=REASONS.validate_json(row["reasons"]),
        at=row["at"],
    )
