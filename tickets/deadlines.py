"""The time limits of domain.md §6 as numbers, and the moments that they give. All are settings.

An emergency counts wall-clock time; everything else counts the working minutes of a calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Literal

from tickets.working_time import COUNTY_ZONE, OfficeHours

Urgency = Literal["urgent", "normal", "complex"]
DAY = -1
"""Stands for one working day in a list of minutes, however long the county's day is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The time limits of a county. Minutes are working minutes unless said otherwise."""

    hours: OfficeHours = field(default_factory=OfficeHours)
    urgent_sign_minutes: int = 15
    """Wall-clock minutes on every rung of an emergency."""
    sign_minutes: int = 120
    """To sign for, and for a human's triage, before the first climb."""
    rung_minutes: tuple[int, ...] = (120, 240, 240, DAY, DAY)
    """On the rungs above the first; the last number holds for all further ones."""
    complex_rung_minutes: tuple[int, ...] = (120, 240, DAY, DAY, 2 * DAY)
    urgent_contact_minutes: int = 30
    contact_hours: int = 24
    """Wall-clock; what ends outside office hours ends at the next opening."""
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
    complex_close_days: int = 15
    overdue_minutes: int = DAY
    """Between two climbs of what is past its limit of closing."""
    return_minutes: int = 120
    """Within which an order may be given back."""
    complex_return_minutes: int = DAY
    urgent_return_minutes: int = 30
    rule_minutes: int = 240
    """To arbitrate a returned order, on each rung."""
    approve_minutes: int = 240
    """To decide on an extension, on each rung."""
    check_minutes: int = DAY
    """To look at a closing that waits for review, on each rung."""
    extension_days: int = 10
    """Working days at most, and never more than the original limit (山东)."""
    subtask_days: int = 3
    """Working days for a co-unit's part, never later than the lead unit's own limit."""
    shelf_days: int = 30
    """Calendar days between two reviews of what is shelved."""
    answer_wait_minutes: int = 30
    """How long a question in intake keeps a ticket waiting, wall-clock."""
    pause_days: int = 2
    """Working days for which a question in handling may stop the clock at most."""
    feedback_hours: int = 24
    """After closing, before the resident is asked whether it is solved."""
    feedback_from: time = time(8, 0)
    feedback_until: time = time(20, 0)
    """Nobody is asked at night."""
    reopen_days: int = 7
    """Calendar days in which a resident may say that it is not solved."""

    def at_unit(self, hours: OfficeHours) -> Limits:
        """The same limits in the office hours of one unit."""
        return self if hours is self.hours else replace(self, hours=hours)

    def _after(self, minutes: int, now: datetime) -> datetime:
        """`minutes` working minutes later; negative numbers are working days."""
        if minutes < 0:
            return self.hours.add_days(now, -minutes)
        return self.hours.add(now, minutes)

    def sign_by(self, urgency: Urgency, now: datetime, rung: int = 0) -> datetime:
        """When it climbs unless somebody signs for it; `rung`: how often it has climbed."""
        if urgency == "urgent":
            return now + timedelta(minutes=self.urgent_sign_minutes)
        if rung == 0:
            return self._after(self.sign_minutes, now)
        steps = self.complex_rung_minutes if urgency == "complex" else self.rung_minutes
        return self._after(steps[min(rung, len(steps)) - 1], now)

    def contact_by(self, urgency: Urgency, now: datetime) -> datetime:
        """When the resident must have heard from the person in charge."""
        if urgency == "urgent":
            return now + timedelta(minutes=self.urgent_contact_minutes)
        return self.hours.next_opening(now + timedelta(hours=self.contact_hours))

    def close_in(self, urgency: Urgency, appeal_type: str, days: int | None = None) -> int:
        """Working days in which it has to be closed; `days` are a matter's own."""
        if days is not None:
            return days
        if urgency == "complex":
            return self.complex_close_days
        return dict(self.close_days).get(appeal_type, 5)

    def close_by(
        self, urgency: Urgency, appeal_type: str, now: datetime, *, days: int | None = None
    ) -> datetime:
        """When the public answer is due; `days` are a matter's own working days."""
        if urgency == "urgent":
            return now + timedelta(hours=self.urgent_close_hours)
        return self._after(-self.close_in(urgency, appeal_type, days), now)

    def extended(self, due: datetime, days: int) -> datetime:
        """The limit of closing moved by so many working days."""
        return self._after(-days, due)

    def longest_extension(self, close_days: int) -> int:
        """Working days that may be asked for at most."""
        return min(self.extension_days, close_days)

    def overdue_again(self, urgency: Urgency, now: datetime) -> datetime:
        """The next climb of a ticket in hand that is past its limit."""
        if urgency == "urgent":
            return now + timedelta(minutes=self.urgent_sign_minutes)
        return self._after(self.overdue_minutes, now)

    def return_by(self, urgency: Urgency, dispatched_at: datetime) -> datetime:
        """Until when an order can be given back."""
        if urgency == "urgent":
            return dispatched_at + timedelta(minutes=self.urgent_return_minutes)
        minutes = self.complex_return_minutes if urgency == "complex" else self.return_minutes
        return self._after(minutes, dispatched_at)

    def _step(self, minutes: int, urgency: Urgency, now: datetime) -> datetime:
        if urgency == "urgent":
            return now + timedelta(minutes=self.urgent_sign_minutes)
        return self._after(minutes, now)

    def rule_by(self, urgency: Urgency, now: datetime) -> datetime:
        """When a dispute climbs unless it was ruled on."""
        return self._step(self.rule_minutes, urgency, now)

    def approve_by(self, urgency: Urgency, now: datetime) -> datetime:
        """When a request for an extension climbs unless it was decided."""
        return self._step(self.approve_minutes, urgency, now)

    def check_by(self, urgency: Urgency, now: datetime) -> datetime:
        """When a closing that waits for review climbs."""
        return self._step(self.check_minutes, urgency, now)

    def subtask_by(self, urgency: Urgency, now: datetime, lead_due: datetime | None) -> datetime:
        """When a co-unit's part is due: not after the lead unit's own limit."""
        if urgency == "urgent":
            due = now + timedelta(minutes=self.urgent_contact_minutes)
        else:
            due = self._after(-self.subtask_days, now)
        return min(due, lead_due) if lead_due is not None and lead_due > now else due

    def shelf_review(self, now: datetime, wanted: datetime | None = None) -> datetime:
        """The next review of what is shelved: the date that was set, 30 days away at most."""
        latest = now + timedelta(days=self.shelf_days)
        return min(wanted, latest) if wanted is not None and wanted > now else latest

    def answer_by(self, now: datetime) -> datetime:
        """When intake goes on without the resident's answer."""
        return now + timedelta(minutes=self.answer_wait_minutes)

    def pause_until(self, urgency: Urgency, now: datetime) -> datetime:
        """When the work goes on although the resident has not answered."""
        if urgency == "urgent":
            return self.answer_by(now)
        return self._after(-self.pause_days, now)

    def by_day(self, at: datetime) -> datetime:
        """The moment itself between 08:00 and 20:00, else the next morning."""
        local = at.astimezone(COUNTY_ZONE)
        if self.feedback_from <= local.time() < self.feedback_until:
            return at
        day = local.date() + timedelta(days=local.time() >= self.feedback_until)
        return datetime.combine(day, self.feedback_from, COUNTY_ZONE).astimezone(at.tzinfo)

    def feedback_at(self, resolved_at: datetime) -> datetime:
        """When the resident is asked: a day later, never at night."""
        return self.by_day(resolved_at + timedelta(hours=self.feedback_hours))

    def reopen_until(self, resolved_at: datetime) -> datetime:
        """When a resolved ticket closes by itself, and until when it can be reopened."""
        return resolved_at + timedelta(days=self.reopen_days)

    def left(self, urgency: Urgency, due: datetime, now: datetime) -> float:
        """Minutes left on a clock: working minutes, wall-clock for an emergency; 0 at least."""
        if due <= now:
            return 0.0
        if urgency == "urgent":
            return (due - now).total_seconds() / 60
        return max(self.hours.between(now, due), 0.0)

    def resumed(self, urgency: Urgency, left: float, now: datetime) -> datetime:
        """When a clock that goes on runs out."""
        if urgency == "urgent":
            return now + timedelta(minutes=left)
        return self.hours.add(now, left)
