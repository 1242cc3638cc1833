"""The cadres' page: their cards, and a way for each press of a button into the inbox."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.cards import Card, card, most_pressing_first
from console.forms import fields
from console.handing import UPDATE_ID, Receive, address_of, hand_over, notices, told
from console.pages import Pages
from console.session import Session, Sessions
from routing.units import Cadre
from services.messages import Inbound, InboundKind
from services.office import Office
from services.policy import may_handle, units_seen_by
from services.ports import Clock, Desk, Mailbox, MediaStore, Wakeups

_MOST_CARDS = 50
_LONGEST_TEXT = 2000
_NUMBER = re.compile(r"LD-[0-9A-Z-]{1,40}")
_NEEDS_TEXT = {
    "reply": "请写答复的话。",
    "return": "请写明退单的原因。",
    "dispatch": "请选一个单位。",
}
VERBS = frozenset({"sign", "return", "reply", "resolve", "dispatch"})
_INLINE = re.compile(r"image/(jpeg|png|webp|gif)|audio/[a-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Work:
    """The page of one signed-in cadre at a time."""

    receive: Receive
    desk: Desk
    mailbox: Mailbox
    wakeups: Wakeups
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
        session, cadre = found
        return await self._show("work.html", session, cadre)

    async def cards(self, request: Request) -> Response:
        """The cards alone, for the page's script; 204 when they are as in `?seen=`."""
        found = self._signed_in(request)
        if found is None:
            return Response(status_code=401)
        session, cadre = found
        if request.query_params.get("seen") == await self._mark(cadre):
            return Response(status_code=204)
        return await self._show("cards.html", session, cadre)

    async def act(self, request: Request) -> Response:
        """A pressed button: handed over, then back to the page, which shows the outcome."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        session, cadre = found
        form = await fields(request)
        number, verb = request.path_params["number"], request.path_params["verb"]
        update_id = form.get("id", "") if form else ""
        if form is None or not session.owns_form(form.get("csrf")):
            return await self._show("work.html", session, cadre, "请刷新页面，再试一次。", 403)
        known = verb in VERBS and _NUMBER.fullmatch(number)
        if not known or not UPDATE_ID.fullmatch(update_id):
            return await self._show("work.html", session, cadre, "没有这个操作。", 400)
        text = _words(form.get("text", ""))
        if problem := _problem(verb, text):
            return await self._show("work.html", session, cadre, problem, 422)
        inbound = Inbound(
            address=address_of(cadre),
            # The cadre is part of it, so that nobody can take another one's id away.
            update_id=f"{cadre.id}:{update_id}",
            kind=InboundKind.PRESS,
            sender=cadre.id,
            sent_at=self.clock(),
            text=text,
            data=f"c:{number}:{verb}",
        )
        if not await hand_over(self.receive, self.wakeups, inbound):
            return await self._show("work.html", session, cadre, "没有收下来，请再按一次。", 503)
        return RedirectResponse(f"/work#{number}", status_code=303)

    async def file(self, request: Request) -> Response:
        """A file of a ticket that the cadre may see."""
        found = self._signed_in(request)
        ref = f"media:{request.path_params['media_id']}"
        known = await self.desk.ticket(request.path_params["number"])
        if found is None or known is None or ref not in known[2]:
            return Response(status_code=404)
        content = None
        if may_handle(self.office().county, found[1], known[0]):
            content = await self.media.get(ref)
        if content is None:
            return Response(status_code=404)
        shown = _INLINE.fullmatch(content[1]) is not None
        headers = {
            "Content-Disposition": "inline" if shown else "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, max-age=3600",
        }
        media_type = content[1] if shown else "application/octet-stream"
        return Response(content[0], media_type=media_type, headers=headers)

    async def _show(
        self, template: str, session: Session, cadre: Cadre, problem: str = "", status: int = 200
    ) -> Response:
        office, now = self.office(), self.clock()
        mark = await self._mark(cadre)
        return self.pages.show(
            template,
            status,
            cards=await self._cards(cadre),
            notices=notices(await told(self.mailbox, cadre, now), now),
            wanted=len(office.live.waiting_for(cadre.id)),
            problem=problem,
            mark=mark,
            csrf=session.csrf,
            cadre=cadre,
            unit=office.unit_name(cadre.unit),
            county=office.county.name,
            units=_places_to_send(office, cadre),
        )

    async def _cards(self, cadre: Cadre) -> list[Card]:
        office, now = self.office(), self.clock()
        units = units_seen_by(office.county, cadre)
        tickets = await self.desk.tickets_at(units, limit=_MOST_CARDS)
        cards = []
        for ticket in most_pressing_first(tickets):
            known = await self.desk.ticket(ticket.number)
            if known is not None:
                prediction = await self.desk.prediction_of(ticket.number)
                cards.append(card(office, *known, prediction, now))
        return cards

    async def _mark(self, cadre: Cadre) -> str:
        """Changes when the page would, to the minute."""
        office = self.office()
        units = units_seen_by(office.county, cadre)
        tickets = await self.desk.tickets_at(units, limit=_MOST_CARDS)
        lines = await told(self.mailbox, cadre, self.clock())
        state = (
            [(ticket.number, ticket.version, ticket.updated_at) for ticket in tickets],
            [line.id for line in lines],
            [swap.id for swap in office.live.waiting_for(cadre.id)],
            f"{self.clock():%H%M}",
        )
        return hashlib.sha256(repr(state).encode()).hexdigest()[:16]

    def _signed_in(self, request: Request) -> tuple[Session, Cadre] | None:
        session = self.sessions.read(request)
        cadre = self.office().cadre(session.cadre) if session else None
        return (session, cadre) if session and cadre else None


def _words(text: str) -> str:
    """The text without control characters, which no database or chat takes."""
    text = text.replace("\r\n", "\n")
    return "".join(c for c in text if c == "\n" or c.isprintable()).strip()


def _problem(verb: str, text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        return f"写得太长了，最多 {_LONGEST_TEXT} 个字。"
    return _NEEDS_TEXT.get(verb, "") if not text else ""


def _places_to_send(office: Office, cadre: Cadre) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units that a triage desk can choose: the linkage groups of its township, county units."""
    org = office.county.org
    own = org.unit(cadre.unit)
    township = own.township_code if own else ""
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in org.units.values():
        if unit.level == "linkage_group" and township in ("", unit.township_code):
            division = office.county.tree.get(unit.township_code)
            name = f"{division.spoken_name if division else ''}联动服务组"
            groups.setdefault(name, []).append((unit.code, unit.name))
    county = [(u.code, u.name) for u in org.units.values() if u.level == "county_unit"]
    return [*groups.items(), ("县直单位", county)]
