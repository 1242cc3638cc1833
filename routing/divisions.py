"""The tree of divisions: county, townships, villages and communities, present and ended ones.

Codes are those of the National Bureau of Statistics. They are no stable keys over the years (a
merger gives surviving villages new codes), so a division that ended stays in the tree with its
last day and its successors: old tickets keep it, old names lead on to what is there now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from routing.succession import present_codes

DivisionLevel = Literal["province", "city", "county", "township", "village"]
"""A county's own data begin at `county`; a province's also hold what lies above."""

_OFFICE = re.compile(r"(?:村民|居民)?委员会|村委会|居委会|居民委|村委")
_STEM_ENDINGS = ("街道", "社区", "镇", "乡", "县")


def short_name_of(official: str) -> str:
    """The form for outputs of a village's or community's official name.

    村民委员会, 村委会 and 居委会 are cut off and then 村, where at least two characters stay:
    高壁 of 高壁村村民委员会, 孔村 of 孔村村民委员会, 月亮湾社区 of 月亮湾社区居委会.
    """
    name = official
    found = _OFFICE.search(official)
    if found is not None and found.end() == len(official) and found.start() > 1:
        name = official[: found.start()]
    return name.removesuffix("村") if len(name) > 2 else name


@dataclass(frozen=True, slots=True)
class Division:
    """A county, a township, or a village or community.

    `short_name` is the form used in every output: 府城镇, 高壁, 月亮湾社区.
    """

    code: str
    level: DivisionLevel
    name: str
    short_name: str
    parent_code: str
    urban_rural: str = ""
    valid_from: date | None = None
    """The first day, None where it is not known."""
    valid_to: date | None = None
    """The first day on which it is no more; None for a present division."""
    successors: tuple[str, ...] = ()
    """The codes of what took its place; only an ended division has some."""

    @property
    def is_present(self) -> bool:
        """Whether it exists now. Nothing new is ever filed under an ended division."""
        return self.valid_to is None

    @property
    def stem(self) -> str:
        """The name as people shorten it: 府城 of 府城镇, 月亮湾 of 月亮湾社区."""
        for ending in _STEM_ENDINGS:
            if self.short_name.endswith(ending) and len(self.short_name) > len(ending) + 1:
                return self.short_name.removesuffix(ending)
        return self.short_name

    @property
    def is_community(self) -> bool:
        """Whether this is an urban community (社区) and not a village."""
        return self.level == "village" and self.short_name.endswith("社区")

    @property
    def spoken_name(self) -> str:
        """The name as it stands in a sentence for people: 高壁村, 孔村, 月亮湾社区, 府城镇."""
        if self.level == "village" and not self.short_name.endswith(("村", "社区")):
            return f"{self.short_name}村"
        return self.short_name


@dataclass(frozen=True, slots=True)
class DivisionTree:
    """All divisions of one county. `get`, `parent` and `township_of` know ended ones too; what
    lists divisions (`townships`, `villages`, `children`, `named`) lists present ones only."""

    by_code: Mapping[str, Division]
    _children: Mapping[str, tuple[Division, ...]] = field(repr=False)
    _by_short_name: Mapping[str, tuple[Division, ...]] = field(repr=False)

    @classmethod
    def of(cls, divisions: Iterable[Division]) -> DivisionTree:
        """Build the lookups; the order of `divisions` is kept."""
        by_code: dict[str, Division] = {}
        children: dict[str, list[Division]] = defaultdict(list)
        names: dict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            by_code[division.code] = division
            if not division.is_present:
                continue
            children[division.parent_code].append(division)
            names[division.short_name].append(division)
        return cls(
            by_code,
            {code: tuple(found) for code, found in children.items()},
            {name: tuple(found) for name, found in names.items()},
        )

    @property
    def county(self) -> Division:
        """The root. A validated county has exactly one."""
        return next(d for d in self.by_code.values() if d.level == "county")

    @property
    def townships(self) -> tuple[Division, ...]:
        return self._present("township")

    @property
    def villages(self) -> tuple[Division, ...]:
        """Villages and communities of all townships."""
        return self._present("village")

    @property
    def ended(self) -> tuple[Division, ...]:
        """What was merged, renumbered or renamed: kept for old tickets and old names."""
        return tuple(d for d in self.by_code.values() if not d.is_present)

    def present(self, code: str) -> tuple[Division, ...]:
        """What is there now in place of `code`: itself, or its successors' successors."""
        return tuple(self.by_code[found] for found in present_codes(self.by_code, code))

    def get(self, code: str) -> Division | None:
        return self.by_code.get(code)

    def children(self, code: str) -> tuple[Division, ...]:
        """The divisions directly below `code`, in the order of the table."""
        return self._children.get(code, ())

    def parent(self, code: str) -> Division | None:
        division = self.by_code.get(code)
        return self.by_code.get(division.parent_code) if division else None

    def township_of(self, code: str) -> Division | None:
        """The township that `code` is or lies in; None for the county and unknown codes."""
        division = self.by_code.get(code)
        while division is not None and division.level != "township":
            division = self.by_code.get(division.parent_code)
        return division

    def named(self, short_name: str) -> tuple[Division, ...]:
        """Every division with this short name: two villages may share one."""
        return self._by_short_name.get(short_name, ())

    def _present(self, level: DivisionLevel) -> tuple[Division, ...]:
        return tuple(d for d in self.by_code.values() if d.level == level and d.is_present)
