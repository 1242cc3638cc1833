"""What a reviewer sees of the labels that wait: one list for each intent and origin. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.learning.appeal_types import APPEAL_TYPES
from console.learning.intent_choices import IntentNames
from console.learning.times import moment_text
from services.learning.labels import Label, Origin, Part
from services.learning.review_items import ReviewItem, Twin

ORIGIN_NAMES = {
    Origin.INBOX: "纠错",
    Origin.TRIAGE: "人工派单",
    Origin.RETURN: "退单",
    Origin.REASSIGN: "改派",
    Origin.IMPORT: "导入的旧工单",
    Origin.SPLIT: "拆分后重新归类",
}
PART_NAMES = {Part.DATA: "例句", Part.GOLDEN: "考题"}
AuthorName = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class TwinRow:
    """The same sentence, where it stands already."""

    text: str
    intent: str
    where: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One label that waits."""

    label: Label
    name: str
    """Of the proposed intent; empty where the origin only says what it is not."""
    marks: tuple[str, ...]
    said: str
    """What the model had said, where that is something else."""
    by: str
    at: str
    contradicts: bool
    twins: tuple[TwinRow, ...]


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Labels of one intent from one origin."""

    name: str
    origin: str
    rows: tuple[ReviewRow, ...]

    @property
    def plain(self) -> tuple[int, ...]:
        """Those that may be accepted all at once: nothing contradicts them."""
        return tuple(r.label.id for r in self.rows if r.name and not r.contradicts)


def groups(
    items: Iterable[ReviewItem], names: IntentNames, author: AuthorName, now: datetime
) -> tuple[ReviewGroup, ...]:
    """Labels of others, in the order in which the first of each group was proposed."""
    found: dict[tuple[str, Origin], list[ReviewRow]] = {}
    for item in items:
        if not item.own:
            key = (item.label.intent, item.label.origin)
            found.setdefault(key, []).append(row(item, names, author, now))
    return tuple(
        ReviewGroup(names(intent) if intent else "", ORIGIN_NAMES[origin], tuple(rows))
        for (intent, origin), rows in found.items()
    )


def row(item: ReviewItem, names: IntentNames, author: AuthorName, now: datetime) -> ReviewRow:
    """One label with what a reviewer has to know."""
    label = item.label
    return ReviewRow(
        label=label,
        name=names(label.intent) if label.intent else "",
        marks=tuple(_marks(label)),
        said=names(label.said) if label.said not in ("", label.intent) else "",
        by=author(label.author),
        at=moment_text(label.proposed_at, now),
        contradicts=item.contradicts,
        twins=tuple(_twin(twin, label, names) for twin in item.twins),
    )


def _marks(label: Label) -> Sequence[str]:
    marks = [APPEAL_TYPES[label.appeal_type]] if label.appeal_type in APPEAL_TYPES else []
    marks += ["紧急"] if label.urgent else []
    marks += ["保密"] if label.confidential else []
    return marks


def _twin(twin: Twin, label: Label, names: IntentNames) -> TwinRow:
    where = f"{PART_NAMES[twin.part]} {twin.where}"
    return TwinRow(twin.text, names(twin.intent), where, twin.intent not in ("", label.intent))
