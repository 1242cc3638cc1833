"""What a model that reads along would have done otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.learning.intent_choices import IntentNames
from console.learning.percent import percent
from console.learning.times import moment_text
from services.learning.shadow import ShadowReading, ShadowSummary

_UNSHOWN = "（不给看：密封的，或者已经清理了）"


@dataclass(frozen=True, slots=True)
class PairRow:
    """How often the one said this where the other said that."""

    live: str
    shadow: str
    live_code: str
    shadow_code: str
    times: int
    share: int
    """Of all differing ones, per cent."""
    live_sure: int
    sure: int


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One message that the two read otherwise."""

    id: int
    at: str
    text: str
    live: str
    live_sure: int
    shadow: str
    sure: int
    danger: str
    """`lost`: only the live one called it urgent; `found`: only the shadow; else empty."""


@dataclass(frozen=True, slots=True)
class ShadowPage:
    """Rates, then pairs."""

    read: int
    differing: int
    rate: int
    alone: int
    live_alone: int
    more_urgent: int
    less_urgent: int
    since: str
    pairs: tuple[PairRow, ...]


def shadow_page(summary: ShadowSummary, names: IntentNames, now: datetime) -> ShadowPage:
    """The summary in people's words."""
    return ShadowPage(
        read=summary.read,
        differing=summary.differing,
        rate=_rate(summary.differing, summary.read),
        alone=_rate(summary.alone, summary.read),
        live_alone=_rate(summary.live_alone, summary.read),
        more_urgent=summary.more_urgent,
        less_urgent=summary.less_urgent,
        since=moment_text(summary.since, now) if summary.since else "",
        pairs=tuple(
            PairRow(
                _said(pair.live_label, names),
                _said(pair.label, names),
                pair.live_label,
                pair.label,
                pair.times,
                _rate(pair.times, summary.differing),
                percent(pair.live_sure),
                percent(pair.sure),
            )
            for pair in summary.pairs
        ),
    )


def difference_rows(
    readings: Iterable[ShadowReading],
    texts: Mapping[int, str],
    names: IntentNames,
    now: datetime,
) -> tuple[DifferenceRow, ...]:
    """Messages with both readings; `texts` are masked, by the message's number."""
    return tuple(
        DifferenceRow(
            reading.id,
            moment_text(reading.at, now),
            texts.get(reading.inbox_id) or _UNSHOWN,
            _said(reading.live_label, names),
            percent(reading.live_confidence),
            _said(reading.label, names),
            percent(reading.confidence),
            _danger(reading),
        )
        for reading in readings
    )


def _danger(reading: ShadowReading) -> str:
    if reading.urgent == reading.live_urgent:
        return ""
    return "found" if reading.urgent else "lost"


def _said(label: str, names: IntentNames) -> str:
    return "没认出事项" if label == "appeal" else names(label)


def _rate(part: int, whole: int) -> int:
    return percent(part / whole) if whole else 0
