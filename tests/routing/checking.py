"""Counties broken in one way, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from routing.catalogue import Catalogue, CatalogueRow
from routing.checks import Finding, Reach, findings
from routing.county import County
from routing.county_tables import load_county
from routing.units import OrgChart
from tests.routing.speech import Tables

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FUCHENG, HECHUAN = "141026100", "141026101"
GAOBI = "141026100206"
HOUSING = "unit:housing"


def reach_of(county: County) -> Reach:
    """Every matter can be said, learnt and spelt."""
    matters = frozenset(county.catalogue.by_matter)
    return Reach(matters, matters, matters)


def found_in(county: County, reach: Reach | None = None) -> list[Finding]:
    """What is found, but for the empty slots of the knowledge base."""
    every = findings(county, reach or reach_of(county), NOW)
    return [each for each in every if each.topic != "knowledge"]


def found(tables: Tables) -> list[Finding]:
    """What is found in a county that an import takes."""
    return found_in(load_county(tables))


def codes(every: Iterable[Finding]) -> set[str]:
    return {each.code for each in every}


def only(every: Iterable[Finding], code: str) -> Finding:
    """The one finding of a kind."""
    [one] = [each for each in every if each.code == code]
    return one


def without_people(tables: Tables, *units: str, but: str = "") -> Tables:
    """A county whose units lost their people, all but those of one role, and their shifts."""
    gone = {row["id"] for row in tables["cadres"] if row["unit"] in units and row["role"] != but}
    stays = next(row["id"] for row in tables["cadres"] if row["id"] not in gone)

    def handed_on(table: str, column: str) -> list[dict[str, str]]:
        return [row | {column: stays} if row[column] in gone else row for row in tables[table]]

    return tables | {
        "cadres": [row for row in tables["cadres"] if row["id"] not in gone],
        "duty": [
            row for row in tables["duty"] if row["cadre"] not in gone and row["unit"] not in units
        ],
        "grids": handed_on("grids", "leader"),
        "organisations": handed_on("organisations", "contact"),
    }


def changed(tables: Tables, table: str, key: str, value: str, **cells: str) -> Tables:
    """A county with other cells in the rows where a column has a value."""
    rows = [row | cells if row[key] == value else row for row in tables[table]]
    assert rows != tables[table]
    return tables | {table: rows}


def with_row(county: County, matter: str, **fields: object) -> County:
    """A county with another row for a matter, whatever an import would say."""
    row: CatalogueRow = replace(county.catalogue.by_matter[matter], **fields)  # type: ignore[arg-type]
    return replace(county, catalogue=Catalogue({**county.catalogue.by_matter, matter: row}))


def without_units(county: County, *codes: str) -> County:
    """A county that lost some units, whatever an import would say."""
    units = [unit for unit in county.org.units.values() if unit.code not in codes]
    return replace(county, org=OrgChart.of(units, county.org.cadres.values()))
