"""A process that is killed in the middle of a write leaves a whole database behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.stores import sql_store
from tests.storage.values import LATER, NOW, RESIDENT, event, inbound, ticket

ROOT = Path(__file__).parents[2]

WRITER = """
import asyncio, sys
from tests.storage.stores import sql_store
from tests.storage.values import NOW, add, event, inbound, ticket

async def main():
    async with sql_store(sys.argv[1]) as store:
        await add(store, ticket("committed"))
        receipt = await store.inbox.record(inbound(), NOW)
        async with store.units_of_work() as work:
            await work.settle(receipt.inbox_id)
            await work.add_ticket(ticket("half"), [event()])
            print("in the middle", flush=True)
            await asyncio.Event().wait()

asyncio.run(main())
"""


def _kill_in_the_middle(url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "in the middle\n"
        writer.send_signal(signal.SIGKILL)
        assert writer.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_sigkill__between_insert_and_commit(database_url: str) -> None:
    _kill_in_the_middle(database_url)
    async with sql_store(database_url) as store:
        assert await store.desk.ticket("committed") is not None
        assert await store.desk.ticket("half") is None
        assert await store.inbox.left_over(LATER, 9) == [RESIDENT.key]
        assert not (await store.inbox.record(inbound(), NOW)).is_new
        async with store.units_of_work() as work:
            await work.add_ticket(ticket("half"), [event()])
            await work.commit()
