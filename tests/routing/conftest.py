"""The sample county, read once: the reader of CSV files is an adapter, here a small one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from routing.county import County
from routing.county_tables import TABLES, load_county
from routing.places import PlaceFinder
from tests.routing.speech import Tables

SAMPLE = Path(__file__).parents[2] / "data" / "sample_county"


def _records(name: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def tables() -> Tables:
    """The tables of the sample county, free to be spoiled by a test."""
    return {name: _records(name) for name in TABLES}


@pytest.fixture(scope="session")
def county() -> County:
    return load_county({name: _records(name) for name in TABLES})


@pytest.fixture(scope="session")
def finder(county: County) -> PlaceFinder:
    return PlaceFinder.of(county)
