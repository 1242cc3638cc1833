"""From a reviewer's key to what becomes of a label, and the line that says so. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from console.forms import Form
from console.learning.inbox_acts import answer_of
from console.learning.intent_choices import IntentChoice, IntentNames
from services.learning.inbox_items import Answer, BulkOutcome
from services.learning.labels import Label, LabelState, Part


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reviewer says."""

    accepted: bool
    answer: Answer | None = None
    """For an accepted one that is something else."""
    why: str = ""
    stands: bool = False
    """It takes the place of what contradicts it."""


def decision_of(form: Form, label: Label, choices: dict[str, IntentChoice]) -> Decision:
    """The decision of a sent form. Raises `Problem` where it names no intent."""
    if form.text("verdict") == "reject":
        return Decision(False, why=form.text("why").strip()[:200])
    was = Answer(label.intent, label.appeal_type, label.urgent, label.confidential)
    intent = form.text("intent") or label.intent
    answer = answer_of(form, choices, intent, was=was)
    return Decision(True, None if answer == was else answer, stands=bool(form.text("stands")))


def decided(label: Label, names: IntentNames) -> str:
    """What became of one label."""
    if label.state is LabelState.REJECTED:
        return "没有收：不拿来学。"
    where = "进考题，只用来检查" if label.part is Part.GOLDEN else "进例句"
    changed = f"（原来标的是“{names(label.proposed_intent)}”）" if label.proposed_intent else ""
    waits = "；这个事项还没上线，上线时一起写进去" if label.state is LabelState.ACCEPTED else ""
    return f"收下“{names(label.intent)}”{changed}，{where}{waits}。"


def all_decided(outcome: BulkOutcome) -> str:
    """What became of many."""
    parts = [f"收下 {len(outcome.done)} 条"]
    if outcome.taken:
        parts.append(f"{len(outcome.taken)} 条别人刚复核过")
    if outcome.refused:
        parts.append(f"{len(outcome.refused)} 条没有收，要一条一条看")
    lines = ["，".join(parts) + "。"]
    lines += dict.fromkeys(why for _, why in outcome.refused)
    return "\n".join(lines)
