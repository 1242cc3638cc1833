"""What a dispatcher can choose for a case, each with its key and its reason. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from routing.explain import candidate_text, place_name
from routing.places import PlaceCandidate
from services.lookup import find_matters, find_places, places_below
from services.office import Office
from services.understanding import Guess, Understanding
from tickets.ticket import Ticket

Opinion = Callable[[str], tuple[Guess, ...]]
"""What the keywords make of a text, beside the model: best first."""

_MATTER_KEYS = "123456789"
_PLACE_KEYS = "abcdefgh"
_FOUND = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    why: str = ""
    percent: int | None = None
    key: str = ""


def matter_choices(
    office: Office, ticket: Ticket, read: Understanding | None, keywords: Opinion | None
) -> list[Choice]:
    """What the model thinks, then what keywords think, then what has a word of the message."""
    catalogue = office.county.catalogue
    percents: dict[str, int] = {}
    why: dict[str, list[str]] = {}
    for guess in read.ranking if read else ():
        if catalogue.get(guess.label):
            percents[guess.label] = round(100 * guess.confidence)
            name = "关键词" if read is not None and read.degraded else "模型"
            why.setdefault(guess.label, []).append(f"{name} {guess.confidence:.0%}")
    for guess in _matters(office, keywords(ticket.text) if keywords else ())[:3]:
        if read is None or not read.degraded:
            why.setdefault(guess.label, []).append(f"关键词 {guess.confidence:.0%}")
    if ticket.matter and catalogue.get(ticket.matter):
        why.setdefault(ticket.matter, []).append("现在工单上的")
    listed = []
    for key, (matter, reasons) in zip(_MATTER_KEYS, why.items(), strict=False):
        row = catalogue.by_matter[matter]
        told = "；".join((*reasons, *((row.covers,) if row.covers else ())))
        listed.append(Choice(matter, row.name, told, percents.get(matter), key))
    return listed


def _matters(office: Office, guesses: Iterable[Guess]) -> list[Guess]:
    return [guess for guess in guesses if office.county.catalogue.get(guess.label)]


def place_choices(office: Office, ticket: Ticket) -> list[Choice]:
    """The place of the ticket, then those that its words may mean."""
    known = ticket.grid or ticket.village or ticket.township or ""
    listed = [Choice("", office.place_name(ticket), "工单上的" if known else "还不知道在哪")]
    for found in office.finder.find(ticket.text).candidates:
        if found.code and found.code != known:
            words = candidate_text(office.county, found)
            name = place_name(office.county, found)
            percent = round(100 * found.score)
            listed.append(Choice(found.code, name, words.removeprefix(name), percent))
    return [
        Choice(each.value, each.label, each.why, each.percent, key)
        for key, each in zip(_PLACE_KEYS, listed, strict=False)
    ]


def matters_found(office: Office, typed: str) -> list[Choice]:
    """By name, by first letters, by what they cover."""
    return [Choice(row.matter, row.name, row.covers) for row in find_matters(office, typed, _FOUND)]


def places_found(office: Office, typed: str, below: str) -> list[Choice]:
    """By what was typed; else the tree, one level below `below`."""
    found = find_places(office, typed, _FOUND) if typed else places_below(office, below)
    return [Choice(each.code, _named(office, each)) for each in found if each.code]


def _named(office: Office, found: PlaceCandidate) -> str:
    return place_name(office.county, found)
