"""New words for an earlier message: they correct it, and undo nobody's decision and no clock."""

from __future__ import annotations

from dataclasses import replace

from services.conversation import About, Conversation
from services.dialogue import (
    MATTERS,
    SMALL_TALK,
    cleaned,
    unusable,
)
from services.intake import (
    Matter,
    close_place_questions,
    find_place,
    place_answered,
    with_matter,
)
from services.notify import remark_to_cadres, siblings_in, tell_resident
from services.opening import open_ticket
from services.ports import InboxItem
from services.reading import KEYWORD_FREE
from services.resident_answers import ResidentAnswers
from services.understanding import Part, Understanding
from tickets import life
from tickets.events import EventName
from tickets.states import State
from tickets.ticket import Ticket


class ResidentEdits(ResidentAnswers):
    """Edited messages."""

    async def _edited(
        self, conversation: Conversation, understanding: Understanding | None
    ) -> bool:
        """Apply an edit; False when it is of no ticket and is to be read like a new message."""
        text = cleaned(self._inbound.text)
        original = None
        if self._inbound.message_id is not None:
            address = self._inbound.address
            original = await self._work.first_with_id(address, self._inbound.message_id)
        number = await self._work.ticket_of_message(original.id) if original else None
        ticket = await self._own_ticket(number)
        if original is not None and ticket is not None:
            tickets = await self._parts_of(original, ticket, understanding)
            if tickets:
                await self._parts_edited(tickets, text, understanding)
                return True
        if ticket is None or original is None:
            if original is not None:
                await self._forget_waiting(original)
            return False
        if not ticket.is_open or unusable(text) is not None:
            await self._say("edit_too_late", number=ticket.number)
        elif understanding is None or cleaned(original.inbound.text) != ticket.text:
            await self._edit_noted(ticket, text)
        else:
            await self._first_words_edited(conversation, ticket, text, understanding)
        return True

    async def _parts_of(
        self, original: InboxItem, ticket: Ticket, understanding: Understanding | None
    ) -> tuple[Ticket, ...]:
        """The tickets of a message that is several matters; empty for a message that is one."""
        numbers = siblings_in(await self._work.events(ticket.number))
        asked = await self._work.open_questions(self._inbound.address.key)
        waits = any(q.about is About.SPLIT and q.inbox_id == original.id for q in asked)
        now_sealed = understanding is not None and (
            len(understanding.parts) > 1 and understanding.confidential and not ticket.confidential
        )
        if not numbers and not waits and not now_sealed:
            return ()
        others = [await self._own_ticket(number) for number in numbers]
        return (ticket, *(other for other in others if other))

    async def _parts_edited(
        self, tickets: tuple[Ticket, ...], text: str, understanding: Understanding | None
    ) -> None:
        """A new danger and a new report become tickets; the rest is noted where it may be read."""
        parts = _parts_in(text, understanding)
        fresh = [part for part in parts if _is_new_alarm(part, tickets)]
        if fresh:
            await self._open_parts(fresh, earlier=tickets)
        rest = [part for part in parts if part not in fresh]
        if rest:
            secret = any(part.understanding.confidential for part in rest)
            secret = secret or any(ticket.confidential for ticket in tickets)
            words = "；".join(part.text for part in rest) if fresh else text
            await self._split_edited(tickets, words, secret=secret)

    async def _forget_waiting(self, original: InboxItem) -> None:
        """The earlier wording of a message waits for an answer: the new one takes its place."""
        for question in await self._work.open_questions(self._inbound.address.key):
            if question.inbox_id == original.id:
                await self._work.close_question(question.id, self._now)
        await self._forget_answers(original)

    async def _edit_noted(self, ticket: Ticket, text: str) -> None:
        event = life.remark(ticket, EventName.EDITED, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        await remark_to_cadres(self._work, self._office, ticket, "cadre_supplemented", text)
        matter = self._office.matter_name(ticket)
        await self._say("supplemented", number=ticket.number, matter=matter)

    async def _first_words_edited(
        self,
        conversation: Conversation,
        ticket: Ticket,
        text: str,
        understanding: Understanding,
    ) -> None:
        """New first words are read again; nobody's decision and no clock is undone by them."""
        place = find_place(self._office, conversation, text)
        if ticket.state is not State.NEED_INFO or ticket.waits_in_hand:
            if understanding.urgent and not ticket.urgent:
                matter = Matter(self._inbound.address, self._item.id, text, understanding, place)
                await open_ticket(self._work, self._office, matter)
                return
            if understanding.confidential and not ticket.confidential:
                ticket = await self._work.save_ticket(replace(ticket, confidential=True), [])
            await self._edit_noted(ticket, text)
            return
        event = life.remark(ticket, EventName.EDITED, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        read_again = replace(ticket, text=text)
        if understanding.kind in MATTERS and understanding.matter is not None:
            read_again = with_matter(self._office, read_again, understanding)
        settled = place.candidates or place.level == "county"
        if settled or understanding.urgent or understanding.confidential:
            await close_place_questions(self._work, self._office, ticket)
            await place_answered(self._work, self._office, read_again, understanding, place, text)
            return
        saved = await self._work.save_ticket(read_again, [])
        await tell_resident(self._work, self._office, saved)


def _parts_in(text: str, understanding: Understanding | None) -> tuple[Part, ...]:
    """The parts, or the whole as one."""
    understanding = understanding or KEYWORD_FREE
    return understanding.parts or (Part(text, understanding),)


def _is_new_alarm(part: Part, tickets: tuple[Ticket, ...]) -> bool:
    """New words that may not wait, or that the message's other tickets must not show."""
    found = part.understanding
    if found.kind in SMALL_TALK:
        return False
    urgent = found.urgent and not any(ticket.urgent for ticket in tickets)
    return urgent or (found.confidential and not any(t.confidential for t in tickets))
