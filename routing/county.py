"""One county as data: divisions, grids, organisation, catalogue, roster, aliases and the rest.

Everything that differs between counties is in this aggregate and nothing of it is code. It is
immutable: an import builds a new one and the old one serves until the switch.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from routing.aliases import Alias
from routing.areas import Areas
from routing.catalogue import Catalogue
from routing.divisions import DivisionTree
from routing.duty import Roster
from routing.grids import GridRegister
from routing.holidays import SpecialDay
from routing.hours import HoursTable
from routing.knowledge_match import Knowledge
from routing.organisations import Organisations
from routing.precedents import NONE, Precedents
from routing.units import OrgChart


@dataclass(frozen=True, slots=True)
class County:
    """A validated county. `routing.county_tables.load_county` is the way to get one."""

    tree: DivisionTree
    grids: GridRegister
    org: OrgChart
    catalogue: Catalogue
    roster: Roster
    aliases: tuple[Alias, ...] = ()
    organisations: Organisations = field(default_factory=Organisations)
    special_days: tuple[SpecialDay, ...] = ()
    areas: Areas = field(default_factory=lambda: Areas(()))
    """Boundaries and centres, as far as the county has them."""
    knowledge: Knowledge = field(default_factory=Knowledge)
    """What it answers of its free services and procedures, and what it has still to fill in."""
    hours: HoursTable = field(default_factory=HoursTable)
    """Its own office hours, by unit, level and season."""
    precedents: Precedents = NONE
    """What the county centre ruled when tickets were given back twice."""

    @property
    def code(self) -> str:
        return self.tree.county.code

    @property
    def name(self) -> str:
        return self.tree.county.name
