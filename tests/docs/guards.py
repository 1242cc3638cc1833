"""The rules that look at more than the state, found by reading `tickets/life`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.docs.pages import ROOT


def _codes(function: ast.FunctionDef) -> Iterator[str]:
    """The codes with which a function itself refuses, in their order."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        at = {"guard": 1, "GuardFailed": 0}.get(node.func.id)
        if at is not None and isinstance(node.args[at], ast.Constant):
            yield str(node.args[at].value)


def _called(function: ast.FunctionDef) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def guards() -> dict[str, tuple[str, ...]]:
    """Each code with the actions' functions that refuse with it, helpers put to their callers."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tickets" / "life").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
        for name, function in functions.items():
            if name.startswith("_"):
                continue
            helpers = [functions[each] for each in _called(function) if each in functions]
            for code in dict.fromkeys(c for f in (function, *helpers) for c in _codes(f)):
                found.setdefault(code, []).append(name)
    found.pop("code", None)
    return {code: tuple(names) for code, names in sorted(found.items())}
