"""What a change of divisions moves, for people to read and for tickets to follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Moves:
    """Every move, old to new. The order is that of the plan and of the tables."""

    ended: Mapping[str, tuple[str, ...]]
    """Ended divisions and their successors."""
    founded: tuple[str, ...]
    """Codes of the divisions that are new."""
    renamed: tuple[str, ...]
    """Codes of the divisions that keep their code and get another name."""
    grids: Mapping[str, str]
    """Ended grids and the one grid that follows each."""
    units: Mapping[str, str]
    """Units that are no more, and where their people went."""
    new_units: tuple[str, ...]
    cadres: Mapping[str, tuple[str, str]]
    """Ids of the cadres whose unit changes, with the old and the new unit."""
    duty: tuple[tuple[int, str, str], ...]
    """Duty rows that change (their place in the table from 0), with the old and the new unit."""
    aliases: tuple[tuple[str, str], ...] = field(default=())
    """New names that lead on from an old one: (name, code)."""
