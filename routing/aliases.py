"""Other names of divisions and grids: old and new names, misspellings, landmarks, neighbours."""

from __future__ import annotations

from dataclasses import dataclass

NEIGHBOUR = "neighbour"
"""The source of names of places outside: `code` is that of another county."""
LANDMARK = "landmark"
"""The source of names of things that stand somewhere: a temple, a factory, a school."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for the division or grid with `code`.

    A name may have several rows: then the words alone don't settle which one is meant. `code` may
    be the six digits of another county (source "neighbour"): a place outside. `confidence` is
    0..1 and becomes part of a candidate's score.
    """

    alias: str
    code: str
    source: str
    confidence: float
