"""Looks at what was closed, before the resident is asked: which closings a human calls back.

Beside the closing itself, because pictures have to be compared: the person in charge waits for
nothing, and the answer has gone out. A suspicion accuses nobody; it puts the ticket on the list of
those who telephone, together with a share of all others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from services.errors import Conflict
from services.office import Office
from services.ports import MediaStore, UnitOfWork, UnitOfWorkFactory
from tickets import life
from tickets.events import EventName
from tickets.pictures import FLAT
from tickets.states import State
from tickets.suspicious import CONTACT, PHOTO, answer_key, sample, suspicions
from tickets.ticket import Ticket

log = structlog.get_logger()

SETTLED = timedelta(minutes=10)
"""So long after closing, pictures that were sent with it have been fetched."""
MEMORY = timedelta(days=365)
"""So far back, pictures and answers of a unit are compared."""
MOST = 5_000
SHARE = 0.05


class ClosingWatch:
    """One pass looks at closings that it has not looked at yet."""

    def __init__(
        self,
        units_of_work: UnitOfWorkFactory,
        media: MediaStore,
        office: Callable[[], Office],
        seed: str,
        *,
        batch: int = 50,
    ) -> None:
        """`seed` draws the random share; whoever is sampled must not know it."""
        self._units_of_work = units_of_work
        self._media = media
        self._office = office
        self._seed = seed
        self._batch = batch
        self._looked: dict[str, int] = {}

    async def run_once(self) -> int:
        """Returns how many closings were put on the list of those who call back."""
        now = self._office().clock()
        async with self._units_of_work() as work:
            closed = await work.resolved_before(now - SETTLED, limit=self._batch * 20)
        open_now = {ticket.number: ticket.reworks for ticket in closed}
        self._looked = {n: r for n, r in self._looked.items() if open_now.get(n) == r}
        fresh = [t for t in closed if t.number not in self._looked and not t.suspicion]
        listed = 0
        for ticket in fresh[: self._batch]:
            listed += await self._guarded(ticket)
            self._looked[ticket.number] = ticket.reworks
        return listed

    async def _guarded(self, ticket: Ticket) -> int:
        try:
            return await self._look(ticket)
        except Conflict:
            return 0  # the resident answered at this moment: nobody has to call
        except Exception as exc:
            # Outermost loop of the pass: the sample is an extra, the ticket itself is well.
            log.error("closing_watch.failed", ticket=ticket.number, error=type(exc).__name__)
            return 0

    async def _look(self, ticket: Ticket) -> int:
        hashes = await self._hashes(ticket)
        office = self._office()
        async with self._units_of_work() as work:
            now = await work.ticket(ticket.number)
            if now is None or now.state is not State.RESOLVED or now.resolved_at is None:
                return 0
            words = await _facts(work, office, now, hashes)
            for ref, found in hashes.items():
                await work.keep_picture(ref, found, now.number, now.owner, now.resolved_at)
            if not words and sample([now.number], (), SHARE, self._seed):
                words = office.wording.say("word_sampled")
            if words:
                event = life.remark(now, EventName.SAMPLED, "system", words, office.clock())
                await work.save_ticket(replace(now, suspicion=words), [event])
            await work.commit()
        return int(bool(words))

    async def _hashes(self, ticket: Ticket) -> dict[str, str]:
        async with self._units_of_work() as work:
            refs = await work.proof_refs(ticket.number)
        found = {ref: await self._media.fingerprint(ref) for ref in refs}
        return {ref: value for ref, value in found.items() if value is not None and value != FLAT}


async def _facts(work: UnitOfWork, office: Office, ticket: Ticket, hashes: dict[str, str]) -> str:
    """What looks as if nothing was done, in words; empty when nothing does."""
    row = office.county.catalogue.get(ticket.matter)
    since = office.clock() - MEMORY
    key = answer_key(ticket.answer)
    others = await work.answers_at(ticket.owner, since, limit=MOST)
    evidence = [CONTACT] if ticket.contacted_at else []
    if await work.proofs_of(ticket.number):
        evidence.append(PHOTO)
    known = await work.pictures_at(ticket.owner, since, limit=MOST) if hashes else []
    found = suspicions(
        signed_at=ticket.signed_at,
        resolved_at=ticket.resolved_at or ticket.updated_at,
        contacted_at=ticket.contacted_at,
        evidence=evidence,
        evidence_needed=row.evidence if row else (),
        answer=ticket.answer,
        same_answers=sum(
            number != ticket.number and answer_key(answer) == key for number, answer in others
        ),
        hashes=list(hashes.values()),
        earlier_hashes=[(number, each) for number, each in known if number != ticket.number],
    )
    return "；".join(each.words for each in found)
