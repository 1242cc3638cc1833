"""Answers from the knowledge base and what residents said of them, on the twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.known import FINAL, GivenAnswer, Verdict
from storage.memory_part import MemoryPart


class MemoryKnownPart(MemoryPart):
    """Given answers."""

    async def note_answer(self, answer: GivenAnswer) -> None:
        """Write that a resident was given an answer."""
        self._state.answers[answer.id] = answer

    async def given_answer(self, answer_id: str) -> GivenAnswer | None:
        """An answer by its id."""
        return self._state.answers.get(answer_id)

    async def answers_to(self, key: str, since: datetime) -> list[GivenAnswer]:
        """What one conversation was answered since then, newest first."""
        found = [
            each
            for each in self._state.answers.values()
            if each.conversation == key and each.given_at >= since
        ]
        return sorted(found, key=lambda each: (each.given_at, each.inbox_id), reverse=True)

    async def judge_answer(self, answer_id: str, verdict: Verdict, now: datetime) -> bool:
        """Write the verdict; False when it is known already, or final."""
        answer = self._state.answers.get(answer_id)
        if answer is None or answer.verdict in (*FINAL, verdict):
            return False
        self._state.answers[answer_id] = replace(answer, verdict=verdict, judged_at=now)
        return True
