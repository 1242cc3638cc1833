"""A county month on a virtual clock: it keeps the promises, repeats itself, and can fail."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from liandong.county_files import read_sheets
from liandong.logs import configure
from liandong.month.eyes import Eyes
from liandong.month.figures import Outcome
from liandong.month.play import Plan, play
from liandong.month.watch import PromiseBroken
from liandong.month.watch_histories import faults_of
from liandong.settings import ROOT, Settings
from routing.county_tables import load_county

FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # 17:00 in the county


@pytest.fixture(autouse=True, scope="module")
def quiet() -> Iterator[None]:
    """Thousands of messages are no news here."""
    configure(level=logging.ERROR)
    yield
    structlog.reset_defaults()


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url="", redis_url="")


async def played(folder: Path, *, days: float, seed: int = 7, per_day: float = 90.0) -> Outcome:
    return await play(settings_in(folder), Plan(FRIDAY, days, seed, per_day))


# a shortened month


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("month")
    return folder, asyncio.run(played(folder, days=3))


def test_month__three_days_keep_every_promise(month: tuple[Path, Outcome]) -> None:
    _folder, outcome = month
    assert outcome.tickets > 250
    assert outcome.expiries > 100
    assert outcome.checks > outcome.messages


def test_month__every_kind_of_thing_happens(month: tuple[Path, Outcome]) -> None:
    _folder, outcome = month
    wanted = (
        "accepted called_back closing_submitted confirmed declined escalated info_asked merged"
        " noted not_solved nudged place_asked place_given rated replied resolved returned ruled"
        " signed split supplemented triaged unit_added withdrawn"
    )
    assert [name for name in wanted.split() if not outcome.by_event.get(name)] == []


def test_month__cadres_forget_and_leave_and_are_blocked(month: tuple[Path, Outcome]) -> None:
    folder, outcome = month
    eyes = Eyes(folder / "liandong.db")
    gone = eyes.counts(
        "SELECT (SELECT count(*) FROM inbox WHERE kind = 'blocked')"
        " + (SELECT count(*) FROM outbox WHERE status = 'undeliverable')"
    )
    versions = eyes.counts("SELECT count(*) FROM county_versions")
    eyes.close()
    assert outcome.by_clock["sign: escalated"] > 10
    assert gone[0][0] > 0
    assert versions[0][0] > 2


# it repeats itself


async def test_month__the_same_seed_gives_the_same_run(tmp_path: Path) -> None:
    one = await played(tmp_path / "one", days=0.6)
    two = await played(tmp_path / "two", days=0.6)
    assert (one.fingerprint, one.by_event) == (two.fingerprint, two.by_event)


async def test_month__another_seed_gives_another_run(tmp_path: Path) -> None:
    one = await played(tmp_path / "one", days=0.2)
    two = await played(tmp_path / "two", days=0.2, seed=8)
    assert one.fingerprint != two.fingerprint


# it can fail: a mistake in a service stops it


async def breach(folder: Path, days: float = 1.0) -> str:
    with pytest.raises(PromiseBroken) as caught:
        await played(folder, days=days)
    assert caught.value.breach.ticket is None or "received" in str(caught.value)
    return caught.value.breach.promise


async def test_month__stops_when_a_climb_forgets_the_next_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tickets.life.ladder._next", lambda *_: None)
    assert await breach(tmp_path) == "invariants"


async def test_month__stops_when_the_pass_looks_at_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_escalation: object) -> int:
        return 0

    monkeypatch.setattr("services.escalate.Escalation._clocks", nothing)
    assert await breach(tmp_path) == "rule 1: stuck"


async def test_month__stops_when_a_message_is_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr("services.residents.ResidentDesk._new_matter", nothing)
    assert await breach(tmp_path) == "promise 1: answered"


async def test_month__stops_when_people_are_asked_at_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eleven = "tickets.deadlines.Limits.feedback_at"
    monkeypatch.setattr(eleven, lambda _limits, at: at.replace(hour=15) + timedelta(hours=24))
    monkeypatch.setattr("tickets.deadlines.Limits.by_day", lambda _limits, at: at)
    assert await breach(tmp_path, days=2) == "asked at night"


async def test_month__stops_when_an_answer_is_told_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services import case

    tell = case.tell_resident

    async def twice(*args: object, **slots: object) -> None:
        await tell(*args, **slots)  # type: ignore[arg-type]
        await tell(*args, **slots)  # type: ignore[arg-type]

    monkeypatch.setattr("services.case.tell_resident", twice)
    assert await breach(tmp_path) == "answers"


# what is wrong in a history is seen


@pytest.fixture
def copy(month: tuple[Path, Outcome], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    source = sqlite3.connect(month[0] / "liandong.db")
    file = sqlite3.connect(tmp_path / "copy.db", isolation_level=None)
    source.backup(file)
    source.close()
    yield file
    file.close()


def faults(folder: Path, number: str) -> set[str]:
    eyes = Eyes(folder / "copy.db")
    county = load_county(read_sheets(ROOT / "data" / "sample_county"))
    found = {promise for promise, _said in faults_of(eyes, county, number)}
    eyes.close()
    return found


ANSWERED = "SELECT ticket FROM ticket_events WHERE name = 'resolved' ORDER BY id LIMIT 1"
OPEN = "SELECT number FROM tickets WHERE due_at IS NOT NULL ORDER BY number LIMIT 1"


@pytest.mark.parametrize(
    ("which", "change", "promise"),
    [
        (ANSWERED, "UPDATE ticket_events SET text = 'x' WHERE ticket = ?", "hash chain"),
        (ANSWERED, "DELETE FROM ticket_events WHERE ticket = ? AND name = 'signed'", "hash chain"),
        (ANSWERED, "UPDATE tickets SET answer = 'x' WHERE number = ?", "history"),
        (ANSWERED, "DELETE FROM outbox WHERE ticket = ? AND slot IS NULL", "answers"),
        (OPEN, "UPDATE deadlines SET ended_at = set_at WHERE ticket = ?", "deadlines"),
        (OPEN, "UPDATE tickets SET owner = '' WHERE number = ?", "rule 1: owner"),
        (OPEN, "UPDATE tickets SET clocks = '[]' WHERE number = ?", "rule 1: timer"),
        (OPEN, "DELETE FROM ticket_events WHERE ticket = ?", "first event"),
    ],
)
def test_faults__a_history_that_was_tampered_with_is_found(
    copy: sqlite3.Connection, tmp_path: Path, which: str, change: str, promise: str
) -> None:
    (number,) = copy.execute(which).fetchone()
    assert faults(tmp_path, number) == set()
    copy.execute(change, (number,))
    assert promise in faults(tmp_path, number)
