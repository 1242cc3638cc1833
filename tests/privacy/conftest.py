"""The masker of the sample county."""

from __future__ import annotations

import pytest

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from routing.county import County
from routing.county_tables import load_county
from services.privacy import Masker, masker_of


@pytest.fixture(scope="session")
def county() -> County:
    return load_county(read_sheets(SAMPLE_COUNTY))


@pytest.fixture(scope="session")
def masker(county: County) -> Masker:
    return masker_of(county)
