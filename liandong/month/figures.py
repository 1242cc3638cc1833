"""What a month came to: counts and metrics, for people and programs."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace

from liandong.month.eyes import Eyes
from services.measuring import Figures


@dataclass(frozen=True, slots=True)
class Outcome:
    """A month's counts. Times are real seconds."""

    days: float
    seed: int
    tickets: int
    messages: int
    """What was acknowledged: residents' and cadres' words, presses, memberships."""
    sent: int
    """Messages written for people's chats."""
    events: int
    passes: int
    """Looks at deadlines."""
    expiries: int
    checks: int
    """Single checks of the promises."""
    by_group: dict[str, int]
    by_state: dict[str, int]
    by_rung: dict[str, int]
    """Hops by the level that they led to."""
    by_clock: dict[str, int]
    """Clocks that ran out, by what became of them."""
    by_event: dict[str, int]
    fingerprint: str
    """The same for equal runs: a hash over every ticket's history and every message."""
    seconds: float
    cpu_seconds: float
    figures: Figures | None = None
    """The metrics of domain.md §7."""

    @property
    def messages_a_second(self) -> float:
        """How many were taken in, processed and checked in a real second."""
        return self.messages / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, object]:
        """For `--json`."""
        plain = asdict(replace(self, figures=None))
        del plain["figures"]
        metrics = self.figures.metrics if self.figures else ()
        plain["metrics"] = {
            metric.code: {
                "value": metric.value,
                "numerator": metric.numerator,
                "denominator": metric.denominator,
            }
            for metric in metrics
        }
        return plain | {"messages_a_second": round(self.messages_a_second, 1)}


def figures_of(
    eyes: Eyes,
    *,
    days: float,
    seed: int,
    messages: int,
    passes: int,
    checks: int,
    hops: dict[str, int],
    seconds: float,
    cpu_seconds: float,
) -> Outcome:
    """Count what the database holds."""
    return Outcome(
        days=days,
        seed=seed,
        tickets=_count(eyes, "SELECT count(*) FROM tickets"),
        messages=messages,
        sent=_count(eyes, "SELECT count(*) FROM outbox"),
        events=_count(eyes, "SELECT count(*) FROM ticket_events"),
        passes=passes,
        expiries=sum(hops.values()),
        checks=checks,
        by_group=_by(eyes, "SELECT ifnull(\"group\", '–'), count(*) FROM tickets GROUP BY 1"),
        by_state=_by(eyes, "SELECT state, count(*) FROM tickets GROUP BY 1"),
        by_rung=_by(
            eyes,
            "SELECT ifnull(u.level, 'top'), count(*) FROM ticket_events e"
            " LEFT JOIN units u ON u.code = e.unit"
            " WHERE e.name IN ('escalated', 'reminded') GROUP BY 1",
        ),
        by_clock=dict(sorted(hops.items())),
        by_event=_by(eyes, "SELECT name, count(*) FROM ticket_events GROUP BY 1"),
        fingerprint=fingerprint(eyes),
        seconds=seconds,
        cpu_seconds=cpu_seconds,
    )


def fingerprint(eyes: Eyes) -> str:
    """A hash over the heads of all histories and everything that was sent."""
    found = hashlib.sha256()
    for row in eyes.counts("SELECT number, head FROM tickets ORDER BY number"):
        found.update("|".join(row).encode())
    for row in eyes.counts("SELECT key, status, payload FROM outbox ORDER BY id"):
        found.update("|".join(row).encode())
    return found.hexdigest()[:16]


def _count(eyes: Eyes, sql: str) -> int:
    return int(eyes.counts(sql)[0][0])


def _by(eyes: Eyes, sql: str) -> dict[str, int]:
    found = sorted(eyes.counts(sql), key=lambda row: (-row[1], row[0]))
    return {str(name): int(count) for name, count in found}
