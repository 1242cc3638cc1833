"""A training from the queue to the gate's report, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from liandong.training import runner as running
from liandong.training.folder import job_folder, log_tail
from liandong.training.problems import DISK_FULL, KILLED_TOO_OFTEN
from liandong.training.runner import NotClaimed, run_job
from liandong.training.steps import STEPS, Work
from liandong.training.tools import Tools
from services.learning.gate_report_json import report_from_json
from services.learning.jobs import Job, JobState, Step
from tests.training.conftest import Place
from tests.training.tiny import add_sentence


class Killed(BaseException):
    """The process is gone: nothing of ours runs any more."""


async def queued(tools: Tools) -> Job:
    return await tools.jobs.queue("admin", "", tools.clock())


async def run(tools: Tools, job: Job) -> Job:
    return await run_job(job.id, tools, asyncio.Event())


def half_archives(place: Place) -> list[Path]:
    """What a training left that is neither a whole model nor what belongs to one nor a log."""
    known = (".tar.gz", ".thresholds.yml", ".sentences.json.gz", "log.txt")
    files = [f for f in place.settings.models_dir.rglob("*") if f.is_file()]
    return [f for f in files if f.name.startswith(".") or not f.name.endswith(known)]


async def test_job__makes_a_model_with_a_report(place: Place, tools: Tools) -> None:
    place.go()
    job = await run(tools, await queued(tools))
    assert (job.state, list(job.steps)) == (JobState.DONE, [*map(str, Step)])
    made = await tools.models.model(job.model or "")
    assert made is not None and made.author == "admin" and len(made.sha256) == 64
    report = report_from_json(made.report)
    assert report is not None and report.candidate == job.model
    assert made.passed is report.passed is False  # the shipped one knows 119 intents, the exam 3
    assert half_archives(place) == []


async def test_job__keeps_thresholds_and_sentences_beside_the_model(
    place: Place, tools: Tools
) -> None:
    place.go()
    job = await run(tools, await queued(tools))
    names = {f.name.removeprefix(job.model or "") for f in place.settings.models_dir.iterdir()}
    assert {".tar.gz", ".thresholds.yml", ".sentences.json.gz"} <= names


async def test_job__learns_from_what_was_there_when_it_began(place: Place, tools: Tools) -> None:
    job = await queued(tools)
    working = asyncio.create_task(run(tools, job))
    await until(tools, job, Step.TRAIN)
    add_sentence(place.project, "road", "路上又塌了一个大坑")
    place.go()
    first = await working
    second = await run(tools, await queued(tools))
    assert first.model != second.model and second.state is JobState.DONE


async def test_job__a_model_that_is_there_is_not_trained_again(place: Place, tools: Tools) -> None:
    place.go()
    first = await run(tools, await queued(tools))
    second = await run(tools, await queued(tools))
    assert first.model == second.model
    told = log_tail(place.settings.models_dir, second.id)
    assert any("不再训练" in line for line in told)


async def test_job__a_model_that_is_cut_short_is_trained_again(place: Place, tools: Tools) -> None:
    place.go()
    first = await run(tools, await queued(tools))
    archive = place.settings.models_dir / f"{first.model}.tar.gz"
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    second = await run(tools, await queued(tools))
    assert second.state is JobState.DONE and archive.read_bytes() == whole


async def test_job__bad_sentences_are_refused_by_file_and_line(place: Place, tools: Tools) -> None:
    add_sentence(place.project, "bridge", "路坏了，桥也坏了")
    add_sentence(place.project, "road", "路坏了，桥也坏了")
    job = await run(tools, await queued(tools))
    assert job.state is JobState.FAILED and job.model is not None
    assert "data/road.yml 第" in job.problem and "是 bridge,这里是 road" in job.problem


async def test_job__an_intent_without_row_is_refused(place: Place, tools: Tools) -> None:
    domain = place.project / "domain.yml"
    domain.write_text(domain.read_text(encoding="utf-8") + "  - bee_keeping\n", encoding="utf-8")
    job = await run(tools, await queued(tools))
    assert "domain.yml 第6行:意图 bee_keeping 在派单目录里没有这一行" in job.problem


async def test_job__a_trainer_that_fails_is_told_with_its_last_words(
    place: Place, tools: Tools
) -> None:
    (place.held / "fail").write_text("ValueError: no such pipeline", encoding="utf-8")
    job = await run(tools, await queued(tools))
    assert job.problem == "没有训练成：ValueError: no such pipeline。详见日志。"
    assert half_archives(place) == []


async def test_cancel__while_it_trains_ends_within_seconds(place: Place, tools: Tools) -> None:
    job = await queued(tools)
    working = asyncio.create_task(run(tools, job))
    await until(tools, job, Step.TRAIN)
    await tools.jobs.cancel(job.id, tools.clock())
    async with asyncio.timeout(5):
        ended = await working
    assert ended.state is JobState.CANCELLED and half_archives(place) == []


async def test_cancel__while_it_sits_the_exam(place: Place, tools: Tools) -> None:
    place.train()
    job = await queued(tools)
    working = asyncio.create_task(run(tools, job))
    await until(tools, job, Step.TEST)
    await tools.jobs.cancel(job.id, tools.clock())
    async with asyncio.timeout(10):
        assert (await working).state is JobState.CANCELLED


async def test_stop__gives_the_job_back_and_the_next_goes_on(place: Place, tools: Tools) -> None:
    job, stop = await queued(tools), asyncio.Event()
    working = asyncio.create_task(run_job(job.id, tools, stop))
    await until(tools, job, Step.TRAIN)
    stop.set()
    async with asyncio.timeout(5):
        given = await working
    assert given.state is JobState.QUEUED and [*given.steps] == ["validate"]
    place.go()
    assert (await run(tools, job)).state is JobState.DONE


async def test_second_job__waits_while_one_runs(place: Place, tools: Tools) -> None:
    first, second = await queued(tools), await queued(tools)
    working = asyncio.create_task(run(tools, first))
    await until(tools, first, Step.TRAIN)
    with pytest.raises(NotClaimed):
        await run(tools, second)
    place.go()
    await working


@pytest.fixture
def killed_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Step, bool]]]:
    """At which steps the process dies, before or after its work."""
    wanted: list[tuple[Step, bool]] = []

    def mortal(step: Step) -> tuple[str, object]:
        said, act = STEPS[step]

        async def acted(work: Work) -> None:
            if (step, False) in wanted:
                raise Killed
            await act(work)
            if (step, True) in wanted:
                raise Killed

        return said, acted

    monkeypatch.setattr(running, "STEPS", {step: mortal(step) for step in STEPS})
    return wanted


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", [*Step])
async def test_killed__the_next_runner_goes_on_where_it_stood(
    place: Place, tools: Tools, killed_at: list[tuple[Step, bool]], step: Step, after: bool
) -> None:
    place.go()
    killed_at.append((step, after))
    serving, job = await tools.serving.serving(), await queued(tools)
    with pytest.raises(Killed):
        await run(tools, job)
    killed_at.clear()
    assert await tools.jobs.abandoned(job.id, "")
    ended = await run(tools, job)
    assert (ended.state, [*ended.steps]) == (JobState.DONE, [*map(str, Step)])
    told = log_tail(place.settings.models_dir, job.id, 1000)
    trained = sum("Starting to train" in line for line in told)
    assert trained == 1 and half_archives(place) == []
    assert await tools.serving.serving() == serving


async def test_killed__again_and_again_is_given_up(
    place: Place, tools: Tools, killed_at: list[tuple[Step, bool]]
) -> None:
    killed_at.append((Step.VALIDATE, False))
    job = await queued(tools)
    for _ in range(running.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            await run(tools, job)
        await tools.jobs.abandoned(job.id, "")
    ended = await run(tools, job)
    assert (ended.state, ended.problem) == (JobState.FAILED, KILLED_TOO_OFTEN)


async def test_full_disk__in_the_trainer_is_said_in_a_sentence(place: Place, tools: Tools) -> None:
    place.go()
    (place.held / "small").touch()  # the system refuses to write on
    serving, job = await tools.serving.serving(), await queued(tools)
    job = await run(tools, job)
    assert (job.state, job.problem) == (JobState.FAILED, DISK_FULL)
    assert not job_folder(place.settings.models_dir, job.id).scratch.exists()
    assert half_archives(place) == [] and await tools.serving.serving() == serving


async def until(tools: Tools, job: Job, step: Step) -> None:
    """Wait until the job is at this step, and has said so."""
    async with asyncio.timeout(60):
        while True:
            found = await tools.jobs.job(job.id)
            if found is not None and found.step == step:
                return
            assert found is not None and not found.ended, found
            await asyncio.sleep(0.05)
