"""Opens a ticket for a matter and finds its owner; asks for the place, or goes on without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from routing.decide import MOST_QUESTIONS, decide
from routing.decision import Ask, Decision, RoutingRequest
from routing.places import NOWHERE, PlaceContext, PlaceFinding, place_from_code
from services.conversation import About, Conversation, Option, Pin, Question
from services.messages import Address, Attachment, Button, Location, Outbound
from services.notify import tell_cadres, tell_resident
from services.office import Office
from services.placing import settled
from services.ports import UnitOfWork
from services.understanding import Understanding
from tickets import life
from tickets.events import Event, EventName
from tickets.states import State
from tickets.ticket import Ticket

LOOSE_FILES = timedelta(minutes=60)
"""A photo sent this long before its words still belongs to them."""
POINT = "geo:"
"""A location that was sent before its words is kept like a file, under this prefix."""
SURE_OF_PLACE = 0.85
"""From this score on, a place that words named is taken for confirmed."""
UNKNOWN_PLACE = "unknown"
"""The value of the button 说不清."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A message that holds a new matter."""

    address: Address
    inbox_id: int
    text: str
    understanding: Understanding
    place: PlaceFinding
    files: tuple[Attachment, ...] = ()
    """Files and points of the message that another ticket of it has already."""


def find_place(office: Office, conversation: Conversation, text: str) -> PlaceFinding:
    """The place that the words name; what else is known is only ever a candidate to confirm."""
    context = PlaceContext(
        grid_code=conversation.grid,
        confirmed=conversation.confirmed,
        pins=_pinned(office, conversation.pin),
    )
    return office.finder.find(text, context)


def _pinned(office: Office, pin: Pin | None) -> tuple[str, ...]:
    """The codes near a point that was sent just before the words."""
    if pin is None or office.clock() - pin.at > LOOSE_FILES:
        return ()
    located = office.near(Location(pin.latitude, pin.longitude))
    return tuple(found.code for found in located.ranked) if located else ()


def request_of(
    understanding: Understanding, place: PlaceFinding, *, places_asked: int = 0, text: str = ""
) -> RoutingRequest:
    """The routing question that an understood message asks."""
    if understanding.kind == "benefit_question" and place.level == "unknown":
        # A question about a service needs no village: the department answers for the county.
        place = replace(place, level="county", ambiguous=False)
    return RoutingRequest(
        kind=understanding.kind,
        matter=understanding.matter,
        matter_confidence=understanding.confidence,
        place=place,
        appeal_type=understanding.appeal_type,
        urgent=understanding.urgent,
        confidential=understanding.confidential,
        degraded=understanding.degraded,
        places_asked=places_asked,
        destination_confidence=understanding.destination_confidence,
        threshold=understanding.threshold,
        text=text,
    )


def draft(office: Office, matter: Matter, decision: Decision, number: str) -> Ticket:
    """A new ticket in the hands of the unit that triages it, before it goes anywhere."""
    now = office.clock()
    row = office.county.catalogue.get(matter.understanding.matter)
    ticket = Ticket(
        number=number,
        reporter=matter.address.key,
        state=State.PENDING_INTAKE,
        text=matter.text,
        kind=matter.understanding.kind,
        matter=matter.understanding.matter,
        matter_name=row.name if row else "",
        appeal_type=matter.understanding.appeal_type or "help",
        group=decision.group,
        county_unit=decision.county_unit,
        urgent=decision.urgent,
        confidential=decision.confidential,
        township=None,
        village=None,
        grid=None,
        villager_group=None,
        location_level="unknown",
        owner=decision.owner_unit,
        person=office.in_charge(decision.owner_unit),
        created_at=now,
        updated_at=now,
        degraded=matter.understanding.degraded,
        complex=row is not None and row.urgency == "complex",
    )
    limits = office.limits_at(ticket.owner)
    return life.in_intake(located(ticket, matter.place), limits, now)


