"""New words for an earlier message: they correct it, and undo nobody's decision and no clock."""

from __future__ import annotations

from dataclasses import replace

from services.conversation import Conversation
from services.dialogue import (
    MATTERS,
    cleaned,
    unusable,
)
from services.intake import (
    Matter,
    close_place_questions,
    find_place,
    open_ticket,
    place_answered,
    with_matter,
)
from services.notify import remark_to_cadres, tell_resident
from services.ports import InboxItem
from services.resident_answers import ResidentAnswers
from services.understanding import Understanding
from tickets import ticket as life
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

    async def _forget_waiting(self, original: InboxItem) -> None:
        """The earlier wording of a message waits for an answer: the new one takes its place."""
        for question in await self._work.open_questions(self._inbound.address.key):
            if question.inbox_id == original.id:
                await self._work.close_question(question.id, self._now)

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
        if ticket.state is not State.NEED_INFO:
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
