"""The models and who follows the row, as lines for people and as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.table import Table

from routing.duty import CHINA_TIME
from services.learning.books import Follower
from services.learning.gate_report_json import UnreadableReport, report_from_json
from services.learning.models import Serving, TrainedModel

FOLLOWS_WITHIN = timedelta(seconds=30)
"""Who has not spoken for so long does not run any more."""


def taken_up(row: Serving, follower: Follower) -> bool:
    """Whether a process does what the row says."""
    return (
        follower.version >= row.version
        and not follower.problem
        and (follower.canary, follower.shadow) == (row.canary, row.shadow)
        and row.active in ("", follower.reads_with)
    )


def parts_of(name: str, row: Serving, townships: Mapping[str, str]) -> str:
    """What a model does now, in Chinese; empty: nothing."""
    parts = []
    if name == row.active:
        parts.append("在用")
    if name == row.previous:
        parts.append("上一个，可退回")
    if name == row.shadow:
        parts.append("试读")
    if name == row.canary:
        where = "、".join(townships.get(code, code) for code in row.townships)
        parts.append(f"试用（{where}）")
    return "；".join(parts)


def gate_of(model: TrainedModel) -> str:
    """What the gate said, in a word."""
    if model.passed is None:
        return "未检查"
    return "通过" if model.passed else "没通过"


def figure_of(model: TrainedModel) -> str:
    """The first figure of its examination."""
    try:
        report = report_from_json(model.report)
    except UnreadableReport:
        return ""
    figures = report.figures if report else ()
    return f"{figures[0].title} {figures[0].new}" if figures else ""


def model_table(
    models: Sequence[TrainedModel], row: Serving, townships: Mapping[str, str]
) -> Table:
    """One line for each."""
    table = Table(box=None, header_style="bold")
    for title in ("模型", "现在", "训练于", "谁", "例句", "上线检查", "成绩"):
        table.add_column(title)
    for model in models:
        state = parts_of(model.name, row, townships)
        table.add_row(
            model.name,
            state or ("文件已清理" if model.removed_at else ""),
            f"{model.created_at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}",
            model.author,
            str(model.examples),
            gate_of(model),
            figure_of(model),
        )
    return table


def follower_line(row: Serving, follower: Follower) -> str:
    """How far one process is, in Chinese."""
    if taken_up(row, follower):
        state = "已跟上"
    elif follower.problem:
        state = f"没有跟上：{follower.problem}"
    else:
        state = "正在切换"
    left_out = f"；试读跟不上，略过 {follower.behind} 条" if follower.behind else ""
    return f"服务 {follower.name} 由 {follower.reads_with} 识别，{state}{left_out}"


def as_values(
    models: Sequence[TrainedModel],
    row: Serving,
    followers: Sequence[Follower],
) -> dict[str, object]:
    """The same for programs."""
    return {
        "version": row.version,
        "active": row.active,
        "previous": row.previous,
        "shadow": row.shadow,
        "canary": row.canary,
        "townships": list(row.townships),
        "models": [
            {
                "name": model.name,
                "created_at": model.created_at.isoformat(),
                "author": model.author,
                "rasa": model.rasa,
                "examples": model.examples,
                "passed": model.passed,
                "removed": model.removed_at is not None,
            }
            for model in models
        ],
        "services": [
            {
                "name": each.name,
                "version": each.version,
                "reads_with": each.reads_with,
                "taken_up": taken_up(row, each),
                "problem": each.problem,
                "behind": each.behind,
            }
            for each in followers
        ],
    }
