"""Trainings: one at a time, a silent runner loses its job, whatever ends leaves a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.learning.job_book import LostJob, Telling
from services.learning.jobs import Job, JobState, Step
from storage.database import Database
from storage.job_book import SqlJobBook
from tests.storage.values import NOW

SECOND = timedelta(seconds=1)
SILENT = NOW - 10 * SECOND
TELLING = Telling(Step.TRAIN, 0.5, 90.0, "正在学")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def book(url: str) -> AsyncIterator[SqlJobBook]:
    database = Database(url)
    yield SqlJobBook(database)
    await database.close()


@pytest.fixture
async def rival(url: str, book: SqlJobBook) -> AsyncIterator[SqlJobBook]:
    """Another process on the same data."""
    database = Database(url)
    yield SqlJobBook(database)
    await database.close()


async def queued(book: SqlJobBook) -> Job:
    return await book.queue("admin", "加了新事项", NOW)


async def running(book: SqlJobBook, runner: str = "a") -> Job:
    job = await book.claim((await queued(book)).id, runner, NOW, SILENT)
    assert job is not None
    return job


async def state_of(book: SqlJobBook, job: Job) -> JobState:
    found = await book.job(job.id)
    assert found is not None
    return found.state


async def test_queue__comes_back_as_it_was_asked(book: SqlJobBook) -> None:
    job = await queued(book)
    assert await book.job(job.id) == job and await book.job(job.id + 1) is None
    assert (job.state, job.author, job.reason, job.created_at) == (
        JobState.QUEUED, "admin", "加了新事项", NOW,
    )  # fmt: skip


async def test_jobs__the_newest_first(book: SqlJobBook) -> None:
    first, second = await queued(book), await queued(book)
    assert [job.id for job in await book.jobs(5)] == [second.id, first.id]


async def test_claim__is_the_runners_alone(book: SqlJobBook, rival: SqlJobBook) -> None:
    job = await running(book)
    assert (job.state, job.started_at, job.attempts) == (JobState.RUNNING, NOW, 1)
    assert await rival.claim(job.id, "b", NOW, SILENT) is None


async def test_claim__of_many_at_once_one_gets_it(book: SqlJobBook, rival: SqlJobBook) -> None:
    job = await queued(book)
    claims = [(book, "a"), (rival, "b"), (book, "c"), (rival, "d")]
    got = await asyncio.gather(*(b.claim(job.id, r, NOW, SILENT) for b, r in claims))
    assert sum(each is not None for each in got) == 1


async def test_claim__two_jobs_at_once_only_one_runs(book: SqlJobBook, rival: SqlJobBook) -> None:
    first, second = await queued(book), await queued(book)
    got = await asyncio.gather(
        book.claim(first.id, "a", NOW, SILENT), rival.claim(second.id, "b", NOW, SILENT)
    )
    assert sum(each is not None for each in got) == 1


async def test_wanting__the_oldest_that_waits_and_none_while_one_runs(book: SqlJobBook) -> None:
    first, _second = await queued(book), await queued(book)
    wanted = await book.wanting(SILENT)
    assert wanted is not None and wanted.id == first.id
    await book.claim(first.id, "a", NOW, SILENT)
    assert await book.wanting(SILENT) is None


async def test_silent_runner__loses_its_job_to_the_next(book: SqlJobBook) -> None:
    job = await running(book)
    later = NOW + 60 * SECOND
    wanted = await book.wanting(later - 10 * SECOND)
    assert wanted is not None and wanted.id == job.id
    taken = await book.claim(job.id, "b", later, later - 10 * SECOND)
    assert taken is not None and (taken.attempts, taken.started_at) == (2, NOW)
    with pytest.raises(LostJob):
        await book.tell(job.id, "a", TELLING, later)
    with pytest.raises(LostJob):
        await book.end(job.id, "a", JobState.DONE, "", "", later)


async def test_tell__is_seen_and_keeps_the_job(book: SqlJobBook) -> None:
    job = await running(book)
    later = NOW + 60 * SECOND
    assert await book.tell(job.id, "a", TELLING, later) is False
    seen = await book.job(job.id)
    assert seen is not None
    told = (seen.step, seen.progress, seen.left_seconds, seen.said, seen.heartbeat_at)
    assert told == ("train", 0.5, 90.0, "正在学", later)
    assert await book.wanting(later - 10 * SECOND) is None


async def test_step_done__is_kept_and_the_next_step_has_all_attempts(book: SqlJobBook) -> None:
    job = await running(book)
    await book.step_done(job.id, "a", {"validate": 2.5})
    seen = await book.job(job.id)
    assert seen is not None
    assert (seen.steps, seen.next_step, seen.attempts) == ({"validate": 2.5}, Step.TRAIN, 0)


async def test_end__frees_the_place(book: SqlJobBook) -> None:
    job, waits = await running(book), await queued(book)
    await book.note_model(job.id, "a", "nlu-1")
    await book.end(job.id, "a", JobState.FAILED, "没有训练成", "磁盘满了", NOW + SECOND)
    seen = await book.job(job.id)
    assert seen is not None and seen.ended
    assert (seen.state, seen.problem, seen.model) == (JobState.FAILED, "磁盘满了", "nlu-1")
    assert await book.claim(waits.id, "a", NOW, SILENT) is not None


async def test_release__the_next_goes_on_and_no_attempt_is_counted(book: SqlJobBook) -> None:
    job = await running(book)
    await book.step_done(job.id, "a", {"validate": 2.5})
    await book.release(job.id, "a")
    await book.release(job.id, "somebody else")
    taken = await book.claim(job.id, "b", NOW, SILENT)
    assert taken is not None and taken.steps == {"validate": 2.5}


async def test_abandoned__a_dead_runners_job_is_free_at_once(book: SqlJobBook) -> None:
    job = await running(book, "host:7:abc")
    assert not await book.abandoned(job.id, "host:77:")
    assert await book.abandoned(job.id, "host:7:")
    taken = await book.claim(job.id, "b", NOW, SILENT)
    assert taken is not None and taken.attempts == 2


async def test_cancel__one_that_waits_ends_at_once(book: SqlJobBook) -> None:
    job = await queued(book)
    assert await book.cancel(job.id, NOW)
    assert await state_of(book, job) is JobState.CANCELLED
    assert not await book.cancel(job.id, NOW) and await book.wanting(SILENT) is None


async def test_cancel__the_runner_of_one_that_runs_hears_of_it(book: SqlJobBook) -> None:
    job = await running(book)
    assert await book.cancel(job.id, NOW)
    assert await state_of(book, job) is JobState.RUNNING
    assert await book.tell(job.id, "a", TELLING, NOW) is True


async def test_give_up__only_on_what_nobody_works_on(book: SqlJobBook) -> None:
    job, waits = await running(book), await queued(book)
    assert not await book.give_up(job.id, "起不来", NOW)
    assert await book.give_up(waits.id, "起不来", NOW)
    assert await state_of(book, waits) is JobState.FAILED


async def test_durations__of_trainings_that_came_to_their_end(book: SqlJobBook) -> None:
    for state, seconds in ((JobState.DONE, 100.0), (JobState.FAILED, 1.0), (JobState.DONE, 200.0)):
        job = await running(book)
        await book.step_done(job.id, "a", {"train": seconds})
        await book.end(job.id, "a", state, "", "", NOW)
    assert await book.durations(5) == [{"train": 200.0}, {"train": 100.0}]
