"""What a resident does to a ticket of theirs: add, nudge, rate, take back, say solved or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from routing.ladder import next_rung
from services.cards import resident_card
from services.dialogue import Do
from services.levels import level_in
from services.messages import Button, Outbound
from services.notify import (
    remark_to_cadres,
    tell_cadres,
    tell_merged,
    tell_nudged_twice,
    tell_resident,
)
from services.placing import settled
from services.resident_chat import ResidentChat
from tickets import life
from tickets.events import Event, EventName
from tickets.states import ANSWERED, State
from tickets.ticket import Ticket

NUDGE_PAUSE = timedelta(minutes=10)
"""A button pressed again sooner tells nobody anything new."""
NUDGE_DAY = timedelta(hours=24)
MOST_NUDGES = 3
"""In a day; words that come with a nudge are handed on all the same."""
NUDGES_TELL_UP = 2
"""So many nudges that nobody acted on are told to the next rung, too."""
WHY_NOT = ("nobody_came", "not_fixed", "wrong_answer", "attitude")
"""What the buttons say of what was not solved."""
_BY_CADRES = frozenset({EventName.REPLIED, EventName.NOTED, EventName.SIGNED, EventName.RULED})


def _nudges_in_vain(history: Sequence[Event]) -> int:
    """Nudges since a cadre last did something."""
    count = 0
    for event in history:
        if event.name is EventName.NUDGED:
            count += 1
        elif event.name in _BY_CADRES:
            count = 0
    return count


class ResidentActions(ResidentChat):
    """Actions on one ticket."""

    async def act(self, verb: str, ticket: Ticket, text: str, *, secret: bool = False) -> None:
        """One action of the resident on one ticket of theirs; files of the message go along."""
        await self._bind(ticket)
        if verb == Do.SUPPLEMENT:
            await self._supplement(ticket, text, secret=secret)
        elif verb == Do.NUDGE and ticket.state in ANSWERED:
            # There is nothing left to hurry: whoever still asks has more to say.
            await self._supplement(ticket, text, secret=secret)
        elif verb == Do.NUDGE:
            await self.nudge(ticket, text)
        elif verb == Do.RATE:
            await self._rated_in_words(ticket, text)
        elif verb == Do.NOT_SOLVED:
            await self._not_solved(ticket, text)
        elif verb == Do.OFFER_WITHDRAWAL:
            await self._offer_withdrawal(ticket)

    async def nudge(self, ticket: Ticket, text: str) -> None:
        """催办, once in ten minutes and three times a day; words that came with it are always
        handed on. The second nudge since somebody last acted tells the next rung, too."""
        history = await self._work.events(ticket.number)
        nudged = [event.at for event in history if event.name is EventName.NUDGED]
        if nudged and not text:
            if self._now - nudged[-1] < NUDGE_PAUSE:
                await self._say("nudged_just_now", number=ticket.number)
                return
            if sum(self._now - at < NUDGE_DAY for at in nudged) >= MOST_NUDGES:
                await self._say("nudged_enough", number=ticket.number)
                return
        _, event = life.nudge(ticket, text=text, now=self._now)
        await self._confirmed(ticket, event, "nudged")
        if _nudges_in_vain(history) + 1 >= NUDGES_TELL_UP:
            await tell_nudged_twice(self._work, self._office, ticket)

    async def _supplement(self, ticket: Ticket, text: str, *, secret: bool) -> None:
        if secret and not ticket.confidential:
            ticket = await self._work.save_ticket(replace(ticket, confidential=True), [])
        if self._inbound.attachment is not None and not text:
            text = self._office.wording.say("word_file_only")
        if ticket.waits_in_hand:
            await self._resume_work(ticket, text)
            return
        await self._remark(ticket, EventName.SUPPLEMENTED, text, "supplemented")
        if ticket.state in ANSWERED:
            # Whoever has more to say may mean that it is not solved: the buttons stand below.
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _resume_work(self, ticket: Ticket, text: str) -> None:
        """What the person in charge asked for is here: the clock of closing goes on."""
        changed, event = life.resume(
            ticket,
            by="resident",
            text=text,
            limits=self._office.limits_at(ticket.owner),
            now=self._now,
            roles=life.BY_RESIDENT,
        )
        saved = await self._work.save_ticket(changed, [event])
        await remark_to_cadres(self._work, self._office, saved, "cadre_supplemented", text)
        await tell_resident(self._work, self._office, saved, "supplemented")
        await tell_cadres(self._work, self._office, saved)

    async def _remark(self, ticket: Ticket, name: EventName, text: str, key: str) -> None:
        event = life.remark(ticket, name, "resident", text, self._now)
        await self._confirmed(ticket, event, key)

    async def _confirmed(self, ticket: Ticket, event: Event, key: str) -> None:
        """Words of the resident are in the history, with whoever has the ticket, and confirmed."""
        await self._work.append_events(ticket.number, [event])
        await remark_to_cadres(self._work, self._office, ticket, f"cadre_{key}", event.text)
        await self._say(
            key,
            number=ticket.number,
            matter=self._office.matter_name(ticket),
            person=self._office.cadre_name(ticket.person),
        )

    async def _progress(self, tickets: tuple[Ticket, ...]) -> None:
        shown = [ticket for ticket in tickets if ticket.is_open] or list(tickets[:1])
        if not shown:
            await self._say("nothing_open")
            return
        for ticket in shown[:5]:
            # A copy below the question, with no slot: the card itself stays where it is.
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _offer_withdrawal(self, ticket: Ticket) -> None:
        if ticket.state in ANSWERED:
            await self._say("withdraw_answered", number=ticket.number)
            return
        say = self._office.wording.say
        buttons = (
            Button(say("button_withdraw_yes"), f"t:{ticket.number}:withdraw_yes"),
            Button(say("button_withdraw_no"), f"t:{ticket.number}:withdraw_no"),
        )
        slots = {"number": ticket.number, "matter": self._office.matter_name(ticket)}
        words = say("ask_withdraw", slots)
        message = Outbound(words, buttons=(buttons,), ticket=ticket.number, purpose="question")
        await self._work.send(self._inbound.address, message, self._now)

    async def _withdraw(self, ticket: Ticket) -> None:
        changed, event = life.withdraw(ticket, self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "withdrawn")
        await tell_cadres(self._work, self._office, saved)

    async def _solved(self, ticket: Ticket) -> None:
        limits = self._office.limits_at(ticket.owner)
        changed, event = life.confirm_solved(ticket, limits=limits, now=self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "ask_rating")
        await tell_cadres(self._work, self._office, saved)
        await tell_merged(self._work, self._office, saved)

    async def _rate(self, ticket: Ticket, level: int) -> None:
        changed, event = life.rate(ticket, level=level, now=self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "closed_solved")
        await tell_cadres(self._work, self._office, saved)

    async def _rated_in_words(self, ticket: Ticket, text: str) -> None:
        """满意 says that it is solved, too; 不满意 says nothing of that: the buttons are shown."""
        level = level_in(text)
        if ticket.state in (State.RESOLVED, State.PENDING_CALLBACK) and (level or 0) >= 3:
            limits = self._office.limits_at(ticket.owner)
            changed, event = life.confirm_solved(ticket, limits=limits, now=self._now)
            ticket = await self._work.save_ticket(changed, [event])
        if ticket.state is State.CALLED_BACK and level is not None:
            await self._rate(ticket, level)
            return
        await self._remark(ticket, EventName.RATED, text, "rated")
        if ticket.state in ANSWERED:
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _not_solved(self, ticket: Ticket, text: str) -> None:
        """Handled again, one level up, with the resident's words on top."""
        office = self._office
        owner = next_rung(office.county, ticket.owner, ticket.matter) or ticket.owner
        try:
            changed, event = life.not_solved(
                ticket,
                owner=owner,
                person=office.in_charge(owner),
                text=text,
                limits=office.limits_at(owner),
                now=self._now,
                received_at=self._item.received_at,
            )
        except life.GuardFailed as exc:
            await self._say(exc.code, number=ticket.number)
            return
        changed, hops = settled(office, changed)
        saved = await self._work.save_ticket(changed, [event, *hops])
        key = "reopened" if saved.owner != ticket.owner else "reopened_same"
        await tell_resident(self._work, office, saved, key)
        if not text:
            await self._ask_why_not(saved)
        why = text or office.wording.say("word_not_solved")
        await tell_cadres(self._work, office, saved, why=why, new_owner=True)

    async def _appeal(self, ticket: Ticket, text: str) -> None:
        """申诉: the level above looks at what was declined."""
        office = self._office
        owner = next_rung(office.county, ticket.owner, ticket.matter) or ticket.owner
        try:
            changed, event = life.appeal(
                ticket,
                owner=owner,
                person=office.in_charge(owner),
                text=text,
                limits=office.limits_at(owner),
                now=self._now,
            )
        except life.GuardFailed as exc:
            await self._say(exc.code, number=ticket.number)
            return
        changed, hops = settled(office, changed)
        saved = await self._work.save_ticket(changed, [event, *hops])
        await tell_resident(self._work, office, saved, "appealed")
        why = text or office.wording.say("word_appeal")
        await tell_cadres(self._work, office, saved, why=why, new_owner=True)

    async def _ask_why_not(self, ticket: Ticket) -> None:
        """One tap says why; nothing waits for it, and words of one's own are welcome, too."""
        say = self._office.wording.say
        buttons = tuple(
            (Button(say(f"button_why_{reason}"), f"t:{ticket.number}:why_{reason}"),)
            for reason in WHY_NOT
        )
        message = Outbound(
            say("ask_why_not", {"number": ticket.number}),
            buttons=buttons,
            ticket=ticket.number,
            purpose="question",
        )
        await self._work.send(self._inbound.address, message, self._now)

    async def _why_not(self, ticket: Ticket, reason: str) -> None:
        words = self._office.wording.say(f"button_why_{reason}")
        told = await self._work.save_ticket(
            replace(ticket, why_not=words),
            [life.remark(ticket, EventName.SUPPLEMENTED, "resident", words, self._now)],
        )
        await remark_to_cadres(self._work, self._office, told, "cadre_supplemented", words)
        await self._say("why_noted", number=ticket.number)
