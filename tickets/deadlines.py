"""When an owner is late: the table of domain.md §6, first version. Every number is a setting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tickets.working_time import OfficeHours


@dataclass(frozen=True, slots=True)
class Limits:
    """The time limits of a county."""

    hours: OfficeHours = field(default_factory=OfficeHours)
    urgent_sign_minutes: int = 15
    """Wall-clock minutes to sign for an emergency."""
    sign_minutes: int = 120
    """Working minutes to sign for, and for a human's triage."""
    urgent_close_hours: int = 24
    """Wall-clock hours to close an emergency."""
    close_days: tuple[tuple[str, int], ...] = (
        ("consult", 1),
        ("help", 5),
        ("suggestion", 5),
        ("praise", 5),
        ("complaint", 10),
        ("report", 10),
    )
    """Working days to close, by appeal type (晴隆县 2023: 1/5/10)."""
    answer_wait_minutes: int = 30
    """How long a question to the resident keeps a ticket waiting, wall-clock."""
    reopen_days: int = 7
    """Calendar days in which a resident may say that it is not solved."""

    def sign_by(self, urgent: bool, now: datetime) -> datetime:
        """When the next rung is told."""
        if urgent:
            return now + timedelta(minutes=self.urgent_sign_minutes)
        return self.hours.add(now, self.sign_minutes)

    def close_by(
        self, urgent: bool, appeal_type: str, now: datetime, *, days: int | None = None
    ) -> datetime:
        """When the public answer is due; `days` are a matter's own working days."""
        if urgent:
            return now + timedelta(hours=self.urgent_close_hours)
        days = days or dict(self.close_days).get(appeal_type, 5)
        return self.hours.add(now, days * self.hours.minutes_per_day)

    def answer_by(self, now: datetime) -> datetime:
        """When the service goes on without the resident's answer."""
        return now + timedelta(minutes=self.answer_wait_minutes)

    def reopen_until(self, now: datetime) -> datetime:
        """When a resolved ticket closes by itself."""
        return now + timedelta(days=self.reopen_days)

    def overdue_again(self, urgent: bool, now: datetime) -> datetime:
        """The next reminder of a ticket in hand that is past its limit."""
        if urgent:
            return now + timedelta(minutes=self.urgent_sign_minutes)
        return self.hours.add(now, self.hours.minutes_per_day)
