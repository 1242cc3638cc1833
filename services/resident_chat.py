"""What every step with a resident needs: their tickets, an answer, a question."""

from __future__ import annotations

from collections.abc import Mapping

from routing.referrals import BY_AREA, Referral
from services.conversation import About, Option, Question
from services.dialogue import (
    Step,
    words_of,
)
from services.intake import question_buttons, question_slot
from services.messages import Inbound, Outbound
from services.office import Office
from services.ports import InboxItem, UnitOfWork
from tickets.number import find
from tickets.ticket import Ticket

RECENT_TICKETS = 20
NEW = "new"
"""The option 新问题 of the question 新问题还是补充."""


class ResidentChat:
    """One message of a resident within a unit of work."""

    def __init__(self, work: UnitOfWork, office: Office, item: InboxItem) -> None:
        self._work = work
        self._office = office
        self._item = item
        self._inbound: Inbound = item.inbound
        self._now = office.clock()

    async def _say(self, key: str, **slots: str) -> None:
        words = self._office.wording.say(key, slots)
        message = Outbound(words, reply_to=self._inbound.message_id)
        await self._work.send(self._inbound.address, message, self._now)

    async def _refer(self, referral: Referral) -> None:
        """Say where to turn instead, and how to reach the office of another place."""
        slots = {"place": referral.place}
        words = self._office.wording.say(f"referral_{referral.kind}", slots)
        if referral.place and referral.kind in BY_AREA:
            words += "\n" + self._office.wording.say("referral_area", slots)
        message = Outbound(words, reply_to=self._inbound.message_id)
        await self._work.send(self._inbound.address, message, self._now)

    async def _tickets(self) -> tuple[Ticket, ...]:
        key = self._inbound.address.key
        return tuple(await self._work.tickets_of(key, limit=RECENT_TICKETS))

    async def _own_ticket(self, number: str | None) -> Ticket | None:
        """A ticket of this chat, never of another."""
        ticket = await self._work.ticket(number) if number else None
        return ticket if ticket and ticket.reporter == self._inbound.address.key else None

    async def _named(self, text: str) -> Ticket | None:
        """This chat's ticket whose number stands in the text."""
        for number in find(text):
            if (ticket := await self._own_ticket(number)) is not None:
                return ticket
        return None

    async def _replied_to(self) -> Ticket | None:
        if self._inbound.reply_to is None:
            return None
        sent = await self._work.ticket_of_sent(self._inbound.address, self._inbound.reply_to)
        return await self._own_ticket(sent.ticket) if sent else None

    async def _bind(self, ticket: Ticket) -> None:
        await self._work.bind_inbox(self._item.id, ticket.number)
        await self._work.bind_files(self._item.id, ticket.number)

    def _short_words(self) -> str:
        text = words_of(self._inbound)
        if not text:
            return self._office.wording.say("word_file_only")
        return text if len(text) <= 20 else text[:19] + "…"

    async def _waiting_item(self, question: Question) -> InboxItem | None:
        if question.inbox_id is None:
            return None
        return await self._work.inbox_item(question.inbox_id)

    async def _ask_new_or_more(self, tickets: tuple[Ticket, ...]) -> None:
        options = [Option(self._office.wording.say("button_new_matter"), NEW)]
        options += [self._more_option(ticket) for ticket in tickets]
        await self._ask(About.NEW_OR_MORE, options, "ask_new_or_more")

    def _more_option(self, ticket: Ticket) -> Option:
        label = self._office.wording.say(
            "button_more_about",
            {"number": ticket.number, "matter": self._matter_on_button(ticket)},
        )
        return Option(label, ticket.number)

    def _matter_on_button(self, ticket: Ticket) -> str:
        """Whoever looks at the phone must not read what is confidential."""
        if ticket.confidential:
            return self._office.wording.say("word_sealed").strip()
        return ticket.matter_name or ticket.short_text

    async def _ask_which(self, step: Step) -> None:
        options = [self._more_option(ticket) for ticket in step.tickets]
        await self._ask(About.WHICH, options, "ask_which", verb=step.say)

    async def _ask(
        self,
        about: About,
        options: list[Option],
        key: str,
        *,
        verb: str = "",
        slots: Mapping[str, str] | None = None,
        ticket: str | None = None,
    ) -> None:
        question = Question(
            id=self._office.new_id(),
            conversation=self._inbound.address.key,
            about=about,
            options=tuple(options),
            asked_at=self._now,
            due_at=self._office.limits.answer_by(self._now),
            ticket=ticket,
            inbox_id=self._item.id,
            verb=verb,
        )
        await self._work.ask(question)
        message = Outbound(
            self._office.wording.say(key, slots or {"text": self._short_words()}),
            buttons=question_buttons(question),
            slot=question_slot(question),
            reply_to=self._inbound.message_id,
            ticket=ticket,
            purpose="question",
        )
        await self._work.send(self._inbound.address, message, self._now)
