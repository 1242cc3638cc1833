"""Reads past tickets for a replay: how they were understood, where they were, how they went."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from routing.county import County
from routing.decide import MOST_QUESTIONS
from routing.places import NOWHERE, PlaceFinding, place_from_code
from routing.replay import Course, PastTicket
from routing.unit_succession import present_unit
from services.intake import request_of
from services.ports import PredictionRecord
from services.reading import remembered
from tickets.events import Event, EventName
from tickets.ticket import Ticket

HANDED = (EventName.DISPATCHED, EventName.TRIAGED)
TAKEN = (
    EventName.SIGNED,
    EventName.REPLIED,
    EventName.RESOLVED,
    EventName.RETURNED,
    EventName.DISPATCHED,
    EventName.ACCEPTED,
    EventName.DECLINED,
    EventName.RULED,
    EventName.REASSIGNED,
)
"""With one of these a cadre has taken up what lay with the unit."""
GIVEN_ON = (
    EventName.RETURNED,
    EventName.DISPATCHED,
    EventName.TRIAGED,
    EventName.ACCEPTED,
    EventName.RULED,
    EventName.REASSIGNED,
    EventName.NOT_SOLVED,
)
COURSE = frozenset(
    {EventName.RECEIVED, EventName.PLACE_ASKED, EventName.WITHDRAWN, *HANDED, *TAKEN, *GIVEN_ON}
)
"""The events that a course is read from."""
OUTSIDE = "outside_county"
"""The reason with which a place outside the county is kept."""


@dataclass(frozen=True, slots=True)
class Record:
    """A ticket as it is kept, without anybody's words."""

    ticket: Ticket
    """`text` and `answer` are empty: a replay has no business with them."""
    prediction: PredictionRecord | None
    """The newest one."""
    events: tuple[Event, ...]
    """Those of `COURSE`, oldest first, without their words."""


class PastTickets(Protocol):
    """Tickets of the past, read and never written."""

    async def count(self, since: datetime, until: datetime) -> int:
        """How many tickets were made from `since` up to `until`."""
        ...

    def pages(self, since: datetime, until: datetime, size: int) -> AsyncIterator[list[Record]]:
        """Those tickets in the order of their numbers, at most `size` at a time."""
        ...


def past_ticket(county: County, record: Record) -> PastTicket:
    """What a replay needs to know of a ticket. Pure.

    What a resident or a human said since raises alarms and never lowers them, as in the service;
    but danger that only the catalogue of the time saw is left to the catalogue.
    """
    ticket, prediction = record.ticket, record.prediction
    understanding = prediction.understanding if prediction else remembered(ticket)
    place = _place(county, ticket, prediction)
    request = request_of(understanding, place, places_asked=MOST_QUESTIONS)
    row = county.catalogue.get(request.matter)
    by_catalogue = row is not None and row.urgency == "urgent"
    return PastTicket(
        number=ticket.number,
        created_at=ticket.created_at,
        request=replace(
            request,
            matter=county.catalogue.current(request.matter),
            urgent=request.urgent or (ticket.urgent and not by_catalogue),
            confidential=request.confidential or ticket.confidential,
        ),
        appeal_type=ticket.appeal_type,
        township=place.township_code,
        confidential=ticket.confidential or understanding.confidential,
        course=course_of(county, ticket, record.events),
        guessed=prediction is None,
    )


def _place(county: County, ticket: Ticket, prediction: PredictionRecord | None) -> PlaceFinding:
    """Where it is, as far as it became known; nothing is asked any more."""
    code = ticket.grid or ticket.village or ticket.township
    if code:
        return place_from_code(county, code)
    if ticket.location_level == "county":
        return PlaceFinding(level="county")
    if prediction and any(rule == OUTSIDE for rule, _ in prediction.reasons):
        return replace(NOWHERE, outside="县外")
    return NOWHERE


def course_of(county: County, ticket: Ticket, events: Sequence[Event]) -> Course:
    """What people did with a ticket, from its events. Pure."""
    first = next((each for each in events if each.name is EventName.RECEIVED), None)
    handed = _handed(events, first)
    owner = (handed.unit if handed else None) or (first.unit if first else None) or ticket.owner
    present = present_unit(county, owner)
    begun_at, ended_at = _work(events)
    # However it came to its end: nobody owed anything any more.
    over = None if ticket.is_open else ticket.updated_at
    return Course(
        first_owner=present.code if present else owner,
        handed_at=handed.at if handed else None,
        taken_at=_taken_at(events, handed) or over,
        begun_at=begun_at,
        ended_at=ended_at or over,
    )


def _handed(events: Sequence[Event], first: Event | None) -> Event | None:
    """The event with which the first owner got it; a ticket may lie in triage from the start."""
    for event in events:
        if event.name in HANDED and event.actor == "system":
            return event
        if event.name in TAKEN:
            return first
    asked = any(event.name is EventName.PLACE_ASKED for event in events)
    return None if asked else first


def _taken_at(events: Sequence[Event], handed: Event | None) -> datetime | None:
    if handed is None:
        return None
    for event in events[list(events).index(handed) + 1 :]:
        if event.name is EventName.WITHDRAWN or (event.name in TAKEN and event.actor != "system"):
            return event.at
    return None


def _work(events: Sequence[Event]) -> tuple[datetime | None, datetime | None]:
    """When it was signed for by whoever finished it, and when it was finished for the first
    time."""
    begun_at: datetime | None = None
    for event in events:
        if event.name is EventName.SIGNED:
            begun_at = event.at
        elif event.name in GIVEN_ON:
            begun_at = None
        elif event.name in (EventName.RESOLVED, EventName.WITHDRAWN):
            return begun_at, event.at
    return begun_at, None
