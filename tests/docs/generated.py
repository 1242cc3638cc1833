"""The parts of pages that are made from code, and `python -m tests.docs.generated` to renew them.

Such a part stands between two comments that name it; everything around it is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.docs.pages import DOCS
from tests.docs.settings_table import settings_table
from tests.docs.states_table import (
    clocks_table,
    diagram,
    guards_table,
    moves_table,
    states_table,
)
from tests.docs.workbook_table import sheets_table

SETTINGS = DOCS / "reference" / "settings.md"
STATES = DOCS / "reference" / "ticket-states.md"
WORKBOOK = DOCS / "how-to" / "county-workbook.md"

PARTS: dict[str, tuple[Path, Callable[[], str]]] = {
    "settings": (SETTINGS, settings_table),
    "states": (STATES, states_table),
    "clocks": (STATES, clocks_table),
    "moves": (STATES, moves_table),
    "guards": (STATES, guards_table),
    "diagram": (STATES, diagram),
    "sheets": (WORKBOOK, sheets_table),
}


def _between(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<=<!-- made from code: {name} -->\n)(.*?)(?=\n<!-- end: {name} -->)", re.DOTALL
    )


def written(name: str) -> str:
    """What the page says now."""
    page, _ = PARTS[name]
    found = _between(name).search(page.read_text(encoding="utf-8"))
    assert found, f"{page.name} has no part “{name}”"
    return found[1].strip("\n")


def renew() -> None:
    """Write every part anew."""
    for name, (page, make) in PARTS.items():
        text = page.read_text(encoding="utf-8")
        found = _between(name).search(text)
        assert found, f"{page.name} has no part “{name}”"
        page.write_text(text[: found.start()] + make() + text[found.end() :], encoding="utf-8")


if __name__ == "__main__":
    renew()
