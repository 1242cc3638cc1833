"""What happens when a clock runs out: a query over deadlines, not a timer in memory."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from routing.decide import MOST_QUESTIONS, decide
from routing.ladder import next_rung
from services.conversation import About
from services.dialogue import words_of
from services.errors import Conflict
from services.intake import close_place_questions, known_place, request_of, routed
from services.messages import Inbound, InboundKind, Outbound
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.ports import UnitOfWork, UnitOfWorkFactory
from services.reading import remembered
from services.residents import ResidentDesk
from tickets import ticket as life
from tickets.states import IN_HAND, State
from tickets.ticket import Ticket

log = structlog.get_logger()

_NEED_NO_ANSWER = ("place", "withdraw", "rating")
"""What a lapsed question about several tickets was for, where going on without it is right."""


class Escalation:
    """One pass looks at everything whose time is over."""

    def __init__(
        self, units_of_work: UnitOfWorkFactory, office: Callable[[], Office], *, batch: int = 100
    ) -> None:
        self._units_of_work = units_of_work
        self._office = office
        self._batch = batch

    async def run_once(self) -> int:
        """Handle what is due; returns how many tickets and questions moved."""
        now = self._office().clock()
        async with self._units_of_work() as work:
            numbers = [ticket.number for ticket in await work.due_tickets(now, self._batch)]
            questions = [q.id for q in await work.lapsed_questions(now, self._batch)]
        moved = 0
        for number in numbers:
            moved += await self._guarded(self._ticket, number)
        for question_id in questions:
            moved += await self._guarded(self._question, question_id)
        return moved

    async def _guarded(
        self, step: Callable[[UnitOfWork, str], Awaitable[None]], identity: str
    ) -> int:
        """Each ticket has its own transaction, so that one bad row stops no other."""
        try:
            async with self._units_of_work() as work:
                await step(work, identity)
                await work.commit()
        except Conflict:
            return 0  # somebody acted at the same moment: nothing is late any more
        except Exception as exc:
            # Outermost loop of the pass: the row stays due and is tried at the next pass.
            log.error("escalation.failed", subject=identity, error=type(exc).__name__)
            return 0
        return 1

    async def _ticket(self, work: UnitOfWork, number: str) -> None:
        office = self._office()
        ticket = await work.ticket(number)
        now = office.clock()
        if ticket is None or ticket.due_at is None or ticket.due_at > now:
            return
        if ticket.state is State.NEED_INFO:
            await self._go_on_without_place(work, office, ticket)
        elif ticket.state is State.PENDING_CALLBACK:
            changed, event = life.close(ticket, now)
            saved = await work.save_ticket(changed, [event])
            await tell_resident(work, office, saved, "closed_silent")
        else:
            await self._climb(work, office, ticket)

    async def _climb(self, work: UnitOfWork, office: Office, ticket: Ticket) -> None:
        now = office.clock()
        above = next_rung(office.county, ticket.owner, ticket.matter)
        in_hand = ticket.state in IN_HAND
        # 首接负责: who signed stays answerable, the level above is told.
        owner = ticket.owner if in_hand or above is None else above
        if in_hand:
            reason, key = "reason_overdue", "cadre_overdue"
            due = office.limits.overdue_again(ticket.urgent, now)
        else:
            waiting = ticket.state is State.PENDING_INTAKE
            reason = "reason_not_triaged" if waiting else "reason_not_signed"
            key = "cadre_escalated_away"
            due = office.limits.sign_by(ticket.urgent, now)
        changed, event = life.escalate(
            ticket,
            owner=owner,
            person=ticket.person if in_hand else office.in_charge(owner),
            due_at=due,
            now=now,
            reason=office.wording.say(reason),
            climbed=above is not None,
        )
        saved = await work.save_ticket(changed, [event])
        log.info("ticket.escalated", ticket=saved.number, to=owner, state=str(saved.state))
        await tell_resident(work, office, saved)
        await tell_cadres(work, office, saved, why=event.text, new_owner=not in_hand)
        if above is not None:
            await self._tell_rungs(work, office, ticket, above, key)

    async def _tell_rungs(
        self, work: UnitOfWork, office: Office, ticket: Ticket, above: str, key: str
    ) -> None:
        """Both rungs learn of it: the one that was late and, when it stays there, the one above."""
        people = {ticket.person, office.in_charge(above) if ticket.state in IN_HAND else None}
        slots = {"number": ticket.number, "unit": office.unit_name(above)}
        words = office.wording.say(key, slots)
        for chat in await work.chats_for([p for p in people if p], None):
            message = Outbound(words, ticket=ticket.number, purpose="card")
            await work.send(chat.address, message, office.clock())

    async def _go_on_without_place(self, work: UnitOfWork, office: Office, ticket: Ticket) -> None:
        request = request_of(
            remembered(ticket), known_place(office, ticket), places_asked=MOST_QUESTIONS
        )
        decision = decide(office.county, request, office.clock(), live=office.live)
        reason = office.wording.say("reason_place_silent")
        changed, events = routed(office, ticket, decision, reason=reason)
        saved = await work.save_ticket(changed, events)
        await close_place_questions(work, office, ticket)
        await tell_resident(work, office, saved)
        await tell_cadres(work, office, saved, why=reason)

    async def _question(self, work: UnitOfWork, question_id: str) -> None:
        """A message whose question nobody answered is a matter of its own, or several: nothing is
        lost."""
        office = self._office()
        question = await work.question(question_id)
        if question is None or question.answered_at is not None:
            return
        if not await work.close_question(question_id, office.clock()):
            return
        if question.inbox_id is None or question.verb in _NEED_NO_ANSWER:
            return
        item = await work.inbox_item(question.inbox_id)
        if item is None or _is_mere_picture(item.inbound):
            return  # a picture without words is no matter; it stays with the chat
        desk = ResidentDesk(work, office, item)
        if question.about is About.SPLIT:
            await desk.split_lapsed(question)
        else:
            await desk.as_new_matter()


def _is_mere_picture(inbound: Inbound) -> bool:
    lone = inbound.attachment is not None and not words_of(inbound)
    return lone and inbound.kind is not InboundKind.VOICE
