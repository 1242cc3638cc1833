"""Which part of the county an operator means by the words of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liandong.workbook.words import GROUPS, squeezed
from routing.county import County
from routing.errors import LiandongError
from services.measuring import SEALED, Selection
from tickets.metrics import DEFINITIONS


class UnknownPlace(LiandongError):
    """县里没有这个乡镇；写它的名字（府城镇）或区划代码。"""


class UnknownGroup(LiandongError):
    """没有这个联动服务组；写代码（infrastructure）或名字（基础设施与环境服务组）。"""


class UnknownUnit(LiandongError):
    """县里没有这个单位；写它的名字或代码。"""


class SealedFigures(LiandongError):
    """纪检举报是密封的，不做统计，也不列单号。"""


class UnknownMetric(LiandongError):
    """没有这个指标。"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for, as written."""

    township: str | None = None
    group: str | None = None
    unit: str | None = None


def selection_of(county: County, wanted: Wanted, since: datetime, until: datetime) -> Selection:
    """The selection that is meant. Raises the errors above for what the county does not have."""
    return Selection(
        since,
        until,
        township=_township(county, wanted.township),
        group=_group(county, wanted.group),
        unit=_unit(county, wanted.unit),
    )


def check_metric(code: str) -> str:
    """The code of a metric, or `UnknownMetric` with all there are."""
    codes = [definition.code for definition in DEFINITIONS]
    if code not in codes:
        raise UnknownMetric(f"没有指标“{code}”。有：{'、'.join(codes)}")
    return code


def names_of(county: County, selection: Selection) -> tuple[str, ...]:
    """What was selected, in the county's names."""
    found: list[str] = []
    if selection.township is not None:
        township = county.tree.get(selection.township)
        found.append(township.spoken_name if township else selection.township)
    if selection.group is not None:
        found.append(GROUPS.word(selection.group))
    if selection.unit is not None:
        unit = county.org.unit(selection.unit)
        found.append(unit.name if unit else selection.unit)
    return tuple(found)


def _township(county: County, word: str | None) -> str | None:
    if word is None:
        return None
    # Old tickets keep the township that they were filed under: ended ones can be asked for.
    for division in county.tree.by_code.values():
        names = (division.code, division.short_name, division.name)
        if division.level == "township" and squeezed(word) in names:
            return division.code
    raise UnknownPlace(f"“{word}”：{UnknownPlace.__doc__}")


def _group(county: County, word: str | None) -> str | None:
    if word is None:
        return None
    code = GROUPS.code(word)
    if code == SEALED:
        raise SealedFigures
    if code is None or code not in county.catalogue.groups:
        raise UnknownGroup(f"“{word}”：{UnknownGroup.__doc__}")
    return code


def _unit(county: County, word: str | None) -> str | None:
    if word is None:
        return None
    for unit in county.org.units.values():
        if squeezed(word) in (unit.code, squeezed(unit.name)):
            if unit.code == county.org.discipline_channel.code:
                raise SealedFigures
            return unit.code
    raise UnknownUnit(f"“{word}”：{UnknownUnit.__doc__}")
