"""Some days of the whole county on a virtual clock, through the real services on SQLite."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from liandong.month.figures import Outcome
from liandong.month.play import Plan, play
from liandong.month.watch import PromiseBroken
from liandong.settings import Settings
from tickets import life
from tickets.clocks import ClockKind, without
from tickets.events import EventName
from tickets.states import State

FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def played(folder: Path, days: float, seed: int = 7, per_day: float = 60) -> Outcome:
    folder.mkdir()
    own = {"data_dir": folder, "database_url": "", "redis_url": "", "demo": True}
    settings = Settings().model_copy(update=own)
    plan = Plan(until=FRIDAY, days=days, seed=seed, per_day=per_day)
    return asyncio.run(play(settings, plan))


def test_two_days__keep_every_promise_and_show_the_whole_life(tmp_path: Path) -> None:
    outcome = played(tmp_path / "a", 2)
    assert outcome.tickets > 70 and outcome.messages > 3 * outcome.tickets
    assert outcome.checks > 10 * outcome.tickets and outcome.expiries > 20
    happened = {name for name, count in outcome.by_event.items() if count}
    assert {
        EventName.SIGNED,
        EventName.RESOLVED,
        EventName.RETURNED,
        EventName.RULED,
        EventName.ESCALATED,
        EventName.CALLED_BACK,
    } <= happened
    assert len([state for state in State if outcome.by_state.get(state)]) >= 8


def test_same_seed__is_the_same_month_to_the_last_word(tmp_path: Path) -> None:
    first, again = (played(tmp_path / name, 0.4).fingerprint for name in "ab")
    other = played(tmp_path / "c", 0.4, seed=8).fingerprint
    assert first == again != other


def test_service_that_forgets_a_clock__is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = life.sign_for

    def forgetful(*args: Any, **kwargs: Any) -> life.Change:
        ticket, event = right(*args, **kwargs)
        return replace(ticket, clocks=without(ticket.clocks, ClockKind.CLOSE)), event

    monkeypatch.setattr(life, "sign_for", forgetful)
    with pytest.raises(PromiseBroken, match="rule 1"):
        played(tmp_path / "a", 1)
