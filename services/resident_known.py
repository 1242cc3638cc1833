"""Questions that the knowledge base answers at once, and what residents say of the answer."""

from __future__ import annotations

from datetime import timedelta

from routing.duty import CHINA_TIME
from routing.knowledge import Entry
from routing.knowledge_match import Match
from services.dialogue import Do
from services.known import (
    FINAL,
    NOT_AGAIN_FOR,
    PREFIX,
    GivenAnswer,
    Said,
    Verdict,
    failed_before,
    may_be_answered,
    meant_by_words,
    validity,
    verdict_in,
)
from services.messages import Button, Outbound
from services.ports import InboxItem
from services.resident_split import ResidentSplits
from services.understanding import Understanding
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket


class ResidentKnown(ResidentSplits):
    """Answers from the knowledge base. A question with a photo is always read by a human."""

    async def _known(self, text: str, understanding: Understanding) -> Match | None:
        """The entry that answers the message, unless it failed in this chat of late."""
        if not may_be_answered(understanding) or self._inbound.attachment is not None:
            return None
        day, county = self._now.astimezone(CHINA_TIME).date(), self._office.county
        matter = county.catalogue.current(understanding.matter)
        match = county.knowledge.match(text, day, matter)
        if match is None or failed_before(await self._given(NOT_AGAIN_FOR), match.entry):
            return None
        return match

    async def _meant(self, text: str, tickets: tuple[Ticket, ...]) -> GivenAnswer | None:
        """The answer that the words 有用 or 没用 are about."""
        if verdict_in(text) is None:
            return None
        open_tickets = [ticket for ticket in tickets if ticket.is_open]
        return meant_by_words(await self._given(NOT_AGAIN_FOR), open_tickets, self._now)

    async def _given(self, within: timedelta) -> list[GivenAnswer]:
        return await self._work.answers_to(self._inbound.address.key, self._now - within)

    async def _answer_known(self, match: Match) -> None:
        """The answer with its source, its unit and how long it holds, and two buttons."""
        text = self._told(match.entry)
        given = GivenAnswer(
            id=self._office.new_id(),
            conversation=self._inbound.address.key,
            inbox_id=self._item.id,
            entry=match.entry.code,
            text=text,
            score=match.score,
            given_at=self._now,
        )
        await self._work.note_answer(given)
        say = self._office.wording.say
        buttons = (
            Button(say("button_known_helpful"), f"{PREFIX}:{given.id}:{Verdict.HELPFUL}"),
            Button(say("button_known_unhelpful"), f"{PREFIX}:{given.id}:{Verdict.UNHELPFUL}"),
        )
        message = Outbound(
            text,
            buttons=(buttons,),
            slot=_slot(given),
            reply_to=self._inbound.message_id,
            purpose="question",
        )
        await self._work.send(self._inbound.address, message, self._now)

    def _told(self, entry: Entry) -> str:
        key, days = validity(entry)
        slots = {
            "answer": entry.answer,
            "source": entry.source,
            "unit": self._office.unit_name(entry.unit),
            "validity": self._office.wording.say(key, days),
        }
        return self._office.wording.say("known_answer", slots)

    async def _press_known(self, rest: str) -> None:
        answer_id, _, verdict = rest.rpartition(":")
        given = await self._work.given_answer(answer_id)
        mine = given is not None and given.conversation == self._inbound.address.key
        if given is None or not mine or verdict not in (Verdict.HELPFUL, Verdict.UNHELPFUL):
            await self._say("button_unknown")
            return
        await self._judge(given, Said(Verdict(verdict)), "")

    async def _judge_by_words(self, given: GivenAnswer, words: str) -> None:
        if (said := verdict_in(words)) is not None:
            await self._judge(given, said, words)

    async def _judge(self, given: GivenAnswer, said: Said, words: str) -> None:
        """有用 is thanked; with 没说清 the question goes to people as it was asked."""
        if not await self._work.judge_answer(given.id, said.verdict, self._now):
            again = said.verdict is Verdict.HELPFUL and given.verdict is Verdict.HELPFUL
            await self._say("known_thanks" if again else "button_old")
            return
        await self._show_verdict(given, said.verdict)
        if said.verdict is Verdict.HELPFUL:
            await self._say("known_thanks")
            return
        item = await self._work.inbox_item(given.inbox_id)
        if item is None:
            await self._say("known_ask_again")
            return
        ticket = await self._waiting(item).asked_of_people(given)
        if ticket is not None and said.more:
            await self.act(Do.SUPPLEMENT, ticket, words)

    def _waiting(self, item: InboxItem) -> ResidentKnown:
        """The desk of the message that asked."""
        return ResidentKnown(self._work, self._office, item)

    async def asked_of_people(self, given: GivenAnswer) -> Ticket | None:
        """The question becomes a ticket whose history says what had been answered."""
        await self.as_new_matter()
        ticket = await self._own_ticket(await self._work.ticket_of_message(self._item.id))
        if ticket is not None:
            event = life.remark(ticket, EventName.AUTO_ANSWERED, "system", given.text, self._now)
            await self._work.append_events(ticket.number, [event])
        return ticket

    async def _show_verdict(self, given: GivenAnswer, verdict: Verdict) -> None:
        """The answer stays to be read; what was said of it takes the place of the buttons."""
        say = self._office.wording.say
        helpful = verdict is Verdict.HELPFUL
        chosen = say("button_known_helpful") if helpful else say("button_known_unhelpful")
        words = f"{given.text}\n{say('question_answered', {'answer': chosen})}"
        message = Outbound(words, slot=_slot(given))
        await self._work.send(self._inbound.address, message, self._now)

    async def _forget_answers(self, item: InboxItem) -> None:
        """The question was edited: its earlier answer counts no more, nor do its buttons."""
        for given in await self._given(NOT_AGAIN_FOR):
            if given.inbox_id == item.id and given.verdict not in FINAL:
                await self._work.judge_answer(given.id, Verdict.SUPERSEDED, self._now)
                await self._work.send(
                    self._inbound.address, Outbound(given.text, slot=_slot(given)), self._now
                )


def _slot(given: GivenAnswer) -> str:
    return f"{PREFIX}:{given.id}"
