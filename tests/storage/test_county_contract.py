"""The county's reference data change in one transaction with the tickets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.county_store import CountyChanged, CountyStore
from storage.database import Database
from storage.open_tickets import OpenTickets
from tests.storage.stores import Store, sql_store
from tests.storage.values import CADRE, GROUP, NOW, add, ticket
from tickets.states import State

HOUR = timedelta(hours=1)
DIVISION = {"code": "141026", "level": "county", "name": "安泽县", "short_name": "安泽县"}
SHEETS = {"divisions": [DIVISION], "cadres": []}
AREA = {"code": "141026", "kind": "centre", "datum": "GCJ-02", "geometry": "{}"}


async def _replace(store: Store, summary: str, *, commit: bool = True) -> None:
    async with store.units_of_work() as work:
        await work.replace_county(SHEETS, "test", NOW, summary)
        if commit:
            await work.commit()


async def _version(store: Store) -> int:
    async with store.units_of_work() as work:
        return await work.county_version()


async def test_replace_county__every_change_is_a_new_version(store: Store) -> None:
    assert await _version(store) == 0
    await _replace(store, "one")
    first = await _version(store)
    await _replace(store, "two")
    assert 0 < first < await _version(store)


async def test_replace_county__without_a_commit_nothing_changed(store: Store) -> None:
    await _replace(store, "one")
    before = await _version(store)
    await _replace(store, "two", commit=False)
    assert await _version(store) == before


async def test_replace_county__is_seen_within_its_own_transaction(store: Store) -> None:
    async with store.units_of_work() as work:
        before = await work.county_version()
        await work.replace_county(SHEETS, "test", NOW, "")
        assert await work.county_version() > before


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_replace_county__the_store_reads_what_was_written(database_url: str) -> None:
    async with sql_store(database_url) as store:
        await _replace(store, "one")
    database = Database(database_url)
    found = await CountyStore(database).read()
    await database.close()
    assert [row["name"] for row in found["divisions"]] == ["安泽县"]


async def test_open_tickets__in_pages_by_number(store: Store) -> None:
    await add(
        store,
        ticket("C"),
        ticket("A", due_at=NOW + HOUR),
        ticket("B", due_at=None, state=State.CLOSED),
        ticket("D", state=State.PENDING_CALLBACK),
    )
    async with store.units_of_work() as work:
        assert [each.number for each in await work.open_tickets("", 2)] == ["A", "C"]
        assert [each.number for each in await work.open_tickets("C", 2)] == ["D"]
        assert await work.open_tickets("D", 2) == []


async def test_move_group_chats__groups_follow_and_people_do_not(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.bind_group(GROUP, "U1")
        await work.bind_cadre(CADRE, "800001", "c001")
        # U2 is a successor and succeeded itself: what just came to it stays.
        await work.move_group_chats({"U1": "U2", "U2": "U3"})
        await work.commit()
    async with store.units_of_work() as work:
        assert [chat.address for chat in await work.chats_for([], "U2")] == [GROUP]
        assert await work.chats_for([], "U1") == [] and await work.chats_for([], "U3") == []
        assert [chat.address for chat in await work.chats_for(["c001"], None)] == [CADRE]


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
class TestReplace:
    """What the whole county goes through when it is loaded."""

    @pytest.fixture
    async def county(self, database_url: str) -> AsyncIterator[CountyStore]:
        database = Database(database_url)
        store = CountyStore(database)
        await store.replace(SHEETS | {"areas": [AREA]}, "first", NOW)
        yield store
        await database.close()

    async def test_keeps_tables_that_are_not_given(self, county: CountyStore) -> None:
        await county.replace({"divisions": [DIVISION | {"name": "新县"}]}, "second", NOW)
        found = await county.read()
        assert [row["name"] for row in found["divisions"]] == ["新县"]
        assert found["areas"] == [AREA]
        await county.replace({"areas": []}, "third", NOW)
        found = await county.read()
        assert found["areas"] == [] and len(found["divisions"]) == 1

    async def test_hours_come_back_as_they_were(self, county: CountyStore) -> None:
        columns = ("applies_to", "season_from", "season_to", "slots")
        hours = [
            dict(zip(columns, row, strict=True))
            for row in (
                ("*", "", "", "08:00-12:00|14:30-18:00"),
                ("*", "05-01", "09-30", "07:00-11:00"),
                ("unit:water", "", "", "09:00-17:00"),
            )
        ]
        await county.replace({"hours": hours[::-1]}, "second", NOW)
        assert (await county.read())["hours"] == hours
        await county.replace({"divisions": [DIVISION]}, "third", NOW)
        assert (await county.read())["hours"] == hours

    async def test_refuses_a_county_that_changed_since(self, county: CountyStore) -> None:
        looked_at = await county.version()
        await county.replace({"areas": []}, "somebody", NOW, since=looked_at)
        with pytest.raises(CountyChanged):
            await county.replace({"divisions": []}, "late", NOW, since=looked_at)
        assert len((await county.read())["divisions"]) == 1
        assert await county.version() == looked_at + 1

    async def test_refusal_sees_the_open_tickets_and_stops_it(
        self, county: CountyStore, database_url: str
    ) -> None:
        async with sql_store(database_url) as store:
            await add(
                store,
                ticket("A"),
                ticket("B"),
                ticket("C", state=State.CLOSED),
                ticket("D", village=None, grid=None, person="c001"),
            )
        seen: list[OpenTickets] = []

        def refuse(tickets: tuple[OpenTickets, ...]) -> None:
            seen.extend(tickets)
            raise LookupError

        with pytest.raises(LookupError):
            await county.replace({"divisions": []}, "refused", NOW, refusal=refuse)
        assert sorted(seen, key=lambda each: each.count) == [
            OpenTickets("T1", "", "", "U1", "c001", 1),
            OpenTickets("T1", "V1", "G1", "U1", "", 2),
        ]
        assert tuple(seen) and len((await county.read())["divisions"]) == 1

    async def test_two_at_once_are_one_after_the_other(self, county: CountyStore) -> None:
        shifts = [
            [
                {"unit": f"u{each}", "weekday": "*", "start": "08:00", "end": "18:00"}
                | {"cadre": f"c{number}", "role": "duty_officer", "day": "", "deputy": ""}
                for number in range(5)
            ]
            for each in range(4)
        ]
        await asyncio.gather(*(county.replace({"duty": rows}, "rival", NOW) for rows in shifts))
        assert (await county.read())["duty"] in shifts
        assert await county.version() == 5
