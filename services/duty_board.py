"""Who is on duty around a cadre, and what lies ahead of them: one value for bots and pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from routing.duty import Absence, Gap, Presence, Swap, gaps_of_unit, shifts_of
from routing.ladder import next_rung
from routing.units import Cadre, Unit
from services.duty_text import Desk, day_words, desks, leave_words, moment_words, span_words
from services.office import Office
from services.policy import units_seen_by

AHEAD = timedelta(days=14)
"""How far one's own next shifts are looked up."""
GAP_HOURS = 48
"""How far ahead gaps are reported."""
_MOST_DESKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One unit and who answers for it now."""

    unit: str
    name: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class Board:
    """What a cadre wants to know of duty."""

    own: Line
    above: Line | None
    below: tuple[Line, ...]
    desks: tuple[Desk, ...]
    """The cadre's own next shifts."""
    leaves: tuple[Absence, ...]
    """The cadre's own leaves, present and to come."""
    wanted: tuple[Swap, ...]
    """Shifts that colleagues ask the cadre to take."""
    offered: tuple[Swap, ...]
    """Shifts that the cadre asks colleagues to take."""


def board_of(office: Office, cadre: Cadre) -> Board:
    """The board of one cadre, now."""
    now = office.clock()
    above = next_rung(office.county, cadre.unit, None)
    mine = shifts_of(office.county, office.live, cadre.id, now, now + AHEAD)
    return Board(
        own=_line(office, cadre.unit),
        above=_line(office, above) if above else None,
        below=tuple(_line(office, unit) for unit in units_below(office, cadre)),
        desks=tuple(desks(mine)[:_MOST_DESKS]),
        leaves=office.live.absences_of(cadre.id, now),
        wanted=office.live.waiting_for(cadre.id),
        offered=office.live.asked_by(cadre.id),
    )


def units_below(office: Office, cadre: Cadre) -> Iterator[str]:
    """The units right below a cadre's: groups and villages, or townships and county units."""
    units = office.county.org.units
    own = units.get(cadre.unit)
    for code in units_seen_by(office.county, cadre):
        if code != cadre.unit and own is not None and _is_right_below(own, units[code]):
            yield code


def _is_right_below(own: Unit, unit: Unit) -> bool:
    if own.level == "county_center":
        return unit.level in ("township_center", "county_unit")
    return own.level == "township_center"


def gaps_around(office: Office, cadre: Cadre) -> list[Gap]:
    """Gaps of the next 48 hours in the cadre's unit and in those whose tickets they see."""
    now = office.clock()
    end = now + timedelta(hours=GAP_HOURS)
    return [
        gap
        for unit in dict.fromkeys((cadre.unit, *units_seen_by(office.county, cadre)))
        for gap in gaps_of_unit(office.county, office.live, unit, now, end)
    ]


def _line(office: Office, unit: str) -> Line:
    return Line(unit, office.unit_name(unit), office.presence(unit))


def line_words(office: Office, line: Line) -> str:
    """府城镇联动服务中心：李示例（值班，到 18:00），电话 13800000001."""
    found, say = line.presence, office.wording.say
    until = ""
    if found.until is not None:
        until = say("duty_until", {"time": moment_words(found.until, office.clock())})
    slots = {
        "unit": line.name,
        "person": found.cadre.name if found.cadre else "",
        "until": until,
        "phone": say("duty_phone", {"phone": found.contact}) if found.contact else "",
    }
    if found.is_away:
        return say("duty_line_away", slots)
    if found.how == "shift":
        return say("duty_line_shift", slots)
    if found.how == "deputy":
        return say("duty_line_deputy", slots)
    return say("duty_line_leader" if found.cadre else "duty_line_nobody", slots)


def board_words(office: Office, board: Board) -> str:
    """The board as one message."""
    say, lines = office.wording.say, [office.wording.say("duty_now")]
    lines += [line_words(office, each) for each in (board.own, board.above) if each]
    if board.below:
        lines += ["", say("duty_below"), *(line_words(office, each) for each in board.below)]
    lines += ["", say("duty_mine" if board.desks else "duty_mine_none")]
    lines += [desk_words(office, each) for each in board.desks]
    lines += [say("duty_my_leave", {"days": leave_words(each)}) for each in board.leaves]
    for swap in board.offered:
        slots = {"shift": swap_words(swap), "person": office.cadre_name(swap.taker)}
        lines.append(say("duty_my_offer", slots))
    return "\n".join(lines)


def desk_words(office: Office, desk: Desk) -> str:
    """One shift with the units that it is for."""
    slots = {
        "shift": span_words(desk.start, desk.end),
        "unit": office.unit_name(desk.units[0]),
        "count": str(len(desk.units)),
    }
    return office.wording.say("duty_desk" if len(desk.units) == 1 else "duty_desk_many", slots)


def swap_words(swap: Swap) -> str:
    """The shift of a swap, by its beginning: 12月3日（周四）18:00."""
    return f"{day_words(swap.day)}{swap.start:%H:%M}"


def gap_words(office: Office, gap: Gap) -> str:
    """One gap with its unit and why it is one."""
    slots = {"unit": office.unit_name(gap.unit), "time": span_words(gap.start, gap.end)}
    if gap.why == "empty":
        return office.wording.say("duty_gap_empty", slots)
    key = "duty_gap_absent" if gap.why == "absent" else "duty_gap_no_shift"
    return office.wording.say(key, slots)
