"""Two-new organisations (两新组织): party organisations in private firms and social organisations.

A shopkeeper's appeal has a second home beside the grid: the organisation of the own firm, or the
one that the self-employed businesses (个体工商户) around it belong to by nearness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

OrganisationKind = Literal["independent", "by_nearness"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation.

    `villages` are the codes of the villages whose businesses belong to it; an independent one
    (独立组建) stands for itself alone and has none. `contact` is the id of a cadre.
    """

    code: str
    name: str
    kind: OrganisationKind
    village_code: str
    contact: str
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisations:
    """All organisations of a county, by code and by the villages they serve."""

    by_code: Mapping[str, Organisation] = field(default_factory=dict)
    _by_village: Mapping[str, tuple[Organisation, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Organisations:
        by_code = {each.code: each for each in organisations}
        by_village: dict[str, tuple[Organisation, ...]] = {}
        for each in by_code.values():
            for village in each.villages:
                by_village[village] = (*by_village.get(village, ()), each)
        return cls(by_code, by_village)

    def near(self, village_code: str) -> tuple[Organisation, ...]:
        """The organisations that the businesses of a village belong to by nearness."""
        return self._by_village.get(village_code, ())
