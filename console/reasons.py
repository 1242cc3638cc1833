"""Why a ticket was sent where it is: the decision and what the classifier said. Pure."""

from __future__ import annotations

from console.kind_names import KIND_NAMES
from services.office import Office
from services.ports import PredictionRecord
from services.understanding import Understanding

_RULES = {
    "model": "识别模型",
    "keywords": "关键词",
    "wording": "说法（催办、问政策）",
    "danger": "危险的词",
    "no_danger_now": "说的是过去或假设",
    "accusation": "指名干部的词",
    "payload": "不像人话（代码、号码）",
}


def reasons(office: Office, prediction: PredictionRecord | None) -> tuple[str, ...]:
    """One sentence each, in the order in which they were applied."""
    if prediction is None:
        return ()
    found = prediction.understanding
    heard = ("依据的词：" + "、".join(found.evidence),) if found.evidence else ()
    return (*(sentence for _, sentence in prediction.reasons), *heard, *_weighed(office, found))


def _weighed(office: Office, found: Understanding) -> tuple[str, ...]:
    """The three best readings, how far apart, which rule decided, and which model read it."""
    if not found.ranking:
        return ()
    best = "、".join(f"{label_name(office, g.label)} {g.confidence:.0%}" for g in found.ranking)
    decided = f"由{rule_name(found.rule)}决定；模型 {found.model}"
    return (f"最像的三种：{best}；领先 {found.margin:.0%}；{decided}",)


def label_name(office: Office, label: str) -> str:
    """A matter or kind for people."""
    row = office.county.catalogue.get(label)
    return row.name if row else KIND_NAMES.get(label, label)


def rule_name(rule: str) -> str:
    """What decided a reading, for people."""
    return _RULES.get(rule, rule)
