"""`liandong nlu train`: asks for a training and shows how it goes; `--job` is the runner itself."""

from __future__ import annotations

import asyncio
import getpass
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.training.process import run_here
from liandong.training.tools import Tools, training_tools
from liandong.training.watch import TrainingWatch
from services.learning.jobs import Job, JobState, Step

_LOOK_SECONDS = 0.5
_STEPS = {
    Step.VALIDATE: "检查",
    Step.TRAIN: "训练",
    Step.TEST: "考试",
    Step.GATE: "把关",
}


async def _ask(settings: Settings, author: str, reason: str) -> Job:
    """A new job, watched to its end; Ctrl-C cancels it."""
    async with training_tools(settings) as tools:
        job = await tools.jobs.queue(author, reason, tools.clock())
        watch = TrainingWatch(tools.jobs, settings, tools.clock)
        starting = asyncio.create_task(watch.run())
        try:
            return await _watched(tools, job)
        except asyncio.CancelledError:
            await tools.jobs.cancel(job.id, tools.clock())
            await _watched(tools, job)
            raise
        finally:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)


async def _watched(tools: Tools, job: Job) -> Job:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        task = progress.add_task(f"第 {job.id} 号训练", total=len(Step))
        while not job.ended:
            found = await tools.jobs.job(job.id)
            job = found or job
            progress.update(task, description=_told(job), completed=_completed(job))
            await asyncio.sleep(0 if job.ended else _LOOK_SECONDS)
    return job


def _told(job: Job) -> str:
    step = f"[{_STEPS[Step(job.step)]}] " if job.step else ""
    left = f"，大约还要 {job.left_seconds:.0f} 秒" if job.left_seconds else ""
    return f"第 {job.id} 号训练 {step}{job.said}{left}"


def _completed(job: Job) -> float:
    done = len(job.steps)
    return done if done == len(Step) or job.state is not JobState.RUNNING else done + job.progress


def say_end(job: Job) -> None:
    """How it ended, and exit code 1 for anything but a model."""
    if job.state is JobState.DONE:
        out.print(
            f"✓ {job.model} 训练好了，把关报告：liandong nlu gate {job.model}", highlight=False
        )
        return
    err.print(f"[red]✗[/red] {job.said}。{job.problem}", highlight=False)
    raise typer.Exit(1)


@plainly
def train(
    by: Annotated[str, typer.Option("--by", help="谁要训练")] = "",
    reason: Annotated[str, typer.Option("--reason", help="为什么训练")] = "",
    job: Annotated[
        int | None, typer.Option("--job", min=1, help="在这个进程里做第几号训练(服务自己用)")
    ] = None,
) -> None:
    """训练新模型：检查、训练、考试、把关 / train a model: validate, train, test, gate."""
    settings = Settings()
    if job is not None:
        asyncio.run(run_here(job, settings))
        return
    say_end(asyncio.run(_ask(settings, by or getpass.getuser(), reason)))
