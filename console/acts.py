"""The small forms below a ticket, made of the same menu as the bot's buttons. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from console.act_words import ACT_WORDS
from routing.duty import CHINA_TIME
from services.case_choices import Choices, choices, longest_extension
from services.case_entries import Entry, Field, Words
from services.case_menu import Seat, likely, menu
from services.office import Office
from services.policy import roles_at
from tickets.actions import Role
from tickets.states import State
from tickets.ticket import Ticket

_MOST_FIRST = 3
_REPLY_LAST = frozenset({State.DISPATCHED, State.REWORK})
_REPLY_FIRST = frozenset({State.SIGNED, State.HANDLING})
_UNIT_LABELS = {
    "dispatch": "派给",
    "reassign": "改派给",
    "return": "该由谁办",
    "rule": "裁定给",
    "join": "请谁协办",
}
_LABELS: dict[Field, str] = {
    Field.CO_UNIT: "协办单位",
    Field.MATTER: "是什么事",
    Field.DAYS: "延几个工作日",
    Field.DATE: "复查日期",
    Field.MAIN: "主单的单号",
    Field.LEVEL: "群众怎么评价",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for before the words."""

    name: str
    label: str
    kind: str
    """`select`, `number`, `date` or `text`."""
    choices: tuple[Choices, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One action as a small form; a lone button where nothing is asked."""

    name: str
    verb: str
    title: str
    """What people tap to open it."""
    send: str
    label: str
    hint: str
    asked: Asked | None
    words: Words
    photo: str
    """`must`, `may` or empty."""

    @property
    def is_button(self) -> bool:
        """Nothing to fill in."""
        return self.asked is None and self.words is Words.NONE and not self.photo


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done: the few likely things, and the rest below 更多."""

    first: tuple[Act, ...] = ()
    rest: tuple[Act, ...] = ()


def acts(office: Office, seat: Seat, ticket: Ticket, now: datetime) -> Acts:
    """Every action that this cadre may take at `now`, each once."""
    entries = menu(office, seat, ticket, now)
    first = _first(office, seat, ticket, now, entries)
    rest = [entry for entry in entries if entry not in first]
    return Acts(
        tuple(_act(office, seat, ticket, entry, now) for entry in first),
        tuple(_act(office, seat, ticket, entry, now) for entry in rest),
    )


def _first(
    office: Office, seat: Seat, ticket: Ticket, now: datetime, entries: tuple[Entry, ...]
) -> list[Entry]:
    """The likely ones; on the page an answer needs a form, in a chat it is a reply."""
    first = list(likely(office, seat, ticket, now, _MOST_FIRST))
    reply = next((entry for entry in entries if entry.verb == "reply"), None)
    if reply is not None and Role.OWNER in roles_at(office.county, seat.unit, ticket):
        if ticket.state in _REPLY_FIRST:
            first.insert(0, reply)
        elif ticket.state in _REPLY_LAST:
            first.insert(1, reply)
    return first[:_MOST_FIRST]


def _act(office: Office, seat: Seat, ticket: Ticket, entry: Entry, now: datetime) -> Act:
    words = ACT_WORDS[entry.name]
    photo = ("must" if entry.verb == "photo" else "may") if entry.photo else ""
    return Act(
        name=entry.name,
        verb=entry.verb,
        title=office.wording.say(f"button_{entry.name}"),
        send=words.send,
        label=words.label,
        hint=words.hint,
        asked=_asked(office, seat, ticket, entry, now),
        words=entry.words,
        photo=photo,
    )


def _asked(office: Office, seat: Seat, ticket: Ticket, entry: Entry, now: datetime) -> Asked | None:
    field = entry.field
    if field is None:
        return None
    name = str(field)
    label = _UNIT_LABELS[entry.name] if field is Field.UNIT else _LABELS[field]
    if field is Field.DAYS:
        return Asked(name, label, "number", low="1", high=str(longest_extension(office, ticket)))
    if field is Field.DATE:
        today = now.astimezone(CHINA_TIME).date()
        last = today + timedelta(days=office.limits_at(ticket.owner).shelf_days)
        return Asked(name, label, "date", low=_iso(today + timedelta(days=1)), high=_iso(last))
    if field is Field.MAIN:
        return Asked(name, label, "text")
    return Asked(name, label, "select", choices(office, seat, ticket, entry))


def _iso(day: date) -> str:
    return day.isoformat()
