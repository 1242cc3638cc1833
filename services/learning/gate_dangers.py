"""The gate's checks of what costs most: a danger that nobody hears, a name that gets out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.learning.comparison import Pair, all_seals, dangers
from services.learning.examined import Examination, Paper
from services.learning.findings import Finding
from services.learning.gate_rules import GateRules

_NAMED = 5


def danger_findings(
    new: Examination, old: Examination | None, both: Sequence[Pair], rules: GateRules
) -> Iterator[Finding]:
    """Must-pass dangers, dangers lost, recall, precision, secrecy."""
    yield _plain_dangers(new)
    yield _lost(both, old, rules)
    yield _recall(new, old, rules)
    yield _precision(new, rules)
    yield _secrecy(new, old)


def _plain_dangers(new: Examination) -> Finding:
    plain = [answer for answer in new.of(Paper.MUST_PASS) if answer.danger]
    missed = [answer for answer in plain if not answer.urgent]
    said = (
        f"{len(plain)} 句明说的险情全部报警"
        if not missed
        else f"{len(missed)} 句明说的险情没报警：{_quoted([a.text for a in missed])}"
    )
    return Finding(
        "plain_dangers",
        "明说的险情",
        said,
        passed=not missed,
        numbers={"missed": len(missed), "count": len(plain)},
    )


def _lost(both: Sequence[Pair], old: Examination | None, rules: GateRules) -> Finding:
    lost = [
        after.text for before, after in both if after.danger and before.urgent and not after.urgent
    ]
    if old is None:
        said = "没有现用模型可比"
    elif not lost:
        said = "现用模型认得出的险情，一个也没丢"
    else:
        said = f"现用模型认得出的险情，丢了 {len(lost)} 个：{_quoted(lost)}"
    return Finding(
        "dangers_kept",
        "险情没有丢",
        said,
        passed=len(lost) <= rules.dangers_lost,
        numbers={"lost": len(lost), "allowed": rules.dangers_lost},
    )


def _recall(new: Examination, old: Examination | None, rules: GateRules) -> Finding:
    found = dangers(new)[0]
    before = dangers(old)[0].share if old else 0.0
    needed = max(rules.danger_recall, before)
    return Finding(
        "danger_recall",
        "险情认得出",
        f"险情考题认出 {found}，至少要 {needed:.1%}",
        passed=found.share >= needed,
        numbers={"recall": found.share, "needed": needed},
    )


def _precision(new: Examination, rules: GateRules) -> Finding:
    found = dangers(new)[1]
    return Finding(
        "danger_precision",
        "不乱报警",
        f"险情考题上报警属实 {found}，至少要 {rules.danger_precision:.1%}",
        passed=found.share >= rules.danger_precision,
        numbers={"precision": found.share, "needed": rules.danger_precision},
    )


def _secrecy(new: Examination, old: Examination | None) -> Finding:
    found = all_seals(new)[0]
    needed = all_seals(old)[0].share if old else 0.0
    said = f"该保密的认出 {found}" + (f"，现用模型 {needed:.1%}" if old else "")
    return Finding(
        "secrecy_recall",
        "该保密的保密",
        said,
        passed=found.share >= needed,
        numbers={"recall": found.share, "needed": needed},
    )


def _quoted(texts: Sequence[str]) -> str:
    more = "……" if len(texts) > _NAMED else ""
    return "、".join(f"“{text}”" for text in texts[:_NAMED]) + more
