"""The State Council's notices for 2024, 2025 and 2026, written by hand, not computed."""

from __future__ import annotations

from datetime import date, timedelta

FREE = """
2024-01-01 2024-01-01 元旦
2024-02-10 2024-02-17 春节
2024-04-04 2024-04-06 清明节
2024-05-01 2024-05-05 劳动节
2024-06-10 2024-06-10 端午节
2024-09-15 2024-09-17 中秋节
2024-10-01 2024-10-07 国庆节
2025-01-01 2025-01-01 元旦
2025-01-28 2025-02-04 春节
2025-04-04 2025-04-06 清明节
2025-05-01 2025-05-05 劳动节
2025-05-31 2025-06-02 端午节
2025-10-01 2025-10-08 国庆节、中秋节
2026-01-01 2026-01-03 元旦
2026-02-15 2026-02-23 春节
2026-04-04 2026-04-06 清明节
2026-05-01 2026-05-05 劳动节
2026-06-19 2026-06-21 端午节
2026-09-25 2026-09-27 中秋节
2026-10-01 2026-10-07 国庆节
"""
WORKED = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def free_days() -> frozenset[date]:
    """Every day of a holiday, weekends among them."""
    found = set()
    for line in FREE.split("\n"):
        if line:
            first, last = (date.fromisoformat(each) for each in line.split()[:2])
            found |= {first + timedelta(days=each) for each in range((last - first).days + 1)}
    return frozenset(found)


def made_up_days() -> frozenset[date]:
    """Every weekend day that is worked."""
    return frozenset(date.fromisoformat(each) for each in WORKED.split())


def is_worked(day: date) -> bool:
    """What the notices say of a day of these years."""
    return day in made_up_days() or (day.weekday() < 5 and day not in free_days())
