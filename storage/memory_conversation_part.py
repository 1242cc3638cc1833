"""Conversations and open questions within the twin's unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.conversation import About, Conversation, Question
from services.messages import Address
from services.ports import SentRef
from storage.conversation_part import web_row_id
from storage.memory_part import MemoryPart


class MemoryConversationPart(MemoryPart):
    """What is remembered of a chat."""

    async def conversation(self, address: Address) -> Conversation:
        """The conversation's state, new when unknown."""
        return self._state.conversations.get(address.key, Conversation(address))

    async def save_conversation(self, conversation: Conversation) -> None:
        """Write the conversation's state."""
        self._state.conversations[conversation.address.key] = conversation

    async def ask(self, question: Question) -> None:
        """Write an open question."""
        self._state.questions[question.id] = question

    async def question(self, question_id: str) -> Question | None:
        """A question, answered or not."""
        return self._state.questions.get(question_id)

    async def open_questions(self, key: str) -> list[Question]:
        """Unanswered questions of one conversation, oldest first."""
        unanswered = [
            question
            for question in self._state.questions.values()
            if question.conversation == key and question.answered_at is None
        ]
        return sorted(unanswered, key=lambda question: (question.asked_at, question.id))

    async def close_question(self, question_id: str, now: datetime) -> bool:
        """Mark as answered or lapsed; False when it was already."""
        question = self._state.questions.get(question_id)
        if question is None or question.answered_at is not None:
            return False
        self._state.questions[question_id] = replace(question, answered_at=now)
        return True

    async def lapsed_questions(self, now: datetime, limit: int) -> list[Question]:
        """Unanswered questions whose time is over."""
        lapsed = [
            question
            for question in self._state.questions.values()
            if question.answered_at is None
            and question.due_at <= now
            and question.about is not About.PLACE
        ]
        return sorted(lapsed, key=lambda question: question.due_at)[:limit]

    async def ticket_of_sent(self, address: Address, message_id: str) -> SentRef | None:
        """What an earlier message of this chat was about: ours first, then the person's own."""
        ours = web_row_id(address, message_id, "o")
        for sent in reversed(self._state.outbox.values()):
            same = sent.message_id == message_id if ours is None else sent.id == ours
            if sent.address == address and same:
                return SentRef(sent.message.ticket, sent.message.purpose)
        theirs = web_row_id(address, message_id, "i")
        for came in reversed(self._state.inbox.values()):
            same = came.inbound.message_id == message_id if theirs is None else came.id == theirs
            if came.inbound.address == address and same and came.ticket:
                return SentRef(came.ticket, "say")
        return None
