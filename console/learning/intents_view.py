"""What the pages of intents show of one, and how the list is searched. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from console.learning.appeal_types import APPEAL_TYPES
from console.learning.intent_choices import IntentChoice, choice
from console.learning.intents_words import EVIDENCE, LEVELS, URGENCIES, limits_text
from routing.checks.rows import SEALED_MATTER
from routing.county import County
from routing.decide import DISCIPLINE
from services.learning.intent_listing import ListedIntent
from services.learning.intents import FORMER, IntentState, Row

STATE_NAMES: Mapping[IntentState, str] = {
    IntentState.DRAFT: "草稿",
    IntentState.LIVE: "在用",
    IntentState.SPLITTING: "正在拆分",
    IntentState.RENAMED: "改了代码",
    IntentState.MERGED: "并掉了",
    IntentState.REMOVED: "删掉了",
}
GONE = FORMER | {IntentState.REMOVED}


class Shown(StrEnum):
    """Which intents the list shows."""

    ALL = ""
    DRAFTS = "draft"
    LIVE = "live"
    SPLITTING = "splitting"
    GONE = "changed"


SHOWN_NAMES: Mapping[Shown, str] = {
    Shown.ALL: "全部",
    Shown.DRAFTS: "草稿",
    Shown.LIVE: "在用",
    Shown.SPLITTING: "正在拆分",
    Shown.GONE: "改过的",
}
_WANTED: Mapping[Shown, frozenset[IntentState]] = {
    Shown.ALL: frozenset(IntentState) - GONE,
    Shown.DRAFTS: frozenset({IntentState.DRAFT}),
    Shown.LIVE: frozenset({IntentState.LIVE, IntentState.SPLITTING}),
    Shown.SPLITTING: frozenset({IntentState.SPLITTING}),
    Shown.GONE: GONE,
}
_FIRST = (IntentState.SPLITTING, IntentState.DRAFT)


@dataclass(frozen=True, slots=True)
class IntentRow:
    """One intent as a line of the list, and at the head of its page."""

    code: str
    name: str
    state: IntentState
    state_name: str
    group: str
    became: tuple[str, ...]
    data: int
    real: int
    golden: int
    waiting: int
    """Accepted labels that come into the files when it goes live."""
    proposed: int
    """Labels that nobody has reviewed."""
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    unsorted: int
    sealed: bool
    """Goes to the discipline channel: it keeps its code and its examples."""
    urgent: bool

    @property
    def gone(self) -> bool:
        """A code that no message is read as any more."""
        return self.state in GONE


def intent_row(listed: ListedIntent, groups: Mapping[str, str]) -> IntentRow:
    """With the names that people know."""
    group = listed.row.get("group", "")
    return IntentRow(
        listed.code,
        listed.name,
        listed.state,
        STATE_NAMES[listed.state],
        groups.get(group, group),
        tuple(code for code in listed.became.split("|") if code),
        listed.count.data,
        listed.count.data_real,
        listed.count.golden,
        listed.staged.data + listed.staged.golden,
        listed.staged.proposed,
        listed.missing,
        listed.notes,
        listed.unsorted,
        group == DISCIPLINE or listed.code == SEALED_MATTER,
        listed.row.get("urgency") == "urgent",
    )


def shown_rows(
    every: Sequence[ListedIntent], groups: Mapping[str, str], shown: Shown, typed: str
) -> list[IntentRow]:
    """Those that are looked for; what waits for somebody comes first."""
    found = [
        intent_row(each, groups)
        for each in every
        if each.state in _WANTED[shown] and _fits(each, typed)
    ]
    return sorted(found, key=lambda row: row.state not in _FIRST)


def counts_of(every: Iterable[ListedIntent]) -> dict[Shown, int]:
    """How many each of the filters shows."""
    states = [each.state for each in every]
    return {shown: sum(state in wanted for state in states) for shown, wanted in _WANTED.items()}


def _fits(listed: ListedIntent, typed: str) -> bool:
    """By name, code, pinyin or its first letters, or what it covers."""
    wanted = "".join(typed.lower().split())
    return not wanted or any(wanted in each for each in _found_by(listed))


def _found_by(listed: ListedIntent) -> Sequence[str]:
    line: IntentChoice = choice(listed.code, listed.name, listed.row.get("covers", ""))
    return line.name.lower(), line.code, line.pinyin, line.initials, line.covers.lower()


def group_names(county: County) -> dict[str, str]:
    """The linkage groups that the townships have, with their names without the township's."""
    found: dict[str, str] = {}
    for unit in county.org.units.values():
        if unit.group and unit.group != DISCIPLINE:
            township = county.tree.get(unit.township_code)
            name = unit.name.removeprefix(township.name) if township else unit.name
            found.setdefault(unit.group, name or unit.group)
    return found


def county_units(county: County) -> list[str]:
    """The names of the units that may lead a matter, in the order of the organisation's sheet."""
    return [unit.name for unit in county.org.units.values() if unit.level == "county_unit"]


def facts_of(row: Row, groups: Mapping[str, str]) -> list[tuple[str, str]]:
    """The row of the catalogue, as people say it: (what, value)."""

    def named(column: str, names: Mapping[str, str]) -> str:
        cells = row.get(column, "").split("|")
        return "、".join(names.get(cell, cell) for cell in cells if cell)

    facts = [
        ("服务组", named("group", groups)),
        ("主办单位", row.get("lead_unit", "")),
        ("协办单位", named("co_units", {})),
        ("最低由谁办", named("min_level", LEVELS)),
        ("诉求类型", named("appeal_types", APPEAL_TYPES)),
        ("紧急程度", named("urgency", URGENCIES)),
        ("自己的时限", limits_text(row.get("limits", ""))),
        ("办结材料", named("evidence", EVIDENCE)),
        ("依据", named("basis", {})),
        ("包括什么", row.get("covers", "")),
    ]
    return [(what, value) for what, value in facts if value]
