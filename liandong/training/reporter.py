"""Says how far a training is, once a second: whoever is silent loses the job to somebody else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

import structlog

from routing.errors import LiandongError
from services.learning.job_book import JobBook, LostJob, Telling
from services.learning.jobs import Step
from services.learning.time_left import progress_by_time, seconds_left
from services.ports import Clock

log = structlog.get_logger()

BEAT_SECONDS = 1.0
SILENT_SECONDS = 20.0
"""After so long without a word somebody else takes the job up."""


class CancelAsked(LiandongError):
    """Somebody wants this training to end."""


class Reporter:
    """Keeps what is to be told, and tells it."""

    def __init__(
        self, jobs: JobBook, number: int, runner: str, usual: Mapping[Step, float], clock: Clock
    ) -> None:
        """`usual` are the seconds that each step took before."""
        self._jobs = jobs
        self._number = number
        self._runner = runner
        self._usual = usual
        self._clock = clock
        self._step = Step.VALIDATE
        self._said = ""
        self._share: float | None = None
        self._least = 0.0
        self._began = time.monotonic()

    def begin(self, step: Step, said: str) -> None:
        """The next step."""
        self._step, self._share, self._least = step, None, 0.0
        self._began = time.monotonic()
        self.doing(said)

    def doing(self, said: str) -> None:
        """What is being done now, in Chinese."""
        self._said = said

    def progress(self, share: float) -> None:
        """The exact share of this step."""
        self._share = share

    def at_least(self, share: float) -> None:
        """A milestone of a step that otherwise goes by time."""
        self._least = share

    @property
    def elapsed(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self._began

    def telling(self) -> Telling:
        """How far it is now."""
        share = self._share
        if share is None:
            by_time = progress_by_time(self._step, self.elapsed, self._usual)
            share = max(self._least, by_time or 0.0)
        left = seconds_left(self._step, share, self.elapsed, self._usual)
        return Telling(self._step, share, left, self._said)

    async def tell(self) -> None:
        """Tell it now. Raises `CancelAsked` and `LostJob`; a database that is away is no reason
        to end."""
        try:
            cancel = await self._jobs.tell(
                self._number, self._runner, self.telling(), self._clock()
            )
        except LostJob:
            raise
        except LiandongError as exc:
            log.warning("training.not_told", job=self._number, error=type(exc).__name__)
            return
        if cancel:
            raise CancelAsked

    async def keep_telling(self) -> None:
        """For ever; ends by `CancelAsked` or `LostJob`."""
        while True:
            await self.tell()
            await asyncio.sleep(BEAT_SECONDS)
