"""Where a point lies, said honestly: by a boundary, by the nearest centre, outside, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CandidateHow = Literal["polygon", "nearest_centre"]
LocatedHow = Literal["polygon", "nearest_centre", "outside", "nothing_known"]


@dataclass(frozen=True, slots=True)
class AreaCandidate:
    """One division or grid that a point may lie in, and how far its centre is in metres."""

    code: str
    how: CandidateHow
    distance_metres: float


@dataclass(frozen=True, slots=True)
class Located:
    """The answer for one point.

    `inside_county` is None when no boundary is known. `code` is the deepest division or grid
    whose boundary holds the point, else the one with the nearest centre, which is no proof.
    `ranked` are up to five for buttons, best first: several boundaries when the point lies on a
    border, and what lies below them or near. `distance_metres` is 0 within a boundary and None
    without a code.
    """

    inside_county: bool | None
    how: LocatedHow
    code: str | None = None
    distance_metres: float | None = None
    ranked: tuple[AreaCandidate, ...] = ()

    @property
    def on_border(self) -> bool:
        """Whether several boundaries hold the point, so that `code` is only the first of them."""
        return len(self.ranked) > 1 and self.ranked[1].how == "polygon"