def located(ticket: Ticket, place: PlaceFinding) -> Ticket:
    """The ticket with what is known of its place."""
    return replace(
        ticket,
        township=place.township_code,
        village=place.village_code,
        grid=place.grid_code,
        villager_group=place.villager_group or ticket.villager_group,
        location_level=place.level,
    )


def routed(
    office: Office, ticket: Ticket, decision: Decision, *, reason: str = ""
) -> tuple[Ticket, list[Event]]:
    """What a decision makes of a ticket that waits in intake."""
    now = office.clock()
    ticket = replace(
        ticket,
        group=decision.group,
        county_unit=decision.county_unit,
        urgent=decision.urgent,
        confidential=decision.confidential,
    )
    owner = decision.owner_unit
    limits, person = office.limits_at(owner), office.in_charge(owner)
    if decision.action == "ask_place":
        waiting, asked = life.ask_place(
            ticket, owner=owner, person=person, limits=limits, now=now, reason=reason
        )
        return waiting, [asked]
    if decision.action == "dispatch":
        moved, event = life.dispatch(
            ticket, owner=owner, person=person, limits=limits, now=now, reason=reason
        )
    elif ticket.state is State.PENDING_INTAKE:
        stayed = replace(ticket, owner=owner, person=person)
        moved, hops = settled(office, life.in_intake(stayed, limits, now))
        return moved, hops
    else:
        moved, event = life.triage(
            ticket, owner=owner, person=person, limits=limits, now=now, reason=reason
        )
    moved, hops = settled(office, moved)
    return moved, [event, *hops]


async def remember_place(work: UnitOfWork, address: Address, place: PlaceFinding) -> None:
    """Keep the place that was said or chosen: a candidate to confirm at the next matter."""
    code = place.grid_code or place.village_code
    known = await work.conversation(address)
    if code is not None and code != known.confirmed:
        await work.save_conversation(replace(known, confirmed=code))


async def ask_place(
    work: UnitOfWork, office: Office, ticket: Ticket, ask: Ask, *, outside: str = ""
) -> None:
    """Ask where it is, with the places that come into question as buttons.

    Who named a place `outside` the county is referred there in the same words.
    """
    options = [
        Option(_option_label(office, code, full=ask.level != "township"), code)
        for code in ask.codes
    ]
    options.append(Option(office.wording.say("button_place_unknown"), UNKNOWN_PLACE))
    now = office.clock()
    question = Question(
        id=office.new_id(),
        conversation=ticket.reporter,
        about=About.PLACE,
        options=tuple(options),
        asked_at=now,
        due_at=office.limits.answer_by(now),
        ticket=ticket.number,
    )
    await work.ask(question)
    slots = {"matter": office.matter_name(ticket), "text": ticket.short_text, "place": outside}
    words = office.wording.say(
        "ask_outside" if outside else f"ask_{ask.level}", {"number": ticket.number, **slots}
    )
    await work.send(
        Address.from_key(ticket.reporter),
        Outbound(
            words,
            buttons=question_buttons(question),
            slot=question_slot(question),
            ticket=ticket.number,
            purpose="question",
        ),
        now,
    )


def _option_label(office: Office, code: str, *, full: bool) -> str:
    grid = office.county.grids.get(code)
    if grid is not None:
        return grid.name
    division = office.county.tree.get(code)
    if division is None:
        return code
    same = office.county.tree.named(division.short_name)
    township = office.county.tree.township_of(code)
    if full and len(same) > 1 and township is not None:
        return township.spoken_name + division.spoken_name
    return division.spoken_name


def question_slot(question: Question) -> str:
    """A question's place in its chat: the answer takes the buttons away."""
    return f"q:{question.id}"


