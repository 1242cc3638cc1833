"""Conversations and open questions within a unit of work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import RowMapping, bindparam, insert, select, update

from services.conversation import About, Conversation, Pin, Question
from services.messages import Address
from services.ports import SentRef
from storage.codec import OPTIONS, dump
from storage.part import Part
from storage.tables import CONVERSATIONS, INBOX, OUTBOX, QUESTIONS

_CONVERSATION = select(CONVERSATIONS).where(CONVERSATIONS.c.key == bindparam("chat"))
_OPEN_QUESTIONS = (
    select(QUESTIONS)
    .where(QUESTIONS.c.key == bindparam("chat"), QUESTIONS.c.answered_at.is_(None))
    .order_by(QUESTIONS.c.asked_at, QUESTIONS.c.id)
)

_LAPSED = (
    select(QUESTIONS)
    .where(
        QUESTIONS.c.answered_at.is_(None),
        QUESTIONS.c.due_at <= bindparam("now"),
        QUESTIONS.c.about != str(About.PLACE),
    )
    .order_by(QUESTIONS.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


def _question_of(row: RowMapping) -> Question:
    return Question(
        id=row["id"],
        conversation=row["key"],
        about=About(row["about"]),
        options=OPTIONS.validate_json(row["options"]),
        asked_at=row["asked_at"],
        due_at=row["due_at"],
        ticket=row["ticket"],
        inbox_id=row["inbox_id"],
        verb=row["verb"],
        answered_at=row["answered_at"],
    )


def web_row_id(address: Address, message_id: str, side: str) -> int | None:
    """The row behind a web line's id, `o<outbox id>` or `i<inbox id>`; None for anything else.

    The id comes from a browser: what no BIGINT can hold must not reach the database.
    """
    digits = message_id[1:]
    if address.channel != "web" or message_id[:1] != side or not digits.isascii():
        return None
    return int(digits) if digits.isdecimal() and len(digits) <= 18 else None


def _pin_of(text: str | None, at: datetime | None) -> Pin | None:
    if text is None or at is None:
        return None
    longitude, _, latitude = text.partition(",")
    return Pin(float(longitude), float(latitude), at)


class ConversationPart(Part):
    """What is remembered of a chat."""

    async def conversation(self, address: Address) -> Conversation:
        """The conversation's state, new when unknown."""
        rows = await self._connection.execute(_CONVERSATION, {"chat": address.key})
        row = rows.mappings().first()
        if row is None:
            return Conversation(address)
        return Conversation(
            address,
            reachable=row["reachable"],
            grid=row["grid"],
            confirmed=row["confirmed"],
            pin=_pin_of(row["pin"], row["pinned_at"]),
        )

    async def save_conversation(self, conversation: Conversation) -> None:
        """Write the conversation's state."""
        pin = conversation.pin
        values = {
            "reachable": conversation.reachable,
            "grid": conversation.grid,
            "confirmed": conversation.confirmed,
            "pin": f"{pin.longitude!r},{pin.latitude!r}" if pin else None,
            "pinned_at": pin.at if pin else None,
        }
        await self._connection.execute(
            self._insert(CONVERSATIONS)
            .values(key=conversation.address.key, **values)
            .on_conflict_do_update(index_elements=["key"], set_=values)
        )

    async def ask(self, question: Question) -> None:
        """Write an open question."""
        await self._connection.execute(
            insert(QUESTIONS).values(
                id=question.id,
                key=question.conversation,
                about=str(question.about),
                options=dump(OPTIONS, question.options),
                asked_at=question.asked_at,
                due_at=question.due_at,
                ticket=question.ticket,
                inbox_id=question.inbox_id,
                verb=question.verb,
            )
        )

    async def question(self, question_id: str) -> Question | None:
        """A question, answered or not."""
        rows = await self._connection.execute(
            select(QUESTIONS).where(QUESTIONS.c.id == question_id)
        )
        row = rows.mappings().first()
        return _question_of(row) if row else None

    async def open_questions(self, key: str) -> list[Question]:
        """Unanswered questions of one conversation, oldest first."""
        rows = await self._connection.execute(_OPEN_QUESTIONS, {"chat": key})
        return [_question_of(row) for row in rows.mappings()]

    async def close_question(self, question_id: str, now: datetime) -> bool:
        """Mark as answered or lapsed; False when it was already."""
        result = await self._connection.execute(
            update(QUESTIONS)
            .where(QUESTIONS.c.id == question_id, QUESTIONS.c.answered_at.is_(None))
            .values(answered_at=now)
        )
        return result.rowcount == 1

    async def lapsed_questions(self, now: datetime, limit: int) -> list[Question]:
        """Unanswered questions whose time is over."""
        rows = await self._connection.execute(_LAPSED, {"now": now, "most": limit})
        return [_question_of(row) for row in rows.mappings()]

    async def ticket_of_sent(self, address: Address, message_id: str) -> SentRef | None:
        """What an earlier message of this chat was about: ours first, then the person's own."""
        ours = select(OUTBOX.c.ticket, OUTBOX.c.purpose).where(OUTBOX.c.key == address.key)
        our_id = web_row_id(address, message_id, "o")
        if our_id is not None:
            ours = ours.where(OUTBOX.c.id == our_id)
        else:
            ours = ours.where(OUTBOX.c.message_id == message_id)
        row = (await self._connection.execute(ours.order_by(OUTBOX.c.id.desc()).limit(1))).first()
        if row is not None:
            return SentRef(row.ticket, row.purpose)
        # An edit arrives under the number of the message that it changes: only bound ones count.
        theirs = select(INBOX.c.ticket).where(
            INBOX.c.key == address.key, INBOX.c.ticket.is_not(None)
        )
        their_id = web_row_id(address, message_id, "i")
        if their_id is not None:
            theirs = theirs.where(INBOX.c.id == their_id)
        else:
            theirs = theirs.where(INBOX.c.message_id == message_id)
        ticket = await self._connection.scalar(theirs.order_by(INBOX.c.id.desc()).limit(1))
        return SentRef(ticket, "say") if ticket else None
