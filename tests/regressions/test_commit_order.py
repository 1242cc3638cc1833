"""PostgreSQL gives ids before the commit: a later id can be seen before an earlier one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from services.messages import Address, BotName, Outbound
from tests.storage.stores import Store, sql_store

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CHAT = Address("web", BotName.RESIDENTS, "anna")


async def quick_answer(store: Store, began: asyncio.Event) -> None:
    """The clock's pass, at the same moment."""
    async with store.units_of_work() as quick:
        began.set()
        await quick.send(CHAT, Outbound("second"), NOW)
        await quick.commit()


async def test_mailbox__line_that_commits_late_is_still_delivered(postgres_url: str) -> None:
    async with sql_store(postgres_url) as store:
        async with store.units_of_work() as slow:  # a cadre answers
            await slow.send(CHAT, Outbound("first"), NOW)
            began = asyncio.Event()
            quick = asyncio.create_task(quick_answer(store, began))
            await began.wait()
            await asyncio.wait({quick}, timeout=0.3)
            seen = await store.mailbox.since(CHAT, 0, 10)
            await slow.commit()
        await quick
        after = seen[-1].id if seen else 0
        seen += await store.mailbox.since(CHAT, after, 10)
        assert {line.message.text for line in seen} == {"first", "second"}
