"""The cadres' page names every button that there is, in the order of the menu."""

from __future__ import annotations

import yaml

from services.case_entries import ENTRIES
from services.wording import read_responses
from tests.docs.pages import DOCS, ROOT, section, table

PAGE = DOCS / "how-to" / "cadre-actions.md"


def test_cadre_actions__every_button_has_its_line() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    sentences = read_responses(domain["responses"])
    written = [row[0] for row in table(section(PAGE, "每个按钮做什么"))]
    assert written == [sentences[f"button_{entry.name}"] for entry in ENTRIES]


def test_cadre_actions__each_line_says_who_and_what() -> None:
    rows = table(section(PAGE, "每个按钮做什么"))
    assert all(len(row) == 3 and all(row) for row in rows)
