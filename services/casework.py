"""Cadres: buttons, answers and bindings, from a recorded message to what it changes."""

from __future__ import annotations

from dataclasses import replace

from routing.ladder import next_rung
from routing.units import Cadre, Unit
from services.cards import cadre_card, local
from services.dialogue import cleaned
from services.duty_desk import take_duty
from services.messages import Address, Inbound, InboundKind, Outbound
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.policy import may_handle, units_seen_by
from services.ports import InboxItem, UnitOfWork
from tickets import ticket as life
from tickets.states import IN_HAND, STATE_NAMES, NotAllowed, State
from tickets.ticket import Ticket

WEB = "web"
DISCIPLINE = "discipline_report"
_COUNTY_LEVELS = ("county_unit", "county_center", "discipline_channel")
_PROMPTS = {"return_reason": "return", "resolve_answer": "resolve"}


class CadreDesk:
    """Applies one message of a cadre within a unit of work."""

    def __init__(self, work: UnitOfWork, office: Office, item: InboxItem) -> None:
        self._work = work
        self._office = office
        self._item_id = item.id
        self._inbound: Inbound = item.inbound
        self._now = office.clock()

    async def handle(self) -> None:
        """Do what the message asks."""
        inbound = self._inbound
        if inbound.kind in (InboundKind.BLOCKED, InboundKind.UNBLOCKED):
            reachable = inbound.kind is InboundKind.UNBLOCKED
            await self._work.set_reachable(inbound.address, reachable)
            return
        if inbound.kind is InboundKind.MOVED:
            new = Address(inbound.address.channel, inbound.address.bot, inbound.text)
            await self._work.move_chat(inbound.address, new)
            return
        if inbound.address.channel != WEB:
            # Whoever writes can be reached again.
            await self._work.set_reachable(inbound.address, True)
        cadre = await self._cadre()
        if inbound.kind is InboundKind.START and (cleaned(inbound.text) or inbound.in_group):
            await self._bind(cadre)
        elif cadre is None:
            # In a group most messages are not for us: only a press or a reply gets an answer.
            if not inbound.in_group or inbound.data or inbound.reply_to:
                await self._say("cadre_bind_first")
        elif await take_duty(self._work, self._office, inbound, cadre):
            pass  # 值班, 请假, 换班, 销假
        elif inbound.kind is InboundKind.PROGRESS:
            await self._today(cadre)
        elif inbound.kind is InboundKind.PRESS:
            await self._press(cadre)
        elif inbound.kind in (InboundKind.TEXT, InboundKind.PHOTO, InboundKind.DOCUMENT):
            await self._words(cadre)
        elif inbound.kind in (InboundKind.HELP, InboundKind.START):
            await self._say("cadre_help")
        elif not inbound.in_group:
            await self._say("cadre_unsupported")

    async def _say(self, key: str, **slots: str) -> None:
        words = self._office.wording.say(key, slots)
        await self._work.send(
            self._inbound.address, Outbound(words, reply_to=self._inbound.message_id), self._now
        )

    async def _cadre(self) -> Cadre | None:
        if self._inbound.address.channel == WEB:
            # The page signs its cadre in before it records anything.
            return self._office.cadre(self._inbound.sender)
        found = await self._work.cadre_of(self._inbound.address, self._inbound.sender)
        return self._office.cadre(found)

    async def _bind(self, cadre: Cadre | None) -> None:
        inbound = self._inbound
        if inbound.in_group:
            # A one-time code is never read from a group, where everybody sees it.
            if cadre is None:
                await self._say("cadre_group_no_unit")
                return
            await self._work.bind_group(inbound.address, cadre.unit)
            await self._say("cadre_welcome_group", unit=self._office.unit_name(cadre.unit))
            return
        found = await self._work.redeem_code(cleaned(inbound.text), self._now)
        bound = self._office.cadre(found)
        if bound is None:
            await self._say("cadre_code_wrong")
            return
        await self._work.bind_cadre(inbound.address, inbound.sender, bound.id)
        await self._say("cadre_welcome", person=bound.name, unit=self._office.unit_name(bound.unit))
        await self._today(bound, silent=True)

    async def _today(self, cadre: Cadre, *, silent: bool = False) -> None:
        units = units_seen_by(self._office.county, cadre)
        tickets = await self._work.open_at(units, limit=10)
        if self._inbound.in_group:
            # Many read a group: what is confidential is not even listed there.
            tickets = [ticket for ticket in tickets if not ticket.confidential]
        if not tickets and not silent:
            await self._say("cadre_today_none")
        for ticket in tickets:
            card = cadre_card(self._office, ticket, in_group=self._inbound.in_group, mine=True)
            await self._work.send(self._inbound.address, card, self._now)

    async def _press(self, cadre: Cadre) -> None:
        kind, _, rest = self._inbound.data.partition(":")
        number, _, verb = rest.rpartition(":")
        ticket = await self._work.ticket(number) if kind == "c" else None
        if ticket is None:
            await self._say("cadre_no_ticket")
            return
        await self.act(cadre, ticket, verb, cleaned(self._inbound.text))

    async def _words(self, cadre: Cadre) -> None:
        inbound = self._inbound
        sent = None
        if inbound.reply_to is not None:
            sent = await self._work.ticket_of_sent(inbound.address, inbound.reply_to)
        ticket = await self._work.ticket(sent.ticket) if sent and sent.ticket else None
        if ticket is None or sent is None:
            if not inbound.in_group:
                await self._say("cadre_reply_to_card")
            return
        await self.act(cadre, ticket, _PROMPTS.get(sent.purpose, "reply"), cleaned(inbound.text))

    async def act(self, cadre: Cadre, ticket: Ticket, verb: str, text: str) -> None:
        """One action of a cadre on one ticket; a refusal is a sentence and changes nothing."""
        if not may_handle(self._office.county, cadre, ticket):
            await self._say("cadre_not_yours")
            return
        # 首接负责: a colleague cannot give away what somebody has signed for.
        of_a_colleague = cadre.unit == ticket.owner and cadre.id != ticket.person
        if verb in ("return", "dispatch") and ticket.state in IN_HAND and of_a_colleague:
            await self._not_now(ticket)
            return
        actions = {
            "sign": self._sign,
            "reply": self._reply,
            "resolve": self._resolve,
            "return": self._return,
            "dispatch": self._dispatch,
        }
        action = actions.get(verb)
        if action is None:
            await self._say("cadre_unsupported")
            return
        try:
            await action(cadre, ticket, text)
        except NotAllowed:
            await self._not_now(ticket)

    async def _not_now(self, ticket: Ticket) -> None:
        if ticket.state in IN_HAND:
            name = self._office.cadre_name(ticket.person)
            await self._say("cadre_already_signed", number=ticket.number, person=name)
            return
        state = STATE_NAMES[ticket.state]
        await self._say("cadre_not_now", number=ticket.number, state=state)

    async def _sign(self, cadre: Cadre, ticket: Ticket, _text: str) -> None:
        saved = await self._signed(cadre, ticket)
        due = local(saved.due_at) if saved.due_at else ""
        await self._say("cadre_signed", number=saved.number, due=due)
        await tell_resident(self._work, self._office, saved)
        await tell_cadres(self._work, self._office, saved)

    async def _signed(self, cadre: Cadre, ticket: Ticket) -> Ticket:
        row = self._office.county.catalogue.get(ticket.matter)
        due = self._office.limits.close_by(
            ticket.urgent,
            ticket.appeal_type,
            self._now,
            days=row.limits.get(ticket.appeal_type) if row else None,
        )
        changed, event = life.sign_for(
            ticket, person=cadre.id, owner=cadre.unit, due_at=due, now=self._now
        )
        return await self._work.save_ticket(changed, [event])

    async def _in_hand(self, cadre: Cadre, ticket: Ticket) -> Ticket:
        """Who answers an unsigned ticket signs for it by that (no extra tap for cadres)."""
        if ticket.state in (State.DISPATCHED, State.PENDING_INTAKE):
            return await self._signed(cadre, ticket)
        return ticket

    async def _reply(self, cadre: Cadre, ticket: Ticket, text: str) -> None:
        if not text:
            await self._say("cadre_needs_text")
            return
        ticket = await self._in_hand(cadre, ticket)
        changed, event = life.reply(ticket, person=cadre.id, text=text, now=self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(
            self._work,
            self._office,
            saved,
            "answered",
            answer=text,
            person=cadre.name,
            unit=self._office.unit_name(cadre.unit),
        )
        if self._inbound.attachment is not None:
            await self._work.add_attachment(
                self._inbound.address, self._item_id, saved.number, self._inbound.attachment
            )
        await self._say("cadre_replied", number=saved.number)
        await tell_cadres(self._work, self._office, saved)

    async def _resolve(self, cadre: Cadre, ticket: Ticket, text: str) -> None:
        if ticket.state not in IN_HAND and ticket.state is not State.DISPATCHED:
            await self._not_now(ticket)
            return
        if not text:
            # An interim answer (下周三派人去看) is no result: the result is always asked for.
            await self._prompt("cadre_ask_resolve", ticket, "resolve_answer")
            return
        ticket = await self._in_hand(cadre, ticket)
        changed, events = life.resolve(
            ticket,
            person=cadre.id,
            text=text,
            callback_due=self._office.limits.reopen_until(self._now),
            now=self._now,
        )
        saved = await self._work.save_ticket(changed, events)
        await tell_resident(
            self._work,
            self._office,
            saved,
            "resolved",
            answer=text,
            person=cadre.name,
            unit=self._office.unit_name(cadre.unit),
        )
        await self._say("cadre_resolved", number=saved.number)
        await tell_cadres(self._work, self._office, saved)

    async def _return(self, cadre: Cadre, ticket: Ticket, text: str) -> None:
        if ticket.state not in IN_HAND and ticket.state is not State.DISPATCHED:
            await self._not_now(ticket)
            return
        if not text:
            await self._prompt("cadre_ask_return", ticket, "return_reason")
            return
        county = self._office.county
        # The second return of one ticket goes to the county centre (domain.md §5, rule 4).
        above = next_rung(county, ticket.owner, ticket.matter) if ticket.returns == 0 else None
        owner = above or county.org.county_center.code
        if ticket.owner == county.org.discipline_channel.code:
            owner = ticket.owner
        changed, event = life.return_order(
            ticket,
            by=cadre.id,
            reason=text,
            owner=owner,
            person=self._office.in_charge(owner),
            due_at=self._office.limits.sign_by(ticket.urgent, self._now),
            now=self._now,
        )
        saved = await self._work.save_ticket(changed, [event])
        unit = self._office.unit_name(owner)
        await self._say("cadre_returned", number=saved.number, unit=unit)
        await tell_resident(self._work, self._office, saved)
        await tell_cadres(self._work, self._office, saved, why=text, new_owner=True)

    async def _dispatch(self, cadre: Cadre, ticket: Ticket, text: str) -> None:
        unit = self._office.county.org.unit(text)
        refusal = self._why_not_there(cadre, ticket, unit)
        if unit is None or refusal:
            await self._say(refusal or "cadre_unit_unknown")
            return
        sealed = self._office.county.org.discipline_channel.code
        if unit.code == sealed:
            row = self._office.county.catalogue.get(DISCIPLINE)
            ticket = replace(
                ticket,
                confidential=True,
                group=row.group if row else ticket.group,
                matter=row.matter if row else None,
                matter_name=row.name if row else "",
            )
        elif ticket.owner == sealed:
            # Its officers found that it is no report; what it is, the next unit decides.
            ticket = replace(ticket, matter=None, matter_name="", group=None)
        changed, event = life.dispatch(
            ticket,
            owner=unit.code,
            person=self._office.in_charge(unit.code),
            due_at=self._office.limits.sign_by(ticket.urgent, self._now),
            now=self._now,
            actor=cadre.id,
        )
        saved = await self._work.save_ticket(changed, [event])
        await self._say("cadre_dispatched", number=saved.number, unit=unit.name)
        await tell_resident(self._work, self._office, saved)
        await tell_cadres(self._work, self._office, saved, new_owner=True)

    def _why_not_there(self, cadre: Cadre, ticket: Ticket, unit: Unit | None) -> str:
        """The sentence that refuses a dispatch, empty when it is right."""
        org = self._office.county.org
        own = org.unit(cadre.unit)
        if own is None or own.level in ("linkage_group", "village_center"):
            return "cadre_not_yours"  # whose it is not, gives it back (退单)
        if unit is None:
            return "cadre_unit_unknown"
        if unit.code == ticket.owner:
            return "cadre_same_unit"
        row = self._office.county.catalogue.get(ticket.matter)
        from_sealed = ticket.owner == org.discipline_channel.code
        lowest = row.min_level if row and not from_sealed else "village"
        too_low = (lowest == "county" and unit.level not in _COUNTY_LEVELS) or (
            (lowest == "township" or ticket.confidential) and unit.level == "village_center"
        )
        return "cadre_unit_unknown" if too_low else ""

    async def _prompt(self, key: str, ticket: Ticket, purpose: str) -> None:
        words = self._office.wording.say(key, {"number": ticket.number})
        message = Outbound(words, ticket=ticket.number, purpose=purpose)
        await self._work.send(self._inbound.address, message, self._now)
