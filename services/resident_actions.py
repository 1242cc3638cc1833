"""What a resident does to a ticket of theirs: add, nudge, rate, take back, say solved or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from routing.ladder import next_rung
from services.cards import resident_card
from services.dialogue import (
    Do,
)
from services.messages import Button, Outbound
from services.notify import remark_to_cadres, tell_cadres, tell_resident
from services.resident_chat import ResidentChat
from tickets import ticket as life
from tickets.events import EventName
from tickets.states import State
from tickets.ticket import Ticket

NUDGE_PAUSE = timedelta(minutes=10)
"""A button pressed again sooner tells nobody anything new."""


class ResidentActions(ResidentChat):
    """Actions on one ticket."""

    async def act(self, verb: str, ticket: Ticket, text: str, *, secret: bool = False) -> None:
        """One action of the resident on one ticket of theirs; files of the message go along."""
        await self._bind(ticket)
        if verb == Do.SUPPLEMENT:
            await self._supplement(ticket, text, secret=secret)
        elif verb == Do.NUDGE:
            await self.nudge(ticket, text)
        elif verb == Do.RATE:
            await self._remark(ticket, EventName.RATED, text, "rated")
        elif verb == Do.NOT_SOLVED:
            await self._not_solved(ticket, text)
        elif verb == Do.OFFER_WITHDRAWAL:
            await self._offer_withdrawal(ticket)

    async def nudge(self, ticket: Ticket, text: str) -> None:
        """催办, once in ten minutes; words that came with it are always handed on."""
        history = await self._work.events(ticket.number)
        nudged = [event.at for event in history if event.name is EventName.NUDGED]
        if nudged and self._now - nudged[-1] < NUDGE_PAUSE and not text:
            await self._say("nudged_just_now", number=ticket.number)
            return
        await self._remark(ticket, EventName.NUDGED, text, "nudged")

    async def _supplement(self, ticket: Ticket, text: str, *, secret: bool) -> None:
        if secret and not ticket.confidential:
            ticket = await self._work.save_ticket(replace(ticket, confidential=True), [])
        if self._inbound.attachment is not None and not text:
            text = self._office.wording.say("word_file_only")
        await self._remark(ticket, EventName.SUPPLEMENTED, text, "supplemented")
        if ticket.state is State.PENDING_CALLBACK:
            # Whoever has more to say may mean that it is not solved: the buttons stand below.
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _remark(self, ticket: Ticket, name: EventName, text: str, key: str) -> None:
        event = life.remark(ticket, name, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        await remark_to_cadres(self._work, self._office, ticket, f"cadre_{key}", text)
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
        if ticket.state is State.PENDING_CALLBACK:
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
        changed, event = life.confirm_solved(ticket, self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "closed_solved")
        await tell_cadres(self._work, self._office, saved)

    async def _not_solved(self, ticket: Ticket, text: str) -> None:
        """Handled again, one level up, with the resident's words on top."""
        office = self._office
        window = office.limits.reopen_until(ticket.updated_at)
        if ticket.state is State.CLOSED and self._item.received_at > window:
            await self._say("reopen_too_late", number=ticket.number)
            return
        owner = next_rung(office.county, ticket.owner, ticket.matter) or ticket.owner
        due = office.limits.sign_by(ticket.urgent, self._now)
        changed, event = life.not_solved(
            ticket,
            owner=owner,
            person=office.in_charge(owner),
            due_at=due,
            text=text,
            now=self._now,
        )
        saved = await self._work.save_ticket(changed, [event])
        key = "reopened" if owner != ticket.owner else "reopened_same"
        await tell_resident(self._work, office, saved, key)
        why = text or office.wording.say("word_not_solved")
        await tell_cadres(self._work, office, saved, why=why, new_owner=True)
