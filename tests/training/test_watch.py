"""Runners as processes: started, killed at any step, ended with the service, and resumed."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from liandong.training.problems import CANNOT_START
from liandong.training.tools import Tools
from liandong.training.watch import TrainingWatch
from services.learning.jobs import Job, JobState, Step
from tests.training.conftest import Place
from tests.training.test_runner import half_archives, queued, until


@pytest.fixture
async def watch(place: Place, tools: Tools) -> AsyncIterator[TrainingWatch]:
    made = TrainingWatch(tools.jobs, place.settings, tools.clock)
    yield made
    await made.stop()


async def ended(tools: Tools, watch: TrainingWatch, job: Job) -> Job:
    """Look as the service does, until the job is over."""
    async with asyncio.timeout(120):
        while True:
            await watch.run_once()
            found = await tools.jobs.job(job.id)
            if found is not None and found.ended:
                return found
            await asyncio.sleep(0.1)


def killed(watch: TrainingWatch) -> int:
    """The runner, just killed."""
    pid = watch.runner
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


async def gone(watch: TrainingWatch) -> None:
    while watch.runner is not None:
        await asyncio.sleep(0.02)


async def test_runner__killed_while_it_trains_and_while_it_tests(
    place: Place, tools: Tools, watch: TrainingWatch
) -> None:
    serving, job = await tools.serving.serving(), await queued(tools)
    assert await watch.run_once() == 1
    await until(tools, job, Step.TRAIN)
    first = killed(watch)
    await gone(watch)
    assert await watch.run_once() == 1  # not only when it was silent for long
    place.train()
    await until(tools, job, Step.TEST)
    second = killed(watch)
    await gone(watch)
    place.go()
    done = await ended(tools, watch, job)
    assert (done.state, [*done.steps]) == (JobState.DONE, [*map(str, Step)])
    assert first != second and half_archives(place) == []
    assert await tools.serving.serving() == serving


async def test_runner__ends_with_the_service_and_the_next_start_resumes(
    place: Place, tools: Tools, watch: TrainingWatch
) -> None:
    job = await queued(tools)
    await watch.run_once()
    await until(tools, job, Step.TRAIN)
    async with asyncio.timeout(10):
        await watch.stop()
    given = await tools.jobs.job(job.id)
    assert given is not None and given.state is JobState.QUEUED
    assert [*given.steps] == ["validate"] and given.attempts == 0
    place.go()
    again = TrainingWatch(tools.jobs, place.settings, tools.clock)
    assert (await ended(tools, again, job)).state is JobState.DONE
    await again.stop()


async def test_runner__that_cannot_start_is_given_up(place: Place, tools: Tools) -> None:
    broken = place.settings.model_copy(update={"database_url": "sqlite:////nowhere/at/all.db"})
    watch = TrainingWatch(tools.jobs, broken, tools.clock)
    job = await queued(tools)
    done = await ended(tools, watch, job)
    assert (done.state, done.problem) == (JobState.FAILED, CANNOT_START)


async def test_watches__of_two_processes_start_one_runner_that_works(
    place: Place, tools: Tools, watch: TrainingWatch
) -> None:
    job = await queued(tools)
    other = TrainingWatch(tools.jobs, place.settings, tools.clock)
    await asyncio.gather(watch.run_once(), other.run_once())
    place.go()
    done = await ended(tools, watch, job)
    await other.stop()
    assert done.state is JobState.DONE
