"""What a file of past work orders comes to: labels to propose, and everything that is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from liandong.past_orders.columns import APPEAL_TYPES, Columns
from liandong.past_orders.mapping import NOT_TAKEN
from liandong.past_orders.opening import Orders
from services.learning.bare import bare_digest
from services.learning.drafts import LabelDraft
from services.learning.labels import Origin, Part, Verdict
from services.learning.review_items import Twin

SHORTEST, LONGEST = 4, 2_000
"""Characters of a text that can be learnt from."""
DISCIPLINE = "discipline_report"


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same sentence with two answers; the text is masked."""

    text: str
    one: str
    other: str
    where: str
    """Lines of the file, or where it stands already."""


@dataclass(slots=True)
class Plan:
    """What would be proposed, and why the rest is not."""

    drafts: list[LabelDraft] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Reason in Chinese -> rows."""
    conflicts: list[Conflict] = field(default_factory=list)
    by_intent: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Seen:
    text: str
    intents: dict[str, int]
    """Intent -> line where it was said first."""
    kind: str
    count: int = 0


def plan_of(
    orders: Orders,
    columns: Columns,
    mapping: Mapping[str, str],
    mask: Callable[[str], str],
    keywords: Callable[[str], str],
    *,
    author: str,
    step: Callable[[], None] = lambda: None,
) -> Plan:
    """Duplicates within the file are one label, contradictions none. `step` is called for every
    row: masking takes a while."""
    plan, seen = Plan(), dict[str, _Seen]()
    for line, row in enumerate(orders.rows, orders.first):
        step()
        text, category = _cell(row, columns.text), _cell(row, columns.category)
        reason = _left_out_because(text, category, mapping, keywords)
        if reason:
            plan.left_out[reason] += 1
            continue
        masked = mask(text).strip()
        known = seen.setdefault(bare_digest(masked), _Seen(masked, {}, _kind(row, columns)))
        known.intents.setdefault(mapping[category], line)
        known.count += 1
    for digest, each in seen.items():
        _settle(plan, digest, each, author)
    return plan


def _left_out_because(
    text: str, category: str, mapping: Mapping[str, str], keywords: Callable[[str], str]
) -> str:
    """The reason for leaving a row out; empty for none."""
    intent = mapping.get(category, NOT_TAKEN)
    if not text:
        return "没有内容"
    if not category:
        return "没有类别"
    if intent == NOT_TAKEN:
        return "类别不导入"
    if len(text) < SHORTEST:
        return f"不到 {SHORTEST} 个字"
    if len(text) > LONGEST:
        return f"超过 {LONGEST} 个字"
    if text.startswith("/"):
        return "以 / 开头"
    if DISCIPLINE in (intent, keywords(text)):
        return "像是举报干部的，不导入"
    return ""


def _settle(plan: Plan, digest: str, seen: _Seen, author: str) -> None:
    if len(seen.intents) > 1:
        (one, first), (other, second) = list(seen.intents.items())[:2]
        where = f"第 {first} 行、第 {second} 行"
        plan.conflicts.append(Conflict(seen.text, one, other, where))
        plan.left_out["文件里自相矛盾"] += seen.count
        return
    (intent,) = seen.intents
    plan.left_out["文件里重复"] += seen.count - 1
    plan.by_intent[intent] += 1
    plan.drafts.append(
        LabelDraft(
            text=seen.text,
            bare=digest,
            origin=Origin.IMPORT,
            author=author,
            verdict=Verdict.LABEL,
            intent=intent,
            appeal_type=seen.kind,
            key=f"import:{digest}:{intent}",
            alike=seen.count,
        )
    )


def beside_examples(plan: Plan, twins: Sequence[Sequence[Twin]]) -> Plan:
    """Without what the files have already; `twins` are those of each draft, in order.

    What stands in the exam is never learnt from. What the data label otherwise is left out too,
    and listed: who wants it changed corrects the example.
    """
    kept = Plan(left_out=plan.left_out.copy(), conflicts=[*plan.conflicts])
    for draft, found in zip(plan.drafts, twins, strict=True):
        against = next((twin for twin in found if twin.intent != draft.intent), None)
        if against is not None:
            kept.left_out["和已有的例句矛盾"] += draft.alike
            kept.conflicts.append(Conflict(draft.text, draft.intent, against.intent, against.where))
        elif found:
            in_exam = any(twin.part is Part.GOLDEN for twin in found)
            kept.left_out["考题里已有" if in_exam else "例句里已有"] += draft.alike
        else:
            kept.drafts.append(draft)
            kept.by_intent[draft.intent] += 1
    return kept


def unanswered(categories: Iterable[str], mapping: Collection[str]) -> list[str]:
    """Categories that the mapping says nothing of."""
    return [category for category in categories if category not in mapping]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _kind(row: Sequence[str], columns: Columns) -> str:
    said = "" if columns.kind is None else _cell(row, columns.kind)
    return next((code for word, code in APPEAL_TYPES.items() if word in said), "")
