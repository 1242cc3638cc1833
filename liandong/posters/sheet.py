"""What stands on a grid's sheet, as plain words: nothing here knows how it will be drawn."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from liandong.posters.hours import clock, days, spans
from liandong.posters.links import chat_link, is_loopback, telegram_link
from routing.duty import CHINA_TIME
from routing.grids import Grid
from routing.units import Cadre, village_center_code
from services.office import Office

SAMPLE = "示例"
"""The word in the names of everybody whom the sample county invents."""
_MOST_SHIFTS = 3
"""More than that nobody reads on a wall: then the hours stand without names."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where the codes lead: addresses of `links.web_base` and `links.bot_name`."""

    base: str
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to call. `role` and `phone` may be empty."""

    role: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours, and who is there; nobody by name where people take turns."""

    hours: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the three steps."""

    title: str
    how: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code and the words beside it."""

    link: str
    title: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, in the order in which it is read."""

    grid: str
    township: str
    village: str
    masthead: str
    motto: str
    title: str
    covers: str
    leader: Person
    centre: str
    shifts: tuple[Shift, ...]
    chat: Code
    telegram: Code | None
    steps: tuple[Step, Step, Step]
    otherwise: str
    """For whoever cannot scan."""
    emergency: str
    imprint: str
    is_sample: bool
    warning: str
    """Why this sheet must not be put up, or empty."""


def sheet_of(office: Office, grid: Grid, links: Links, now: datetime) -> Sheet:
    """The sheet of a grid, printed at `now` (aware)."""
    say = office.wording.say
    tree = office.county.tree
    village = tree.get(grid.village_code)
    township = tree.township_of(grid.village_code)
    village_name = village.spoken_name if village else ""
    township_name = township.short_name if township else ""
    leader = _leader(office, grid)
    centre = office.county.org.village_center(grid.village_code)
    centre_name = centre.name if centre else village_name
    shifts = _shifts(office, grid)
    people = [leader, *(shift.person for shift in shifts if shift.person)]
    is_sample = any(SAMPLE in person.name for person in people)
    date = now.astimezone(CHINA_TIME)
    return Sheet(
        grid=grid.code,
        township=township_name,
        village=village_name,
        masthead=say("poster_masthead"),
        motto=say("poster_motto"),
        title=_title(grid.name, township_name, village_name),
        covers=_covers(office, grid),
        leader=leader,
        centre=centre_name,
        shifts=shifts,
        chat=Code(chat_link(links.base, grid.code), say("poster_code")),
        telegram=_telegram(office, grid, links),
        steps=(
            Step(say("poster_scan"), say("poster_scan_how")),
            Step(say("poster_say"), say("poster_say_how")),
            Step(say("poster_wait"), say("poster_wait_how")),
        ),
        otherwise=_otherwise(office, leader, centre_name, staffed=bool(shifts)),
        emergency=say("poster_emergency"),
        imprint=say(
            "poster_imprint",
            {"grid": grid.code, "date": f"{date.year}年{date.month}月{date.day}日"},
        ),
        is_sample=is_sample,
        warning=_warning(office, links, is_sample=is_sample),
    )


def phone_in_groups(phone: str) -> str:
    """A mobile number as it is read out, 138 0000 0000; any other number as it stands."""
    found = re.fullmatch(r"(1\d\d)(\d{4})(\d{4})", phone)
    return " ".join(found.groups()) if found else phone


def _title(name: str, township: str, village: str) -> str:
    """The grid's name with its village, without the township, which has its own line."""
    name = name.removeprefix(township) if township and name != township else name
    known = village.removesuffix("村")
    return name if known and name.startswith(known) else village + name


def _covers(office: Office, grid: Grid) -> str:
    if not grid.groups:
        return office.wording.say("poster_covers_all")
    return office.wording.say("poster_covers", {"groups": spans(sorted(grid.groups))})


def _person(role: str, cadre: Cadre) -> Person:
    return Person(role, cadre.name, phone_in_groups(cadre.phone))


def _leader(office: Office, grid: Grid) -> Person:
    role = office.wording.say("poster_leader")
    cadre = office.cadre(grid.leader)
    return _person(role, cadre) if cadre else Person(role, office.cadre_name(None), "")


def _shifts(office: Office, grid: Grid) -> tuple[Shift, ...]:
    """The duty of the village's centre; without a roster whoever answers for the centre."""
    say = office.wording.say
    unit = village_center_code(grid.village_code)
    weekdays: dict[tuple[time, time, str, str], list[int | None]] = defaultdict(list)
    for post in office.county.roster.weekly(unit):
        weekdays[post.start, post.end, post.cadre, post.role].append(post.weekday)
    if not weekdays:
        cadre = office.county.org.leader_of(unit)
        if cadre is None or cadre.role == "grid_leader":
            return ()
        return (Shift("", _person(say("poster_officer"), cadre)),)
    if len(weekdays) > _MOST_SHIFTS:
        return _without_names(office, weekdays)
    shifts = []
    for (start, end, cadre_id, post_role), on in weekdays.items():
        role = say("poster_duty_leader" if post_role == "duty_leader" else "poster_officer")
        cadre = office.cadre(cadre_id)
        person = _person(role, cadre) if cadre else None
        shifts.append(Shift(f"{days(on)} {clock(start, end)}", person))
    return tuple(shifts)


def _without_names(
    office: Office, weekdays: dict[tuple[time, time, str, str], list[int | None]]
) -> tuple[Shift, ...]:
    merged: dict[tuple[time, time], list[int | None]] = defaultdict(list)
    for (start, end, _, _), on in weekdays.items():
        merged[start, end].extend(on)
    hours = [f"{days(on)} {clock(start, end)}" for (start, end), on in sorted(merged.items())]
    if len(hours) > _MOST_SHIFTS:
        hours = [office.wording.say("poster_hours_posted")]
    return tuple(Shift(each, None) for each in hours)


def _telegram(office: Office, grid: Grid, links: Links) -> Code | None:
    if not links.bot:
        return None
    say = office.wording.say
    link = telegram_link(links.bot, grid.code)
    return Code(link, say("poster_telegram"), say("poster_telegram_how", {"bot": links.bot}))


def _otherwise(office: Office, leader: Person, centre: str, *, staffed: bool) -> str:
    """What somebody without a smartphone can do: only ways that there are on this sheet."""
    say = office.wording.say
    if not leader.phone:
        return say("poster_come", {"centre": centre})
    return say("poster_call_or_come", {"centre": centre}) if staffed else say("poster_call")


def _warning(office: Office, links: Links, *, is_sample: bool) -> str:
    if is_sample:
        return office.wording.say("poster_sample")
    return office.wording.say("poster_local") if is_loopback(links.base) else ""
