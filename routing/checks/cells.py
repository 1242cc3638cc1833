"""Every matter in every township: does the real decision find somebody who may have it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from routing.catalogue import CatalogueRow, MinLevel
from routing.checks.finding import Finding, listed
from routing.checks.people import has_people
from routing.checks.rows import is_sealed
from routing.county import County
from routing.decide import EMERGENCY, decide
from routing.decision import Action, RoutingRequest
from routing.places.finding import PlaceFinding
from routing.places.from_code import place_from_code
from routing.units import UnitLevel

COUNTY_WIDE = "全县范围"
_TRIAGE = "听不明白的诉求"
_DANGER = "说不清的紧急情况"
_RANK: dict[UnitLevel, int] = {
    "village_center": 0,
    "linkage_group": 1,
    "township_center": 1,
    "county_unit": 2,
    "county_center": 2,
    "discipline_channel": 2,
}
_LOWEST: dict[MinLevel, int] = {"village": 0, "township": 1, "county": 2}


@dataclass(frozen=True, slots=True)
class _Column:
    """A township, or the whole county."""

    name: str
    place: PlaceFinding


@dataclass(frozen=True, slots=True)
class _Line:
    """A matter, or what comes without one."""

    name: str
    request: RoutingRequest
    row: CatalogueRow | None = None
    action: Action = "dispatch"


@dataclass(frozen=True, slots=True)
class _Gap:
    """Why a cell is not covered; cells with the same gap are told together."""

    code: str
    what: str
    mend: str
    is_problem: bool = True


def uncovered_cells(county: County, now: datetime) -> Iterator[Finding]:
    """Matters that, in some township or for the whole county, go to nobody who may have them.

    Cells that fail for the same reason are one finding: matters × townships.
    """
    columns = list(_columns(county))
    cells: dict[_Gap, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in _lines(county):
        for column in columns:
            gap = _gap(county, line, column, now)
            if gap is not None:
                cells[gap][line.name].append(column.name)
    for gap, lines in cells.items():
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, failing in lines.items():
            together[tuple(failing)].append(name)
        for townships, names in together.items():
            count = len(names) * len(townships)
            where = f"{listed(names, '事项')} × {listed(townships)}（{count} 格）"
            yield Finding("cells", gap.code, f"{where}：{gap.what}", gap.mend, gap.is_problem)


def _columns(county: County) -> Iterator[_Column]:
    yield _Column(COUNTY_WIDE, PlaceFinding(level="county"))
    for township in county.tree.townships:
        # A decision depends on the township only: one village stands for all of them.
        if villages := county.tree.children(township.code):
            yield _Column(township.short_name, place_from_code(county, villages[0].code))


def _lines(county: County) -> Iterator[_Line]:
    groups = {unit.group for unit in county.org.units.values() if unit.level == "linkage_group"}
    for row in county.catalogue.rows:
        known = row.group in groups and county.org.county_unit(row.lead_unit) is not None
        if known or is_sealed(row):  # what no township has is said of the row itself
            appeal_type = row.appeal_types[0] if row.appeal_types else "help"
            request = RoutingRequest("appeal", row.matter, 1.0, appeal_type=appeal_type)
            yield _Line(row.name, request, row)
    yield _Line(_TRIAGE, RoutingRequest("appeal", None, 0.0), action="triage")
    yield _Line(_DANGER, RoutingRequest("appeal", None, 0.0, urgent=True))


def _gap(county: County, line: _Line, column: _Column, now: datetime) -> _Gap | None:
    decision = decide(county, replace(line.request, place=column.place), now)
    owner = county.org.unit(decision.owner_unit)
    if owner is None:
        what = f"派给 {decision.owner_unit}，组织表里没有这个单位"
        return _Gap("cell_without_owner", what, "在组织表里登记这个单位，或者改派单目录")
    name = owner.name.removeprefix(column.name)
    if decision.action != line.action:
        what = f"派不出去，落到{name}人工研判"
        if line.row is not None and column.place.level != "county":
            what = f"没有“{line.row.group}”服务组，{what}"
        return _Gap("cell_not_dispatched", what, "在组织表里给这些乡镇登记这个服务组")
    sealed = owner.level == "discipline_channel"
    if line.row is not None and sealed != is_sealed(line.row):
        what = f"派给{name}：" + ("不是密封举报" if sealed else "举报没有密封")
        return _Gap("cell_breaks_seal", what, "改派单目录的服务组或主办单位")
    if not has_people(county, owner.code):
        return _Gap("cell_without_people", f"派给{name}，那里一个人都没有", "给它登记人员")
    if line.row is not None and _RANK[owner.level] < _LOWEST[line.row.min_level]:
        what = f"派给{name}，低于目录的最低层级"
        mend = "改最低层级；紧急事项总是先由乡镇处置，最低层级不能是县"
        return _Gap("cell_too_low", what, mend)
    if line.name == _DANGER and column.place.level != "county" and owner.group != EMERGENCY:
        what = f"没有突发事件处置组，由{name}先行处置"
        return _Gap("cell_without_emergency_group", what, "登记突发事件处置组", is_problem=False)
    return None
