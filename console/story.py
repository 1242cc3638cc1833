"""What happened to a ticket, in lines; words among cadres stand apart from those for residents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.remaining import local
from services.office import Office
from tickets.events import EVENT_NAMES, NOT_FOR_RESIDENTS, Event, EventName

_ACTORS = {"resident": "群众", "system": "系统"}
_PUBLIC = frozenset(
    {EventName.REPLIED, EventName.RESOLVED, EventName.INFO_ASKED, EventName.DECLINED}
)
"""What cadres said to the resident."""
_INSIDE = NOT_FOR_RESIDENTS | {EventName.SUPERVISED}
"""What cadres said among themselves."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    at: str
    what: str
    who: str
    words: str
    inside: bool = False
    """Among cadres only."""


_BY_UNIT = frozenset({EventName.SUBTASK_DONE, EventName.UNIT_DROPPED})
"""What the unit of the event did itself, or what is about it: it does not get the ticket."""


def steps(office: Office, events: Iterable[Event], now: datetime) -> tuple[Step, ...]:
    """The whole history, oldest first."""
    return tuple(_step(office, event, now) for event in events)


def public_words(office: Office, events: Iterable[Event], now: datetime) -> tuple[Step, ...]:
    """What the resident was told, oldest first."""
    return steps(office, [e for e in events if e.name in _PUBLIC and e.text], now)


def inside_words(office: Office, events: Iterable[Event], now: datetime) -> tuple[Step, ...]:
    """办理情况: what cadres told each other, oldest first."""
    return steps(office, [e for e in events if e.name in _INSIDE and e.text], now)


def exclusion_reason(events: Iterable[Event]) -> str:
    """Why somebody wants it out of the figures."""
    return next((e.text for e in [*events][::-1] if e.name is EventName.EXCLUSION_ASKED), "")


def _step(office: Office, event: Event, now: datetime) -> Step:
    person = office.cadre(event.actor)
    who = _ACTORS.get(event.actor) or (person.name if person else event.actor)
    first = event.name is EventName.RECEIVED
    # The resident's first words stand on the card already.
    words = "" if first else event.text
    if event.name is EventName.RATED and event.text in "12345":
        words = office.wording.say(f"button_rate{event.text}")
    if event.unit and not first:
        units = "、".join(office.unit_name(unit) for unit in event.unit.split("|"))
        arrow = "" if event.name in _BY_UNIT else "→ "
        words = f"{arrow}{units}" + (f"：{words}" if words else "")
    inside = event.name in NOT_FOR_RESIDENTS
    return Step(local(event.at, now), EVENT_NAMES[event.name], who, words, inside)
