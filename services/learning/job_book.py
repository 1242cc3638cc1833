"""The port to the trainings that are asked for, run and over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from routing.errors import LiandongError
from services.learning.jobs import Job, JobState, Step


class LostJob(LiandongError):
    """这个训练已经不归这个进程管了（别的进程接手，或者已经结束）；这个进程停下来。"""


@dataclass(frozen=True, slots=True)
class Telling:
    """How far a job is, as its runner says it."""

    step: Step
    progress: float
    """0 to 1, of this step."""
    left_seconds: float | None
    said: str


class JobBook(Protocol):
    """One at a time works; a runner that is silent has lost its job to whoever claims it next."""

    async def queue(self, author: str, reason: str, at: datetime) -> Job:
        """A new job behind those that wait."""
        ...

    async def job(self, number: int) -> Job | None:
        """One job."""
        ...

    async def jobs(self, limit: int) -> list[Job]:
        """The newest first."""
        ...

    async def wanting(self, silent_since: datetime) -> Job | None:
        """The job that wants a runner: one whose runner has been silent since then, else the
        oldest that waits while none runs."""
        ...

    async def claim(
        self, number: int, runner: str, at: datetime, silent_since: datetime
    ) -> Job | None:
        """Take it as `runner`; None when somebody else was quicker or another one runs."""
        ...

    async def tell(self, number: int, runner: str, telling: Telling, at: datetime) -> bool:
        """Say how far it is and that one lives; whether it shall be cancelled. Raises `LostJob`."""
        ...

    async def step_done(self, number: int, runner: str, steps: Mapping[str, float]) -> None:
        """Record the seconds of every finished step. Raises `LostJob`."""
        ...

    async def note_model(self, number: int, runner: str, model: str) -> None:
        """Record which model it makes. Raises `LostJob`."""
        ...

    async def end(
        self, number: int, runner: str, state: JobState, said: str, problem: str, at: datetime
    ) -> None:
        """Done, failed or cancelled. Raises `LostJob`."""
        ...

    async def release(self, number: int, runner: str) -> None:
        """Give it back: the next runner goes on where this one ended. Never raises `LostJob`."""
        ...

    async def abandoned(self, number: int, runner: str) -> bool:
        """The runner whose name begins so is known to be dead: free its job at once. False: it
        has none."""
        ...

    async def cancel(self, number: int, at: datetime) -> bool:
        """End one that waits at once, tell the runner of one that runs; False: it is over."""
        ...

    async def give_up(self, number: int, problem: str, at: datetime) -> bool:
        """Fail a job that no runner can be started for; False: somebody works on it, or over."""
        ...

    async def durations(self, limit: int) -> Sequence[Mapping[str, float]]:
        """Seconds of the steps of the last trainings that came to their end."""
        ...
