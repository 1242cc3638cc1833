"""Grids: the smallest units, each in exactly one village or community, each with a leader.

Grid codes follow CJ/T 349: 6 digits for the county, 3 for the township, 3 for the village or
community, 2 for the grid.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from routing.succession import present_codes

GridKind = Literal["community", "rural"]

_GRID_CODE = re.compile(r"[0-9]{14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Grid:
    """One grid. `groups` are the numbers of the villager groups (村民小组) that it covers."""

    code: str
    village_code: str
    name: str
    number: int
    kind: GridKind
    groups: tuple[int, ...]
    leader: str
    valid_from: date | None = None
    valid_to: date | None = None
    """The first day on which it is no more; None for a present grid."""
    successors: tuple[str, ...] = ()
    """The codes of the grids that took its place: an old poster's QR code leads on to them."""

    @property
    def is_present(self) -> bool:
        """Whether it exists now."""
        return self.valid_to is None


def is_grid_code(code: str) -> bool:
    """Whether `code` has the form of CJ/T 349 with a grid number from 01 to 99."""
    return _GRID_CODE.fullmatch(code) is not None and code[12:] != "00"


def village_code_of_grid(code: str) -> str:
    """The code of the village or community that a well-formed grid code lies in."""
    return code[:12]


@dataclass(frozen=True, slots=True)
class GridRegister:
    """All grids of one county. `get` knows ended ones too, everything else present ones only."""

    by_code: Mapping[str, Grid]
    _by_village: Mapping[str, tuple[Grid, ...]] = field(repr=False)
    _ended: Mapping[str, tuple[Grid, ...]] = field(repr=False)

    @classmethod
    def of(cls, grids: Iterable[Grid]) -> GridRegister:
        by_code: dict[str, Grid] = {}
        by_village: dict[str, list[Grid]] = defaultdict(list)
        ended: dict[str, list[Grid]] = defaultdict(list)
        for grid in grids:
            by_code[grid.code] = grid
            (by_village if grid.is_present else ended)[grid.village_code].append(grid)
        return cls(
            by_code,
            {code: tuple(found) for code, found in by_village.items()},
            {code: tuple(found) for code, found in ended.items()},
        )

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The present grids."""
        return tuple(grid for grid in self.by_code.values() if grid.is_present)

    def get(self, code: str) -> Grid | None:
        return self.by_code.get(code)

    def present(self, code: str) -> tuple[Grid, ...]:
        """What is there now in place of `code`: itself, or its successors' successors."""
        return tuple(self.by_code[found] for found in present_codes(self.by_code, code))

    def of_village(self, village_code: str) -> tuple[Grid, ...]:
        return self._by_village.get(village_code, ())

    def of_group(self, village_code: str, villager_group: int) -> Grid | None:
        """The one grid that covers a villager group; None when there is none, or several.

        After a merger several old villages may each have brought a 三组 along.
        """
        grids = self.all_of_group(village_code, villager_group)
        return grids[0] if len(grids) == 1 else None

    def all_of_group(self, village_code: str, villager_group: int) -> tuple[Grid, ...]:
        """Every grid of a village that covers a villager group of this number."""
        return tuple(g for g in self.of_village(village_code) if villager_group in g.groups)

    def ended_of(self, village_code: str, villager_group: int) -> tuple[Grid, ...]:
        """Ended grids of an ended village that covered a villager group."""
        return tuple(
            grid for grid in self._ended.get(village_code, ()) if villager_group in grid.groups
        )

    def numbered(self, village_code: str, number: int) -> Grid | None:
        """The grid with this number in its village (第三网格), or None."""
        return next((g for g in self.of_village(village_code) if g.number == number), None)
