"""Reads again, with the model, what only keywords could read while the model was away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import structlog

from routing.decide import decide
from services.errors import Conflict
from services.intake import (
    close_place_questions,
    known_place,
    request_of,
    routed,
    with_matter,
)
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.ports import PredictionRecord, Understander, UnitOfWork, UnitOfWorkFactory
from services.understanding import Understanding
from tickets import life
from tickets.events import EventName
from tickets.states import State
from tickets.ticket import Ticket

log = structlog.get_logger()

_UNSIGNED = (State.PENDING_INTAKE, State.NEED_INFO, State.DISPATCHED)


class Reparse:
    """Corrects degraded tickets as soon as the model answers again."""

    def __init__(
        self,
        units_of_work: UnitOfWorkFactory,
        understander: Understander,
        office: Callable[[], Office],
        *,
        batch: int = 50,
    ) -> None:
        self._units_of_work = units_of_work
        self._understander = understander
        self._office = office
        self._batch = batch

    async def run_once(self) -> int:
        """Read a batch again; stops at the first message that is degraded once more."""
        async with self._units_of_work() as work:
            waiting = await work.degraded_tickets(self._batch)
        done = 0
        for ticket, text, inbox_id in waiting:
            understanding = await self._understander.understand(text, ticket.township)
            if understanding.degraded:
                break
            try:
                await self._correct(ticket.number, understanding, inbox_id)
            except Conflict:
                continue  # somebody acted at the same moment: the next pass looks again
            done += 1
        return done

    async def _correct(self, number: str, understanding: Understanding, inbox_id: int) -> None:
        office = self._office()
        now = office.clock()
        async with self._units_of_work() as work:
            ticket = await work.ticket(number)
            if ticket is None or not ticket.degraded:
                return
            request = request_of(
                understanding, known_place(office, ticket), places_asked=ticket.places_asked
            )
            # What was urgent stays urgent: a second reading never lowers an alarm.
            request = replace(
                request,
                urgent=ticket.urgent or request.urgent,
                confidential=ticket.confidential or request.confidential,
            )
            decision = decide(office.county, request, now, live=office.live)
            reasons = tuple((reason.code, reason.text) for reason in decision.reasons)
            await work.add_prediction(
                PredictionRecord(inbox_id, number, understanding, reasons, now)
            )
            event = life.remark(ticket, EventName.REPARSED, "system", understanding.model, now)
            read_again = replace(ticket, degraded=False)
            if not await self._may_correct(work, office, ticket, understanding):
                await work.save_ticket(read_again, [event])
                await work.commit()
                return
            corrected = with_matter(office, read_again, understanding)
            events = [event]
            # A question for the place goes on; whatever else was found out moves the ticket now.
            if decision.action == "dispatch" or ticket.state is State.PENDING_INTAKE:
                reason = office.wording.say("reason_reparsed")
                corrected, more = routed(office, corrected, decision, reason=reason)
                events += more
                await close_place_questions(work, office, ticket)
            saved = await work.save_ticket(corrected, events)
            await tell_resident(work, office, saved)
            await tell_cadres(
                work,
                office,
                saved,
                why=office.wording.say("reason_reparsed"),
                new_owner=saved.owner != ticket.owner,
            )
            await work.commit()
        log.info("ticket.reparsed", ticket=number, matter=understanding.matter)

    async def _may_correct(
        self, work: UnitOfWork, office: Office, ticket: Ticket, understanding: Understanding
    ) -> bool:
        """Something differs, nobody has signed, and no human has decided about it."""
        current = office.county.catalogue.current
        differs = (
            current(understanding.matter) != current(ticket.matter)
            or (understanding.urgent and not ticket.urgent)
            or (understanding.confidential and not ticket.confidential)
        )
        waits = ticket.state in _UNSIGNED and not ticket.waits_in_hand
        if not differs or not waits or understanding.kind != "appeal":
            return False
        history = await work.events(ticket.number)
        return all(event.actor in ("resident", "system") for event in history)
