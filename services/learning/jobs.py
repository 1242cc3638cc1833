"""A training as a job: its steps, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """In this order."""

    VALIDATE = "validate"
    TRAIN = "train"
    TEST = "test"
    GATE = "gate"


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    """The model is there, and the gate has spoken (whatever it said)."""
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One training."""

    id: int
    author: str
    reason: str
    created_at: datetime
    state: JobState
    cancel: bool
    """Somebody wants it to end."""
    step: str
    steps: Mapping[str, float]
    """Seconds that each finished step took."""
    progress: float
    """0 to 1, of the present step."""
    left_seconds: float | None
    said: str
    """What it does now, in Chinese."""
    started_at: datetime | None
    heartbeat_at: datetime | None
    ended_at: datetime | None
    model: str | None
    problem: str
    attempts: int = 0
    """Runners that took up its present step."""

    @property
    def ended(self) -> bool:
        """Nothing more will happen to it."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)

    @property
    def next_step(self) -> Step | None:
        """What is to be done next; None after the last."""
        return next((step for step in Step if step not in self.steps), None)
