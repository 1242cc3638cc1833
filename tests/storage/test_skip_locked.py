"""PostgreSQL only: who claims does not wait for another's claim, and never shares it."""

from __future__ import annotations

import asyncio

from tests.storage.stores import sql_store
from tests.storage.values import NOW, add, question, ticket


async def test_due_clocks__go_past_what_another_sweep_has_claimed(postgres_url: str) -> None:
    async with sql_store(postgres_url) as one, sql_store(postgres_url) as other:
        await add(one, *(ticket(f"T{number}", due_at=NOW) for number in range(4)))
        async with one.units_of_work() as first, other.units_of_work() as second:
            ours = await first.due_clocks(NOW, 3)
            theirs = await asyncio.wait_for(second.due_clocks(NOW, 9), 5)
            assert (len(ours), len(theirs)) == (3, 1)
            numbers = [each.ticket.number for each in (*ours, *theirs)]
            assert sorted(numbers) == ["T0", "T1", "T2", "T3"]


async def test_lapsed_questions__go_past_what_another_sweep_has_claimed(postgres_url: str) -> None:
    async with sql_store(postgres_url) as one, sql_store(postgres_url) as other:
        async with one.units_of_work() as work:
            for number in range(3):
                await work.ask(question(f"q{number}", due_at=NOW))
            await work.commit()
        async with one.units_of_work() as first, other.units_of_work() as second:
            assert len(await first.lapsed_questions(NOW, 2)) == 2
            assert len(await asyncio.wait_for(second.lapsed_questions(NOW, 9), 5)) == 1


async def test_ticket__is_locked_for_whoever_reads_it_to_change_it(postgres_url: str) -> None:
    async with sql_store(postgres_url) as one, sql_store(postgres_url) as other:
        await add(one, ticket("A"))
        async with other.units_of_work() as second:
            async with one.units_of_work() as first:
                read = await first.ticket("A")
                assert read is not None
                waiting = asyncio.create_task(second.ticket("A"))
                await first.save_ticket(read, [])
                await first.commit()
            seen = await asyncio.wait_for(waiting, 5)
            assert seen is not None and seen.version == 1
