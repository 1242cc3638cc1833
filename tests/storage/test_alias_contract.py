"""Proposed names of places: counted on every store, decided in SQL."""

from __future__ import annotations

import pytest

from routing.errors import LiandongError
from services.ports import AliasProposal
from storage.alias_proposals import AliasProposals, NoSuchProposal
from storage.county_store import CountyStore
from storage.database import Database
from tests.storage.stores import Store
from tests.storage.values import LATER, NOW


@pytest.fixture(params=["sqlite", "postgres"])
def sql_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


async def test_propose__same_name_and_place_are_counted(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.propose_alias("青石坪", "V2", NOW)
        await work.propose_alias("老庙滩", "V1", NOW)
        await work.propose_alias("老庙滩", "V1", LATER)
        await work.propose_alias("老庙滩", "V2", LATER)
        await work.commit()
    assert await store.alias_proposals.open_proposals() == [
        AliasProposal("老庙滩", "V1", 2, NOW, LATER),
        AliasProposal("老庙滩", "V2", 1, LATER, LATER),
        AliasProposal("青石坪", "V2", 1, NOW, NOW),
    ]


async def test_propose__leaves_nothing_without_a_commit(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.propose_alias("老庙滩", "V1", NOW)
    assert await store.alias_proposals.open_proposals() == []


async def _propose(database: Database) -> None:
    from storage.memory_coordination import MemoryWakeups
    from storage.unit_of_work import SqlUnitOfWorkFactory

    async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
        await work.propose_alias("老庙滩", "V1", NOW)
        await work.commit()


@pytest.mark.parametrize("approve", [True, False])
async def test_decide__what_is_decided_is_not_proposed_again(sql_url: str, approve: bool) -> None:
    database = Database(sql_url)
    proposals = AliasProposals(database)
    try:
        await _propose(database)
        await proposals.decide("老庙滩", "V1", approve, "王示例", LATER)
        await _propose(database)
        assert await proposals.open_proposals() == []
        with pytest.raises(NoSuchProposal):
            await proposals.decide("老庙滩", "V1", approve, "王示例", LATER)
    finally:
        await database.close()


async def test_approve__writes_the_alias_and_a_version(sql_url: str) -> None:
    database = Database(sql_url)
    county = CountyStore(database)
    try:
        await _propose(database)
        before = await county.version()
        await AliasProposals(database).decide("老庙滩", "V1", True, "王示例", LATER)
        assert (await county.read())["aliases"] == [
            {"alias": "老庙滩", "code": "V1", "source": "resident", "confidence": "0.85"}
        ]
        assert await county.version() > before
    finally:
        await database.close()


async def test_reject__changes_nothing_of_the_county(sql_url: str) -> None:
    database = Database(sql_url)
    county = CountyStore(database)
    try:
        await _propose(database)
        before = await county.version()
        await AliasProposals(database).decide("老庙滩", "V1", False, "王示例", LATER)
        assert (await county.read())["aliases"] == []
        assert await county.version() == before
        with pytest.raises(LiandongError):
            await AliasProposals(database).decide("没有坡", "V1", True, "王示例", LATER)
    finally:
        await database.close()
