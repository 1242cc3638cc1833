"""A change of divisions that reaches a town: the office after it, and what is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from liandong.county_files import read_sheets, read_wording
from liandong.settings import ROOT
from routing.migration import Migration, migrate
from routing.places import PlaceFinder
from services.migrate import NewCounty, change_county
from services.office import Office
from tests.routing.plans import GAOBI, Record, row
from tests.services.town import Town
from tickets import life
from tickets.deadlines import Limits
from tickets.events import Event
from tickets.ticket import Ticket

SAMPLE = read_sheets(ROOT / "data" / "sample_county")
DAY = date(2026, 7, 1)
NEW, OTHER = "141026100230", "141026100231"
MABI_TOWN = "141026105"


@dataclass(slots=True)
class Changed:
    """A town after a change."""

    town: Town
    migration: Migration
    moved: int

    async def ticket(self, number: str) -> Ticket:
        async with self.town.store.units_of_work() as work:
            found = await work.ticket(number)
        assert found is not None
        return found

    async def last_event(self, number: str) -> Event:
        async with self.town.store.units_of_work() as work:
            return (await work.events(number))[-1]


def office_after(town: Town, migration: Migration) -> Office:
    county = migration.county
    wording = read_wording(ROOT / "domain.yml", county)
    return replace(town.office, county=county, finder=PlaceFinder.of(county), wording=wording)


def new_county(migration: Migration, version: int = 0) -> NewCounty:
    return NewCounty(migration.tables, migration.moves.units, "test", "", version)


async def change(town: Town, plan: Sequence[Record]) -> Changed:
    """Apply a plan to the sample county of a town."""
    migration = migrate(SAMPLE, plan, DAY)
    after = office_after(town, migration)
    moved = await change_county(town.store.units_of_work, after, new_county(migration))
    town.office = after
    return Changed(town, migration, moved)


async def lamp(town: Town, village: str = "府城镇寺村", who: str = "anna") -> Ticket:
    """A ticket that was dispatched, of somebody in this village."""
    await town.say(f"{village}路灯坏了三天没人管", who)
    return await town.ticket(who)


async def keep(town: Town, ticket: Ticket) -> Ticket:
    """The ticket as a test wants it."""
    async with town.store.units_of_work() as work:
        saved = await work.save_ticket(ticket, [])
        await work.commit()
    return saved


def signed(ticket: Ticket, unit: str, person: str) -> Ticket:
    """The ticket in the hands of somebody."""
    now = ticket.updated_at
    return life.sign_for(ticket, person=person, owner=unit, limits=Limits(), now=now)[0]


def parted(first: str = NEW) -> list[Record]:
    """高壁 loses its last grid; the rest gets the code `first`, or keeps its own."""
    *rest, last = [grid["number"] for grid in SAMPLE["grids"] if grid["village_code"] == GAOBI]
    name = "高壁" if first == GAOBI else "上高壁"
    return [
        row(SAMPLE, GAOBI, first, name, grids="|".join(rest)),
        row(SAMPLE, GAOBI, OTHER, "下高壁", grids=last),
    ]
