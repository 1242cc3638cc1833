"""Codes that matters had before: what was written with one of them is of the present matter.

A ticket, a prediction, a label keep the code that they were written with for ever. When an admin
renames a matter, or merges it into another one, the old code leads to the row that took its place.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

SHEET = "former_matters"
"""Not a sheet of the workbook: written by the console only, with each change of a code."""
RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class FormerCodes:
    """Every code that is none any more, and what it became."""

    became: Mapping[str, str] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()
    """Those of which only the code is another; the others were merged into what they became."""

    def current(self, code: str, present: Container[str]) -> str:
        """The code that a matter has now, of those `present`; itself where there is none."""
        at, seen = code, {code}
        while at not in present and at in self.became and self.became[at] not in seen:
            at = self.became[at]
            seen.add(at)
        return at if at in present else code

    def root(self, code: str) -> str:
        """The first code that the matter of a present code had."""
        before = {self.became[old]: old for old in self.renamed}
        at, seen = code, {code}
        while at in before and before[at] not in seen:
            at = before[at]
            seen.add(at)
        return at


def read_former(records: Iterable[Mapping[str, str]]) -> FormerCodes:
    """From rows with `code`, `became` and `state` (`renamed` or `merged`)."""
    rows = [row for row in records if row.get("code") and row.get("became")]
    return FormerCodes(
        {row["code"]: row["became"] for row in rows},
        frozenset(row["code"] for row in rows if row.get("state") == RENAMED),
    )
