"""What happens when a clock runs out: a query over deadlines, not a timer in memory.

A pass claims what is due in batches (`SKIP LOCKED`), the oldest first, and gives every clock that
ran out exactly one hop. The next clock is counted from now on, so a service that stood still for a
week catches up one rung at a time; what became late meanwhile is told in one line to each unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from services.errors import Conflict
from services.expiry import expired
from services.lapse import Lapses
from services.notify import tell_late_in_one
from services.office import Office
from services.ports import DueClock, UnitOfWork, UnitOfWorkFactory

log = structlog.get_logger()

STANDSTILL = timedelta(hours=1)
"""A clock that ran out longer ago than this was overslept, not only seen a moment late."""
RETRY = timedelta(minutes=5)
"""What could not be handled is looked at again after this long."""


class Escalation:
    """One pass looks at everything whose time is over."""

    def __init__(
        self, units_of_work: UnitOfWorkFactory, office: Callable[[], Office], *, batch: int = 50
    ) -> None:
        self._units_of_work = units_of_work
        self._office = office
        self._batch = batch
        self._lapses = Lapses(office)

    async def run_once(self) -> int:
        """Handle what is due now; returns how many clocks and questions were handled."""
        return await self._clocks() + await self._questions()

    async def wake_gone(self) -> int:
        """After a change of the county: tickets whose person is gone are looked at at once."""
        office = self._office()
        known = tuple(office.county.org.cadres)
        async with self._units_of_work() as work:
            woken = await work.wake_for(office.clock(), known)
            await work.commit()
        return woken

    async def _clocks(self) -> int:
        handled = 0
        while True:
            office = self._office()
            now = office.clock()
            try:
                async with self._units_of_work() as work:
                    due = await work.due_clocks(now, self._batch)
                    late: Counter[str] = Counter()
                    moved = sum([await self._guarded(work, office, each, late) for each in due])
                    for unit, count in sorted(late.items()):
                        await tell_late_in_one(work, office, unit, count)
                    await work.commit()
            except Conflict:
                return handled  # somebody was faster: what is due still is, at the next pass
            handled += moved
            if len(due) < self._batch or not moved:
                return handled

    async def _guarded(
        self, work: UnitOfWork, office: Office, due: DueClock, late: Counter[str]
    ) -> int:
        """Each clock in a savepoint of its own, so that one bad row stops no other."""
        now = office.clock()
        try:
            async with work.savepoint():
                # An earlier clock of the batch may have changed the ticket.
                ticket = await work.present(due.ticket.number)
                if ticket is None or ticket.clock(due.kind, due.of) is None:
                    return 0
                clock = ticket.clock(due.kind, due.of)
                overslept = (
                    clock is not None
                    and clock.due_at is not None
                    and now - clock.due_at > STANDSTILL
                    and not ticket.urgent
                )
                moved = await expired(work, office, ticket, due, quiet=overslept)
                if moved is None:
                    await work.look_again(due.id, None)
                    return 0
                if overslept:
                    late.update(moved)
        except Conflict:
            return 0  # somebody acted at the same moment: nothing is late any more
        except Exception as exc:
            # Outermost loop of the pass: noted without a resident's words, tried again later.
            log.error("escalation.failed", ticket=due.ticket.number, error=type(exc).__name__)
            await work.look_again(due.id, now + RETRY)
            return 0
        return 1

    async def _questions(self) -> int:
        now = self._office().clock()
        async with self._units_of_work() as work:
            questions = [q.id for q in await work.lapsed_questions(now, self._batch)]
        handled = 0
        for question_id in questions:
            handled += await self._alone(self._lapses.question, question_id)
        return handled

    async def _alone(
        self, step: Callable[[UnitOfWork, str], Awaitable[None]], identity: str
    ) -> int:
        try:
            async with self._units_of_work() as work:
                await step(work, identity)
                await work.commit()
        except Conflict:
            return 0
        except Exception as exc:
            # Outermost loop of the pass: the question stays and is tried at the next pass.
            log.error("escalation.failed", subject=identity, error=type(exc).__name__)
            return 0
        return 1
