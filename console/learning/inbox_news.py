"""One line about what was just recorded. Pure."""

from __future__ import annotations

from console.learning.intent_choices import IntentNames
from services.learning.inbox_items import BulkOutcome
from services.learning.labels import Label, Verdict

_ASIDE = {
    Verdict.SKIP: "已跳过，留给别人。",
    Verdict.UNCLEAR: "已记“看不懂”，不拿来学。",
    Verdict.TWO_MATTERS: "已记“不止一件事”，不拿来学。",
}


def recorded(label: Label, names: IntentNames) -> str:
    """What became of one message."""
    if label.verdict is not Verdict.LABEL:
        return _ASIDE[label.verdict]
    said = f"已标“{names(label.intent)}”"
    marks = "、".join(
        word for word, on in (("紧急", label.urgent), ("保密", label.confidential)) if on
    )
    extra = f"（{marks}）" if marks else ""
    alike = f"，连同 {label.alike - 1} 条差不多的" if label.alike > 1 else ""
    return f"{said}{extra}{alike}，等另一个人复核。"


def taken_back(label: Label, names: IntentNames) -> str:
    """What became of the newest label."""
    what = f"“{names(label.intent)}”" if label.verdict is Verdict.LABEL else "上一条"
    return f"已撤回{what}，请重新看。"


def all_recorded(outcome: BulkOutcome) -> str:
    """What became of many."""
    parts = [f"记下 {len(outcome.done)} 组"]
    if outcome.taken:
        parts.append(f"{len(outcome.taken)} 组别人刚标过")
    lines = ["，".join(parts) + "。"]
    lines += dict.fromkeys(why for _, why in outcome.refused)
    return "\n".join(lines)
