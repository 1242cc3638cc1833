"""Looks up a matter or a place by the few letters that somebody types at a desk: part of a name,
what it covers, its pinyin or the first letters of it (`ludeng`, `ld` for 路灯). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from routing.catalogue import CatalogueRow
from routing.divisions import Division
from routing.places import PlaceCandidate, place_from_code
from services.office import Office

LONGEST = 30


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The first letters of a name's syllables: `ld`."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


@lru_cache(maxsize=4096)
def sound(name: str) -> str:
    """A name's syllables without tones: `ludeng`."""
    return "".join(lazy_pinyin(name)).lower()


def find_matters(office: Office, typed: str, limit: int) -> list[CatalogueRow]:
    """Rows of the catalogue, the best fit first: name, then initials, then what it covers."""
    rows = office.county.catalogue.rows
    ranked = [(rank, at, row) for at, row in enumerate(rows) if (rank := _fit(row, typed)) < 9]
    return [row for _, _, row in sorted(ranked, key=lambda each: each[:2])][:limit]


def _fit(row: CatalogueRow, typed: str) -> int:
    wanted = typed.strip().lower()[:LONGEST]
    if not wanted:
        return 9
    if row.name.lower().startswith(wanted):
        return 0
    if wanted in row.name.lower():
        return 1
    if wanted.isascii():
        if initials(row.name) == wanted or sound(row.name) == wanted:
            return 0
        if initials(row.name).startswith(wanted) or sound(row.name).startswith(wanted):
            return 2
        if wanted in initials(row.name):
            return 3
    return 4 if len(wanted) > 1 and wanted in f"{row.covers} {row.matter}".lower() else 9


def find_places(office: Office, typed: str, limit: int) -> list[PlaceCandidate]:
    """Townships and villages, the best fit first; what is written wrong is found by likeness."""
    wanted = typed.strip().lower()[:LONGEST]
    if not wanted:
        return []
    tree = office.county.tree
    known = [each for each in (*tree.townships, *tree.villages) if _is_named(each, wanted)]
    found = [place_from_code(office.county, each.code).candidates for each in known]
    named = [candidate for candidates in found for candidate in candidates]
    return _once([*named, *office.finder.find(wanted).candidates])[:limit]


def places_below(office: Office, code: str) -> list[PlaceCandidate]:
    """The villages of a township, the grids of a village; the townships for anything else."""
    tree, county = office.county.tree, office.county
    division = tree.get(code)
    if division is not None and division.level == "village":
        codes = [grid.code for grid in county.grids.of_village(code)]
    else:
        above = code if division is not None else tree.county.code
        codes = [each.code for each in tree.children(above)]
    found = [place_from_code(county, each).candidates for each in codes]
    return [candidate for candidates in found for candidate in candidates]


def _is_named(division: Division, wanted: str) -> bool:
    name = division.spoken_name
    if wanted.isascii():
        return initials(name).startswith(wanted) or sound(name).startswith(wanted)
    return wanted in name


def _once(candidates: Iterable[PlaceCandidate]) -> list[PlaceCandidate]:
    by_code = {each.code: each for each in candidates if each.code is not None}
    return list(by_code.values())
