"""What one answer of the working calendar costs.

    .venv/bin/python -m benchmarks.working_time

Starts are spread over 2025 and 2026 with the real holidays. "A year laid out" is what the first
question about a year costs; it is asked once for each year and each sort of office hours.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tickets.workdays import Workdays
from tickets.working_time import OfficeHours

STARTS = 20_000
REPEATS = 5
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MINUTES = 2 * 365 * 24 * 60


def microseconds(ask: Callable[[datetime], object], starts: list[datetime]) -> float:
    """The best mean of a few passes."""
    means = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        for start in starts:
            ask(start)
        means.append((time.perf_counter() - began) / len(starts) * 1e6)
    return min(means)


def layout() -> float:
    """Milliseconds for a year's openings."""
    times = []
    for year in range(2005, 2027):
        hours = OfficeHours(is_workday=Workdays())
        began = time.perf_counter()
        hours.is_open(datetime(year, 6, 1, tzinfo=UTC))
        times.append((time.perf_counter() - began) * 1e3)
    return statistics.median(times)


def main() -> None:
    """Measure once."""
    dice = random.Random(7)
    starts = [FIRST + timedelta(minutes=dice.randrange(MINUTES)) for _ in range(STARTS)]
    hours = OfficeHours(is_workday=Workdays())
    day = hours.minutes_per_day
    questions: dict[str, Callable[[datetime], object]] = {
        "add 2 hours": lambda start: hours.add(start, 120),
        "add 10 working days": lambda start: hours.add(start, 10 * day),
        "add_days 10": lambda start: hours.add_days(start, 10),
        "subtract 10 working days": lambda start: hours.subtract(start, 10 * day),
        "between, 30 days apart": lambda start: hours.between(start, start + timedelta(days=30)),
        "is_open": hours.is_open,
        "next_opening": hours.next_opening,
    }
    print(f"a year laid out           {layout():6.2f} ms")
    for name, ask in questions.items():
        print(f"{name:25} {microseconds(ask, starts):6.2f} µs")


if __name__ == "__main__":
    main()
