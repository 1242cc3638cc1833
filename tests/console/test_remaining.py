"""How the time that is left is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.remaining import remaining

NOW = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "words", "level"),
    [
        (80, "还剩 1 小时 20 分", "calm"),
        (30, "还剩 30 分", "calm"),
        (29, "还剩 29 分", "soon"),
        (0.5, "还剩 不到 1 分", "soon"),
        (0, "已超时 不到 1 分", "late"),
        (-25, "已超时 25 分", "late"),
        (3 * 1440 + 61, "还剩 3 天 1 小时", "calm"),
    ],
)
def test_remaining__is_said_in_whole_minutes(minutes: float, words: str, level: str) -> None:
    clock = remaining(NOW + timedelta(minutes=minutes), NOW)
    assert (clock.words, clock.level) == (words, level)


@pytest.mark.parametrize(
    ("hours", "until"),
    [(1, "今天 13:05"), (12, "明天 00:05"), (-13, "昨天 23:05"), (72, "11月26日 12:05")],
)
def test_until__is_the_countys_local_time(hours: int, until: str) -> None:
    assert remaining(NOW + timedelta(hours=hours), NOW).until == until


def test_no_clock__says_nothing() -> None:
    assert remaining(None, NOW).words == ""
