"""Leave (请假) and being back early (销假), from the words to who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from routing.duty import CHINA_TIME, Absence, LiveDuty, Shift, shifts_of
from routing.units import Cadre
from services.duty_board import desk_words
from services.duty_case import Buttons, DutyCase, duty_button, in_rows
from services.duty_days import Days
from services.duty_person import deputy_of, refuse_away
from services.duty_text import day_words, desks, leave_words
from services.duty_words import contact_in
from services.errors import Refused

_DAY = timedelta(days=1)
_MOST_PEOPLE = 8
PHONE = "@phone"
"""What a button carries for: reach me by telephone."""
LEADER = "@leader"
"""What a button carries for: the unit's leader answers."""


async def leave(case: DutyCase, text: str) -> None:
    """请假 12月3日到12月5日 替班 李示例; without a day it is asked for. Raises `Refused`."""
    days = case.days(text)
    if days is None:
        await case.say("duty_leave_when", None, _day_buttons(case), purpose="duty_leave")
        return
    deputy = deputy_of(case, days.rest)
    await _note(case, days, deputy, _contact(case, days.rest))


async def leave_pressed(case: DutyCase, days: Days, who: str, phone: str) -> None:
    """A colleague, number or leader chosen from what `ask_deputy` and the work page offer.

    `phone` is a number that was written in. Raises `Refused`.
    """
    case.refuse_days(days)
    if who == LEADER:
        await _note(case, days, None, "")
    elif who == PHONE:
        await _note(case, days, None, _written(phone) or _contact(case, "打我电话"))
    else:
        await _note(case, days, case.colleague(who), _written(phone))


async def _note(case: DutyCase, days: Days, deputy: Cadre | None, contact: str) -> None:
    live = await case.live()
    start, end = leave_span(case, live, days)
    if end <= case.now:
        raise Refused("duty_past", day=f"{days.first.month}月{days.first.day}日")
    for absence in live.absences_of(case.cadre.id, case.now):
        if absence.overlaps(start, end):
            raise Refused("duty_leave_twice", days=leave_words(absence))
    if deputy is not None:
        refuse_away(live, deputy, start, end)
    noted = Absence(
        case.office.new_id(), case.cadre.id, start, end, deputy.id if deputy else "", contact
    )
    await case.work.add_absence(noted, case.now)
    await _answer(case, live, noted, deputy)


def leave_span(case: DutyCase, live: LiveDuty, days: Days) -> tuple[datetime, datetime]:
    """From when to when somebody is away who says these days.

    A night shift belongs to the day on which it begins: the tail of the one before is still sat,
    and the one that begins on the last day is not.
    """
    first, last = _midnight(days.first), _midnight(days.last + _DAY)
    start, end = _after_running(case, live, first), _after_running(case, live, last)
    if days.part == "afternoon":
        start = first + timedelta(hours=12)
    elif days.part == "now":
        start = case.now
    elif days.part == "morning":
        end = last - timedelta(hours=12)
    return min(start, end), end


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), CHINA_TIME)


def _after_running(case: DutyCase, live: LiveDuty, midnight: datetime) -> datetime:
    """The end of the cadre's shift that runs over a midnight, else the midnight itself."""
    running = shifts_of(case.office.county, live, case.cadre.id, midnight, midnight)
    return max((s.end for s in running if s.start < midnight), default=midnight)


def _contact(case: DutyCase, text: str) -> str:
    found = contact_in(text)
    if found.phone:
        return found.phone
    if found.is_wrong:
        raise Refused("duty_phone_wrong")
    if found.is_mine and not case.cadre.phone:
        raise Refused("duty_phone_missing")
    return case.cadre.phone if found.is_mine else ""


def _written(phone: str) -> str:
    """The number in a field that holds nothing else."""
    found = contact_in(phone)
    if phone and not found.phone:
        raise Refused("duty_phone_wrong")
    return found.phone


