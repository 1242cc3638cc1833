"""What must hold between the sheets of a county: nothing orphaned, nothing twice, nobody missing.

The checks read the raw rows, so that every mistake can name the row to mend.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from routing.aliases import NEIGHBOUR
from routing.catalogue import SHEET as CATALOGUE_SHEET
from routing.catalogue import Catalogue
from routing.grids import is_grid_code, village_code_of_grid
from routing.group_checks import check_groups
from routing.problems import Problem
from routing.succession_checks import check_succession
from routing.units import linkage_group_code, township_center_code

Rows = Sequence[Mapping[str, str]]
_PARENT_LEVEL = {"township": "county", "village": "township"}
_CODE_LENGTHS = {"county": 6, "township": 9, "village": 12}
_KEYS = (
    ("divisions", ("code",)),
    ("grids", ("code",)),
    ("units", ("code",)),
    ("cadres", ("id",)),
    ("aliases", ("alias", "code")),
    ("organisations", ("code",)),
    ("holidays", ("day",)),
    ("knowledge", ("code",)),
)


def check_county(tables: Mapping[str, Rows], catalogue: Catalogue, problems: list[Problem]) -> None:
    """Add every mistake between the sheets to `problems`."""
    for sheet, key in _KEYS:
        problems.extend(_twice(sheet, tables[sheet], key))
    problems.extend(_divisions(tables["divisions"]))
    for sheet in ("divisions", "grids"):
        problems.extend(check_succession(sheet, tables[sheet]))
    problems.extend(_grids(tables))
    problems.extend(_aliases(tables))
    problems.extend(_people(tables))
    problems.extend(_organisations(tables))
    problems.extend(_units(tables, catalogue))


def _numbered(rows: Rows) -> Iterator[tuple[int, Mapping[str, str]]]:
    return enumerate(rows, 2)


def _values(rows: Rows, column: str) -> set[str]:
    return {row.get(column, "") for row in rows} - {""}


def _present(rows: Rows) -> Iterator[tuple[int, Mapping[str, str]]]:
    return ((number, row) for number, row in _numbered(rows) if not row.get("valid_to"))


def _villages(tables: Mapping[str, Rows]) -> set[str]:
    rows = _present(tables["divisions"])
    return {row.get("code", "") for _, row in rows if row.get("level") == "village"}


def _twice(sheet: str, rows: Rows, columns: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in _numbered(rows):
        values = tuple(row.get(column, "") for column in columns)
        if all(values) and values in first:
            yield Problem(
                sheet,
                number,
                columns[0],
                f"“{values[0]}”与第{first[values]}行重复，请改掉其中一个",
            )
        first.setdefault(values, number)


def _divisions(rows: Rows) -> Iterator[Problem]:
    known = {row.get("code", ""): row for row in rows}
    levels = [row.get("level", "") for _, row in _present(rows)]
    if not rows:
        yield Problem("divisions", 0, "code", "区划是空的，请登记县、乡镇、村（社区）")
    elif levels.count("county") != 1:
        yield Problem("divisions", 0, "level", "应当有且只有一个县（level 为 county）")
    for level, name in (("township", "乡镇"), ("village", "村（社区）")):
        if rows and level not in levels:
            yield Problem("divisions", 0, "level", f"一个{name}都没有，请至少登记一个")
    for number, row in _numbered(rows):
        code, level = row.get("code", ""), row.get("level", "")
        length = _CODE_LENGTHS.get(level)
        if code and length and not (code.isascii() and code.isdecimal() and len(code) == length):
            yield Problem("divisions", number, "code", f"“{code}”应为{length}位数字的区划代码")
        wanted = _PARENT_LEVEL.get(level)
        parent_code = row.get("parent_code", "")
        parent = known.get(parent_code)
        if wanted and (parent is None or parent.get("level") != wanted):
            yield Problem(
                "divisions", number, "parent_code", f"上级“{parent_code}”不存在或级别不对"
            )
        elif wanted and parent and parent.get("valid_to") and not row.get("valid_to"):
            yield Problem(
                "divisions", number, "parent_code", f"上级“{parent_code}”已经停用，请改上级"
            )


def _grids(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    known = {r.get("code", "") for r in tables["divisions"] if r.get("level") == "village"}
    villages, cadres = _villages(tables), _values(tables["cadres"], "id")
    numbered: dict[tuple[str, str], int] = {}
    for number, row in _numbered(tables["grids"]):
        code, village = row.get("code", ""), row.get("village_code", "")
        present = not row.get("valid_to")
        if not is_grid_code(code):
            yield Problem("grids", number, "code", f"“{code}”应为14位数字(CJ/T 349:6+3+3+2)")
        elif village_code_of_grid(code) != village:
            yield Problem("grids", number, "code", "网格编码的前12位应与所在村（社区）编码相同")
        if village not in known:
            yield Problem("grids", number, "village_code", f"村（社区）“{village}”不存在，请先登记")
        elif present and village not in villages:
            yield Problem("grids", number, "village_code", f"村（社区）“{village}”已经停用，请改")
        if not present:
            continue
        if (leader := row.get("leader", "")) and leader not in cadres:
            yield Problem("grids", number, "leader", f"人员表里没有“{leader}”，请先登记网格长")
        ordinal = (village, row.get("number", ""))
        if numbered.setdefault(ordinal, number) != number:
            yield Problem("grids", number, "number", f"序号与第{numbered[ordinal]}行的网格重复")
    yield from check_groups(tables["divisions"], tables["grids"])
    homes = {row.get("village_code", "") for _, row in _present(tables["grids"])}
    for village in sorted(villages - homes):
        yield Problem("grids", 0, "village_code", f"村（社区）{village} 没有网格，请至少登记一个")


def _aliases(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    known = _values(tables["divisions"], "code") | _values(tables["grids"], "code")
    for number, row in _numbered(tables["aliases"]):
        code, outside = row.get("code", ""), row.get("source") == NEIGHBOUR
        if code and code not in known and not outside:
            yield Problem("aliases", number, "code", f"区划或网格“{code}”不存在，请核对编码")
        if outside and code in known:
            yield Problem("aliases", number, "code", f"“{code}”在本县之内，来源不能是 {NEIGHBOUR}")
        if len(row.get("alias", "")) == 1:
            yield Problem("aliases", number, "alias", "别名至少两个字，一个字会到处误认")


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
        if (deputy := row.get("deputy", "")) and deputy not in cadres:
            yield Problem("duty", number, "deputy", f"人员表里没有“{deputy}”，请先登记人员")


def _organisations(tables: Mapping[str, Rows]) -> Iterator[Problem]:
    villages, cadres = _villages(tables), _values(tables["cadres"], "id")
    sheet = "organisations"
    for number, row in _numbered(tables[sheet]):
        served = [part.strip() for part in row.get("villages", "").split("|") if part.strip()]
        for column, codes in (
            ("village_code", [row.get("village_code", "")]),
            ("villages", served),
        ):
            for code in filter(None, codes):
                if code not in villages:
                    yield Problem(sheet, number, column, f"村（社区）“{code}”不存在或已停用")
        if (contact := row.get("contact", "")) and contact not in cadres:
            yield Problem(sheet, number, "contact", f"人员表里没有“{contact}”，请先登记联系人")
        if row.get("kind") == "by_nearness" and not served:
            yield Problem(sheet, number, "villages", "就近归属的组织要写明覆盖哪些村（社区）")


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
    for _, division in _present(tables["divisions"]):
        if division.get("level") != "township":
            continue
        code, name = division.get("code", ""), division.get("name", "")
        if township_center_code(code) not in codes:
            yield Problem(
                "units", 0, "code", f"{name}缺少联动服务中心 {township_center_code(code)}"
            )
        yield from missing_groups(code, name, groups, codes)
    county_level = ("county_unit", "discipline_channel")
    names = {r.get("name", "") for r in rows if r.get("level") in county_level}
    yield from unknown_units(tables["catalogue"], names)


def missing_groups(
    township: str, name: str, groups: Iterable[str], units: Container[str]
) -> Iterator[Problem]:
    """The linkage groups of a township (code and name) that are not among the `units`."""
    for group in groups:
        if (wanted := linkage_group_code(township, group)) not in units:
            yield Problem("units", 0, "code", f"{name}缺少联动服务组 {wanted}")


def unknown_units(catalogue: Rows, names: Container[str]) -> Iterator[Problem]:
    """Lead and co-units of the catalogue that are not among the `names` of county units."""
    for number, row in _numbered(catalogue):
        for column in ("lead_unit", "co_units"):
            for unit in filter(None, row.get(column, "").split("|")):
                if unit.strip() not in names:
                    yield Problem(CATALOGUE_SHEET, number, column, f"组织表里没有县直单位“{unit}”")
