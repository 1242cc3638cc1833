"""What is kept of answers, and what is learnt from decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.known import GivenAnswer, Verdict
from services.learning.drafts import LabelDraft


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


class LabelWork(Protocol):
    """What decisions teach a model."""

    async def propose_label(self, draft: LabelDraft, now: datetime) -> bool:
        """Write a label that waits for review; its message does not come in the inbox of
        corrections any more. False when the act with its key proposed one already."""
        ...

    async def leave_out_of_inbox(self, ticket: str) -> None:
        """The messages of a ticket are not shown to annotators, nor kept for them."""
        ...
