"""From a pressed key of the inbox to the act that it asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from console.forms import Form
from console.learning.appeal_types import APPEAL_TYPES
from console.learning.intent_choices import IntentChoice
from console.problem import Problem
from services.learning.inbox_items import Answer, CorrectionItem
from services.learning.labels import Verdict

_ASIDE = {
    "skip": Verdict.SKIP,
    "unclear": Verdict.UNCLEAR,
    "two_matters": Verdict.TWO_MATTERS,
}


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does with a message."""

    verdict: Verdict
    answer: Answer | None = None
    """For a label; None: it is what the service took it for."""


def act_of(form: Form, item: CorrectionItem, choices: dict[str, IntentChoice]) -> Act:
    """The act of a sent form. Raises `Problem` for one that says nothing."""
    if aside := _ASIDE.get(form.text("verdict")):
        return Act(aside)
    accepts = form.text("verdict") == "accept" and item.read_as.intent
    intent = item.read_as.intent if accepts else form.text("intent")
    answer = answer_of(form, choices, intent, was=item.read_as)
    return Act(Verdict.LABEL, None if answer == item.read_as else answer)


def answer_of(
    form: Form, choices: dict[str, IntentChoice], intent: str, *, was: Answer | None = None
) -> Answer:
    """What the form says a message is, that `was` read so far. Raises `Problem`.

    Another kind of message takes the danger of a matter off: a greeting is not urgent.
    """
    chosen = choices.get(intent)
    if chosen is None:
        raise Problem(422, "请先选一个事项：按 c 查找。")
    urgent, confidential = bool(form.text("urgent")), bool(form.text("confidential"))
    if not chosen.matter:
        kept = was is not None and was.intent == intent
        return Answer(intent, "", urgent and kept, confidential and kept)
    appeal_type = form.text("appeal_type")
    if appeal_type not in APPEAL_TYPES:
        raise Problem(422, f"“{chosen.name}”要说明诉求类型，请先选一个（按 4 到 9）。")
    return Answer(intent, appeal_type, urgent, confidential)
