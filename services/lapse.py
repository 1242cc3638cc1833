"""What becomes of a question that the resident did not answer: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from services.conversation import About
from services.dialogue import words_of
from services.messages import Inbound, InboundKind
from services.office import Office
from services.ports import UnitOfWork
from services.residents import ResidentDesk

_NEED_NO_ANSWER = ("place", "withdraw", "rating")
"""What a lapsed question about several tickets was for, where going on without it is right."""


class Lapses:
    """Goes on where an answer did not come."""

    def __init__(self, office: Callable[[], Office]) -> None:
        self._office = office

    async def question(self, work: UnitOfWork, question_id: str) -> None:
        """A message whose question nobody answered is a matter of its own, or several."""
        office = self._office()
        question = await work.question(question_id)
        if question is None or question.answered_at is not None:
            return
        if not await work.close_question(question_id, office.clock()):
            return
        if question.inbox_id is None or question.verb in _NEED_NO_ANSWER:
            return
        item = await work.inbox_item(question.inbox_id)
        if item is None or _is_mere_picture(item.inbound):
            return  # a picture without words is no matter; it stays with the chat
        desk = ResidentDesk(work, office, item)
        if question.about is About.SPLIT:
            await desk.split_lapsed(question)
        else:
            await desk.as_new_matter()


def _is_mere_picture(inbound: Inbound) -> bool:
    lone = inbound.attachment is not None and not words_of(inbound)
    return lone and inbound.kind is not InboundKind.VOICE