async def _answer(case: DutyCase, live: LiveDuty, noted: Absence, deputy: Cadre | None) -> None:
    mine = shifts_of(case.office.county, live, case.cadre.id, noted.start, noted.end)
    deputies = [deputy] if deputy else _planned(case, live, mine)
    leader = _leader(case, live, noted)
    slots = {
        "days": leave_words(noted),
        "person": case.cadre.name,
        "deputy": "、".join(each.name for each in deputies),
        "leader": leader.name if leader else "",
        "phone": noted.contact,
    }
    if deputies:
        key = "duty_leave_deputy"
    elif noted.contact:
        key = "duty_leave_contact"
    else:
        key = "duty_leave_leader" if leader else "duty_leave_nobody"
    await case.say(key, slots)
    shifts = "\n".join(desk_words(case.office, desk) for desk in desks(mine)) or slots["days"]
    for each in deputies:
        await case.tell_cadre(each.id, "duty_deputy_told", slots | {"shifts": shifts})
    if leader is not None and leader not in deputies:
        if deputies:
            key = "duty_leader_told_deputy"
        else:
            key = "duty_leader_told_contact" if noted.contact else "duty_leader_told"
        await case.tell_cadre(leader.id, key, slots)


def _planned(case: DutyCase, live: LiveDuty, mine: Iterable[Shift]) -> list[Cadre]:
    """The deputies whom the roster names for shifts that fall into the leave, as far as there."""
    found: dict[str, Cadre] = {}
    for shift in mine:
        cadre = case.office.cadre(shift.deputy)
        if cadre is not None and live.absence(cadre.id, shift.start) is None:
            found[cadre.id] = cadre
    found.pop(case.cadre.id, None)
    return list(found.values())


def _leader(case: DutyCase, live: LiveDuty, noted: Absence) -> Cadre | None:
    """Who is next by rank in the cadre's unit and there when the leave begins."""
    people = case.office.county.org.by_rank(case.cadre.unit)
    at = max(noted.start, case.now)
    there = (p for p in people if p.id != case.cadre.id and live.absence(p.id, at) is None)
    return next(there, None)


def _day_buttons(case: DutyCase) -> Buttons:
    days = [case.today + ahead * _DAY for ahead in range(6)]
    return in_rows([duty_button(day_words(day), f"d:leave:{day:%Y%m%d}") for day in days], 2)


async def ask_deputy(case: DutyCase, day: date) -> None:
    """A pressed day: who stands in? Raises `Refused` for a day that is past."""
    if day < case.today:
        raise Refused("duty_past", day=f"{day.month}月{day.day}日")
    say, data = case.office.wording.say, f"d:leave:{day:%Y%m%d}"
    people = [
        duty_button(each.name, f"{data}:{each.id}") for each in case.colleagues[:_MOST_PEOPLE]
    ]
    phone = duty_button(say("button_duty_phone"), f"{data}:{PHONE}")
    leader = duty_button(say("button_duty_leader"), f"{data}:{LEADER}")
    last = [phone, leader] if case.cadre.phone else [leader]
    buttons = (*in_rows(people, 2), *in_rows(last, 2))
    await case.say("duty_leave_who", {"day": day_words(day)}, buttons)


async def back(case: DutyCase, absence_id: str = "") -> None:
    """销假: the leave is over, or will not be; with several it is asked which. Raises `Refused`."""
    live = await case.live()
    leaves = live.absences_of(case.cadre.id, case.now)
    if absence_id:
        leaves = tuple(each for each in leaves if each.id == absence_id)
    if not leaves:
        raise Refused("duty_back_already" if absence_id else "duty_no_leave")
    if len(leaves) > 1:
        buttons = [duty_button(leave_words(each), f"d:back:{each.id}") for each in leaves]
        await case.say("duty_back_which", None, in_rows(buttons, 1))
        return
    [ended] = leaves
    if not await case.work.end_absence(ended.id, case.now):
        raise Refused("duty_back_already")
    slots = {"days": leave_words(ended), "person": case.cadre.name}
    await case.say("duty_back_done" if ended.covers(case.now) else "duty_leave_cancelled", slots)
    leader = _leader(case, live, ended)
    told = dict.fromkeys(filter(None, (ended.deputy, leader.id if leader else "")))
    for person in told:
        await case.tell_cadre(person, "duty_back_told", slots)
