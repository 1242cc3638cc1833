"""Answers from the knowledge base and what residents said of them, within a unit of work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update

from services.known import FINAL, GivenAnswer, Verdict
from storage.part import Part
from storage.tables import KNOWLEDGE_ANSWERS as ANSWERS


class KnownPart(Part):
    """Given answers."""

    async def note_answer(self, answer: GivenAnswer) -> None:
        """Write that a resident was given an answer."""
        await self._connection.execute(
            insert(ANSWERS).values(
                id=answer.id,
                key=answer.conversation,
                inbox_id=answer.inbox_id,
                entry=answer.entry,
                text=answer.text,
                score=answer.score,
                given_at=answer.given_at,
                verdict=answer.verdict or "",
                judged_at=answer.judged_at,
            )
        )

    async def given_answer(self, answer_id: str) -> GivenAnswer | None:
        """An answer by its id."""
        rows = await self._connection.execute(select(ANSWERS).where(ANSWERS.c.id == answer_id))
        row = rows.mappings().first()
        return _answer_of(row) if row else None

    async def answers_to(self, key: str, since: datetime) -> list[GivenAnswer]:
        """What one conversation was answered since then, newest first."""
        rows = await self._connection.execute(
            select(ANSWERS)
            .where(ANSWERS.c.key == key, ANSWERS.c.given_at >= since)
            .order_by(ANSWERS.c.given_at.desc(), ANSWERS.c.inbox_id.desc())
        )
        return [_answer_of(row) for row in rows.mappings()]

    async def judge_answer(self, answer_id: str, verdict: Verdict, now: datetime) -> bool:
        """Write the verdict; False when it is known already, or final."""
        result = await self._connection.execute(
            update(ANSWERS)
            .where(ANSWERS.c.id == answer_id, ANSWERS.c.verdict.not_in([*FINAL, verdict]))
            .values(verdict=str(verdict), judged_at=now)
        )
        return result.rowcount == 1


def _answer_of(row: RowMapping) -> GivenAnswer:
    return GivenAnswer(
        id=row["id"],
        conversation=row["key"],
        inbox_id=row["inbox_id"],
        entry=row["entry"],
        text=row["text"],
        score=row["score"],
        given_at=row["given_at"],
        verdict=Verdict(row["verdict"]) if row["verdict"] else None,
        judged_at=row["judged_at"],
    )
