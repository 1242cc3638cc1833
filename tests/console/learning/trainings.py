"""Trainings in memory, and a stand-in for the runner that takes them step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.learning.gate_report import DataChange, IntentSentences
from services.learning.jobs import Job, JobState, Step
from tests.console.stand_ins import NOW

CHANGES = DataChange(
    True,
    42,
    3,
    (IntentSentences("秸秆焚烧与处理", 30, 0), IntentSentences("路灯", 12, 3)),
    (("路灯", "村口的<b>灯</b>不亮了"),),
)


@dataclass
class Trainings:
    """`console.learning.training.Jobs` over a list."""

    kept: list[Job] = field(default_factory=list)
    changed: DataChange = CHANGES

    async def queue(self, author: str, reason: str, at: datetime) -> Job:
        job = Job(
            id=len(self.kept) + 1,
            author=author,
            reason=reason,
            created_at=at,
            state=JobState.QUEUED,
            cancel=False,
            step="",
            steps={},
            progress=0.0,
            left_seconds=None,
            said="",
            started_at=None,
            heartbeat_at=None,
            ended_at=None,
            model=None,
            problem="",
        )
        self.kept.append(job)
        return job

    async def job(self, number: int) -> Job | None:
        return next((job for job in self.kept if job.id == number), None)

    async def jobs(self, limit: int) -> list[Job]:
        return self.kept[::-1][:limit]

    async def cancel(self, number: int, at: datetime) -> bool:
        job = await self.job(number)
        if job is None or job.ended:
            return False
        if job.state is JobState.QUEUED:
            self.becomes(number, state=JobState.CANCELLED, ended_at=at)
        else:
            self.becomes(number, cancel=True)
        return True

    def becomes(self, number: int, **changes: object) -> None:
        """What the runner writes."""
        at = next(i for i, job in enumerate(self.kept) if job.id == number)
        self.kept[at] = replace(self.kept[at], **changes)  # type: ignore[arg-type]

    def works(self, number: int, step: Step, progress: float, left: float | None) -> None:
        """The runner is so far."""
        before = list(Step)[: list(Step).index(step)]
        self.becomes(
            number,
            state=JobState.RUNNING,
            step=step.value,
            steps={each.value: 12.0 for each in before},
            progress=progress,
            left_seconds=left,
            said="正在训练：分类器",
            started_at=NOW,
        )

    def ends(
        self, number: int, state: JobState, problem: str = "", model: str | None = None
    ) -> None:
        """The runner is done."""
        steps = {step.value: 33.0 for step in Step} if state is JobState.DONE else {}
        ended = NOW + timedelta(seconds=200)
        self.becomes(number, state=state, steps=steps, ended_at=ended, problem=problem, model=model)

    async def log_tail(self, number: int, lines: int) -> Sequence[str]:
        return [f"11-23 12:05:0{i} 第 {number} 次训练 <第 {i} 行>" for i in range(3)]

    async def changes(self) -> DataChange:
        return self.changed
