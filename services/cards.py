"""What a ticket looks like to the resident; names, masks and moments of all cards. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from routing.duty import CHINA_TIME
from services.messages import Button, Outbound
from services.office import Office
from tickets.clocks import ClockKind
from tickets.life import LEVELS
from tickets.states import ANSWERED, STATE_NAMES, State
from tickets.ticket import Ticket

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")


def local(moment: datetime) -> str:
    """A moment as people write it: 11月23日 15:40."""
    at = moment.astimezone(CHINA_TIME)
    return f"{at.month}月{at.day}日 {at:%H:%M}"


def masked(text: str) -> str:
    """`text` with phone and identity numbers made unreadable, for chats that many people read."""
    return _ID_NUMBER.sub(r"\1********\2", _PHONE.sub(r"\1****\2", text))


def _button(office: Office, word: str, data: str) -> Button:
    return Button(office.wording.say(f"button_{word}"), data)


def resident_slot(number: str) -> str:
    """The resident's card of a ticket."""
    return f"t:{number}"


def cadre_slot(number: str) -> str:
    """The cadre's card of a ticket."""
    return f"c:{number}"


def _resident_buttons(office: Office, ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    prefix = f"t:{ticket.number}"
    if ticket.state in (State.RESOLVED, State.PENDING_CALLBACK):
        return (
            (
                _button(office, "solved", f"{prefix}:solved"),
                _button(office, "not_solved", f"{prefix}:unsolved"),
            ),
        )
    if ticket.state is State.CALLED_BACK:
        levels = [_button(office, f"rate{n}", f"{prefix}:rate{n}") for n in LEVELS]
        unsolved = _button(office, "not_solved", f"{prefix}:unsolved")
        return (tuple(levels[:3]), (*levels[3:], unsolved))
    if ticket.state is State.DECLINED:
        return ((_button(office, "appeal", f"{prefix}:appeal"),),)
    if ticket.is_open:
        return (
            (
                _button(office, "nudge", f"{prefix}:nudge"),
                _button(office, "withdraw", f"{prefix}:withdraw"),
            ),
        )
    return ()


def resident_card(office: Office, ticket: Ticket, main: Ticket | None = None) -> Outbound:
    """Number, who has it now, until when; edited in place whenever one of them changes.

    The card of a merged ticket shows how far its `main` ticket is.
    """
    contact = ticket.clock(ClockKind.CONTACT)
    slots = {
        "number": ticket.number,
        "matter": office.matter_name(ticket),
        "place": office.place_name(ticket),
        "state": STATE_NAMES[ticket.state],
        "unit": office.unit_name(ticket.owner),
        "person": office.cadre_name(ticket.person),
        "due": local(ticket.due_at) if ticket.due_at else "",
        "close": local(ticket.close_due) if ticket.close_due else "",
        "escalations": str(ticket.escalations),
        "answer": ticket.answer,
        "text": ticket.short_text,
        "main": ticket.main or "",
        "main_card": STATE_NAMES[main.state] if main is not None else "",
    }
    key = "card_need_info_in_hand" if ticket.waits_in_hand else f"card_{ticket.state}"
    sealed = ticket.owner == office.county.org.discipline_channel.code
    if sealed and ticket.is_open and ticket.state not in ANSWERED:
        key = "card_sealed"
    lines = [office.wording.say(key, slots)]
    if contact is not None and contact.due_at is not None and not sealed:
        slots["contact"] = local(contact.due_at)
        lines.append(office.wording.say("card_contact", slots))
    if ticket.co_units:
        slots["units"] = "、".join(office.unit_name(unit) for unit in ticket.co_units)
        lines.append(office.wording.say("card_co_units", slots))
    if ticket.confidential and not sealed:
        lines.append(office.wording.say("card_confidential"))
    if ticket.escalations and ticket.is_open:
        lines.append(office.wording.say("card_escalated", slots))
    return Outbound(
        text="\n".join(lines),
        buttons=_resident_buttons(office, ticket),
        slot=resident_slot(ticket.number),
        ticket=ticket.number,
        purpose="card",
    )


def for_chat(office: Office, ticket: Ticket, words: str, *, in_group: bool) -> str:
    """`words` as a chat may show them: many read a group, so numbers are masked there and the
    words of a confidential matter do not appear at all."""
    if not in_group or not words:
        return words
    return office.wording.say("card_words_sealed") if ticket.confidential else masked(words)