async def answered(work: UnitOfWork, office: Office, question: Question, answer: str) -> None:
    """Show in place of a question and its buttons what was answered."""
    words = office.wording.say("question_answered", {"answer": answer})
    message = Outbound(words, slot=question_slot(question), ticket=question.ticket)
    await work.send(Address.from_key(question.conversation), message, office.clock())


def question_buttons(question: Question) -> tuple[tuple[Button, ...], ...]:
    """The options as rows of buttons: short labels stand three in a row."""
    buttons = [
        Button(option.label, f"q:{question.id}:{index}")
        for index, option in enumerate(question.options)
    ]
    widest = max(len(button.label) for button in buttons)
    per_row = 3 if widest <= 6 else 2 if widest <= 9 else 1
    return tuple(
        tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row)
    )


def known_place(office: Office, ticket: Ticket) -> PlaceFinding:
    """What a ticket knows of its place, as a finding."""
    code = ticket.grid or ticket.village or ticket.township
    return place_from_code(office.county, code) if code else NOWHERE


def with_matter(office: Office, ticket: Ticket, understanding: Understanding) -> Ticket:
    """The ticket with what a new reading says of its matter; alarms are raised, never lowered."""
    row = office.county.catalogue.get(understanding.matter)
    return replace(
        ticket,
        kind=understanding.kind,
        matter=understanding.matter,
        matter_name=row.name if row else "",
        appeal_type=understanding.appeal_type or ticket.appeal_type,
        complex=row is not None and row.urgency == "complex",
        urgent=ticket.urgent or understanding.urgent,
        confidential=ticket.confidential or understanding.confidential,
    )


async def close_place_questions(
    work: UnitOfWork, office: Office, ticket: Ticket, answer: str = ""
) -> None:
    """What was asked for this ticket's place is asked no more; `answer` is shown instead."""
    for question in await work.open_questions(ticket.reporter):
        of_ticket = question.about is About.PLACE and question.ticket == ticket.number
        if of_ticket and await work.close_question(question.id, office.clock()):
            await answered(work, office, question, answer or office.place_name(ticket))


async def place_answered(
    work: UnitOfWork,
    office: Office,
    ticket: Ticket,
    understanding: Understanding,
    place: PlaceFinding,
    said: str,
) -> Ticket:
    """The resident said where it is (or that they cannot): dispatch, ask once more, or triage."""
    now = office.clock()
    answered = bool(place.candidates) or place.level == "county"
    known = located(ticket, place) if answered else ticket
    if place.best is not None:
        await remember_place(work, Address.from_key(ticket.reporter), place)
    asked = ticket.places_asked if answered else MOST_QUESTIONS
    if not answered:
        place = known_place(office, ticket)
    if place.villager_group is None and ticket.villager_group is not None:
        place = replace(place, villager_group=ticket.villager_group)
    request = replace(
        request_of(understanding, place, places_asked=asked),
        urgent=ticket.urgent,
        confidential=ticket.confidential,
    )
    decision = decide(office.county, request, now, live=office.live)
    heard = life.remark(known, EventName.PLACE_GIVEN, "resident", said, now)
    if ticket.state not in (State.NEED_INFO, State.PENDING_INTAKE):
        # Dispatched at once because it was urgent: the owner learns the place now.
        saved = await work.save_ticket(known, [heard])
        place_words = office.place_name(saved)
        await tell_resident(work, office, saved, "place_noted", place=place_words)
        await tell_cadres(work, office, saved, new_owner=saved.urgent)
        return saved
    moved, events = routed(office, known, decision, reason=office.wording.say("reason_place_given"))
    saved = await work.save_ticket(moved, [heard, *events])
    # The card above is edited in place: below their own words people need an answer too.
    key = None if decision.action == "ask_place" else "place_noted"
    await tell_resident(work, office, saved, key, place=office.place_name(saved))
    if decision.action == "ask_place" and decision.ask is not None:
        await ask_place(work, office, saved, decision.ask)
    else:
        await tell_cadres(work, office, saved, new_owner=True)
    return saved
