"""A running service takes up changed data of its county by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from liandong.bootstrap import office_of, utc_now
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.present_office import PresentOffice
from storage.county_store import CountyStore
from storage.database import Database
from storage.migrate import upgrade

Sheets = dict[str, list[dict[str, str]]]


@pytest.fixture
async def database(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'county.db'}"
    upgrade(url)
    database = Database(url)
    await CountyStore(database).replace(read_sheets(SAMPLE_COUNTY), "sample", utc_now())
    yield database
    await database.close()


async def _named(database: Database, alias: str) -> None:
    sheets = await CountyStore(database).read()
    row = {"alias": alias, "code": "141026100206", "source": "resident", "confidence": "0.85"}
    sheets["aliases"].append(row)
    await CountyStore(database).replace(sheets, "test", utc_now())


async def test_renew__a_new_name_counts_without_a_restart(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    assert office().finder.find("老庙滩的路灯坏了").village_code is None
    await _named(database, "老庙滩")
    assert await office.renew() == 1
    assert office().finder.find("老庙滩的路灯坏了").village_code == "141026100206"


async def test_renew__nothing_new_changes_nothing(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    before = office()
    assert await office.renew() == 0
    assert office() is before


async def test_renew__data_that_cannot_be_used_leave_the_old_county(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    before = office()
    sheets = await CountyStore(database).read()
    sheets["grids"] = []
    await CountyStore(database).replace(sheets, "broken", utc_now())
    assert await office.renew() == 0
    assert office() is before
