"""One ticket as a cadre's page shows it: a pure translation, nothing is decided here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.acts import Acts, acts
from console.clock_lines import ClockLine, clock_lines, main_clock
from console.reasons import reasons
from console.story import Step, exclusion_reason, inside_words, public_words, steps
from services.case_menu import Seat
from services.case_request import evidence_names, request_line
from services.notify import siblings_in
from services.office import Office
from services.policy import roles_at
from services.ports import PredictionRecord
from tickets.actions import Role
from tickets.clocks import ClockKind
from tickets.events import Event
from tickets.states import ANSWERED, IN_HAND, STATE_NAMES, State
from tickets.ticket import SubTaskState, Ticket

_NOBODY_SIGNED = frozenset({State.NEED_INFO, State.PENDING_INTAKE, State.DISPATCHED, State.REWORK})


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was read of one ticket."""

    ticket: Ticket
    events: Sequence[Event] = ()
    media: Sequence[str] = ()
    """Refs of all its files, whoever sent them."""
    proofs: frozenset[str] = frozenset()
    """Refs of those that cadres sent."""
    prediction: PredictionRecord | None = None
    merged: Sequence[Ticket] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A co-unit's part of a ticket (协办)."""

    unit: str
    asked: str
    state: str
    """`open`, `done` or `dropped`."""
    answer: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of a ticket."""

    media_id: str
    says: str
    """Who sent it."""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the page shows of one ticket."""

    number: str
    matter: str
    state: str
    here: str
    """Why it is on this page, where it is not this unit's own."""
    marks: tuple[str, ...]
    """督办, 重办, 已提级 …"""
    place: str
    words: str
    siblings: tuple[str, ...]
    """Tickets made of the same message, as far as this one may know of them."""
    merged: tuple[tuple[str, str], ...]
    """(number, first words) of what is merged into this one."""
    main: str
    """The main ticket of a merged one."""
    holder: str
    told: str
    """The unit that was told that it is late."""
    clock: ClockLine
    clocks: tuple[ClockLine, ...]
    urgent: bool
    confidential: bool
    degraded: bool
    request: str
    """What waits for somebody's decision."""
    warning: str
    """Why its closing goes to the call-back sample."""
    lacks: str
    """The evidence that closing still needs."""
    waits_for_parts: bool
    """It cannot be closed before the co-units have answered."""
    parts: tuple[Part, ...]
    why_not: str
    answers: tuple[Step, ...]
    """What the resident was told."""
    notes: tuple[Step, ...]
    """What cadres told each other."""
    acts: Acts
    pictures: tuple[Picture, ...]
    reasons: tuple[str, ...]
    history: tuple[Step, ...]

    @property
    def identity(self) -> str:
        """Changes when anything but the remaining time does."""
        offered = [act.name for act in (*self.acts.first, *self.acts.rest)]
        clock = (self.clock.left.until, self.clock.left.level)
        told = (self.request, len(self.history), len(self.pictures), self.merged)
        known = (self.state, self.holder, self.marks, clock, told, offered)
        return f"{self.number}|{hashlib.sha256(repr(known).encode()).hexdigest()[:16]}"


def most_pressing_first(office: Office, unit: str, tickets: Iterable[Ticket]) -> list[Ticket]:
    """Urgent before the rest, then by the clock that this unit has to keep; what waits for the
    resident comes last."""

    def pressure(ticket: Ticket) -> tuple[bool, bool, float, str]:
        clock = main_clock(ticket, unit, roles_at(office.county, unit, ticket))
        due = clock.due_at.timestamp() if clock and clock.due_at else float("inf")
        rests = ticket.state in ANSWERED and not to_call_back(office, unit, ticket)
        return (rests, not ticket.urgent, due, ticket.number)

    return sorted(tickets, key=pressure)


def to_call_back(office: Office, unit: str, ticket: Ticket) -> bool:
    """Whether the people of a unit should ask the resident about its closing. Not its owner's:
    nobody looks at their own work."""
    asks = Role.CENTER in roles_at(office.county, unit, ticket)
    return bool(ticket.suspicion) and ticket.state in ANSWERED and asks


