"""`liandong nlu jobs`: the trainings, their logs, and how one is cancelled."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.training.folder import log_tail
from liandong.training.tools import training_tools
from routing.duty import CHINA_TIME
from services.learning.jobs import Job, JobState

_LISTED = 20
_STATES = {
    JobState.QUEUED: "排队",
    JobState.RUNNING: "在做",
    JobState.DONE: "做完",
    JobState.FAILED: "没成",
    JobState.CANCELLED: "取消",
}


async def _listed(settings: Settings) -> list[Job]:
    async with training_tools(settings) as tools:
        return await tools.jobs.jobs(_LISTED)


async def _cancelled(settings: Settings, number: int) -> bool:
    async with training_tools(settings) as tools:
        return await tools.jobs.cancel(number, tools.clock())


def _line(job: Job) -> str:
    at = job.created_at.astimezone(CHINA_TIME).strftime("%m-%d %H:%M")
    words = (str(job.id), at, _STATES[job.state], job.author, job.model or "", job.said)
    return "\t".join((*words, job.problem.split("\n")[0]))


@plainly
def jobs(
    log: Annotated[int | None, typer.Option("--log", min=1, help="看第几号训练的日志")] = None,
    lines: Annotated[int, typer.Option("--lines", min=1, help="日志看最后几行")] = 40,
    cancel: Annotated[int | None, typer.Option("--cancel", min=1, help="取消第几号训练")] = None,
) -> None:
    """最近的训练、日志、取消 / the latest trainings, their logs, cancelling one."""
    settings = Settings()
    if log is not None:
        for line in log_tail(settings.models_dir, log, lines):
            out.print(line, highlight=False, markup=False)
    elif cancel is not None:
        if not asyncio.run(_cancelled(settings, cancel)):
            err.print(f"第 {cancel} 号训练不在，或者已经结束")
            raise typer.Exit(1)
        err.print(f"✓ 第 {cancel} 号训练会马上停下")
    else:
        for job in asyncio.run(_listed(settings)):
            typer.echo(_line(job))
