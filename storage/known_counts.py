"""How often each entry of the knowledge base was told, and how often it helped."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from services.known import Verdict
from storage.database import Database
from storage.tables import KNOWLEDGE_ANSWERS as ANSWERS


@dataclass(frozen=True, slots=True)
class EntryCount:
    """One entry. What was not judged is given, and neither helpful nor unhelpful."""

    entry: str
    given: int
    helpful: int
    unhelpful: int


async def entry_counts(database: Database) -> list[EntryCount]:
    """All entries that were told at least once, by code; answers to edited questions apart."""
    query = (
        select(
            ANSWERS.c.entry,
            func.count(),
            func.sum(case((ANSWERS.c.verdict == Verdict.HELPFUL, 1), else_=0)),
            func.sum(case((ANSWERS.c.verdict == Verdict.UNHELPFUL, 1), else_=0)),
        )
        .where(ANSWERS.c.verdict != Verdict.SUPERSEDED)
        .group_by(ANSWERS.c.entry)
        .order_by(ANSWERS.c.entry)
    )
    async with database.read() as connection:
        rows = (await connection.execute(query)).all()
    return [EntryCount(row[0], int(row[1]), int(row[2]), int(row[3])) for row in rows]
