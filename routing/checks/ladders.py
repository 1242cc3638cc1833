"""Every ladder from every unit: does it end where somebody must act, past people on each rung?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from routing.catalogue import CatalogueRow
from routing.checks.finding import Finding, listed
from routing.checks.people import has_people
from routing.county import County
from routing.ladder import next_rung

_CHECK_UNITS = "核对这些单位的编码、类别和所属乡镇"


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What stops a climb, and at which rungs; the same one is told once for all who come there."""

    code: str
    rungs: tuple[str, ...]


def broken_ladders(county: County) -> Iterator[Finding]:
    """Climbs that go round in circles, end below the top, or stop at a unit without people.

    A climb depends on group, lead unit and level of a matter only: of matters that are alike in
    these one is walked.
    """
    hit: dict[_Trouble, tuple[dict[str, None], dict[str, None]]] = defaultdict(lambda: ({}, {}))
    alike = _alike(county)
    for matter, names in alike.items():
        known: dict[str, tuple[_Trouble, ...]] = {}
        for code in county.org.units:
            for trouble in _troubles(county, code, matter, known):
                starts, matters = hit[trouble]
                starts[code] = None
                matters.update(dict.fromkeys(names))
    every = {name for names in alike.values() for name in names}
    for trouble, (starts, matters) in hit.items():
        about = "所有事项" if len(matters) == len(every) else listed(matters, "事项")
        yield _finding(county, trouble, list(starts), about)


def _alike(county: County) -> dict[str | None, list[str]]:
    """For one matter of each kind the names of all that climb like it."""
    kinds: dict[tuple[str, ...], list[CatalogueRow]] = defaultdict(list)
    for row in county.catalogue.rows:
        kinds[row.group, row.lead_unit, row.min_level, row.urgency].append(row)
    found: dict[str | None, list[str]] = {
        rows[0].matter: [row.name for row in rows] for rows in kinds.values()
    }
    return found | {None: ["听不明白的诉求"]}


def _troubles(
    county: County, start: str, matter: str | None, known: dict[str, tuple[_Trouble, ...]]
) -> tuple[_Trouble, ...]:
    """Everything that stops the climb above `start`; what is above a rung is walked once."""
    path: list[str] = []
    at = start
    while at not in known:
        path.append(at)
        above = next_rung(county, at, matter)
        if above is None:
            known[at] = _at_the_end(county, at)
        elif above in path:
            circle = path[path.index(above) :]
            # A circle is the same one wherever it is entered.
            first = circle.index(min(circle))
            turning = _Trouble("ladder_in_a_circle", (*circle[first:], *circle[:first]))
            known.update(dict.fromkeys(circle, (turning,)))
        else:
            at = above
    for below in reversed(path):
        if below not in known:
            known[below] = (*_at(county, at), *known[at])
        at = below
    return known[start]


def _at(county: County, rung: str) -> tuple[_Trouble, ...]:
    """What stops a climb that comes to a rung from below."""
    unit = county.org.unit(rung)
    if unit is not None and unit.level == "discipline_channel":
        return (_Trouble("ladder_ends_below", (rung,)),)
    return () if has_people(county, rung) else (_Trouble("rung_without_people", (rung,)),)


def _at_the_end(county: County, end: str) -> tuple[_Trouble, ...]:
    unit = county.org.unit(end)
    # A sealed report never leaves its channel: there the end is right.
    right = unit is not None and unit.level in ("county_center", "discipline_channel")
    return () if right else (_Trouble("ladder_ends_below", (end,)),)


def _finding(county: County, trouble: _Trouble, starts: list[str], about: str) -> Finding:
    names = [_name(county, code) for code in trouble.rungs]
    climbing = [code for code in starts if code not in trouble.rungs] or starts
    who = f"从{listed((_name(county, code) for code in climbing), '单位')}提级"
    if trouble.code == "rung_without_people":
        what = f"{names[0]}没有人，{who}到这里会落空（{about}）"
        return Finding("ladders", trouble.code, what, "给它登记人员")
    if trouble.code == "ladder_in_a_circle":
        what = f"{who}会绕圈：{' → '.join((*names, names[0]))}（{about}）"
        return Finding("ladders", trouble.code, what, _CHECK_UNITS)
    what = f"{who}停在{names[0]}，到不了{county.org.county_center.name}（{about}）"
    return Finding("ladders", trouble.code, what, _CHECK_UNITS)


def _name(county: County, code: str) -> str:
    unit = county.org.unit(code)
    return unit.name if unit else code
