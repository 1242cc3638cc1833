"""Which sentences of domain.yml the code says, found by reading the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import get_args

from routing.decision import AskLevel
from routing.referrals import KINDS
from services.case_entries import ENTRIES
from services.case_evidence import CONTACT, PHOTO
from services.case_request import WAITS
from services.dialogue import LONGEST_TEXT, SMALL_TALK, unusable
from services.resident_actions import WHY_NOT
from tests.docs.guards import guards
from tests.docs.pages import ROOT
from tests.nlu.project import EMERGENCIES
from tickets.life import LEVELS
from tickets.states import State
from tickets.ticket import SubTaskState

_PACKAGES = ("bot", "console", "liandong", "services", "storage")

_KEY_AT = {
    "say": 0,
    "_say": 0,
    "_prompt": 0,
    "announce": 0,
    "prompt": 0,
    "rings_owner": 0,
    "Refused": 0,
    "_button": 1,
    "tell_cadre": 1,
    "_ask": 2,
    "_confirmed": 2,
    "_remark": 3,
    "_tell_person": 3,
    "tell_merged": 3,
    "remark_to_cadres": 3,
    "tell_resident": 3,
}
"""The functions that take the key of a sentence, and at which position."""

_MADE = {
    "_button": ("button_{}",),
    "_confirmed": ("{}", "cadre_{}"),
    "_remark": ("{}", "cadre_{}"),
    "tell_merged": ("merged_{}",),
}
"""What such a function makes of the key; the others say it as it is."""


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


FAMILIES: dict[str, frozenset[str]] = {
    "card_": frozenset(f"card_{state}" for state in State),
    "ask_": frozenset(f"ask_{level}" for level in get_args(AskLevel)),
    "referral_": frozenset(f"referral_{kind}" for kind in KINDS),
    "emergency_": frozenset(f"emergency_{matter}" for matter in EMERGENCIES),
    "button_": frozenset(f"button_{entry.name}" for entry in ENTRIES),
    "button_rate": frozenset(f"button_rate{level}" for level in LEVELS),
    "button_why_": frozenset(f"button_why_{reason}" for reason in WHY_NOT),
    "cadre_hint_": frozenset(f"cadre_hint_{means}" for means in ("card", "note", "part")),
    "part_": frozenset(f"part_{state}" for state in SubTaskState),
    "request_": frozenset(f"request_{state}" for state in WAITS),
    "word_evidence_": frozenset(f"word_evidence_{kind}" for kind in (CONTACT, PHOTO)),
    "refused_": frozenset(f"refused_{code}" for code in guards()),
    "cadre_": frozenset(),
    "merged_": frozenset(),
    "rate": frozenset(),
}
"""Keys put together at run time, by their beginning. The last three are found at their callers."""

_SAID_AS_THEY_ARE = frozenset({"appeal_too_late", "reopen_too_late"})
"""What a rule refuses to a resident is the code of the rule itself."""


def _trees() -> Iterator[ast.Module]:
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _keys() -> Iterator[tuple[str, ast.expr]]:
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = _called(node)
                at = _KEY_AT.get(name)
                if at is not None and len(node.args) > at:
                    yield name, node.args[at]
            elif isinstance(node, ast.Assign):
                yield from (("say", value) for value in _assigned(node))
            elif isinstance(node, ast.AnnAssign) and _named(node.target) == "_REASONS":
                yield from (("say", value) for value in _values(node.value))
            elif isinstance(node, ast.FunctionDef) and node.name.startswith(("_why", "refusal")):
                yield from (
                    ("say", inner.value)
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Return) and inner.value is not None
                )


def _assigned(node: ast.Assign) -> Iterator[ast.expr]:
    """What is assigned to `key` or `reason`, alone or within a tuple."""
    target = node.targets[0]
    pairs = [(target, node.value)]
    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
        pairs = list(zip(target.elts, node.value.elts, strict=True))
    for name, value in pairs:
        if getattr(name, "id", "") in ("key", "reason"):
            yield value


def _named(node: ast.expr) -> str:
    return getattr(node, "id", "")


def _values(node: ast.expr | None) -> list[ast.expr]:
    return node.values if isinstance(node, ast.Dict) else []


def _constants(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        if value.value:
            yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _constants(value.body)
        yield from _constants(value.orelse)


def said() -> frozenset[str]:
    """Every key that the code can say."""
    written = {
        form.format(key)
        for name, value in _keys()
        for key in _constants(value)
        for form in _MADE.get(name, ("{}",))
    }
    refused = {unusable(text) for text in ("", "路" * (LONGEST_TEXT + 1), "……")}
    found = frozenset(written | {key for key in refused if key})
    return found | SMALL_TALK | _SAID_AS_THEY_ARE | _families()


def _families() -> frozenset[str]:
    return frozenset().union(*FAMILIES.values())


def beginnings() -> frozenset[str]:
    """How the keys begin that are put together at run time."""
    return frozenset(
        str(value.values[0].value)
        for _, value in _keys()
        if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant)
    )
