"""Tickets in the console: found by number or words, and one with the reasons for all that was
decided of it. Who may not read a ticket learns no more than that there is nothing to show."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from console.cards import Card, Found, card
from console.desk.console import Console
from console.desk.explained import explained
from console.desk.visit import Visit
from console.media import file_answer
from console.press import NUMBER
from console.problem import Problem
from services.case_files import CaseFiles
from services.case_menu import Seat
from services.console_policy import Permission
from services.policy import may_read
from services.ports import Desk, MediaStore
from services.triage import may_triage
from tickets.events import Event
from tickets.number import find
from tickets.states import STATE_NAMES
from tickets.ticket import Ticket

_MOST_FOUND = 30
_NOTHING = "没有找到这个单号，或者您的账号不能看。"

Known = tuple[Ticket, list[Event], list[str]]
"""A ticket, its history, and the refs of its files."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Reads one ticket for one visitor, as far as they may."""

    console: Console
    desk: Desk
    files: CaseFiles

    async def read(self, visit: Visit, number: str) -> Known:
        """A ticket that the visitor may read. Raises `Problem`."""
        known = await self.desk.ticket(number) if NUMBER.fullmatch(number) else None
        if known is None:
            raise Problem(404, _NOTHING)
        if not self.shows(visit, known[0]):
            await self.console.note(visit, "ticket.refused", f"ticket:{number}")
            raise Problem(404, _NOTHING)
        return known

    def shows(self, visit: Visit, ticket: Ticket) -> bool:
        """Whether the visitor may read it."""
        county = self.console.office().county
        return may_read(county, self.console.cadre(visit), ticket)

    async def card(self, visit: Visit, known: Known) -> Card:
        """A ticket as the pages show it."""
        ticket, events, media = known
        cadre = self.console.cadre(visit)
        found = Found(
            ticket=ticket,
            events=events,
            media=media,
            proofs=await self.desk.proofs([ticket.number]),
            prediction=await self.desk.prediction_of(ticket.number),
            merged=[
                each
                for each in await self.desk.merged_into([ticket.number])
                if self.shows(visit, each)
            ],
        )
        seat = Seat(cadre.unit, cadre.id) if cadre else Seat("")
        return card(self.console.office(), seat, found, self.console.clock())


@dataclass(frozen=True, slots=True)
class TicketPages:
    """The search and the page of one ticket."""

    console: Console
    cases: Cases
    media: MediaStore

    def add_to_console(self) -> None:
        """Their addresses and their line of the navigation."""
        console, may = self.console, Permission.SEE_TICKETS
        console.section("/console/tickets", "工单", may, "查一件工单，看它为什么派到那里")
        console.get("/console/tickets", may, self.search)
        console.get("/console/tickets/{number}", may, self.page)
        console.get("/console/tickets/{number}/media/{media_id}", may, self.file)

    async def search(self, visit: Visit) -> Response:
        """By number, straight to the ticket; by words, a list."""
        typed = visit.query("q")
        numbers = find(typed.upper())
        if numbers:
            return RedirectResponse(f"/console/tickets/{numbers[0]}", status_code=303)
        found: list[Ticket] = []
        if len(typed) > 1:
            many = await self.cases.files.with_words(typed, limit=4 * _MOST_FOUND)
            found = [each for each in many if self.cases.shows(visit, each)][:_MOST_FOUND]
            # What was looked for may be a name: only how much was found is written down.
            await self.console.note(visit, "ticket.search", "", found=str(len(found)))
        office = self.console.office()
        return self.console.page(
            visit,
            "desk/tickets.html",
            typed=typed,
            found=[
                (
                    each.number,
                    each.short_text,
                    office.place_name(each),
                    STATE_NAMES[each.state],
                    office.unit_name(each.owner),
                )
                for each in found
            ],
            most=_MOST_FOUND,
        )

    async def page(self, visit: Visit) -> Response:
        """Everything about one ticket."""
        known = await self.cases.read(visit, visit.path("number"))
        ticket = known[0]
        await self.console.note(visit, "ticket.read", f"ticket:{ticket.number}")
        office, now, cadre = self.console.office(), self.console.clock(), self.console.cadre(visit)
        predictions = await self.cases.files.predictions_of(ticket.number)
        triage = visit.may(Permission.TRIAGE) and cadre is not None
        return self.console.page(
            visit,
            "desk/ticket.html",
            card=await self.cases.card(visit, known),
            why=explained(office, ticket, predictions, now),
            triage=triage and cadre is not None and may_triage(office, cadre, ticket, now),
        )

    async def file(self, visit: Visit) -> Response:
        """A file of a ticket that the visitor may read."""
        ticket, _, refs = await self.cases.read(visit, visit.path("number"))
        ref = f"media:{visit.path('media_id')}"
        content = await self.media.get(ref) if ref in refs else None
        if content is None:
            raise Problem(404, "没有这个文件。")
        await self.console.note(visit, "ticket.file", f"ticket:{ticket.number}")
        return file_answer(*content)
