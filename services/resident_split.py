"""The question 分开办还是一件事, and what becomes of the message with and without an answer."""

from __future__ import annotations

from collections.abc import Sequence

from services.conversation import About, Option, Question
from services.dialogue import Do, words_of
from services.intake import Matter, answered, find_place, question_slot
from services.me_too import open_merged
from services.messages import Outbound
from services.notify import remark_to_cadres, tell_cadres
from services.opening import open_ticket
from services.reading import KEYWORD_FREE, voice_message
from services.resident_actions import ResidentActions
from services.split import open_parts
from services.split_words import APART, TOGETHER, as_one, at_once, to_ask
from services.understanding import Part, Understanding
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket

_SHORT = 24
"""Characters of a matter's words in the list."""


class ResidentSplits(ResidentActions):
    """Messages that hold several matters."""

    async def _split(self, understanding: Understanding) -> None:
        """Everything at once: nothing in it may wait, or nothing of it may be shown."""
        await self._open_parts(understanding.parts)

    async def _ask_split(self, understanding: Understanding) -> None:
        """What is urgent becomes a ticket now; the rest waits for the resident's word."""
        pressing = at_once(understanding)
        opened = await self._open_parts(pressing) if pressing else []
        await self._ask_about(to_ask(understanding), opened[0] if opened else None)

    async def _ask_about(self, parts: Sequence[Part], urgent: Ticket | None) -> None:
        say = self._office.wording.say
        options = [
            Option(say("button_split"), APART),
            Option(say("button_split_not"), TOGETHER),
        ]
        listed = "\n".join(self._line(number, part) for number, part in enumerate(parts, 1))
        slots = {"count": str(len(parts)), "list": listed}
        if urgent is None:
            await self._ask(About.SPLIT, options, "ask_split", slots=slots)
        else:
            slots["number"] = urgent.number
            await self._ask(
                About.SPLIT, options, "ask_split_rest", slots=slots, ticket=urgent.number
            )

    def _line(self, number: int, part: Part) -> str:
        row = self._office.county.catalogue.get(part.understanding.matter)
        name = row.name if row else self._office.wording.say("word_matter_unknown")
        flat = " ".join(part.text.split())
        short = flat if len(flat) <= _SHORT else flat[: _SHORT - 1] + "…"
        slots = {"number": str(number), "text": short, "matter": name}
        return self._office.wording.say("split_line", slots)

    async def _open_parts(
        self, parts: Sequence[Part], *, earlier: Sequence[Ticket] = ()
    ) -> list[Ticket]:
        conversation = await self._work.conversation(self._inbound.address)
        return await open_parts(
            self._work,
            self._office,
            self._item,
            conversation,
            words_of(self._inbound),
            parts,
            earlier=earlier,
        )

    async def split_answered(self, question: Question, value: str) -> None:
        """The waiting message goes on: this desk is that message's."""
        understanding = await self._work.understanding_of(self._item.id) or KEYWORD_FREE
        rest = to_ask(understanding)
        urgent = await self._own_ticket(question.ticket)
        if value == APART and rest:
            await self._open_parts(rest, earlier=(urgent,) if urgent else ())
            if urgent is not None and urgent.is_open:
                await tell_cadres(self._work, self._office, urgent)
        elif urgent is None:
            await self._as_one()
        elif urgent.is_open:
            words = "；".join(part.text for part in rest)
            await self.act(Do.SUPPLEMENT, urgent, words)
        else:
            await self._open_parts(rest, earlier=(urgent,))

    async def split_lapsed(self, question: Question) -> None:
        """Nobody answered: nothing may be lost, so each matter gets its ticket."""
        words = self._office.wording.say("split_lapsed")
        message = Outbound(words, slot=question_slot(question), ticket=question.ticket)
        await self._work.send(self._inbound.address, message, self._now)
        await self.split_answered(question, APART)

    async def _as_one(self) -> None:
        """就一件事: a ticket, or first the question 新问题还是补充 where tickets are open."""
        open_tickets = tuple(t for t in await self._tickets() if t.is_open)
        if open_tickets:
            await self._ask_new_or_more(open_tickets)
        else:
            await self.as_new_matter()

    async def as_new_matter(self, main: str | None = None) -> None:
        """The message that waited becomes a ticket of its own, or hangs on `main` (+1)."""
        text = words_of(self._inbound)
        conversation = await self._work.conversation(self._inbound.address)
        understanding = await self._work.understanding_of(self._item.id)
        if not text:
            text = self._office.wording.say("word_file_only")
            understanding = voice_message()
        matter = Matter(
            self._inbound.address,
            self._item.id,
            text,
            as_one(understanding or KEYWORD_FREE),
            find_place(self._office, conversation, text),
        )
        if main is not None and await open_merged(self._work, self._office, matter, main):
            return
        await open_ticket(self._work, self._office, matter)

    async def _answer_split(self, question: Question, value: str) -> None:
        """By button or with words."""
        item = await self._waiting_item(question)
        if item is None or not await self._work.close_question(question.id, self._now):
            await self._say("button_old")
            return
        chosen = next((o.label for o in question.options if o.value == value), "")
        await answered(self._work, self._office, question, chosen)
        await ResidentSplits(self._work, self._office, item).split_answered(question, value)

    async def _split_edited(self, tickets: Sequence[Ticket], words: str, *, secret: bool) -> None:
        """New words for a message that is several tickets: all of them hear it, and the resident
        is told to answer a single one. Confidential words are handed to nobody in this way."""
        reached = [ticket for ticket in tickets if ticket.is_open]
        numbers = "、".join(ticket.number for ticket in reached)
        if not reached:
            await self._say("edit_too_late", number=tickets[0].number)
            return
        if secret:
            await self._say("edit_split_sealed", numbers=numbers)
            return
        for ticket in reached:
            event = life.remark(ticket, EventName.EDITED, "resident", words, self._now)
            await self._work.append_events(ticket.number, [event])
            await remark_to_cadres(self._work, self._office, ticket, "cadre_supplemented", words)
        await self._say("edit_split", numbers=numbers)
