"""Cadres: buttons, answers and bindings, from a recorded message to what it changes."""

from __future__ import annotations

from routing.units import Cadre
from services.cadre_cards import cadre_card
from services.case import Case
from services.case_closing import supplied
from services.case_menu import Seat, possible
from services.case_more import asked_for_the_rest, parted
from services.case_verbs import GIVES_AWAY, VERBS, verb_of
from services.case_words import number_in
from services.dialogue import cleaned
from services.duty_desk import take_duty
from services.messages import Address, Inbound, InboundKind, Outbound
from services.office import Office
from services.policy import may_handle, units_seen_by
from services.ports import InboxItem, UnitOfWork
from tickets.actions import Role
from tickets.life import GuardFailed
from tickets.moves import NotAllowed
from tickets.states import IN_HAND, STATE_NAMES, State
from tickets.ticket import Ticket

WEB = "web"
MOST_TODAY = 10
"""Cards that 今日 sends at most."""


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
        """What the cadre's units own, and what waits for them elsewhere."""
        units = units_seen_by(self._office.county, cadre)
        owned = await self._work.open_at(units, limit=MOST_TODAY)
        waiting = await self._work.waiting_for(units, limit=MOST_TODAY)
        listed = list({ticket.number: ticket for ticket in (*waiting, *owned)}.values())
        tickets = [each for each in listed if may_handle(self._office.county, cadre, each)]
        if self._inbound.in_group:
            # Many read a group: what is confidential is not even listed there.
            tickets = [ticket for ticket in tickets if not ticket.confidential]
        if not tickets and not silent:
            await self._say("cadre_today_none")
        for ticket in tickets[:MOST_TODAY]:
            await self._show(cadre, ticket)

    async def _show(self, cadre: Cadre, ticket: Ticket) -> None:
        card = cadre_card(
            self._office,
            ticket,
            in_group=self._inbound.in_group,
            seat=Seat(cadre.unit, cadre.id),
            now=self._now,
        )
        await self._work.send(self._inbound.address, card, self._now)

    async def _press(self, cadre: Cadre) -> None:
        kind, _, rest = self._inbound.data.partition(":")
        number, _, pressed = rest.partition(":")
        ticket = await self._work.ticket(number) if kind == "c" else None
        if ticket is None:
            await self._say("cadre_no_ticket")
            return
        await self.act(cadre, ticket, pressed, cleaned(self._inbound.text))

    async def _words(self, cadre: Cadre) -> None:
        inbound = self._inbound
        sent = None
        if inbound.reply_to is not None:
            sent = await self._work.ticket_of_sent(inbound.address, inbound.reply_to)
        ticket = await self._work.ticket(sent.ticket) if sent and sent.ticket else None
        if ticket is None or sent is None:
            if not inbound.in_group:
                await self._looked_up(cadre)
            return
        verb, text = verb_of(sent.purpose), cleaned(inbound.text)
        if inbound.attachment is not None and not text:
            # A picture alone is kept; the words that were asked for are asked for again.
            await self.act(cadre, ticket, "photo", "")
            if verb in ("photo", "reply", "note"):
                return
            ticket = await self._work.ticket(ticket.number) or ticket
        await self.act(cadre, ticket, verb, text)

    async def _looked_up(self, cadre: Cadre) -> None:
        """A ticket's number alone shows its card; other words belong to a card."""
        number = number_in(self._inbound.text)
        ticket = await self._work.ticket(number) if number else None
        if ticket is not None and may_handle(self._office.county, cadre, ticket):
            await self._show(cadre, ticket)
        else:
            await self._say("cadre_no_ticket" if number else "cadre_reply_to_card")

    async def act(self, cadre: Cadre, ticket: Ticket, verb: str, text: str) -> None:
        """One action of a cadre on one ticket; a refusal is a sentence and changes nothing."""
        case = Case(self._work, self._office, self._inbound, self._item_id, cadre, ticket)
        roles = case.roles
        if not roles:
            await self._say("cadre_not_yours")
            return
        verb, choice = parted(verb)
        action = VERBS.get(verb)
        # 首接负责: a colleague cannot give away what somebody has signed for.
        of_a_colleague = roles == {Role.OWNER} and cadre.id != ticket.person
        given_away = verb in GIVES_AWAY and ticket.state in IN_HAND and of_a_colleague
        # What the state forbids is refused before anything is asked: no words for nothing.
        known = verb == "more" or verb in {each.verb for each in possible(ticket.state, roles)}
        if action is None or given_away or not known:
            await self._not_now(ticket)
            return
        try:
            # A rule that refuses leaves everything as it was, also what came before it.
            async with self._work.savepoint():
                if choice and not text and await asked_for_the_rest(case, verb, choice):
                    return
                await action(case, f"{choice} {text}".strip())
                await supplied(case)
        except NotAllowed:
            await self._not_now(ticket)
        except GuardFailed as exc:
            await self._say(f"refused_{exc.code}", number=ticket.number, **exc.slots)

    async def _not_now(self, ticket: Ticket) -> None:
        if ticket.state in (State.SIGNED, State.HANDLING):
            name = self._office.cadre_name(ticket.person)
            await self._say("cadre_already_signed", number=ticket.number, person=name)
            return
        state = STATE_NAMES[ticket.state]
        await self._say("cadre_not_now", number=ticket.number, state=state)
