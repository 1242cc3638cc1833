"""Leaves, swaps and told gaps: written once, answered once, seen by everybody."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from routing.duty import Absence, Gap, LiveDuty, Swap, SwapState
from services.duty_watch import DutyWatch
from services.messages import Address, BotName
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWorkFactory
from tests.services.town import Town
from tests.storage.stores import Store
from tests.storage.values import NOW

DAY = timedelta(days=1)
LEAVE = Absence("a1", "c1", NOW, NOW + DAY, deputy="c2", contact="13800000009")
SWAP = Swap("s1", date(2026, 11, 24), time(18), "c1", "c2", NOW)
GAP = Gap("u1", NOW, NOW + DAY, "absent")


async def _write(store: Store, *things: Absence | Swap, commit: bool = True) -> None:
    async with store.units_of_work() as work:
        for each in things:
            if isinstance(each, Absence):
                await work.add_absence(each, NOW)
            else:
                await work.ask_swap(each)
        if commit:
            await work.commit()


async def _live(store: Store, since: datetime = NOW) -> LiveDuty:
    return (await store.duty.live(since))[1]


async def test_live__is_what_was_written(store: Store, rival: Store) -> None:
    await _write(store, LEAVE, SWAP)
    live = await _live(rival)
    assert (live.absences, live.swaps) == ((LEAVE,), (SWAP,))
    async with store.units_of_work() as work:
        assert await work.live_duty(NOW) == live


async def test_live__only_what_still_matters(store: Store) -> None:
    over = replace(LEAVE, id="a2", end=NOW)
    yesterday = replace(SWAP, id="s2", day=date(2026, 11, 22))
    await _write(store, LEAVE, over, SWAP, yesterday)
    live = await _live(store)
    assert ([a.id for a in live.absences], [s.id for s in live.swaps]) == (["a1"], ["s1"])
    earlier = await _live(store, NOW - DAY)
    assert ([a.id for a in earlier.absences], len(earlier.swaps)) == (["a1", "a2"], 2)


async def test_live__the_day_is_that_of_the_county(store: Store) -> None:
    await _write(store, SWAP)
    after_midnight = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # 00:30 on the 25th in China
    assert (await _live(store, after_midnight - timedelta(hours=1))).swaps == (SWAP,)
    assert (await _live(store, after_midnight)).swaps == ()


async def test_live__nothing_without_a_commit(store: Store) -> None:
    await _write(store, LEAVE, SWAP, commit=False)
    assert await store.duty.live(NOW) == (0, LiveDuty.of((), ()))


async def test_version__rises_with_every_change(store: Store, rival: Store) -> None:
    seen = [await rival.duty.version()]
    await _write(store, LEAVE)
    seen.append(await rival.duty.version())
    await _write(store, SWAP)
    seen.append((await rival.duty.live(NOW))[0])
    async with store.units_of_work() as work:
        await work.answer_swap("s1", SwapState.AGREED, NOW)
        await work.end_absence("a1", NOW)
        await work.commit()
    seen.append(await rival.duty.version())
    assert seen[0] == 0 and seen == sorted({*seen})


async def test_end_absence__once(store: Store) -> None:
    await _write(store, LEAVE)
    async with store.units_of_work() as work:
        assert await work.end_absence("a1", NOW)
        assert not await work.end_absence("a1", NOW + DAY)
        assert not await work.end_absence("unknown", NOW)
        await work.commit()
    assert (await _live(store)).absences == (replace(LEAVE, back_at=NOW),)


async def test_answer_swap__the_first_answer_stays(store: Store) -> None:
    await _write(store, SWAP)
    async with store.units_of_work() as work:
        assert await work.answer_swap("s1", SwapState.REFUSED, NOW)
        assert not await work.answer_swap("s1", SwapState.AGREED, NOW)
        assert not await work.answer_swap("unknown", SwapState.AGREED, NOW)
        await work.commit()
    [swap] = (await _live(store)).swaps
    assert (swap.state, swap.answered_at) == (SwapState.REFUSED, NOW)


async def _answer(store: Store, state: SwapState) -> bool:
    async with store.units_of_work() as work:
        await work.live_duty(NOW)
        done = await work.answer_swap("s1", state, NOW)
        await asyncio.sleep(0.01)
        await work.commit()
    return done


async def test_answer_swap__two_at_the_same_time_are_one(store: Store, rival: Store) -> None:
    await _write(store, SWAP)
    done = await asyncio.gather(
        _answer(store, SwapState.AGREED), _answer(rival, SwapState.WITHDRAWN)
    )
    assert sorted(done) == [False, True]


async def test_answer_swap__one_that_waits_sees_what_the_other_changed(
    store: Store, rival: Store
) -> None:
    await _write(store, SWAP)
    states: list[SwapState] = []

    async def look(which: Store) -> None:
        async with which.units_of_work() as work:
            live = await work.live_duty(NOW)
            states.extend(each.state for each in live.swaps)
            await work.answer_swap("s1", SwapState.AGREED, NOW)
            await asyncio.sleep(0.01)
            await work.commit()

    await asyncio.gather(look(store), look(rival))
    assert states == [SwapState.ASKED, SwapState.AGREED]


async def test_told__is_kept_extended_and_forgotten(store: Store) -> None:
    async with store.units_of_work() as work:
        await work.note_told(GAP, NOW)
        await work.note_told(replace(GAP, end=NOW + 2 * DAY), NOW)
        await work.note_told(replace(GAP, unit="u0"), NOW)
        await work.commit()
    async with store.units_of_work() as work:
        assert await work.told_gaps(NOW) == [
            replace(GAP, unit="u0"), replace(GAP, end=NOW + 2 * DAY),
        ]  # fmt: skip
        assert await work.told_gaps(NOW + DAY) == [replace(GAP, end=NOW + 2 * DAY)]
        await work.forget_told(GAP)
        assert await work.told_gaps(NOW) == [replace(GAP, unit="u0")]


async def test_watch__two_processes_at_once_tell_once(store: Store, rival: Store) -> None:
    office = Town().office
    villager = office.county.roster.weekly("village:141026100206")[0].cadre
    live = LiveDuty.of([replace(LEAVE, cadre=villager, deputy="", contact="")], [])
    office = replace(office, live=live, clock=lambda: NOW)
    passes = [DutyWatch(each.units_of_work, lambda: office) for each in (store, rival)]
    assert sorted(await asyncio.gather(*(each.run_once() for each in passes))) == [0, 1]
    boss = office.in_charge("township:141026100")
    page = Address("web", BotName.CADRES, boss or "")
    assert len(await store.mailbox.since(page, 0, 10)) == 1


async def test_on_duty__runs_after_a_commit_that_changed_it_only(sqlite_url: str) -> None:
    database, seen = Database(sqlite_url), list[int]()

    async def renewed() -> None:
        seen.append(len(seen))

    units_of_work = SqlUnitOfWorkFactory(database, _Deaf(), renewed)
    for change, commit in ((False, True), (True, False), (True, True)):
        async with units_of_work() as work:
            if change:
                await work.add_absence(LEAVE, NOW)
            if commit:
                await work.commit()
    await database.close()
    assert seen == [0]


class _Deaf:
    async def notify(self, topic: str) -> None:
        """Nobody waits."""

    async def wait(self, topic: str, timeout: float) -> bool:
        return False
