"""Limits across Spring Festival and National Day of 2024 to 2026, worked out on paper.

Office hours are 08:00 to 12:00 and 14:30 to 18:00. Days in brackets below are made up for (调休).
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tickets.workdays import Workdays
from tickets.working_time import COUNTY_ZONE, OfficeHours

HOURS = OfficeHours(is_workday=Workdays())
TWO_HOURS, DAY = 120, HOURS.minutes_per_day


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=COUNTY_ZONE)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # 2024: Spring Festival 10–17 February; worked Fri 9, (Sun 18), Mon 19.
        ("2024-02-09 17:00", "2024-02-18 09:00"),
        ("2024-02-09 16:00", "2024-02-09 18:00"),  # just in time
        ("2024-02-12 10:30", "2024-02-18 10:00"),  # written in the holidays
        ("2024-02-03 09:00", "2024-02-04 10:00"),  # on the Saturday before the (Sun 4)
        ("2024-02-18 17:00", "2024-02-19 09:00"),
        # 2024: National Day 1–7 October; worked (Sun 29), Mon 30, Tue 8, (Sat 12).
        ("2024-09-28 20:00", "2024-09-29 10:00"),
        ("2024-09-30 17:30", "2024-10-08 09:30"),
        ("2024-10-11 17:30", "2024-10-12 09:30"),
        ("2024-10-12 17:30", "2024-10-14 09:30"),
        # 2025: Spring Festival 28 January – 4 February; worked (Sun 26), Mon 27, Wed 5, (Sat 8).
        ("2025-01-25 08:00", "2025-01-26 10:00"),
        ("2025-01-27 17:15", "2025-02-05 09:15"),
        ("2025-02-07 17:00", "2025-02-08 09:00"),
        ("2025-02-08 17:00", "2025-02-10 09:00"),
        # 2025: National Day and Mid-Autumn 1–8 October; worked (Sun 28 September), Thu 9, (Sat 11).
        ("2025-09-27 12:00", "2025-09-28 10:00"),
        ("2025-09-30 16:30", "2025-10-09 08:30"),
        ("2025-10-08 23:59", "2025-10-09 10:00"),
        ("2025-10-10 17:00", "2025-10-11 09:00"),
        # 2026: Spring Festival 15–23 February; worked (Sat 14), Tue 24, (Sat 28).
        ("2026-02-13 17:00", "2026-02-14 09:00"),
        ("2026-02-14 17:00", "2026-02-24 09:00"),
        ("2026-02-27 17:00", "2026-02-28 09:00"),
        ("2026-02-28 17:00", "2026-03-02 09:00"),
        # 2026: National Day 1–7 October; worked (Sun 20 September), Wed 30, Thu 8, (Sat 10).
        ("2026-09-19 10:00", "2026-09-20 10:00"),
        ("2026-09-30 17:00", "2026-10-08 09:00"),
        ("2026-10-09 17:59", "2026-10-10 09:59"),
        ("2026-10-10 17:59", "2026-10-12 09:59"),
    ],
)
def test_sign_for__two_hours(start: str, end: str) -> None:
    assert HOURS.add(at(start), TWO_HOURS) == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # From the last afternoon before Spring Festival.
        ("2024-02-09 15:00", 1, "2024-02-18 15:00"),
        ("2024-02-09 15:00", 5, "2024-02-22 15:00"),  # (18), 19, 20, 21, 22
        ("2024-02-09 15:00", 10, "2024-02-29 15:00"),
        ("2025-01-27 15:00", 1, "2025-02-05 15:00"),
        ("2025-01-27 15:00", 5, "2025-02-10 15:00"),  # 5, 6, 7, (8), 10
        ("2025-01-27 15:00", 10, "2025-02-17 15:00"),
        ("2026-02-14 15:00", 1, "2026-02-24 15:00"),
        ("2026-02-14 15:00", 5, "2026-02-28 15:00"),  # 24, 25, 26, 27, (28)
        ("2026-02-14 15:00", 10, "2026-03-06 15:00"),
        # From the last afternoon before National Day.
        ("2024-09-30 15:00", 1, "2024-10-08 15:00"),
        ("2024-09-30 15:00", 5, "2024-10-12 15:00"),  # 8, 9, 10, 11, (12)
        ("2024-09-30 15:00", 10, "2024-10-18 15:00"),
        ("2025-09-30 15:00", 1, "2025-10-09 15:00"),
        ("2025-09-30 15:00", 5, "2025-10-14 15:00"),  # 9, 10, (11), 13, 14
        ("2025-09-30 15:00", 10, "2025-10-21 15:00"),
        ("2026-09-30 15:00", 1, "2026-10-08 15:00"),
        ("2026-09-30 15:00", 5, "2026-10-13 15:00"),  # 8, 9, (10), 12, 13
        ("2026-09-30 15:00", 10, "2026-10-20 15:00"),
        # Into the holidays from a week before, over the make-up Sunday.
        ("2024-09-27 09:00", 5, "2024-10-10 09:00"),  # (29), 30, 8, 9, 10
        ("2025-01-24 09:00", 5, "2025-02-07 09:00"),  # (26), 27, 5, 6, 7
        ("2026-09-18 09:00", 5, "2026-09-24 09:00"),  # (20), 21, 22, 23, 24: before Mid-Autumn
        # Written in the holidays: the days count from the first morning, up to a closing.
        ("2024-02-14 10:00", 1, "2024-02-18 18:00"),
        ("2025-10-04 22:00", 5, "2025-10-14 18:00"),
        ("2026-02-20 03:00", 10, "2026-03-06 18:00"),
    ],
)
def test_close__working_days(start: str, days: int, end: str) -> None:
    assert HOURS.add(at(start), days * DAY) == at(end)
    assert HOURS.add_days(at(start), days) == at(end)
    assert HOURS.between(at(start), at(end)) == days * DAY
