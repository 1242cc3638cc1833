"""What must hold between the sheets of a county: nothing orphaned, nothing twice, nobody missing.

The checks read the raw rows, so that every mistake can name the row to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.catalogue import SHEET as CATALOGUE_SHEET
from routing.catalogue import Catalogue
from routing.grids import is_grid_code, village_code_of_grid
from routing.problems import Problem
from routing.units import linkage_group_code, township_center_code

Rows = Sequence[Mapping[str, str]]
_PARENT_LEVEL = {"township": "county", "village": "township"}


def check_county(tables: Mapping[str, Rows], catalogue: Catalogue, problems: list[Problem]) -> None:
    """Add every mistake between the sheets to `problems`."""
    for sheet, key in (("divisions", "code"), ("grids", "code"), ("units", "code")):
        problems.extend(_twice(sheet, tables[sheet], key))
    problems.extend(_twice("cadres", tables["cadres"], "id"))
    problems.extend(_divisions(tables["divisions"]))
    problems.extend(_grids(tables))
    problems.extend(_aliases(tables))
    problems.extend(_people(tables))
    problems.extend(_units(tables, catalogue))


def _numbered(rows: Rows) -> Iterator[tuple[int, Mapping[str, str]]]:
    return enumerate(rows, 2)


def _values(rows: Rows, column: str) -> set[str]:
    return {row.get(column, "") for row in rows} - {""}


def _twice(sheet: str, rows: Rows, column: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, row in _numbered(rows):
        value = row.get(column, "")
        if value and value in first:
            yield Problem(
                sheet, number, column, f"“{value}”与第{first[value]}行重复，请改掉其中一个"
            )
        first.setdefault(value, number)


def _divisions(rows: Rows) -> Iterator[Problem]:
    levels = {row.get("code", ""): row.get("level", "") for row in rows}
    if list(levels.values()).count("county") != 1:
        yield Problem("divisions", 0, "level", "应当有且只有一个县（level 为 county）")
    for number, row in _numbered(rows):
        wanted = _PARENT_LEVEL.get(row.get("level", ""))
        parent = row.get("parent_code", "")
        if wanted and levels.get(parent) != wanted:
            yield Problem("divisions", number, "parent_code", f"上级“{parent}”不存在或级别不对")


def _grids(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    villages = {r.get("code", "") for r in tables["divisions"] if r.get("level") == "village"}
    cadres = _values(tables["cadres"], "id")
    covered: dict[tuple[str, str], int] = {}
    for number, row in _numbered(tables["grids"]):
        code, village = row.get("code", ""), row.get("village_code", "")
        if not is_grid_code(code):
            yield Problem("grids", number, "code", f"“{code}”应为14位数字(CJ/T 349:6+3+3+2)")
        elif village_code_of_grid(code) != village:
            yield Problem("grids", number, "code", "网格编码的前12位应与所在村（社区）编码相同")
        if village not in villages:
            yield Problem("grids", number, "village_code", f"村（社区）“{village}”不存在，请先登记")
        if (leader := row.get("leader", "")) and leader not in cadres:
            yield Problem("grids", number, "leader", f"人员表里没有“{leader}”，请先登记网格长")
        for group in filter(None, row.get("groups", "").split("|")):
            first = covered.setdefault((village, group.strip()), number)
            if first != number:
                yield Problem("grids", number, "groups", f"第{group}组已属于第{first}行的网格")
    for village in sorted(villages - _values(tables["grids"], "village_code")):
        yield Problem("grids", 0, "village_code", f"村（社区）{village} 没有网格，请至少登记一个")


def _aliases(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    known = _values(tables["divisions"], "code")
    for number, row in _numbered(tables["aliases"]):
        code = row.get("code", "")
        if code and code not in known and row.get("source") != "neighbour":
            yield Problem("aliases", number, "code", f"区划“{code}”不存在，请核对编码")


def _people(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    units, cadres = _values(tables["units"], "code"), _values(tables["cadres"], "id")
    for number, row in _numbered(tables["cadres"]):
        if (unit := row.get("unit", "")) and unit not in units:
            yield Problem("cadres", number, "unit", f"组织表里没有“{unit}”，请先登记单位")
    for number, row in _numbered(tables["duty"]):
        if (unit := row.get("unit", "")) and unit not in units:
            yield Problem("duty", number, "unit", f"组织表里没有“{unit}”，请先登记单位")
        if (cadre := row.get("cadre", "")) and cadre not in cadres:
            yield Problem("duty", number, "cadre", f"人员表里没有“{cadre}”，请先登记人员")


def _units(tables: Mapping[str, Rows], catalogue: Catalogue) -> Iterator[Problem]:
    rows = tables["units"]
    codes = _values(rows, "code")
    levels = [row.get("level", "") for row in rows]
    for level, name in (
        ("county_center", "县联动服务指导中心"),
        ("discipline_channel", "纪检渠道"),
    ):
        if levels.count(level) != 1:
            yield Problem("units", 0, "level", f"应当有且只有一个{name}（level 为 {level}）")
    for number, row in _numbered(rows):
        if (parent := row.get("parent", "")) and parent not in codes:
            yield Problem("units", number, "parent", f"上级单位“{parent}”不存在")
    groups = [group for group in catalogue.groups if group and group != "discipline"]
    for division in tables["divisions"]:
        if division.get("level") != "township":
            continue
        code, name = division.get("code", ""), division.get("name", "")
        if township_center_code(code) not in codes:
            yield Problem(
                "units", 0, "code", f"{name}缺少联动服务中心 {township_center_code(code)}"
            )
        for group in groups:
            if (wanted := linkage_group_code(code, group)) not in codes:
                yield Problem("units", 0, "code", f"{name}缺少联动服务组 {wanted}")
    yield from _catalogue_units(tables)


def _catalogue_units(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    county_level = ("county_unit", "discipline_channel")
    names = {r.get("name", "") for r in tables["units"] if r.get("level") in county_level}
    for number, row in _numbered(tables["catalogue"]):
        for column in ("lead_unit", "co_units"):
            for unit in filter(None, row.get(column, "").split("|")):
                if unit.strip() not in names:
                    yield Problem(CATALOGUE_SHEET, number, column, f"组织表里没有县直单位“{unit}”")
