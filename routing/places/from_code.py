"""A place that is known by its code: a QR code, a deep link, a button. The surest kind."""

from __future__ import annotations

from routing.county import County
from routing.grids import is_grid_code
from routing.places.finding import NOWHERE, PlaceCandidate, PlaceEvidence, PlaceFinding

_CHOSEN = (PlaceEvidence("", 0, 0, "code"),)


def place_from_grid_code(county: County, code: str) -> PlaceFinding:
    """The grid with this code; `NOWHERE` for a malformed or unknown one (a stale poster)."""
    grid = county.grids.get(code) if is_grid_code(code) else None
    if grid is None:
        return NOWHERE
    return _settled(county, grid.village_code, grid.code)


def place_from_code(county: County, code: str) -> PlaceFinding:
    """The township, village or grid with this code; `NOWHERE` for an unknown one."""
    division = county.tree.get(code)
    if division is None:
        return place_from_grid_code(county, code)
    if division.level == "village":
        return _settled(county, division.code, None)
    if division.level == "township":
        chosen = PlaceCandidate("township", division.code, score=1.0, evidence=_CHOSEN)
        return PlaceFinding((chosen,), "township")
    chosen = PlaceCandidate("county", score=1.0, evidence=_CHOSEN)
    return PlaceFinding((chosen,), "county")


def _settled(county: County, village_code: str, grid_code: str | None) -> PlaceFinding:
    township = county.tree.township_of(village_code)
    candidate = PlaceCandidate(
        "grid" if grid_code else "village",
        township.code if township else None,
        village_code,
        grid_code,
        score=1.0,
        evidence=_CHOSEN,
    )
    return PlaceFinding((candidate,), candidate.level)
