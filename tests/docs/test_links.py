"""Every link and picture of the pages leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, anchors, links, pages


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    goal = (page.parent / name).resolve() if name else page
    if not goal.exists():
        return False
    return not anchor or anchor in anchors(goal)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links__lead_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not _leads_somewhere(page, target)] == []


def test_links__every_page_can_be_reached_from_the_contents() -> None:
    contents = DOCS / "README.md"
    listed = {(DOCS / target).resolve() for target in links(contents)}
    missing = [page.name for page in DOCS.rglob("*.md") if page not in {contents, *listed}]
    assert missing == []
