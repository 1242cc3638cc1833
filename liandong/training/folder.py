"""The folder of one training: its copy of the project, its scratch, its log, its results.

`<models_dir>/.jobs/<number>/`. Only the log outlives the job, and that of the newest ones only.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nlu.train import SCRATCH
from routing.duty import CHINA_TIME

_KEPT_LOGS = 30
_STALE_SECONDS = 6 * 3600
_TAIL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class JobFolder:
    """Where one job works; several app processes on one disk see the same."""

    path: Path

    @property
    def project(self) -> Path:
        """The copy that nobody edits."""
        return self.path / "project"

    @property
    def scratch(self) -> Path:
        """What the trainer leaves; on the same disk as the models."""
        return self.path / "scratch"

    @property
    def exam(self) -> Path:
        """The answers of the models, between test and gate."""
        return self.path / "exam.json"

    @property
    def log(self) -> Path:
        """What happened, for people."""
        return self.path / "log.txt"

    def note(self, line: str, now: datetime) -> None:
        """Write a line into the log; a full disk is told elsewhere, not here."""
        stamp = now.astimezone(CHINA_TIME).strftime("%m-%d %H:%M:%S")
        with contextlib.suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{stamp} {line.rstrip()}\n")

    def fresh_scratch(self) -> Path:
        """An empty scratch folder, without what a killed trainer left."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)
        return self.scratch

    def clear(self) -> None:
        """Remove everything but the log."""
        for each in (self.project, self.project.with_name("project.part"), self.scratch):
            shutil.rmtree(each, ignore_errors=True)
        self.exam.unlink(missing_ok=True)
        for server_log in self.path.glob("server-*.log"):
            server_log.unlink(missing_ok=True)


def job_folder(models_dir: Path, number: int) -> JobFolder:
    """The folder of a job; nothing is made."""
    return JobFolder(models_dir.resolve() / ".jobs" / str(number))


def log_tail(models_dir: Path, number: int, lines: int = 40) -> list[str]:
    """The last lines of a job's log; none when there is none."""
    try:
        with job_folder(models_dir, number).log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _TAIL_BYTES))
            found = file.read().decode("utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return found[-lines:]


def tidy(models_dir: Path, number: int) -> None:
    """Remove what dead trainings left: job `number` begins, and no other one runs."""
    jobs = models_dir.resolve() / ".jobs"
    numbers = sorted((int(p.name) for p in jobs.glob("*") if p.name.isdigit()), reverse=True)
    for place, each in enumerate(n for n in numbers if n != number):
        if place >= _KEPT_LOGS:
            shutil.rmtree(jobs / str(each), ignore_errors=True)
        elif each < number:
            job_folder(models_dir, each).clear()
    for left in models_dir.glob(f"{SCRATCH}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
