"""Works on one training in a process of its own, from where it stands to its end.

It may be killed at any moment: what is finished is recorded, what is not is done again by the next
runner. Asked to stop, it gives the job back at once, so that the next one need not wait.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError

from liandong.training.active import whole
from liandong.training.folder import JobFolder, job_folder, tidy
from liandong.training.problems import KILLED_TOO_OFTEN, problem_of
from liandong.training.project import project_at, snapshot
from liandong.training.reporter import SILENT_SECONDS, CancelAsked, Reporter
from liandong.training.steps import STEPS, Work
from liandong.training.tools import Tools
from liandong.training.watch import runner_name
from nlu.fingerprint import model_path
from routing.errors import LiandongError
from services.learning.job_book import LostJob
from services.learning.jobs import Job, JobState, Step
from services.learning.time_left import usual_seconds
from storage.database import StorageUnavailable

log = structlog.get_logger()

MOST_ATTEMPTS = 3
"""Runners that may die at the same step before the job is given up."""
_TIMED_JOBS = 5
_END_SECONDS = 60.0
_AGAIN_SECONDS = 2.0


class NotClaimed(LiandongError):
    """这个训练有别的进程在做，或者已经结束，或者前面还有训练没做完。"""


async def run_job(number: int, tools: Tools, stop: asyncio.Event) -> Job:
    """Do it, and say how it ended; `stop` gives it back. Raises `NotClaimed` and `LostJob`."""
    runner = f"{runner_name(os.getpid())}{secrets.token_hex(4)}"
    now = tools.clock()
    silent = now - timedelta(seconds=SILENT_SECONDS)
    job = await tools.jobs.claim(number, runner, now, silent)
    if job is None:
        raise NotClaimed
    usual = usual_seconds(await tools.jobs.durations(_TIMED_JOBS))
    reporter = Reporter(tools.jobs, number, runner, usual, tools.clock)
    run = _Run(job, runner, tools, job_folder(tools.settings.models_dir, number), reporter)
    await run.to_its_end(stop)
    ended = await tools.jobs.job(number)
    return ended or job


@dataclass(slots=True)
class _Run:
    job: Job
    runner: str
    tools: Tools
    folder: JobFolder
    reporter: Reporter

    async def to_its_end(self, stop: asyncio.Event) -> None:
        """Whatever happens, the book says it."""
        try:
            await self._watched(stop)
            await self._end(JobState.DONE, "训练、考试、把关都做完了", "")
        except _Stopped:
            self._note("这个进程要停了，训练交给下一个进程接着做")
            await self.tools.jobs.release(self.job.id, self.runner)
        except CancelAsked:
            await self._end(JobState.CANCELLED, "已取消", "")
        except LostJob:
            log.warning("training.lost", job=self.job.id)
            raise
        except Exception as exc:
            # Outermost: whatever went wrong, people read a sentence and the old model serves on.
            log.warning("training.failed", job=self.job.id, error=type(exc).__name__)
            self._note(f"{type(exc).__name__}: {exc}")
            await self._end(JobState.FAILED, "没有训练成", problem_of(exc))

    async def _watched(self, stop: asyncio.Event) -> None:
        """The work, ended by whoever may end it."""
        await _first(self._work(), self.reporter.keep_telling(), _stopped(stop))

    async def _work(self) -> None:
        await self.reporter.tell()  # a cancel that came while nobody worked is heard first
        if self.job.attempts > MOST_ATTEMPTS:
            raise _KilledTooOften(KILLED_TOO_OFTEN)
        work = await self._begun()
        for step, (said, act) in STEPS.items():
            if step in work.job.steps:
                continue
            self.reporter.begin(step, said)
            work.note(f"—— {said}")
            began = time.monotonic()
            await act(work)
            seconds = round(time.monotonic() - began, 3)
            work = replace(work, job=_with(work.job, step, seconds))
            await self.tools.jobs.step_done(self.job.id, self.runner, work.job.steps)

    async def _begun(self) -> Work:
        """The copy of the project, and the steps whose results are still there."""
        settings = self.tools.settings
        await asyncio.to_thread(tidy, settings.models_dir, self.job.id)
        self.folder.path.mkdir(parents=True, exist_ok=True)
        kept = self.folder.project.is_dir()
        self.reporter.doing("正在留一份例句的底稿")
        project = await asyncio.to_thread(
            snapshot, project_at(settings.project_dir), self.folder.project
        )
        archive = model_path(project.root, settings.models_dir.resolve())
        name = archive.name.removesuffix(".tar.gz")
        await self.tools.jobs.note_model(self.job.id, self.runner, name)
        steps = dict(self.job.steps) if kept else {}
        if not whole(archive):
            steps = {k: v for k, v in steps.items() if k == Step.VALIDATE}
        if not self.folder.exam.is_file():
            steps.pop(Step.TEST, None)
        if steps:
            self._note(f"接着做，已经做完：{'、'.join(steps)}")
        job = replace(self.job, steps=steps)
        return Work(job, self.tools, self.folder, project, archive, self.reporter)

    async def _end(self, state: JobState, said: str, problem: str) -> None:
        """Leftovers first: on a full disk the book may have no room until they are gone."""
        self._note(problem or said)
        await asyncio.to_thread(self.folder.clear)
        end = time.monotonic() + _END_SECONDS
        while True:
            try:
                await self.tools.jobs.end(
                    self.job.id, self.runner, state, said, problem, self.tools.clock()
                )
                return
            except (StorageUnavailable, DBAPIError) as exc:
                if time.monotonic() > end:
                    raise
                log.warning("training.end_not_written", job=self.job.id, error=type(exc).__name__)
                await asyncio.sleep(_AGAIN_SECONDS)

    def _note(self, line: str) -> None:
        self.folder.note(line, self.tools.clock())


class _Stopped(LiandongError):
    """This process shall end."""


class _KilledTooOften(LiandongError):
    """Its runners die."""


async def _stopped(stop: asyncio.Event) -> None:
    await stop.wait()
    raise _Stopped


async def _first(
    work: Coroutine[object, object, None], *others: Coroutine[object, object, None]
) -> None:
    """Run the work until it or one of the others ends, which end by an exception only."""
    main = asyncio.ensure_future(work)
    tasks = {main, *(asyncio.ensure_future(other) for other in others)}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    (main if main in done else done.pop()).result()


def _with(job: Job, step: Step, seconds: float) -> Job:
    return replace(job, steps={**job.steps, step: seconds})
