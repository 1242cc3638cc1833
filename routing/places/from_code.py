"""A place that is known by its code: a QR code, a deep link, a button. The surest kind.

Codes outlive what they name: a poster of a grid that was merged hangs on for years. An ended
division or grid leads on to what took its place; where that is several places, all of them are
candidates and none is picked.
"""

from __future__ import annotations

from routing.county import County
from routing.divisions import Division
from routing.grids import is_grid_code
from routing.places.finding import NOWHERE, PlaceCandidate, PlaceEvidence, PlaceFinding, PlaceLevel

_CHOSEN = (PlaceEvidence("", 0, 0, "code"),)


def place_from_grid_code(county: County, code: str) -> PlaceFinding:
    """The grid with this code, or its successors; `NOWHERE` for a malformed or unknown one."""
    if not is_grid_code(code):
        return NOWHERE
    return _finding(
        tuple(_grid(county, grid.village_code, grid.code) for grid in county.grids.present(code))
    )


def place_from_code(county: County, code: str) -> PlaceFinding:
    """The township, village or grid with this code, or its successors; `NOWHERE` if unknown."""
    if county.tree.get(code) is None:
        return place_from_grid_code(county, code)
    return _finding(tuple(_division(county, each) for each in county.tree.present(code)))


def _finding(candidates: tuple[PlaceCandidate, ...]) -> PlaceFinding:
    if len(candidates) == 1:
        return PlaceFinding(candidates, candidates[0].level)
    if not candidates:
        return NOWHERE
    townships = {candidate.township_code for candidate in candidates}
    level: PlaceLevel = "township" if len(townships) == 1 else "unknown"
    return PlaceFinding(candidates, level, ambiguous=True)


def _division(county: County, division: Division) -> PlaceCandidate:
    if division.level == "village":
        return _grid(county, division.code, None)
    if division.level == "township":
        return PlaceCandidate("township", division.code, score=1.0, evidence=_CHOSEN)
    return PlaceCandidate("county", score=1.0, evidence=_CHOSEN)


def _grid(county: County, village_code: str, grid_code: str | None) -> PlaceCandidate:
    township = county.tree.township_of(village_code)
    return PlaceCandidate(
        "grid" if grid_code else "village",
        township.code if township else None,
        village_code,
        grid_code,
        score=1.0,
        evidence=_CHOSEN,
    )
