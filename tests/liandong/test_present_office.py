"""A running service takes up changed data of its county by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from liandong.bootstrap import load_office, office_of, utc_now
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from liandong.present_office import PresentOffice
from routing.county import County
from routing.duty import Absence
from storage.county_store import CountyStore
from storage.database import Database, StorageUnavailable
from storage.memory_coordination import MemoryWakeups
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitOfWorkFactory

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


UNIT = "unit:water"


async def _leave(database: Database, office: PresentOffice, *, told: bool) -> str:
    """Whoever is in charge goes on leave; `told`: by this very process."""
    cadre = office().in_charge(UNIT)
    assert cadre is not None
    now = utc_now()
    on_duty = office.duty_changed if told else None
    async with SqlUnitOfWorkFactory(database, MemoryWakeups(), on_duty)() as work:
        await work.add_absence(Absence("a", cadre, now, now + timedelta(days=2)), now)
        await work.commit()
    return cadre


async def test_leave__of_another_process_counts_at_the_next_look(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    cadre = await _leave(database, office, told=False)
    assert office().in_charge(UNIT) == cadre
    assert await office.renew() == 0
    assert office().in_charge(UNIT) != cadre


async def test_leave__of_this_process_counts_at_once(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    cadre = await _leave(database, office, told=True)
    assert office().in_charge(UNIT) not in (None, cadre)


async def test_leave__outlives_a_renewal_of_the_county(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    cadre = await _leave(database, office, told=True)
    await _named(database, "老庙滩")
    assert await office.renew() == 1
    assert office().in_charge(UNIT) != cadre


async def test_leave__is_known_from_the_start(database: Database) -> None:
    first = PresentOffice(database, office_of, utc_now)
    await first.renew()
    cadre = await _leave(database, first, told=False)
    second = PresentOffice(database, office_of, utc_now)
    await second.renew()
    assert second().in_charge(UNIT) != cadre
    assert (await load_office(database, utc_now)).in_charge(UNIT) != cadre


async def test_duty__that_cannot_be_read_keeps_what_there_is(database: Database) -> None:
    office = PresentOffice(database, office_of, utc_now)
    await office.renew()
    before = office()

    async def away() -> int:
        raise StorageUnavailable("gone")

    office._book.version = away  # type: ignore[method-assign]  # the database goes away
    await office.duty_changed()
    assert office() is before


class Words:
    """Whoever reads messages, in the words of a county."""

    def __init__(self) -> None:
        self.office: PresentOffice | None = None
        self.matters: frozenset[str] = frozenset()
        self.together: list[bool] = []

    async def prepared(self, county: County, became: Mapping[str, str]) -> Callable[[], None]:
        """Get ready; what is read changes when what is returned is called."""

        def speak() -> None:
            assert self.office is not None
            self.together.append(self.office().county is county)
            self.matters = frozenset(county.catalogue.by_matter)

        return speak


async def test_renew__what_reads_changes_in_the_moment_in_which_the_county_does(
    database: Database,
) -> None:
    words = Words()
    words.office = office = PresentOffice(database, office_of, utc_now, words.prepared)
    await office.renew()
    sheets = await CountyStore(database).read()
    sheets["catalogue"] = [row for row in sheets["catalogue"] if row["matter"] != "tourism"]
    await CountyStore(database).replace(sheets, "test", utc_now())
    assert "tourism" in words.matters
    await office.renew()
    assert "tourism" not in words.matters
    assert words.together == [True, True]
