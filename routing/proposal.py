"""Another dispatch catalogue for a county that stays what it is: what it would be with it.

A proposal is looked at before it is imported. Units that it names and the county has not yet are
no reason to stop looking: they are put in, without people, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from routing.catalogue import SHEET, CatalogueRow, read_catalogue
from routing.county import County
from routing.county_checks import missing_groups, unknown_units
from routing.decide import DISCIPLINE
from routing.problems import CountyDataError, Problem
from routing.units import OrgChart, Unit, linkage_group_code

_PLANNED = "planned:"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The county with the new catalogue, and what is different."""

    county: County
    """With units that are only `planned`."""
    planned: frozenset[str]
    """Codes of the units that the county has not yet."""
    gone: tuple[CatalogueRow, ...]
    """Rows whose matter the new catalogue has no more: what is read as it goes to triage."""
    added: tuple[CatalogueRow, ...]
    missing: tuple[Problem, ...]
    """What an import would still refuse, in its own words: units that must be there first."""

    def name_of(self, unit: str) -> str:
        """A unit's name for people, with a word when there is no such unit yet."""
        found = self.county.org.unit(unit)
        name = found.name if found else unit
        return f"{name}（还没有这个单位）" if unit in self.planned else name


def propose(county: County, records: Sequence[Mapping[str, str]]) -> Proposal:
    """`county` with another catalogue; raises `CountyDataError` with every mistake of its rows.

    `records` are the rows of the table, as an import gets them.
    """
    catalogue, problems = read_catalogue(records)
    catalogue = replace(catalogue, former=county.catalogue.former)
    if problems:
        raise CountyDataError(problems)
    names = {
        unit.name
        for unit in county.org.units.values()
        if unit.level in ("county_unit", "discipline_channel")
    }
    groups = [group for group in catalogue.groups if group != DISCIPLINE]
    missing = [*_former(county, records), *unknown_units(records, names)]
    for township in county.tree.townships:
        missing += missing_groups(township.code, township.name, groups, county.org.units)
    missing += _unanswered(county, catalogue.by_matter)
    planned = [
        *_leads(catalogue.rows, names),
        *_groups(county, groups),
    ]
    org = OrgChart.of([*county.org.units.values(), *planned], county.org.cadres.values())
    before, after = county.catalogue.by_matter, catalogue.by_matter
    return Proposal(
        county=replace(county, catalogue=catalogue, org=org),
        planned=frozenset(unit.code for unit in planned),
        gone=tuple(row for matter, row in before.items() if matter not in after),
        added=tuple(row for matter, row in after.items() if matter not in before),
        missing=tuple(missing),
    )


def _former(county: County, records: Sequence[Mapping[str, str]]) -> Iterator[Problem]:
    """Codes that are none any more: their examples and tickets are another's."""
    for number, row in enumerate(records, 2):
        code = (row.get("matter") or "").strip()
        if code in county.catalogue.former.became:
            now = county.catalogue.current(code)
            yield Problem(SHEET, number, "matter", f"事项代码“{code}”已改成“{now}”，请照改")


def _leads(rows: Iterable[CatalogueRow], names: set[str]) -> list[Unit]:
    wanted = dict.fromkeys(row.lead_unit for row in rows if row.lead_unit not in names)
    return [Unit(f"{_PLANNED}{name}", "county_unit", name) for name in wanted]


def _groups(county: County, groups: Iterable[str]) -> list[Unit]:
    return [
        Unit(
            linkage_group_code(township.code, group),
            "linkage_group",
            f"{township.short_name}“{group}”组",
            township_code=township.code,
            group=group,
        )
        for group in groups
        for township in county.tree.townships
        if county.org.linkage_group(township.code, group) is None
    ]


def _unanswered(county: County, matters: Mapping[str, CatalogueRow]) -> list[Problem]:
    """Entries of the knowledge base that hang on a matter that would be gone."""
    return [
        Problem("knowledge", number, "matter", f"派单目录里没有事项“{entry.matter}”")
        for number, entry in enumerate(county.knowledge.entries, 2)
        if entry.matter and entry.matter not in matters
    ]
