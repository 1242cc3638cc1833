"""A unit of each kind with three people, and random rosters, leaves and swaps for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from routing.county import County
from routing.duty import CHINA_TIME, Absence, DutyPost, LiveDuty, Roster, Swap, SwapState
from routing.holidays import SpecialDay
from routing.units import Cadre, OrgChart, Unit

UNIT = "u"
MONDAY = date(2026, 6, 1)
PEOPLE = ("lead", "ann", "bob")


def at(day: int, hour: float) -> datetime:
    """A local moment of that week; day 0 is Monday."""
    return datetime.combine(MONDAY, time(0), CHINA_TIME) + timedelta(days=day, hours=hour)


def post(cadre: str, start: int, end: int, weekday: int | None = None, **more: object) -> DutyPost:
    """A shift in whole hours."""
    found = DutyPost(UNIT, weekday, time(start), time(end % 24), cadre, "duty_officer")
    return replace(found, **more)  # type: ignore[arg-type]  # the tests name the fields


def away(cadre: str, start: datetime, end: datetime, **more: str) -> Absence:
    """A leave."""
    return Absence(f"a{cadre}{start}", cadre, start, end, **more)


def swap(day: int, start: int, giver: str, taker: str, state: str = "agreed") -> Swap:
    """A swap that was answered on the Monday before."""
    on = MONDAY + timedelta(days=day)
    moment = at(-7, 9)
    return Swap(f"s{on}{start}", on, time(start), giver, taker, moment, SwapState(state), moment)


def live(*changes: Absence | Swap) -> LiveDuty:
    """Leaves and swaps in one."""
    absences = [each for each in changes if isinstance(each, Absence)]
    return LiveDuty.of(absences, [each for each in changes if isinstance(each, Swap)])


def county_with(
    county: County,
    posts: Iterable[DutyPost],
    *,
    level: str = "township_center",
    people: Iterable[str] = PEOPLE,
    special_days: tuple[SpecialDay, ...] = (),
) -> County:
    """The county with just one unit and its roster."""
    roles = {"lead": "duty_leader"}
    cadres = [
        Cadre(name, name, f"tel {name}", UNIT, roles.get(name, "duty_officer"))  # type: ignore[arg-type]  # two of the roles
        for name in people
    ]
    org = OrgChart.of([Unit(UNIT, level, "单位")], cadres)  # type: ignore[arg-type]  # the tests name levels
    return replace(county, org=org, roster=Roster.of(posts), special_days=special_days)


_HOURS = st.integers(0, 23)
_WHO = st.sampled_from(PEOPLE)


@st.composite
def rosters(draw: st.DrawFn) -> list[DutyPost]:
    """Up to five shifts around the first days of the week."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        dated = draw(st.booleans())
        found.append(
            post(
                draw(_WHO),
                draw(_HOURS),
                draw(_HOURS),
                None if dated else draw(st.sampled_from([None, 0, 1, 2, 6])),
                day=MONDAY + timedelta(days=draw(st.integers(-1, 2))) if dated else None,
                deputy=draw(st.sampled_from(["", *PEOPLE])),
                role=draw(st.sampled_from(["duty_officer", "duty_leader"])),
            )
        )
    return found


@st.composite
def changes(draw: st.DrawFn) -> LiveDuty:
    """Up to four leaves and three swaps."""
    found: list[Absence | Swap] = []
    for _ in range(draw(st.integers(0, 4))):
        start = at(0, draw(st.integers(-30, 60)) / 2)
        end = start + timedelta(hours=draw(st.integers(1, 60)) / 2)
        left = {
            "deputy": draw(st.sampled_from(["", *PEOPLE])),
            "contact": draw(st.sampled_from(["", "138"])),
        }
        found.append(away(draw(_WHO), start, end, **left))
    for _ in range(draw(st.integers(0, 3))):
        state = draw(st.sampled_from([*SwapState]))
        found.append(swap(draw(st.integers(-1, 2)), draw(_HOURS), draw(_WHO), draw(_WHO), state))
    return live(*found)
