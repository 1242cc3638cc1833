"""What a search for a place brings back: ranked candidates, each with its evidence.

A place is never silently guessed. The finding says honestly how deep it got (`level`), whether
several places fit equally (`ambiguous`), and for every candidate which words led to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlaceLevel = Literal["grid", "village", "township", "county", "unknown"]
How = Literal[
    "exact",
    "alias",
    "old_name",
    "landmark",
    "township_part",
    "pinyin",
    "edit_distance",
    "group_number",
    "grid_number",
    "last_confirmed",
    "qr_code",
    "pin",
    "code",
]


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """The words of the message that led to a candidate, and how.

    `span` is the text as written, `start` and `end` its offsets in the message as received
    (both 0 for evidence from outside the text: context, code).
    """

    span: str
    start: int
    end: int
    how: How


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One place that the words may mean. `score` is 0..1 and ranks, it is no probability."""

    level: PlaceLevel
    township_code: str | None = None
    village_code: str | None = None
    grid_code: str | None = None
    villager_group: int | None = None
    score: float = 0.0
    evidence: tuple[PlaceEvidence, ...] = ()

    @property
    def code(self) -> str | None:
        """The deepest code that is known."""
        return self.grid_code or self.village_code or self.township_code


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """The result of a search.

    `level` is what the words settle: with several candidates of one township that fit equally it
    is "township" although each candidate is a village. `villager_group` is kept even when no
    village is known, for the answer to the question that follows. `outside` names the place outside
    the county where the matter seems to be.
    """

    candidates: tuple[PlaceCandidate, ...] = ()
    level: PlaceLevel = "unknown"
    ambiguous: bool = False
    outside: str | None = None
    villager_group: int | None = None
    outside_code: str = ""
    """The code of the neighbouring county in `outside`, where it is known."""

    @property
    def best(self) -> PlaceCandidate | None:
        """The one candidate that the words settle, or None (nothing found, or several fit)."""
        settled = self.candidates and not self.ambiguous and self.level != "unknown"
        return self.candidates[0] if settled else None

    @property
    def township_code(self) -> str | None:
        """The township that is settled: that of the best or of all candidates that fit equally."""
        if self.level in ("county", "unknown"):
            return None
        return self.candidates[0].township_code if self.candidates else None

    @property
    def village_code(self) -> str | None:
        """The village or community that is settled, or None."""
        return self.best.village_code if self.best else None

    @property
    def grid_code(self) -> str | None:
        """The grid that is settled, or None."""
        return self.best.grid_code if self.best else None


NOWHERE = PlaceFinding()


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known besides the words: a prior, never a silent answer.

    `township_code` narrows same names (the township that a question was about). `pins` (codes near
    a point on the map, nearest first), `grid_code` (QR code), `confirmed` (the last place the
    sender confirmed) and `village_code` only ever become candidates to confirm. `villager_group`
    is a number the resident said before. `answering` says that the text answers a question for
    the place, so that a bare name needs no further cue.
    """

    township_code: str | None = None
    village_code: str | None = None
    grid_code: str | None = None
    villager_group: int | None = None
    answering: bool = False
    confirmed: str | None = None
    pins: tuple[str, ...] = ()