def card(office: Office, seat: Seat, found: Found, now: datetime) -> Card:
    """The card of a ticket at `now`, for one cadre."""
    ticket, events = found.ticket, found.events
    offered = acts(office, seat, ticket, now)
    clock, clocks = clock_lines(office, ticket, seat.unit, now)
    return Card(
        number=ticket.number,
        matter=ticket.matter_name or "还没有认出是什么事",
        state=STATE_NAMES[ticket.state],
        here=_here(office, seat, ticket),
        marks=_marks(ticket),
        place=office.place_name(ticket),
        words=ticket.text,
        siblings=siblings_in(events),
        merged=tuple((each.number, each.short_text) for each in found.merged),
        main=ticket.main or "",
        holder=_holder(office, ticket),
        told=office.unit_name(ticket.told_up) if ticket.told_up and ticket.is_open else "",
        clock=clock,
        clocks=clocks,
        urgent=ticket.urgent,
        confidential=ticket.confidential,
        degraded=ticket.degraded,
        request=_request(office, ticket, events),
        warning=ticket.suspicion if to_call_back(office, seat.unit, ticket) else "",
        lacks=_lacks(office, seat, found),
        waits_for_parts=ticket.state in IN_HAND and any(a.verb == "drop" for a in offered.rest),
        parts=tuple(
            Part(office.unit_name(task.unit), task.asked, str(task.state), task.answer)
            for task in ticket.subtasks
            if task.state is not SubTaskState.DROPPED
        ),
        why_not=ticket.why_not if ticket.reworks and ticket.solved is False else "",
        answers=public_words(office, events, now),
        notes=inside_words(office, events, now),
        acts=offered,
        pictures=_pictures(found),
        reasons=reasons(office, found.prediction),
        history=steps(office, events, now),
    )


def _here(office: Office, seat: Seat, ticket: Ticket) -> str:
    roles = roles_at(office.county, seat.unit, ticket)
    if to_call_back(office, seat.unit, ticket):
        return "请您回访"
    if Role.OWNER in roles:
        return ""
    if seat.unit in ticket.co_units:
        return "请您协办"
    if seat.unit == ticket.reviewer and ticket.state in (
        State.EXTENSION_PENDING,
        State.PENDING_REVIEW,
    ):
        return "请您来定"
    return "报到您这里" if seat.unit == ticket.told_up else ""


def _marks(ticket: Ticket) -> tuple[str, ...]:
    marks = []
    if ticket.supervised and ticket.is_open:
        marks.append("督办")
    if ticket.is_late:
        marks.append("超期")
    if ticket.reworks:
        marks.append("重办过" if ticket.reworks == 1 else f"重办过 {ticket.reworks} 次")
    if ticket.returns:
        marks.append(f"退过 {ticket.returns} 次")
    if ticket.escalations:
        marks.append(f"已提级 {ticket.escalations} 次")
    if ticket.excluded == "done":
        marks.append("不计入统计")
    return tuple(marks)


def _request(office: Office, ticket: Ticket, events: Sequence[Event]) -> str:
    if ticket.excluded == "asked":
        return f"申请剔除：{exclusion_reason(events)}"
    return request_line(office, ticket)


def _lacks(office: Office, seat: Seat, found: Found) -> str:
    """Said to the owner while it is worked on, so that nobody learns of it at the end."""
    ticket = found.ticket
    row = office.county.catalogue.get(ticket.matter)
    in_work = ticket.state in (*IN_HAND, State.PENDING_REVIEW)
    if row is None or not in_work or seat.unit != ticket.owner:
        return ""
    there = {
        "contact": ticket.contacted_at is not None,
        "photo": bool(found.proofs.intersection(found.media)),
    }
    missing = tuple(kind for kind in row.evidence if not there.get(kind, True))
    return evidence_names(office, missing)


def _holder(office: Office, ticket: Ticket) -> str:
    unit = office.unit_name(ticket.owner)
    person = office.cadre(ticket.person)
    if person is None:
        return unit
    waits = ticket.state in _NOBODY_SIGNED and ticket.clock(ClockKind.CLOSE) is None
    return f"{unit} {person.name}{'（值班）' if waits else ''}"


def _pictures(found: Found) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            ref.removeprefix("media:"),
            "干部发来的照片" if ref in found.proofs else "群众发来的照片",
        )
        for ref in found.media
        if ref.startswith("media:")
    )
