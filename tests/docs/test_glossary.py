"""The glossary and the code name the same things."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from typing import get_args

import pytest
import yaml

from routing.catalogue import APPEAL_TYPES, MinLevel, Urgency
from routing.places.finding import PlaceLevel
from routing.units import Role as CadreRole
from routing.units import UnitLevel
from services.dialogue import ABOUT_A_TICKET, MATTERS, SMALL_TALK
from tests.docs.pages import DOCS, ROOT, code, section, table
from tickets.actions import ACTION_NAMES, NEED_NAMES, ROLE_NAMES
from tickets.clocks import CLOCK_NAMES
from tickets.events import EVENT_NAMES
from tickets.states import STATE_NAMES

GLOSSARY = DOCS / "glossary.md"
_CODE = ("bot", "console", "liandong", "nlu", "routing", "services", "storage", "tickets")


def _catalogue() -> list[dict[str, str]]:
    with (ROOT / "data/sample_county/catalogue.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _kinds() -> frozenset[str]:
    """A message's kind: the intents that are no matter, and `appeal` for all that are."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return frozenset(domain["intents"]) - {row["matter"] for row in _catalogue()} | {"appeal"}


SECTIONS: dict[str, frozenset[str]] = {
    "Levels of the organisation": frozenset(get_args(UnitLevel)),
    "Linkage groups": frozenset(row["group"] for row in _catalogue()),
    "Cadres' roles": frozenset(get_args(CadreRole)),
    "States of a ticket": frozenset(STATE_NAMES),
    "Clocks": frozenset(CLOCK_NAMES),
    "Actions": frozenset(ACTION_NAMES),
    "What an action needs": frozenset(NEED_NAMES),
    "Who acts": frozenset(ROLE_NAMES),
    "Events": frozenset(EVENT_NAMES),
    "Kinds of message": _kinds(),
    "Appeal types": frozenset(APPEAL_TYPES),
    "Urgency": frozenset(get_args(Urgency)),
    "Levels of a place": frozenset(get_args(PlaceLevel)),
    "Lowest level": frozenset(get_args(MinLevel)),
}


def _rows(heading: str) -> list[list[str]]:
    return table(section(GLOSSARY, heading))


@pytest.mark.parametrize("heading", SECTIONS)
def test_glossary__a_section_holds_just_what_the_code_has(heading: str) -> None:
    assert {code(row[1]) for row in _rows(heading)} == SECTIONS[heading]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("States of a ticket", STATE_NAMES),
        ("Clocks", CLOCK_NAMES),
        ("Actions", ACTION_NAMES),
        ("What an action needs", NEED_NAMES),
        ("Who acts", ROLE_NAMES),
        ("Events", EVENT_NAMES),
    ],
)
def test_glossary__people_read_the_names_of_the_code(heading: str, names: dict[str, str]) -> None:
    shown = {code(row[1]): row[0] for row in _rows(heading)}
    assert shown == {str(key): name for key, name in names.items()}


def test_glossary__kinds_are_those_that_the_dialogue_knows() -> None:
    assert SECTIONS["Kinds of message"] >= SMALL_TALK | ABOUT_A_TICKET | MATTERS


def _names_in_code() -> Iterator[str]:
    for package in _CODE:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                    yield node.name
                elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    yield node.target.id


def test_glossary__words_of_the_core_exist_in_the_code() -> None:
    known = set(_names_in_code())
    words = [code(row[1]) for row in _rows("Things and their parts")]
    assert words and [word for word in words if word not in known] == []
