"""Units that nobody stands behind, and units whose code and place do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.finding import Finding
from routing.checks.people import has_people
from routing.county import County
from routing.units import Role, Unit, UnitLevel

_ANSWERS: frozenset[Role] = frozenset(
    ("duty_leader", "duty_officer", "handler", "discipline_officer")
)
"""Who can answer for a unit; grid leaders go to people, dispatchers hand on."""
_LEVEL_OF: dict[str, UnitLevel] = {
    "township": "township_center",
    "group": "linkage_group",
    "village": "village_center",
}
_DIVISION_LEVEL = {
    "township_center": "township",
    "linkage_group": "township",
    "village_center": "village",
}


def units_without_people(county: County) -> Iterator[Finding]:
    """Every unit that can own a ticket and cannot be answered for, or that is misfiled."""
    for unit in county.org.units.values():
        yield from _misfiled(county, unit)
        yield from _people(county, unit)


def _people(county: County, unit: Unit) -> Iterator[Finding]:
    staff = county.org.staff(unit.code)
    roles = {cadre.role for cadre in staff}
    if not has_people(county, unit.code):
        what = f"{unit.name}（{unit.code}）一个人都没有：派给它的工单没人签收，只会提级"
        yield Finding("staff", "unit_empty", what, "在人员表里给它登记至少一个人")
        return
    if not staff:
        what = f"{unit.name}（{unit.code}）没有自己的人，只有别的单位的人来值班"
        mend = "在人员表里给它登记带班领导"
        yield Finding("staff", "unit_staffed_by_others", what, mend, is_problem=False)
        return
    leader = county.org.leader_of(unit.code)
    who = leader.name if leader else ""
    if not roles & _ANSWERS:
        only_grids = unit.level == "village_center"
        what = f"{unit.name}（{unit.code}）没有带班领导，也没有值班干部、承办人，只好由{who}负责"
        mend = "在人员表里给它登记带班领导"
        if only_grids:
            what = f"{unit.name}（{unit.code}）没有值班干部，只有网格长，由{who}负责"
            mend = "在人员表里给村里登记一名值班干部"
        code = "village_without_officer" if only_grids else "unit_without_leader"
        yield Finding("staff", code, what, mend, is_problem=not only_grids)
    elif "duty_leader" not in roles and unit.level not in ("village_center", "discipline_channel"):
        what = f"{unit.name}（{unit.code}）没有带班领导，没人值班的时候由{who}负责"
        mend = "在人员表里给它登记带班领导"
        yield Finding("staff", "unit_without_leader", what, mend, is_problem=False)


def _misfiled(county: County, unit: Unit) -> Iterator[Finding]:
    """What an import cannot see: rules find these units by code, people by their row."""
    kind, _, rest = unit.code.partition(":")
    wanted = _LEVEL_OF.get(kind)
    if wanted is None:
        return
    if unit.level != wanted:
        what = f"{unit.name}的编码 {unit.code} 和类别（{unit.level}）对不上：提级会走错"
        yield Finding("staff", "unit_misfiled", what, f"把类别改为 {wanted}，或者改编码")
        return
    division = county.tree.get(rest.partition(":")[0])
    level = _DIVISION_LEVEL[wanted]
    if division is None or not division.is_present or division.level != level:
        what = f"{unit.name}（{unit.code}）所在的区划没有登记，或者已经停用"
        yield Finding("staff", "unit_misfiled", what, "改编码，或者删掉这个单位")
        return
    township = county.tree.township_of(division.code)
    if township is not None and unit.township_code != township.code:
        what = (
            f"{unit.name}（{unit.code}）在{township.short_name}，"
            f"所属乡镇却写成“{unit.township_code}”：提级会走错"
        )
        yield Finding("staff", "unit_misfiled", what, f"把所属乡镇编码改为 {township.code}")
