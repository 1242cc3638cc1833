"""The health of the data as the page shows it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.learning.health_advice import ENOUGH, Advice, good, next_steps
from console.learning.health_chart import Chart, chart, day
from console.learning.health_names import HealthNames, share_text
from console.learning.health_shares import ShareRow, people_rows, share_row, share_rows
from console.learning.review_view import ORIGIN_NAMES
from console.learning.times import moment_text
from services.learning.drift import Moved, WeekDrift
from services.learning.edits import Count
from services.learning.health import DataHealth, IntentHealth
from services.learning.review_items import Disagreement, Share

_MOVED = 3


@dataclass(frozen=True, slots=True)
class IntentBar:
    """One intent's sentences; lengths in hundredths of the longest bar."""

    code: str
    name: str
    count: Count
    lacks: int
    """Sentences to add until it is learnt well."""
    waiting: int
    data: tuple[float, float]
    """(written by us, by residents)."""
    golden: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    """The model said one thing, and reviewers another."""

    said: str
    said_code: str
    """Empty: there is no list of such messages."""
    truth: str
    count: int


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of the table, as text."""

    start: str
    messages: int
    drift: str
    limit: str
    is_different: bool
    moved: tuple[str, ...]
    margin: str
    degraded: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Disputes:
    """How often reviewers disagreed."""

    all: ShareRow
    by_origin: tuple[ShareRow, ...]
    by_intent: tuple[ShareRow, ...]
    by_author: tuple[ShareRow, ...]
    """Empty for whom it does not concern."""


@dataclass(frozen=True, slots=True)
class HealthView:
    """The parts of the page in the order in which they are read."""

    at: str
    good: tuple[str, ...]
    steps: tuple[Advice, ...]
    bars: tuple[IntentBar, ...]
    real: Share
    real_share: str
    confusions: tuple[ConfusionRow, ...]
    chart: Chart | None
    weeks: tuple[WeekRow, ...]
    """Newest first; those without a message left away."""
    unused: tuple[str, ...]
    """Empty as well while there is no message at all."""
    disputes: Disputes


def health_view(
    health: DataHealth,
    names: HealthNames,
    author: Callable[[str], str] | None,
    now: datetime,
) -> HealthView:
    """`author` names people; None for whom that does not concern."""
    heard = any(week.messages for week in health.weeks)
    return HealthView(
        at=moment_text(health.at, now),
        good=good(health),
        steps=next_steps(health, names),
        bars=_bars(health.intents, names),
        real=health.real,
        real_share=share_text(health.real.rate),
        confusions=tuple(
            ConfusionRow(names(each.said), each.said, names(each.truth), each.count)
            for each in health.confusions
        ),
        chart=chart(health.weeks),
        weeks=tuple(_week(week, names) for week in reversed(health.weeks) if week.messages),
        unused=tuple(names(code) for code in health.unused) if heard else (),
        disputes=_disputes(health.disagreement, names, author),
    )


def _bars(intents: Sequence[IntentHealth], names: HealthNames) -> tuple[IntentBar, ...]:
    longest = max((max(i.count.data, i.count.golden) for i in intents), default=0) or 1

    def lengths(written: int, real: int) -> tuple[float, float]:
        return round(100 * written / longest, 1), round(100 * real / longest, 1)

    return tuple(
        IntentBar(
            each.intent,
            names(each.intent),
            each.count,
            max(0, ENOUGH - each.count.data),
            each.waiting,
            lengths(each.count.data_written, each.count.data_real),
            lengths(each.count.golden_written, each.count.golden_real),
        )
        for each in intents
    )


def _week(week: WeekDrift, names: HealthNames) -> WeekRow:
    return WeekRow(
        start=day(week),
        messages=week.messages,
        drift="—" if week.drift is None else f"{week.drift:.3f}",
        limit="—" if week.limit is None else f"{week.limit:.3f}",
        is_different=week.is_different,
        moved=tuple(_moved(each, names) for each in week.moved if _visibly(each))[:_MOVED],
        margin="—" if week.margin is None else f"{week.margin:.2f}",
        degraded=share_text(week.degraded),
        unknown=share_text(week.unknown),
    )


def _visibly(moved: Moved) -> bool:
    """Not 36% → 36%."""
    return share_text(moved.before) != share_text(moved.now)


def _moved(moved: Moved, names: HealthNames) -> str:
    return f"{names(moved.intent)} {share_text(moved.before)} → {share_text(moved.now)}"


def _disputes(
    found: Disagreement, names: HealthNames, author: Callable[[str], str] | None
) -> Disputes:
    origins = {str(origin): says for origin, says in ORIGIN_NAMES.items()}
    return Disputes(
        all=share_row(found.all),
        by_origin=share_rows(found.by_origin, lambda code: origins.get(code, code)),
        by_intent=share_rows(found.by_intent, names),
        by_author=people_rows(found.by_author, author) if author else (),
    )
