"""Buttons and answers: the message that waited for one goes on from there."""

from __future__ import annotations

from collections.abc import Awaitable

from routing.alias_proposals import proposed_alias
from routing.places import NOWHERE, PlaceContext, PlaceFinding, place_from_code
from services.conversation import About, Conversation, Question
from services.dialogue import (
    Do,
    unusable,
    words_of,
)
from services.intake import (
    UNKNOWN_PLACE,
    Matter,
    answered,
    close_place_questions,
    place_answered,
)
from services.known import PREFIX
from services.messages import InboundKind
from services.opening import open_ticket
from services.ports import InboxItem
from services.reading import KEYWORD_FREE, remembered
from services.resident_actions import WHY_NOT
from services.resident_chat import NEW
from services.resident_known import ResidentKnown
from tickets.states import ANSWERED, State
from tickets.ticket import Ticket


class ResidentAnswers(ResidentKnown):
    """What a press or an answered question leads to."""

    async def _press(self, conversation: Conversation) -> None:
        kind, _, rest = self._inbound.data.partition(":")
        if kind == "q":
            await self._press_option(rest)
        elif kind == "t":
            number, _, verb = rest.rpartition(":")
            await self._press_card(number, verb)
        elif kind == PREFIX:
            await self._press_known(rest)
        else:
            await self._say("button_unknown")

    async def _press_option(self, rest: str) -> None:
        question_id, _, index = rest.partition(":")
        question = await self._work.question(question_id)
        if (
            question is None
            or question.conversation != self._inbound.address.key
            or not index.isdecimal()
            or int(index) >= len(question.options)
        ):
            await self._say("button_unknown")
            return
        value = question.options[int(index)].value
        if question.about is About.PLACE:
            ticket = await self._own_ticket(question.ticket)
            if ticket is None or question.answered_at is not None or not ticket.is_open:
                await self._say("button_old")
                return
            county = self._office.county
            place = NOWHERE if value == UNKNOWN_PLACE else place_from_code(county, value)
            label = question.options[int(index)].label
            await self._propose_name(ticket, place)
            await self._answer_place(ticket, question, place, label)
            return
        if question.answered_at is not None:
            await self._say("button_old")
            return
        await self._resume(question, value)

    async def _propose_name(self, ticket: Ticket, place: PlaceFinding) -> None:
        """What they called the village that they now chose may be a name of it."""
        if ticket.confidential or place.village_code is None:
            return
        office = self._office
        finding = office.finder.find(ticket.text)
        alias = proposed_alias(ticket.text, finding, place.village_code, office.county)
        if alias is not None:
            await self._work.propose_alias(alias, place.village_code, self._now)

    async def _press_card(self, number: str, verb: str) -> None:
        ticket = await self._own_ticket(number)
        if ticket is None:
            await self._say("button_unknown")
        elif (step := self._card_step(ticket, verb)) is not None:
            await step
        else:
            known = verb in _CARD_VERBS or verb.startswith(("rate", "why_"))
            await self._say("button_old" if known else "button_unknown")

    def _card_step(self, ticket: Ticket, verb: str) -> Awaitable[None] | None:
        """What a button of the card does now; None for one that is old or unknown."""
        waits = ticket.is_open and ticket.state not in ANSWERED
        if verb == "nudge" and waits:
            return self.nudge(ticket, "")
        if verb == "withdraw" and waits:
            return self._offer_withdrawal(ticket)
        if verb == "withdraw_yes" and waits:
            return self._withdraw(ticket)
        if verb == "withdraw_no" and ticket.is_open:
            return self._say("withdrawal_dropped", number=ticket.number)
        if verb == "solved" and ticket.state in (State.RESOLVED, State.PENDING_CALLBACK):
            return self._solved(ticket)
        if verb == "unsolved" and ticket.state in (*ANSWERED, State.CLOSED):
            return self._not_solved(ticket, "")
        if verb == "appeal" and ticket.state is State.DECLINED:
            return self._appeal(ticket, "")
        level = verb.removeprefix("rate")
        if level in ("1", "2", "3", "4", "5") and ticket.state is State.CALLED_BACK:
            return self._rate(ticket, int(level))
        reason = verb.removeprefix("why_")
        if reason in WHY_NOT and ticket.reworks and not ticket.why_not:
            return self._why_not(ticket, reason)
        return None

    async def _answer_place(
        self, ticket: Ticket, question: Question, place: PlaceFinding, said: str
    ) -> None:
        await close_place_questions(self._work, self._office, ticket, said)
        await self._bind(ticket)
        await place_answered(self._work, self._office, ticket, remembered(ticket), place, said)

    async def _resume(self, question: Question, value: str) -> None:
        """Go on with the message that waited for this answer."""
        if question.about is About.SPLIT:
            await self._answer_split(question, value)
            return
        if question.about is About.SAME:
            await self._answer_same(question, value)
            return
        item = await self._waiting_item(question)
        if item is None or not await self._work.close_question(question.id, self._now):
            await self._say("button_old")
            return
        chosen = next((o.label for o in question.options if o.value == value), "")
        await answered(self._work, self._office, question, chosen)
        await self.resume(item, question, value)

    async def _answer_same(self, question: Question, value: str) -> None:
        """+1 on a neighbour's ticket, or a ticket of one's own."""
        item = await self._waiting_item(question)
        if item is None or not await self._work.close_question(question.id, self._now):
            await self._say("button_old")
            return
        chosen = next((o.label for o in question.options if o.value == value), "")
        await answered(self._work, self._office, question, chosen)
        await ResidentAnswers(self._work, self._office, item).as_new_matter(
            main=None if value == NEW else value
        )

    async def resume(self, item: InboxItem, question: Question, value: str) -> None:
        """The waiting message becomes a new matter, or belongs to the ticket `value`."""
        waiting = ResidentAnswers(self._work, self._office, item)
        ticket = await self._own_ticket(value) if value != NEW else None
        if ticket is None or not ticket.is_open:
            # The chosen ticket is over meanwhile: the words still count, as a matter of their own.
            await waiting.as_new_matter()
            return
        text = words_of(item.inbound)
        if question.verb == "place":
            context = PlaceContext(township_code=ticket.township, answering=True)
            place = self._office.finder.find(text, context)
            await close_place_questions(self._work, self._office, ticket, text)
            await place_answered(self._work, self._office, ticket, remembered(ticket), place, text)
            return
        if item.inbound.attachment is not None and not text:
            since = item.received_at
            await self._work.bind_loose_files(item.inbound.address, since, ticket.number)
        understanding = await self._work.understanding_of(item.id)
        secret = understanding.confidential if understanding else False
        await waiting.act(_verb(question.verb, ticket), ticket, text, secret=secret)

    async def unread(self) -> None:
        """Nothing could be made of the message: a human reads it as it is."""
        text = words_of(self._inbound)
        if self._inbound.kind is InboundKind.PRESS or unusable(text) is not None:
            await self._say("button_old")
            return
        matter = Matter(self._inbound.address, self._item.id, text, KEYWORD_FREE, NOWHERE)
        await open_ticket(self._work, self._office, matter)


_CARD_VERBS = frozenset(
    {"nudge", "withdraw", "withdraw_yes", "withdraw_no", "solved", "unsolved", "appeal"}
)


def _verb(verb: str, ticket: Ticket) -> Do:
    """What a question that was asked for several tickets does to the chosen one."""
    verbs = {
        "not_solved": Do.NOT_SOLVED,
        "withdraw": Do.OFFER_WITHDRAWAL,
        "rating": Do.RATE,
        "nudge": Do.NUDGE,
    }
    chosen = verbs.get(verb, Do.SUPPLEMENT)
    if chosen is Do.NOT_SOLVED and ticket.state not in ANSWERED:
        return Do.NUDGE
    return chosen
