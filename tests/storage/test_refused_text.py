"""Characters that no database takes. Services clean them; what slips through is not lost.

The inbox keeps a message as JSON, where NUL is an escape, so it is durable before anybody
looks at it. In a plain column PostgreSQL refuses NUL: a clear error, and the message waits.
"""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DataError

from services.messages import Outbound
from tests.storage.stores import Store, sql_store
from tests.storage.values import NOW, RESIDENT, add, event, inbound, ticket

NUL = "路灯\x00坏了"
HALF = "路灯\ud83d坏了"


async def test_inbox__keeps_a_text_with_nul_whole(store: Store) -> None:
    await store.inbox.record(inbound(text=NUL), NOW)
    item = await store.inbox.next_of(RESIDENT.key, NOW)
    assert item is not None and item.inbound.text == NUL


async def test_outbox__keeps_a_text_with_nul_whole(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.send(RESIDENT, Outbound(NUL), NOW)
        await work.commit()
    (item,) = await store.outbox.lease(NOW, 30, 1)
    assert item.message.text == NUL


async def test_ticket__postgres_refuses_nul_and_the_message_waits(postgres_url: str) -> None:
    async with sql_store(postgres_url) as store:
        receipt = await store.inbox.record(inbound(text=NUL), NOW)
        async with store.units_of_work() as work:
            await work.settle(receipt.inbox_id)
            with pytest.raises(DataError, match="NUL") as refused:
                await work.add_ticket(ticket(text=NUL), [event()])
        assert await store.inbox.next_of(RESIDENT.key, NOW) is not None
        assert "路灯" not in str(refused.value)


async def test_ticket__sqlite_keeps_nul_whole(sqlite_url: str) -> None:
    async with sql_store(sqlite_url) as store:
        await add(store, ticket(text=NUL))
        found = await store.desk.ticket(ticket().number)
        assert found is not None and found[0].text == NUL


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
async def test_inbox__refuses_half_a_character_before_the_acknowledgement(store: Store) -> None:
    with pytest.raises(ValueError, match="surrogates"):
        await store.inbox.record(inbound(text=HALF), NOW)
    assert (await store.inbox.record(inbound(), NOW)).is_new
