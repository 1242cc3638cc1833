"""What the inbox of corrections shows of one message. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.learning.intent_choices import IntentNames
from console.learning.marked import Piece, marked
from console.learning.percent import percent
from console.learning.times import moment_text
from services.learning.inbox_items import Alike, Answer, CorrectionItem

_RULES = {
    "keywords": "关键词",
    "wording": "说法（催办、问政策）",
    "danger": "危险的词",
    "no_danger_now": "说的是过去或假设",
    "accusation": "指名干部的词",
    "payload": "不像人话（代码、号码）",
}
"""What overruled the model; the model itself needs no line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the model's three, with its key."""

    key: int
    code: str
    name: str
    percent: int
    served: bool
    """The service took the message for this."""


@dataclass(frozen=True, slots=True)
class InboxCard:
    """One message as it stands in the middle of the page."""

    id: int
    pieces: tuple[Piece, ...]
    at: str
    count: int
    alike: tuple[Alike, ...]
    unseen: int
    """Alike messages that are not listed."""
    why: str
    sampled: bool
    readings: tuple[Reading, ...]
    served: Answer
    served_name: str
    aside: str
    """What the service took it for, where that is none of the readings."""
    said: tuple[str, ...]
    """What others say of it: a rule, the keyword lists, the desk."""
    model: str


def card(item: CorrectionItem, names: IntentNames, now: datetime) -> InboxCard:
    """The message with all that helps to decide."""
    readings = tuple(
        Reading(key, guess.label, names(guess.label), percent(guess.confidence), served)
        for key, guess in enumerate(item.guesses[:3], 1)
        for served in [guess.label == item.read_as.intent]
    )
    served_name = names(item.read_as.intent)
    known = any(reading.served for reading in readings)
    return InboxCard(
        id=item.inbox_id,
        pieces=marked(item.text, item.evidence),
        at=moment_text(item.at, now),
        count=item.count,
        alike=item.alike,
        unseen=max(0, item.count - 1 - len(item.alike)),
        why="、".join(item.why),
        sampled=item.sampled,
        readings=readings,
        served=item.read_as,
        served_name=served_name,
        aside="" if known or not item.read_as.intent else served_name,
        said=tuple(_others(item, names)),
        model=item.model,
    )


def _others(item: CorrectionItem, names: IntentNames) -> Sequence[str]:
    lines = []
    if item.rule in _RULES:
        lines.append(f"当时由{_RULES[item.rule]}定的")
    if item.keywords:
        lines.append(f"关键词说：{names(item.keywords)}")
    if item.desk:
        lines.append(f"工单现在的事项：{names(item.desk)}")
    if item.n_matters > 1:
        lines.append(f"看着像 {item.n_matters} 件事")
    if item.degraded:
        lines.append("当时识别模型没在用，是按关键词认的")
    return lines
