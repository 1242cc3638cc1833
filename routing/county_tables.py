"""From rows of text to a validated county: all mistakes of all sheets are reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from routing.areas import Areas, read_areas
from routing.catalogue import read_catalogue
from routing.county import County
from routing.county_checks import check_county
from routing.divisions import DivisionTree
from routing.duty import Roster
from routing.former_codes import SHEET as FORMER
from routing.former_codes import read_former
from routing.grids import GridRegister
from routing.hours import check_hours, read_hours
from routing.knowledge import check_knowledge, read_knowledge
from routing.knowledge_match import Knowledge
from routing.org_tables import read_cadres, read_duty, read_units
from routing.organisations import Organisations
from routing.place_tables import (
    read_aliases,
    read_divisions,
    read_grids,
    read_organisations,
    read_special_days,
)
from routing.precedents import Precedents, check_precedents, read_precedents
from routing.problems import CountyDataError, Problem
from routing.units import OrgChart

Records = Iterable[Mapping[str, str]]

TABLES = (
    "divisions",
    "aliases",
    "grids",
    "units",
    "cadres",
    "duty",
    "catalogue",
    "organisations",
    "holidays",
    "hours",
    "knowledge",
    "precedents",
)
OPTIONAL = frozenset({"aliases", "organisations", "holidays", "hours", "knowledge", "precedents"})
"""Tables that a county may not have."""


def load_county(tables: Mapping[str, Records]) -> County:
    """Build a county from its tables (see `TABLES`; records as `csv.DictReader` gives them).

    `areas` may be among them too (see `routing.areas.rows`), and codes of old (see
    `routing.former_codes`).
    Raises `CountyDataError` with every mistake; nothing is half-built.
    """
    problems: list[Problem] = [
        Problem(name, 0, "", "缺少这张表，请补上")
        for name in TABLES
        if name not in tables and name not in OPTIONAL
    ]
    records = {name: [_clean(record) for record in tables.get(name, ())] for name in TABLES}
    divisions = read_divisions(records["divisions"], problems)
    grids = read_grids(records["grids"], problems)
    units = read_units(records["units"], problems)
    cadres = read_cadres(records["cadres"], problems)
    posts = read_duty(records["duty"], problems)
    aliases = read_aliases(records["aliases"], problems)
    organisations = read_organisations(records["organisations"], problems)
    special_days = read_special_days(records["holidays"], problems)
    hours = read_hours(records["hours"], problems)
    problems.extend(check_hours(records["hours"], {each.code for each in units}))
    catalogue, catalogue_problems = read_catalogue(records["catalogue"])
    catalogue = replace(catalogue, former=read_former(tables.get(FORMER, ())))
    problems.extend(catalogue_problems)
    knowledge = read_knowledge(records["knowledge"], problems)
    matters = {row.matter for row in catalogue.rows}
    rulings = read_precedents(records["precedents"], problems)
    codes = {each.code for each in units}
    townships = {each.code for each in divisions if each.level == "township"}
    problems.extend(check_precedents(records["precedents"], codes, matters, townships))
    problems.extend(check_knowledge(records["knowledge"], {each.code for each in units}, matters))
    features, area_problems = read_areas([_clean(row) for row in tables.get("areas", ())])
    problems.extend(area_problems)
    check_county(records, catalogue, problems)
    if problems:
        raise CountyDataError(problems)
    present = {each.code for each in divisions if each.is_present}
    present |= {each.code for each in grids if each.is_present}
    return County(
        DivisionTree.of(divisions),
        GridRegister.of(grids),
        OrgChart.of(units, cadres),
        catalogue,
        Roster.of(posts),
        aliases,
        Organisations.of(organisations),
        special_days,
        Areas.of(features, present),
        Knowledge.of(knowledge),
        hours,
        Precedents.of(rulings),
    )


def _clean(record: Mapping[str, str]) -> Mapping[str, str]:
    # A short line of a CSV file gives None for the missing cells.
    return {column: (cell or "").strip() for column, cell in record.items() if column}
