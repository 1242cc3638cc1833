"""Answers of the knowledge base."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.known import GivenAnswer, Verdict


class KnownWork(Protocol):
    """Answers of the knowledge base that were given."""

    async def note_answer(self, answer: GivenAnswer) -> None:
        """Write that a resident was given an answer."""
        ...

    async def given_answer(self, answer_id: str) -> GivenAnswer | None:
        """An answer that was given, by its id."""
        ...

    async def answers_to(self, key: str, since: datetime) -> list[GivenAnswer]:
        """What one conversation was answered since then, newest first."""
        ...

    async def judge_answer(self, answer_id: str, verdict: Verdict, now: datetime) -> bool:
        """Write what the resident said of it. False when that is known already, or final:

        a helpful answer may still turn out unhelpful, never the other way round.
        """
        ...
