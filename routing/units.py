"""The organisation: who can own a ticket, and the cadres who answer for each owner.

Units of divisions have codes that are built from the division's code, so that a county's tables
need no second set of links: `group:141026100:emergency`, `township:141026100`,
`village:141026100206`. County units have free ASCII codes (`unit:water`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

UnitLevel = Literal[
    "linkage_group",
    "township_center",
    "village_center",
    "county_unit",
    "county_center",
    "discipline_channel",
]
Role = Literal[
    "duty_officer", "duty_leader", "grid_leader", "dispatcher", "handler", "discipline_officer"
]


@dataclass(frozen=True, slots=True)
class Unit:
    """One possible owner of a ticket. `group` is set for linkage groups only."""

    code: str
    level: UnitLevel
    name: str
    parent: str = ""
    township_code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cadre:
    """One person in charge; `unit` is the code of the unit, for grid leaders of the village's."""

    id: str
    name: str
    phone: str
    unit: str
    role: Role


def linkage_group_code(township_code: str, group: str) -> str:
    return f"group:{township_code}:{group}"


def township_center_code(township_code: str) -> str:
    return f"township:{township_code}"


def village_center_code(village_code: str) -> str:
    return f"village:{village_code}"


@dataclass(frozen=True, slots=True)
class OrgChart:
    """All units and cadres of one county."""

    units: Mapping[str, Unit]
    cadres: Mapping[str, Cadre]
    _county_units: Mapping[str, Unit] = field(repr=False)
    _staff: Mapping[str, tuple[Cadre, ...]] = field(repr=False)

    @classmethod
    def of(cls, units: Iterable[Unit], cadres: Iterable[Cadre]) -> OrgChart:
        by_code = {unit.code: unit for unit in units}
        people = {cadre.id: cadre for cadre in cadres}
        staff: dict[str, list[Cadre]] = defaultdict(list)
        for cadre in people.values():
            staff[cadre.unit].append(cadre)
        county_level = {"county_unit", "discipline_channel"}
        return cls(
            by_code,
            people,
            {u.name: u for u in by_code.values() if u.level in county_level},
            {code: tuple(found) for code, found in staff.items()},
        )

    def unit(self, code: str) -> Unit | None:
        return self.units.get(code)

    def cadre(self, cadre_id: str) -> Cadre | None:
        return self.cadres.get(cadre_id)

    def linkage_group(self, township_code: str, group: str) -> Unit | None:
        return self.units.get(linkage_group_code(township_code, group))

    def township_center(self, township_code: str) -> Unit | None:
        return self.units.get(township_center_code(township_code))

    def village_center(self, village_code: str) -> Unit | None:
        return self.units.get(village_center_code(village_code))

    def county_unit(self, name: str) -> Unit | None:
        """The county unit with this Chinese name (水利局); also finds the discipline channel."""
        return self._county_units.get(name)

    @property
    def county_center(self) -> Unit:
        """The top rung. A validated county has exactly one."""
        return next(u for u in self.units.values() if u.level == "county_center")

    @property
    def discipline_channel(self) -> Unit:
        """The sealed channel. A validated county has exactly one."""
        return next(u for u in self.units.values() if u.level == "discipline_channel")

    def staff(self, unit_code: str) -> tuple[Cadre, ...]:
        """The cadres of a unit in the order of the table."""
        return self._staff.get(unit_code, ())

    def by_rank(self, unit_code: str) -> tuple[Cadre, ...]:
        """The cadres of a unit, its leaders first and grid leaders last."""
        ranks = {"duty_leader": 0, "grid_leader": 2}
        return tuple(sorted(self.staff(unit_code), key=lambda cadre: ranks.get(cadre.role, 1)))

    def leader_of(self, unit_code: str) -> Cadre | None:
        """The unit's leader; without one the first officer; a grid leader only if nobody else."""
        return next(iter(self.by_rank(unit_code)), None)
