"""A training as people watch it: four rungs, how long each took, what is left. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.learning.percent import percent
from console.learning.times import moment_text, seconds_text
from services.learning.jobs import Job, JobState, Step

STEP_NAMES = {
    Step.VALIDATE: "检查例句",
    Step.TRAIN: "训练",
    Step.TEST: "考试",
    Step.GATE: "把关",
}
STEP_SAYS = {
    Step.VALIDATE: "有没有自相矛盾的、写错的",
    Step.TRAIN: "从头学一遍全部例句",
    Step.TEST: "新的和现用的做同一份考题",
    Step.GATE: "看能不能放心换上",
}
STATE_NAMES = {
    JobState.QUEUED: "排队",
    JobState.RUNNING: "正在训练",
    JobState.DONE: "做完了",
    JobState.FAILED: "没有做成",
    JobState.CANCELLED: "取消了",
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One of the four steps."""

    name: str
    says: str
    state: str
    """`done`, `now`, `later`, `failed`."""
    took: str
    percent: int


@dataclass(frozen=True, slots=True)
class JobCard:
    """One training on the page."""

    id: int
    author: str
    reason: str
    state: str
    state_name: str
    at: str
    said: str
    left: str
    took: str
    rungs: tuple[Rung, ...]
    ended: bool
    cancelling: bool
    model: str
    problem: str


def job_card(job: Job, now: datetime) -> JobCard:
    """The training as it stands."""
    running = job.state is JobState.RUNNING
    return JobCard(
        id=job.id,
        author=job.author,
        reason=job.reason,
        state=job.state.value,
        state_name=STATE_NAMES[job.state],
        at=moment_text(job.created_at, now),
        said=job.said if not job.ended else "",
        left=f"大约还要 {seconds_text(job.left_seconds)}"
        if running and job.left_seconds is not None
        else "",
        took=_took(job),
        rungs=tuple(_rung(job, step) for step in Step),
        ended=job.ended,
        cancelling=job.cancel and not job.ended,
        model=job.model or "",
        problem=job.problem,
    )


def _rung(job: Job, step: Step) -> Rung:
    seconds = job.steps.get(step)
    if seconds is not None:
        return Rung(STEP_NAMES[step], STEP_SAYS[step], "done", seconds_text(seconds), 100)
    if job.next_step is not step or job.state is JobState.QUEUED:
        return Rung(STEP_NAMES[step], STEP_SAYS[step], "later", "", 0)
    state = "failed" if job.ended else "now"
    return Rung(STEP_NAMES[step], STEP_SAYS[step], state, "", percent(job.progress))


def _took(job: Job) -> str:
    if job.started_at is None or job.ended_at is None:
        return ""
    return seconds_text((job.ended_at - job.started_at).total_seconds())
