"""Which colleague a cadre means; whoever cannot be meant is refused with a sentence."""

from __future__ import annotations

from datetime import datetime

from routing.duty import LiveDuty, shifts_of
from routing.units import Cadre
from services.duty_case import DutyCase, listed
from services.duty_text import leave_words, span_words
from services.duty_words import Named, deputy_words, named_in, speaks_of_deputy
from services.errors import Refused


def deputy_of(case: DutyCase, text: str) -> Cadre | None:
    """Who is to stand in by these words, None when nobody is. Raises `Refused`."""
    named = named_in(text, case.colleagues, case.office.county)
    if not speaks_of_deputy(text, (*named.people, *named.strangers)):
        return None
    if named.people or named.strangers:
        return _only(case, named)
    if words := deputy_words(text):
        raise _unknown(case, words)
    return None


def taker_of(case: DutyCase, text: str) -> Cadre | None:
    """Who is to take a shift by these words, None when nobody is named. Raises `Refused`."""
    named = named_in(text, case.colleagues, case.office.county)
    if named.people or named.strangers:
        return _only(case, named)
    words = text.strip("给和跟与同由请让找换替代班的人 ,，。、:：")
    if words:
        raise _unknown(case, words[:20])
    return None


def _only(case: DutyCase, named: Named) -> Cadre:
    if len(named.people) > 1:
        people = "、".join(f"{each.name}（{each.id}）" for each in named.people)
        raise Refused("duty_several", people=people)
    if named.people:
        return named.people[0]
    if any(each.id == case.cadre.id for each in named.strangers):
        raise Refused("duty_self")
    stranger = named.strangers[0]
    unit = case.office.unit_name(stranger.unit)
    raise Refused("duty_not_colleague", person=stranger.name, unit=unit)


def _unknown(case: DutyCase, words: str) -> Refused:
    people = listed(case.colleagues)
    return Refused("duty_person_unknown" if people else "duty_alone", person=words, people=people)


def refuse_away(live: LiveDuty, person: Cadre, start: datetime, end: datetime) -> None:
    """Raise `Refused` when somebody is on leave for some of the time."""
    for absence in live.absences_of(person.id, start):
        if absence.overlaps(start, end):
            raise Refused("duty_person_away", person=person.name, days=leave_words(absence))


def refuse_busy(
    case: DutyCase, live: LiveDuty, person: Cadre, start: datetime, end: datetime
) -> None:
    """Raise `Refused` when somebody sits another shift then; being on call is none."""
    for shift in shifts_of(case.office.county, live, person.id, start, end):
        if not shift.rank[0]:
            when = span_words(shift.start, shift.end)
            raise Refused("duty_person_busy", person=person.name, shift=when)
