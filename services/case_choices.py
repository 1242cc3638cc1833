"""What there is to choose from before an action: units, matters, days, levels. Pure.

The page lists all of it; a chat offers the few that fit a message, and words do for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from routing.units import Unit
from services.case_entries import Entry, Field
from services.case_menu import Seat
from services.case_units import catalogue_co_units, refusal
from services.conversation import Option
from services.office import Office
from tickets.life import LEVELS
from tickets.ticket import Ticket

_MOST_IN_CHAT = 10
_DAYS_IN_CHAT = (1, 2, 3, 5, 10)
_LARGEST_DATA = 64
"""Bytes that a chat's button carries at most."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Options under one heading."""

    heading: str
    options: tuple[Option, ...]


def choices(office: Office, seat: Seat, ticket: Ticket, entry: Entry) -> tuple[Choices, ...]:
    """Everything that can be chosen for an action; empty where there is nothing to choose."""
    if entry.field is Field.UNIT:
        return _units(office, seat, ticket, entry)
    if entry.field is Field.CO_UNIT:
        named = [Option(office.unit_name(code), code) for code in ticket.co_units]
        return (Choices("", tuple(named)),)
    if entry.field is Field.MATTER:
        return _matters(office)
    if entry.field is Field.LEVEL:
        say = office.wording.say
        levels = tuple(Option(say(f"button_rate{level}"), str(level)) for level in LEVELS)
        return (Choices("", levels),)
    if entry.field is Field.DAYS:
        days = range(1, longest_extension(office, ticket) + 1)
        return (Choices("", tuple(Option(f"{n} 天", f"{n}天") for n in days)),)
    return ()


def longest_extension(office: Office, ticket: Ticket) -> int:
    """The working days that may be asked for at most."""
    return office.limits_at(ticket.owner).longest_extension(office.close_days(ticket))


def _units(office: Office, seat: Seat, ticket: Ticket, entry: Entry) -> tuple[Choices, ...]:
    """Near ones first: the ticket's township, or all townships where it is not known."""
    org = office.county.org
    own = org.unit(seat.unit)
    township = ticket.township or (own.township_code if own else "")
    fit = [unit for unit in org.units.values() if _fits(office, seat, ticket, entry, unit)]
    near = [unit for unit in fit if not township or unit.township_code == township]
    found: list[Choices] = []
    for level, heading in (
        ("linkage_group", "联动服务组"),
        ("township_center", "乡镇"),
        ("village_center", "村（社区）"),
    ):
        if level == "village_center" and not township:
            continue  # a village is never guessed: more than a hundred would be listed
        found += _by_township(office, [unit for unit in near if unit.level == level], heading)
    county = [unit for unit in fit if not unit.township_code]
    return (*found, Choices("县里", _options(county))) if county else tuple(found)


def _by_township(office: Office, units: Sequence[Unit], heading: str) -> list[Choices]:
    grouped: dict[str, list[Unit]] = {}
    for unit in units:
        grouped.setdefault(unit.township_code, []).append(unit)
    if len(grouped) > 1 and all(len(found) == 1 for found in grouped.values()):
        return [Choices(heading, _options(units))]
    return [
        Choices(f"{_township_name(office, code)}{heading}", _options(found))
        for code, found in grouped.items()
    ]


def _township_name(office: Office, code: str) -> str:
    division = office.county.tree.get(code)
    return division.spoken_name if division else ""


def _options(units: Iterable[Unit]) -> tuple[Option, ...]:
    return tuple(Option(unit.name, unit.code) for unit in units)


def _fits(office: Office, seat: Seat, ticket: Ticket, entry: Entry, unit: Unit) -> bool:
    county = office.county
    if entry.verb == "join":
        helping = (ticket.owner, seat.unit, *ticket.co_units)
        return unit.level != "discipline_channel" and unit.code not in helping
    if entry.verb == "return" and unit.code == ticket.owner:
        return False
    by_desk = entry.verb == "dispatch"
    return not refusal(county, ticket, seat.unit, unit, by_desk=by_desk)


def _matters(office: Office) -> tuple[Choices, ...]:
    """By the linkage group whose they are, the catalogue's own order within."""
    grouped: dict[str, list[Option]] = {}
    for row in office.county.catalogue.rows:
        grouped.setdefault(row.group, []).append(Option(row.name, row.matter))
    return tuple(
        Choices(_group_name(office, group), tuple(options)) for group, options in grouped.items()
    )


def _group_name(office: Office, group: str) -> str:
    """农业生产服务组, whichever township's."""
    org = office.county.org
    unit = next((unit for unit in org.units.values() if unit.group == group), None)
    if unit is None:
        return org.discipline_channel.name
    return unit.name.removeprefix(_township_name(office, unit.township_code))


def offered(
    office: Office, seat: Seat, ticket: Ticket, entry: Entry, guesses: Sequence[str] = ()
) -> tuple[Option, ...]:
    """The few that a chat offers as buttons; `guesses` are matters in the order of likelihood."""
    listed = [o for group in choices(office, seat, ticket, entry) for o in group.options]
    if entry.field is Field.MATTER:
        names = {option.value: option for option in listed}
        listed = [names[guess] for guess in guesses if guess in names]
    elif entry.field is Field.UNIT:
        listed = _near_first(office, ticket, listed)
    elif entry.field is Field.DAYS:
        listed = [o for o in listed if int(o.value.removesuffix("天")) in _DAYS_IN_CHAT]
    fit = [option for option in listed if _fits_button(ticket, entry, option)]
    return tuple(fit[:_MOST_IN_CHAT])


def _near_first(office: Office, ticket: Ticket, listed: Sequence[Option]) -> list[Option]:
    """The matter's own units, then the groups and the centre of its township."""
    county = office.county
    row = county.catalogue.get(ticket.matter)
    lead = county.org.county_unit(row.lead_unit) if row else None
    asked = ticket.request.unit if ticket.request else None
    likely = [asked, lead.code if lead else None, *catalogue_co_units(county, ticket, "")]
    near = {o.value for o in listed if ticket.township and f":{ticket.township}" in o.value}
    groups = {code for code in near if not code.startswith("village:")}
    order = [*likely, *(option.value for option in listed if option.value in groups)]
    names = {option.value: option for option in listed}
    return [names[code] for code in dict.fromkeys(order) if code in names]


def _fits_button(ticket: Ticket, entry: Entry, option: Option) -> bool:
    data = f"c:{ticket.number}:{entry.verb}.{option.value}"
    return len(data.encode()) <= _LARGEST_DATA
