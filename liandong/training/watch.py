"""Looks for trainings that want a runner, and starts one as a process of its own.

The runner ends with the process that started it, giving its job back; the next start, or another
process of the service, goes on where it stood. So nothing runs on unseen after a service was
stopped, and a service that was killed loses one unfinished step at most.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from datetime import timedelta

import structlog

from liandong.settings import ROOT, Settings
from liandong.training.folder import job_folder
from liandong.training.problems import CANNOT_START
from liandong.training.reporter import SILENT_SECONDS
from services.learning.job_book import JobBook
from services.learning.jobs import Job
from services.ports import Clock

log = structlog.get_logger()

LOOK_SECONDS = 2.0
TIED = "LIANDONG_TIED_TO_PARENT"
"""Set for a runner whose standard input ends when it shall stop."""
_MOST_STARTS = 3
_STOP_SECONDS = 10.0
_HANDED_ON = (
    "data_dir",
    "database_url",
    "models_dir",
    "project_dir",
    "rasa_python",
    "nlu_server",
)


class TrainingWatch:
    """Starts runners, one after the other."""

    def __init__(self, jobs: JobBook, settings: Settings, clock: Clock) -> None:
        """Nothing starts yet."""
        self._jobs = jobs
        self._settings = settings
        self._clock = clock
        self._process: Process | None = None
        self._number = 0
        self._before: tuple[int, int] = (0, 0)
        self._failed: Counter[int] = Counter()

    @property
    def runner(self) -> int | None:
        """The process that works, while there is one."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def run(self) -> None:
        """Until it is cancelled; then the runner ends as well."""
        try:
            while True:
                try:
                    await self.run_once()
                except Exception as exc:
                    # Outermost loop: the job is still in the database and is looked at again.
                    log.error("training.watch_failed", error=type(exc).__name__)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self.stop()

    async def run_once(self) -> int:
        """Start a runner for the job that wants one; 1 when one was started."""
        if self.runner is not None:
            return 0
        await self._look_back()
        job = await self._jobs.wanting(self._clock() - timedelta(seconds=SILENT_SECONDS))
        if job is None:
            return 0
        self._number, self._before = job.id, _stand(job)
        self._process = await self._started(job.id)
        log.info("training.started", job=job.id, pid=self._process.pid)
        return 1

    async def stop(self) -> None:
        """End the runner; it gives its job back."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _look_back(self) -> None:
        """A dead runner's job is free at once, not only when it was silent for long.

        One that ends before it takes its job up is not started again for ever.
        """
        if self._process is None:
            return
        await self._jobs.abandoned(self._number, runner_name(self._process.pid))
        self._process = None
        job = await self._jobs.job(self._number)
        if job is None or job.ended or _stand(job) != self._before:
            return
        self._failed[job.id] += 1
        if self._failed[job.id] >= _MOST_STARTS:
            await self._jobs.give_up(job.id, CANNOT_START, self._clock())
            log.error("training.cannot_start", job=job.id)

    async def _started(self, number: int) -> Process:
        folder = job_folder(self._settings.models_dir, number)
        folder.path.mkdir(parents=True, exist_ok=True)
        command = (sys.executable, "-m", "liandong", "nlu", "train", "--job", str(number))
        with folder.log.open("ab") as errors:
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=ROOT,
                env=_environment(self._settings),
                stdin=PIPE,  # its end tells the runner that we are gone
                stdout=DEVNULL,
                stderr=errors,
                start_new_session=True,
            )


def _stand(job: Job) -> tuple[int, int]:
    """Changes as soon as somebody takes it up."""
    return job.attempts, len(job.steps)


def runner_name(pid: int) -> str:
    """How the name of a runner begins that is this process here."""
    return f"{socket.gethostname()}:{pid}:"


def _environment(settings: Settings) -> dict[str, str]:
    """The settings as they are here, whatever way they came."""
    ours = {
        f"LIANDONG_{name.upper()}": str(value)
        for name in _HANDED_ON
        if (value := getattr(settings, name)) != ""
    }
    return {**os.environ, **ours, "PYTHONPATH": str(ROOT), TIED: "1"}
