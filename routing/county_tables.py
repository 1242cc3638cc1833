"""From rows of text to a validated county: all mistakes of all sheets are reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from routing.aliases import Alias
from routing.catalogue import read_catalogue
from routing.county import County
from routing.county_checks import check_county
from routing.divisions import Division, DivisionLevel, DivisionTree
from routing.duty import Roster
from routing.grids import Grid, GridKind, GridRegister
from routing.org_tables import read_cadres, read_duty, read_units
from routing.problems import CountyDataError, Problem
from routing.table_row import table_rows
from routing.units import OrgChart

Records = Iterable[Mapping[str, str]]

TABLES = ("divisions", "aliases", "grids", "units", "cadres", "duty", "catalogue")
_LEVELS: Mapping[str, DivisionLevel] = {
    "county": "county",
    "township": "township",
    "village": "village",
}
_KINDS: Mapping[str, GridKind] = {"community": "community", "rural": "rural"}


def load_county(tables: Mapping[str, Records]) -> County:
    """Build a county from its tables (see `TABLES`; records as `csv.DictReader` gives them).

    Raises `CountyDataError` with every mistake; nothing is half-built. `aliases` may be missing.
    """
    problems: list[Problem] = [
        Problem(name, 0, "", "缺少这张表，请补上")
        for name in TABLES
        if name not in tables and name != "aliases"
    ]
    records = {name: [_clean(record) for record in tables.get(name, ())] for name in TABLES}
    divisions = _divisions(records["divisions"], problems)
    grids = _grids(records["grids"], problems)
    units = read_units(records["units"], problems)
    cadres = read_cadres(records["cadres"], problems)
    posts = read_duty(records["duty"], problems)
    aliases = _aliases(records["aliases"], problems)
    catalogue, catalogue_problems = read_catalogue(records["catalogue"])
    problems.extend(catalogue_problems)
    check_county(records, catalogue, problems)
    if problems:
        raise CountyDataError(problems)
    return County(
        DivisionTree.of(divisions),
        GridRegister.of(grids),
        OrgChart.of(units, cadres),
        catalogue,
        Roster.of(posts),
        aliases,
    )


def _clean(record: Mapping[str, str]) -> Mapping[str, str]:
    # A short line of a CSV file gives None for the missing cells.
    return {column: (cell or "").strip() for column, cell in record.items() if column}


def _divisions(records: Records, problems: list[Problem]) -> list[Division]:
    return [
        Division(
            code=row.required("code"),
            level=_LEVELS.get(row.one_of("level", _LEVELS), "village"),
            name=row.required("name"),
            short_name=row.required("short_name"),
            parent_code=row.text("parent_code"),
            urban_rural=row.text("urban_rural"),
        )
        for row in table_rows("divisions", records, problems)
    ]


def _grids(records: Records, problems: list[Problem]) -> list[Grid]:
    grids = []
    for row in table_rows("grids", records, problems):
        groups = row.several("groups")
        if not all(part.isdecimal() for part in groups):
            row.note("groups", "村民小组应为数字，多个用“|”隔开，如 1|2")
            groups = ()
        grids.append(
            Grid(
                code=row.required("code"),
                village_code=row.required("village_code"),
                name=row.required("name"),
                number=row.number_in("number", 1, 99),
                kind=_KINDS.get(row.one_of("kind", _KINDS), "rural"),
                groups=tuple(int(part) for part in groups),
                leader=row.required("leader"),
            )
        )
    return grids


def _aliases(records: Records, problems: list[Problem]) -> tuple[Alias, ...]:
    aliases = []
    for row in table_rows("aliases", records, problems):
        confidence = _confidence(row.required("confidence"))
        if confidence is None:
            row.note("confidence", "可信度应为 0 到 1 的数，如 0.9")
        aliases.append(
            Alias(row.required("alias"), row.required("code"), row.text("source"), confidence or 0)
        )
    return tuple(aliases)


def _confidence(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None
