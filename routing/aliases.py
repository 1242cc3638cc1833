"""Other names of divisions: old and new names, common misspellings, neighbours of the county."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for the division with `code`.

    A name may have several rows: then the words alone don't settle which one is meant. `code` may
    be the six digits of another county (source "neighbour"): a place outside. `confidence` is
    0..1 and becomes part of a candidate's score.
    """

    alias: str
    code: str
    source: str
    confidence: float
