"""Which grids get a sheet: all of them, or those that an operator named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from routing.county import County
from routing.divisions import Division, DivisionLevel
from routing.errors import LiandongError
from routing.grids import Grid

_LEVEL_NAMES: dict[DivisionLevel, str] = {"township": "乡镇", "village": "村（社区）"}


class NoSuchPlace(LiandongError):
    """县的数据里没有这个网格、村（社区）或乡镇。"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was named; empty means everything. Several kinds together narrow further."""

    grids: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()


def chosen(county: County, wanted: Wanted) -> tuple[Grid, ...]:
    """The wanted grids by village and number; raises `NoSuchPlace` for a name that nothing has."""
    townships = _codes(county, "township", wanted.townships)
    villages = _codes(county, "village", wanted.villages)
    for code in wanted.grids:
        _must_be_present(county, code)
    found = [
        grid
        for grid in county.grids.grids
        if (not wanted.grids or grid.code in wanted.grids)
        and (not wanted.villages or grid.village_code in villages)
        and (not wanted.townships or _township(county, grid) in townships)
    ]
    if not found:
        raise NoSuchPlace("这几个条件合在一起，一个网格也没有。")
    return tuple(sorted(found, key=lambda grid: (grid.village_code, grid.number)))


def _must_be_present(county: County, code: str) -> None:
    grid = county.grids.get(code)
    if grid is None:
        raise NoSuchPlace(f"没有编码为“{code}”的网格。编码是 14 位数字，见县的网格表。")
    if not grid.is_present:
        now = "、".join(f"{each.name}（{each.code}）" for each in county.grids.present(code))
        raise NoSuchPlace(f"{grid.name}已经撤销" + (f"，现在是{now}。" if now else "。"))


def _township(county: County, grid: Grid) -> str:
    township = county.tree.township_of(grid.village_code)
    return township.code if township else ""


def _codes(county: County, level: DivisionLevel, names: Iterable[str]) -> frozenset[str]:
    codes: set[str] = set()
    for name in names:
        found = {d.code for d in _at(county, level) if name in _names(county, d)}
        if not found:
            raise NoSuchPlace(f"没有叫“{name}”的{_LEVEL_NAMES[level]}。")
        codes |= found
    return frozenset(codes)


def _at(county: County, level: DivisionLevel) -> tuple[Division, ...]:
    return county.tree.townships if level == "township" else county.tree.villages


def _names(county: County, division: Division) -> frozenset[str]:
    """Everything that people write for a division; a renamed one has its new name as an alias."""
    names = {division.code, division.name, division.short_name, division.spoken_name}
    township = county.tree.township_of(division.code)
    if township is not None and township is not division:
        names |= {township.short_name + name for name in names if name != division.code}
    names |= {alias.alias for alias in county.aliases if alias.code == division.code}
    return frozenset(names)
