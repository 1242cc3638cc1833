"""What a ticket looks like to a cadre in a chat: pure, rebuilt from the state, few buttons.

Two or three buttons and 更多: what else may be done is a message of its own (`menu_message`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.cards import cadre_slot, for_chat, local
from services.case_entries import Entry
from services.case_menu import Seat, likely, menu
from services.case_request import part_lines, request_line
from services.messages import Button, Outbound
from services.office import Office
from services.policy import roles_at
from tickets.actions import Role
from tickets.clocks import ClockKind
from tickets.states import STATE_NAMES, State
from tickets.ticket import Ticket

_CARD_WORDS = 600
_MOST_BUTTONS = 3
_IN_A_ROW = 3
_LONGEST_LABEL = 6
"""Characters of a button's label with which three of them fit a row of a phone."""
_REPLIES_TO_RESIDENT = frozenset({Role.OWNER})


def entry_button(office: Office, number: str, entry: Entry) -> Button:
    """The button of one line of the menu."""
    return Button(office.wording.say(f"button_{entry.name}"), f"c:{number}:{entry.verb}")


def in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows that fit a phone: three short ones, or two where one is long."""
    wide = any(len(button.label) > _LONGEST_LABEL for button in buttons)
    step = 2 if wide else _IN_A_ROW
    return tuple(tuple(buttons[at : at + step]) for at in range(0, len(buttons), step))


def purpose_at(office: Office, seat: Seat, ticket: Ticket) -> str:
    """What a reply to the card means: the owner's goes to the resident, a co-unit's to the lead
    unit, everybody else's is for cadres only."""
    roles = roles_at(office.county, seat.unit, ticket)
    if roles & _REPLIES_TO_RESIDENT:
        return "card"
    return "part" if Role.CO_UNIT in roles else "note"


def cadre_card(
    office: Office,
    ticket: Ticket,
    *,
    in_group: bool,
    seat: Seat | None,
    now: datetime,
    why: str = "",
    fresh: bool = False,
    siblings: Sequence[str] = (),
) -> Outbound:
    """The matter, the resident's words, the place, the clock, what waits for a decision.

    `seat` is for whom it is; None: it is somebody else's now, and of a sealed report not even
    where it went is told. `siblings` are numbers of tickets of the same message. In a group chat
    phone and identity numbers are masked, and a confidential matter has no words.
    """
    slots = _slots(office, ticket, in_group=in_group)
    if seat is None:
        sealed = ticket.owner == office.county.org.discipline_channel.code
        words = office.wording.say("cadre_card_gone" if sealed else "cadre_card_moved", slots)
        return _card(ticket, words, (), fresh=fresh, purpose="card")
    purpose = purpose_at(office, seat, ticket)
    lines = [office.wording.say("cadre_card", slots)]
    lines += _further(office, ticket, slots, siblings, in_group=in_group)
    if why:
        shown = for_chat(office, ticket, why, in_group=in_group)
        lines.append(office.wording.say("cadre_card_why", slots | {"why": shown}))
    if (ticket.is_open and ticket.signed_by is not None) or purpose != "card":
        lines.append(office.wording.say(f"cadre_hint_{purpose}", slots))
    buttons = _buttons(office, seat, ticket, now)
    return _card(ticket, "\n".join(lines), buttons, fresh=fresh, purpose=purpose)


def _card(
    ticket: Ticket,
    words: str,
    buttons: tuple[tuple[Button, ...], ...],
    *,
    fresh: bool,
    purpose: str,
) -> Outbound:
    return Outbound(
        text=words,
        buttons=buttons,
        slot=cadre_slot(ticket.number),
        fresh=fresh,
        ticket=ticket.number,
        purpose=purpose,
    )


def _slots(office: Office, ticket: Ticket, *, in_group: bool) -> dict[str, str]:
    words = for_chat(office, ticket, ticket.text, in_group=in_group)
    if len(words) > _CARD_WORDS:
        words = words[:_CARD_WORDS] + "…"
    say = office.wording.say
    return {
        "number": ticket.number,
        "urgent": say("word_urgent") if ticket.urgent else "",
        "sealed": say("word_sealed") if ticket.confidential else "",
        "watched": say("word_watched") if ticket.supervised and ticket.is_open else "",
        "matter": office.matter_name(ticket),
        "place": office.place_name(ticket),
        "state": STATE_NAMES[ticket.state],
        "unit": office.unit_name(ticket.owner),
        "person": office.cadre_name(ticket.person),
        "due": local(ticket.due_at) if ticket.due_at else say("word_no_due"),
        "words": words,
        "answer": for_chat(office, ticket, ticket.answer, in_group=in_group),
    }


def _further(
    office: Office,
    ticket: Ticket,
    slots: dict[str, str],
    siblings: Sequence[str],
    *,
    in_group: bool,
) -> list[str]:
    """What not every ticket has."""
    say = office.wording.say
    lines: list[str] = []
    contact = ticket.clock(ClockKind.CONTACT)
    if contact is not None and contact.due_at is not None:
        lines.append(say("cadre_card_contact", slots | {"contact": local(contact.due_at)}))
    asked = request_line(office, ticket)
    if asked:
        lines.append(for_chat(office, ticket, asked, in_group=in_group))
    lines += [
        for_chat(office, ticket, line, in_group=in_group) for line in part_lines(office, ticket)
    ]
    if siblings:
        lines.append(say("cadre_card_siblings", {"numbers": "、".join(siblings)}))
    if ticket.answer:
        lines.append(say("cadre_card_answer", slots))
    if ticket.state is State.REWORK and ticket.why_not:
        said = for_chat(office, ticket, ticket.why_not, in_group=in_group)
        lines.append(say("cadre_card_why_not", {"text": said}))
    return lines


def _buttons(
    office: Office, seat: Seat, ticket: Ticket, now: datetime
) -> tuple[tuple[Button, ...], ...]:
    """The few likely ones, and 更多 where there are others."""
    first = likely(office, seat, ticket, now, _MOST_BUTTONS)
    buttons = [entry_button(office, ticket.number, entry) for entry in first]
    if len(menu(office, seat, ticket, now)) > len(first):
        buttons.append(Button(office.wording.say("button_more"), f"c:{ticket.number}:more"))
    return (tuple(buttons),) if buttons else ()


def menu_message(office: Office, seat: Seat, ticket: Ticket, now: datetime) -> Outbound:
    """Everything that somebody may do to a ticket now, a button each."""
    entries = menu(office, seat, ticket, now)
    slots = {
        "number": ticket.number,
        "matter": office.matter_name(ticket),
        "state": STATE_NAMES[ticket.state],
        "unit": office.unit_name(ticket.owner),
    }
    key = "cadre_menu" if entries else "cadre_menu_empty"
    buttons = [entry_button(office, ticket.number, entry) for entry in entries]
    return Outbound(
        office.wording.say(key, slots),
        buttons=in_rows(buttons),
        ticket=ticket.number,
        purpose=purpose_at(office, seat, ticket),
    )
