"""The sample county's office, and a pair of eyes that reads a PDF back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from liandong.bootstrap import sample_office
from liandong.posters.draw import draw_posters
from liandong.posters.fonts import Fonts, find_fonts
from liandong.posters.sheet import Links, Sheet, sheet_of
from services.office import Office
from tests.posters.eyes import Printed

NOW = datetime(2026, 11, 25, 20, tzinfo=UTC)
"""Already the 26th in China."""
GAOBI = "14102610020603"
LINKS = Links("https://liandong.example.org", "liandong_bot")


@pytest.fixture(scope="session")
def office() -> Office:
    return sample_office(lambda: NOW)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return find_fonts("")


@pytest.fixture(scope="session")
def sheets(office: Office) -> list[Sheet]:
    """A village's grid and a community's with the longest name, by their codes."""
    codes = ("14102610000301", GAOBI)
    grids = [grid for code in codes if (grid := office.county.grids.get(code))]
    return [sheet_of(office, grid, LINKS, NOW) for grid in grids]


@pytest.fixture(scope="session")
def printed(sheets: list[Sheet], fonts: Fonts) -> Iterator[Printed]:
    with Printed(draw_posters(sheets, fonts, NOW, lambda: None)) as found:
        yield found
