"""The page of trainings: whether it is worth one, the one that runs, those before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.job_view import JobCard, job_card
from console.learning.numbers import number
from console.problem import Problem
from services.console_policy import Permission
from services.learning.gate_report import DataChange
from services.learning.jobs import Job

HISTORY = 20
SHORTEST_REASON = 2
LONGEST_REASON = 200
_NONE = "没有这次训练。"
LogTail = Callable[[int, int], Awaitable[Sequence[str]]]
"""The last lines of a training's log: (job, lines)."""
Changes = Callable[[], Awaitable[DataChange]]
"""What the sentences hold now that the model in use has not learnt, and the reverse."""


class Jobs(Protocol):
    """What the pages ask of `services.learning.job_book.JobBook`; the rest is for its runners."""

    async def queue(self, author: str, reason: str, at: datetime) -> Job:
        """A new job behind those that wait."""
        ...

    async def job(self, number: int) -> Job | None:
        """One job."""
        ...

    async def jobs(self, limit: int) -> list[Job]:
        """The newest first."""
        ...

    async def cancel(self, number: int, at: datetime) -> bool:
        """End one that waits, tell the runner of one that runs; False: it is over."""
        ...


@dataclass(frozen=True, slots=True)
class Training:
    """Starting, watching and cancelling a training."""

    console: Console
    jobs: Jobs
    log_tail: LogTail
    changes: Changes

    async def page(self, visit: Visit) -> Response:
        """Everything about trainings."""
        jobs = await self.jobs.jobs(HISTORY)
        open_job = next((job for job in reversed(jobs) if not job.ended), None)
        latest = open_job or (jobs[0] if jobs else None)
        return self.console.page(
            visit,
            "learning/training.html",
            busy=open_job is not None,
            can_train=visit.may(Permission.TRAIN),
            history=[self._card(job) for job in jobs if job is not latest],
            **await self._watched(visit, latest),
        )

    async def worth(self, visit: Visit) -> Response:
        """What has changed since the model in use; comparing reads all sentences, so the page
        asks for it when it stands."""
        changes = await self.changes()
        return self.console.page(visit, "learning/training_changes.html", changes=changes)

    async def now(self, visit: Visit) -> Response:
        """The part that changes while a training runs; the whole page once it is over."""
        job = await self._job(visit)
        if job.ended:
            return Response(status_code=204, headers={"HX-Refresh": "true"})
        return self.console.page(
            visit, "learning/training_now.html", **await self._watched(visit, job)
        )

    async def one(self, visit: Visit) -> Response:
        """One training with its log."""
        job = await self._job(visit)
        return self.console.page(
            visit, "learning/training_one.html", **await self._watched(visit, job, 400)
        )

    async def start(self, visit: Visit) -> Response:
        """A new training, with its reason."""
        reason = visit.form.text("reason").strip()
        if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
            raise Problem(422, "请写一句为什么现在训练，以后翻看时用得上。")
        if any(not job.ended for job in await self.jobs.jobs(HISTORY)):
            raise Problem(409, "已经有一次训练在做了，等它做完，或者先取消它。")
        job = await self.jobs.queue(visit.account.name, reason, self.console.clock())
        await self.console.note(visit, "train.start", f"job:{job.id}")
        return RedirectResponse("/console/training", status_code=303)

    async def cancel(self, visit: Visit) -> Response:
        """An end to one that waits or runs; the model in use goes on."""
        job = await self._job(visit)
        if not await self.jobs.cancel(job.id, self.console.clock()):
            raise Problem(409, "这次训练已经结束了。")
        await self.console.note(visit, "train.cancel", f"job:{job.id}")
        return RedirectResponse("/console/training", status_code=303)

    async def _job(self, visit: Visit) -> Job:
        job = await self.jobs.job(number(visit.path("job"), _NONE))
        if job is None:
            raise Problem(404, _NONE)
        return job

    async def _watched(self, visit: Visit, job: Job | None, lines: int = 12) -> dict[str, object]:
        return {
            "job": self._card(job) if job else None,
            "log": await self.log_tail(job.id, lines) if job else (),
            "can_cancel": visit.may(Permission.TRAIN),
        }

    def _card(self, job: Job) -> JobCard:
        return job_card(job, self.console.clock())
