"""The cadres' page: their cards, and a way for each press of a button into the inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.handing import notices, told
from console.listing import Listing
from console.media import file_answer
from console.pages import Pages
from console.press import NUMBER, Press
from console.session import Session, Sessions
from console.uploads import NotTaken, sent
from routing.units import Cadre
from services.office import Office
from services.policy import may_handle
from services.ports import Clock, Line, Mailbox, MediaStore
from tickets.number import find
from tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Work:
    """The page of one signed-in cadre at a time."""

    press: Press
    listing: Listing
    mailbox: Mailbox
    media: MediaStore
    office: Callable[[], Office]
    clock: Clock
    sessions: Sessions
    pages: Pages

    async def page(self, request: Request) -> Response:
        """The whole page."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        return await self._show("work.html", *found)

    async def one(self, request: Request) -> Response:
        """One ticket alone, open or not."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        number = request.path_params["number"]
        if not NUMBER.fullmatch(number) or not await self.listing.one(found[1], number):
            return await self._show("work.html", *found, "没有找到这个单号，或者不归您管。", 404)
        return await self._show("work.html", *found, alone=number)

    async def find(self, request: Request) -> Response:
        """The number that somebody typed, wherever it stands in what they typed."""
        numbers = find(request.query_params.get("number", "").upper())
        if numbers:
            return RedirectResponse(f"/work/{numbers[0]}", status_code=303)
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        return await self._show("work.html", *found, "单号好像不对，请核对后再查。", 422)

    async def cards(self, request: Request) -> Response:
        """The cards alone, for the page's script; 204 when they are as in `?seen=`."""
        found = self._signed_in(request)
        if found is None:
            return Response(status_code=401)
        session, cadre = found
        alone = request.query_params.get("alone", "")
        if request.query_params.get("seen") == await self._mark(cadre, alone):
            return Response(status_code=204)
        return await self._show("cards.html", session, cadre, alone=alone)

    async def act(self, request: Request) -> Response:
        """A pressed button: handed over, then back to the page, which shows the outcome."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        session, cadre = found
        number, verb = request.path_params["number"], request.path_params["verb"]
        alone = ""
        try:
            async with sent(request) as form:
                if form is None or not session.owns_form(form.fields.get("csrf")):
                    raise NotTaken(403, "请刷新页面，再试一次。")
                alone = number if form.fields.get("alone") else ""
                await self.press.take(cadre, number, verb, form)
        except NotTaken as exc:
            shown = alone if exc.status == 422 else ""
            return await self._show("work.html", *found, exc.sentence, exc.status, alone=shown)
        return RedirectResponse(f"/work/{number}" if alone else f"/work#{number}", status_code=303)

    async def file(self, request: Request) -> Response:
        """A file of a ticket that the cadre may see."""
        found = self._signed_in(request)
        ref = f"media:{request.path_params['media_id']}"
        known = await self.listing.desk.ticket(request.path_params["number"])
        if found is None or known is None or ref not in known[2]:
            return Response(status_code=404)
        content = None
        if may_handle(self.office().county, found[1], known[0]):
            content = await self.media.get(ref)
        if content is None:
            return Response(status_code=404)
        return file_answer(*content)

    async def _show(
        self,
        template: str,
        session: Session,
        cadre: Cadre,
        problem: str = "",
        status: int = 200,
        *,
        alone: str = "",
    ) -> Response:
        office, now = self.office(), self.clock()
        tickets = await self._tickets(cadre, alone)
        lines = await told(self.mailbox, cadre, now)
        return self.pages.show(
            template,
            status,
            cards=await self.listing.cards(cadre, tickets),
            notices=notices(lines, now),
            wanted=len(office.live.waiting_for(cadre.id)),
            problem=problem,
            mark=self._mark_of(cadre, tickets, lines),
            csrf=session.csrf,
            cadre=cadre,
            unit=office.unit_name(cadre.unit),
            county=office.county.name,
            alone=alone,
        )

    async def _tickets(self, cadre: Cadre, alone: str) -> list[Ticket]:
        if alone:
            return await self.listing.one(cadre, alone)
        return await self.listing.tickets(cadre)

    async def _mark(self, cadre: Cadre, alone: str) -> str:
        lines = await told(self.mailbox, cadre, self.clock())
        return self._mark_of(cadre, await self._tickets(cadre, alone), lines)

    def _mark_of(self, cadre: Cadre, tickets: Sequence[Ticket], lines: Sequence[Line]) -> str:
        """Changes when the page would, to the minute."""
        state = (
            [(ticket.number, ticket.version, ticket.updated_at) for ticket in tickets],
            [line.id for line in lines],
            [swap.id for swap in self.office().live.waiting_for(cadre.id)],
            f"{self.clock():%H%M}",
        )
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]

    def _signed_in(self, request: Request) -> tuple[Session, Cadre] | None:
        session = self.sessions.read(request)
        cadre = self.office().cadre(session.cadre) if session else None
        return (session, cadre) if session and cadre else None
