"""The trainings on SQLite and PostgreSQL.

That only one runs is kept by a unique index, not by looking first. Every word of a runner names
it: whoever lost its job (it was silent too long) finds no row and stops.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Row, and_, case, exists, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from services.learning.job_book import LostJob, Telling
from services.learning.jobs import Job, JobState
from storage.database import Database
from storage.learning_tables import NLU_JOBS

_JOB = NLU_JOBS.c
_QUEUED, _RUNNING = str(JobState.QUEUED), str(JobState.RUNNING)


class SqlJobBook:
    """`services.learning.job_book.JobBook`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def queue(self, author: str, reason: str, at: datetime) -> Job:
        """A new job behind those that wait."""
        values = {"author": author, "reason": reason, "created_at": at, "state": _QUEUED}
        empty = {"running": False, "cancel": False, "step": "", "steps": "{}", "progress": 0.0}
        words = {"said": "排队中", "runner": "", "attempts": 0, "problem": ""}
        async with self._database.write() as connection:
            made = await connection.execute(
                insert(NLU_JOBS).values(**values, **empty, **words).returning(NLU_JOBS)
            )
            job = _job_of(made.one())
            await connection.commit()
        return job

    async def job(self, number: int) -> Job | None:
        """One job."""
        async with self._database.read() as connection:
            found = await connection.execute(select(NLU_JOBS).where(_JOB.id == number))
            row = found.first()
        return _job_of(row) if row else None

    async def jobs(self, limit: int) -> list[Job]:
        """The newest first."""
        query = select(NLU_JOBS).order_by(_JOB.id.desc()).limit(limit)
        async with self._database.read() as connection:
            return [_job_of(row) for row in await connection.execute(query)]

    async def wanting(self, silent_since: datetime) -> Job | None:
        """The job that wants a runner."""
        query = (
            select(NLU_JOBS)
            .where(_free(silent_since))
            .order_by(_JOB.running.desc(), _JOB.id)
            .limit(1)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return _job_of(row) if row else None

    async def claim(
        self, number: int, runner: str, at: datetime, silent_since: datetime
    ) -> Job | None:
        """Take it as `runner`; None when somebody else was quicker or another one runs."""
        taken = (
            update(NLU_JOBS)
            .where(_JOB.id == number, _free(silent_since))
            .values(
                running=True,
                state=_RUNNING,
                runner=runner,
                attempts=_JOB.attempts + 1,
                started_at=_started(at),
                heartbeat_at=at,
            )
            .returning(NLU_JOBS)
        )
        try:
            async with self._database.write() as connection:
                row = (await connection.execute(taken)).first()
                await connection.commit()
        except IntegrityError:
            return None  # another one runs: the unique index saw it
        return _job_of(row) if row else None

    async def tell(self, number: int, runner: str, telling: Telling, at: datetime) -> bool:
        """Say how far it is and that one lives; whether it shall be cancelled."""
        told = (
            update(NLU_JOBS)
            .where(_mine(number, runner))
            .values(
                step=str(telling.step),
                progress=telling.progress,
                left_seconds=telling.left_seconds,
                said=telling.said,
                heartbeat_at=at,
            )
            .returning(_JOB.cancel)
        )
        async with self._database.write() as connection:
            row = (await connection.execute(told)).first()
            await connection.commit()
        if row is None:
            raise LostJob
        return bool(row[0])

    async def step_done(self, number: int, runner: str, steps: Mapping[str, float]) -> None:
        """Record the seconds of every finished step; the next one has all its attempts."""
        await self._change(number, runner, {"steps": json.dumps(dict(steps)), "attempts": 0})

    async def note_model(self, number: int, runner: str, model: str) -> None:
        """Record which model it makes."""
        await self._change(number, runner, {"model": model})

    async def end(
        self, number: int, runner: str, state: JobState, said: str, problem: str, at: datetime
    ) -> None:
        """Done, failed or cancelled."""
        await self._change(number, runner, _over(state, said, problem, at))

    async def release(self, number: int, runner: str) -> None:
        """Give it back: an end that was asked for is nobody's failed attempt."""
        given = (
            update(NLU_JOBS)
            .where(_mine(number, runner))
            .values(
                running=False,
                state=_QUEUED,
                runner="",
                attempts=case((_JOB.attempts > 0, _JOB.attempts - 1), else_=0),
                said="等着接着训练",
            )
        )
        async with self._database.write() as connection:
            await connection.execute(given)
            await connection.commit()

    async def abandoned(self, number: int, runner: str) -> bool:
        """The runner whose name begins so is known to be dead: free its job at once."""
        freed = (
            update(NLU_JOBS)
            .where(
                _JOB.id == number,
                _JOB.runner.startswith(runner, autoescape=True),
                _JOB.state == _RUNNING,
            )
            .values(running=False, state=_QUEUED, runner="", said="训练进程断了，接着训练")
        )
        async with self._database.write() as connection:
            done = await connection.execute(freed)
            await connection.commit()
        return done.rowcount > 0

    async def cancel(self, number: int, at: datetime) -> bool:
        """End one that waits at once, tell the runner of one that runs."""
        waits = (
            update(NLU_JOBS)
            .where(_JOB.id == number, _JOB.state == _QUEUED)
            .values(cancel=True, **_over(JobState.CANCELLED, "已取消", "", at))
        )
        runs = update(NLU_JOBS).where(_JOB.id == number, _JOB.state == _RUNNING).values(cancel=True)
        async with self._database.write() as connection:
            changed = (await connection.execute(waits)).rowcount
            changed += (await connection.execute(runs)).rowcount
            await connection.commit()
        return changed > 0

    async def give_up(self, number: int, problem: str, at: datetime) -> bool:
        """Fail a job that no runner can be started for."""
        failed = (
            update(NLU_JOBS)
            .where(_JOB.id == number, _JOB.state == _QUEUED)
            .values(**_over(JobState.FAILED, "没有训练成", problem, at))
        )
        async with self._database.write() as connection:
            changed = (await connection.execute(failed)).rowcount
            await connection.commit()
        return changed > 0

    async def durations(self, limit: int) -> list[Mapping[str, float]]:
        """Seconds of the steps of the last trainings that came to their end."""
        query = (
            select(_JOB.steps)
            .where(_JOB.state == str(JobState.DONE))
            .order_by(_JOB.id.desc())
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [json.loads(row[0]) for row in await connection.execute(query)]

    async def _change(self, number: int, runner: str, values: Mapping[str, object]) -> None:
        """Raises `LostJob` when it is somebody else's."""
        async with self._database.write() as connection:
            done = await connection.execute(
                update(NLU_JOBS).where(_mine(number, runner)).values(**values)
            )
            await connection.commit()
        if done.rowcount == 0:
            raise LostJob


def _mine(number: int, runner: str) -> ColumnElement[bool]:
    return and_(_JOB.id == number, _JOB.runner == runner, _JOB.state == _RUNNING)


def _free(silent_since: datetime) -> ColumnElement[bool]:
    """A runner that is silent has lost it; one that waits is free while none runs."""
    other = NLU_JOBS.alias()
    return or_(
        and_(_JOB.state == _RUNNING, _JOB.heartbeat_at < silent_since),
        and_(_JOB.state == _QUEUED, ~exists().where(other.c.running)),
    )


def _started(at: datetime) -> ColumnElement[datetime]:
    return func.coalesce(_JOB.started_at, literal(at, _JOB.started_at.type))


def _over(state: JobState, said: str, problem: str, at: datetime) -> dict[str, object]:
    return {
        "state": str(state),
        "running": False,
        "runner": "",
        "said": said,
        "problem": problem,
        "left_seconds": None,
        "ended_at": at,
    }


def _job_of(row: Row[tuple[object, ...]]) -> Job:
    found = row._mapping
    return Job(
        id=found["id"],
        author=found["author"],
        reason=found["reason"],
        created_at=found["created_at"],
        state=JobState(found["state"]),
        cancel=bool(found["cancel"]),
        step=found["step"],
        steps=json.loads(found["steps"]),
        progress=found["progress"],
        left_seconds=found["left_seconds"],
        said=found["said"],
        started_at=found["started_at"],
        heartbeat_at=found["heartbeat_at"],
        ended_at=found["ended_at"],
        model=found["model"],
        problem=found["problem"],
        attempts=found["attempts"],
    )
