"""Conversations and their questions."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.conversation import Conversation, Question
from services.messages import Address
from services.ports.records import SentRef


class ConversationWork(Protocol):
    """What a conversation knows, and what it was asked."""

    async def conversation(self, address: Address) -> Conversation:
        """The conversation's state, new when unknown."""
        ...

    async def save_conversation(self, conversation: Conversation) -> None:
        """Write the conversation's state."""
        ...

    async def ask(self, question: Question) -> None:
        """Write an open question."""
        ...

    async def question(self, question_id: str) -> Question | None:
        """A question by its id, answered or not."""
        ...

    async def open_questions(self, key: str) -> list[Question]:
        """Unanswered questions of one conversation, oldest first."""
        ...

    async def close_question(self, question_id: str, now: datetime) -> bool:
        """Mark as answered or lapsed; False when it was already."""
        ...

    async def lapsed_questions(self, now: datetime, limit: int) -> list[Question]:
        """Unanswered questions whose time is over, claimed by this transaction.

        Not those for a place: their ticket has a deadline of its own, and for an emergency the
        place still counts when it comes late.
        """
        ...

    async def ticket_of_sent(self, address: Address, message_id: str) -> SentRef | None:
        """What a message of this chat, ours or theirs, was about."""
        ...
