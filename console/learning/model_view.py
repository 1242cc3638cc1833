"""Models as an admin tells them apart: what each does now, what the gate said. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.learning.times import moment_text
from services.learning.books import SYSTEM, SwitchRecord
from services.learning.gate_report import GateReport
from services.learning.gate_report_json import UnreadableReport, report_from_json
from services.learning.models import Serving, Switch, TrainedModel

_FIGURES = ("考题认对", "险情认出(险情考题)", "该保密的认出")
"""The figures of a report that the list shows, by title."""
SWITCH_NAMES = {
    Switch.ACTIVATE: "全县换上",
    Switch.ROLLBACK: "退回",
    Switch.SHADOW: "影子试读",
    Switch.CANARY: "乡镇试用",
    Switch.STOP: "停下试读、试用",
}


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model of the list."""

    name: str
    at: str
    author: str
    examples: int
    intents: int
    megabytes: str
    rasa: str
    roles: tuple[str, ...]
    """正在用, 备用, 影子, 试点."""
    verdict: str
    passed: bool | None
    said: str
    """The verdict's sentence; empty before the gate."""
    figures: tuple[tuple[str, str], ...]
    removed: str


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """One line of the history of what served."""

    at: str
    by: str
    what: str
    models: tuple[str, ...]
    before: str
    reason: str


def roles_of(name: str, serving: Serving, townships: Mapping[str, str]) -> tuple[str, ...]:
    """What a model does now."""
    roles = []
    if name == serving.active:
        roles.append("正在用")
    if name == serving.previous:
        roles.append("备用")
    if name == serving.shadow:
        roles.append("影子")
    if name == serving.canary:
        places = "、".join(townships.get(code, code) for code in serving.townships)
        roles.append(f"试点：{places}")
    return tuple(roles)


def model_row(
    model: TrainedModel, serving: Serving, townships: Mapping[str, str], now: datetime
) -> ModelRow:
    """One model with the gate's word."""
    report = readable_report(model)
    return ModelRow(
        name=model.name,
        at=moment_text(model.created_at, now),
        author="随系统带来" if model.author == SYSTEM else model.author,
        examples=model.examples,
        intents=len(model.intents),
        megabytes=f"{model.size / 1024 / 1024:.1f} MB",
        rasa=model.rasa,
        roles=roles_of(model.name, serving, townships),
        verdict={True: "过关", False: "没过关", None: "还没考试"}[model.passed],
        passed=model.passed,
        said=report.verdict if report else "",
        figures=_figures(report) if report else (),
        removed=moment_text(model.removed_at, now) if model.removed_at else "",
    )


def readable_report(model: TrainedModel) -> GateReport | None:
    """The gate's report; None before the examination, or when another version wrote it."""
    try:
        return report_from_json(model.report)
    except UnreadableReport:
        return None


def switch_rows(
    history: Iterable[SwitchRecord], now: datetime, person: Callable[[str], str] = str
) -> tuple[SwitchRow, ...]:
    """The history of what served, newest first."""
    return tuple(
        SwitchRow(
            at=moment_text(record.at, now),
            by="系统" if record.by == SYSTEM else person(record.by),
            what=SWITCH_NAMES[record.what],
            models=tuple(name for name in record.model.split("|") if name),
            before=record.before if record.what is not Switch.STOP else "",
            reason=record.reason,
        )
        for record in history
    )


def _figures(report: GateReport) -> tuple[tuple[str, str], ...]:
    found = {figure.title: figure.new for figure in report.figures}
    return tuple((title, found[title]) for title in _FIGURES if title in found)


def in_order(rows: Sequence[ModelRow]) -> list[ModelRow]:
    """What works comes first, removed ones last; otherwise newest first, as they come."""
    return sorted(rows, key=lambda row: (not row.roles, bool(row.removed)))
