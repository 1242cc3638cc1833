"""Centres and boundaries of divisions and grids: from a point on the map to who answers for it."""

from __future__ import annotations

from routing.areas.feature import AreaFeature, Datum, Kind
from routing.areas.geometry import BadGeometry
from routing.areas.located import AreaCandidate, CandidateHow, Located, LocatedHow
from routing.areas.register import (
    MOST_CANDIDATES,
    TOWNSHIP_LIMIT_METRES,
    VILLAGE_LIMIT_METRES,
    Area,
    Areas,
)
from routing.areas.rows import area_rows, read_areas

__all__ = [
    "MOST_CANDIDATES",
    "TOWNSHIP_LIMIT_METRES",
    "VILLAGE_LIMIT_METRES",
    "Area",
    "AreaCandidate",
    "AreaFeature",
    "Areas",
    "BadGeometry",
    "CandidateHow",
    "Datum",
    "Kind",
    "Located",
    "LocatedHow",
    "area_rows",
    "read_areas",
]
