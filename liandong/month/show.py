"""A month's counts as tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table

from liandong.metrics_tables import metrics_table
from liandong.month.figures import Outcome
from tickets.clocks import CLOCK_NAMES, ClockKind
from tickets.events import EVENT_NAMES, EventName
from tickets.states import STATE_NAMES, State

_GROUPS = {
    "agriculture": "农业生产",
    "rural_affairs": "农村事务",
    "livelihood": "民生保障",
    "infrastructure": "基础设施与环境",
    "emergency": "突发事件",
    "discipline": "纪检举报",
}
_LEVELS = {
    "village_center": "村",
    "linkage_group": "联动服务组",
    "township_center": "乡镇",
    "county_unit": "县直单位",
    "county_center": "县中心",
    "top": "已在顶级",
}


def shown(outcome: Outcome) -> RenderableType:
    """The whole summary."""
    figures = [metrics_table(outcome.figures)] if outcome.figures else []
    return Group(
        _plain(outcome),
        *figures,
        Columns(
            [
                _counts("事项组 group", outcome.by_group, lambda key: _GROUPS.get(key, key)),
                _counts("期末状态 state", outcome.by_state, lambda key: STATE_NAMES[State(key)]),
                _counts("提级到 rung", outcome.by_rung, lambda key: _LEVELS.get(key, key)),
                _counts("到期 expiries", outcome.by_clock, _clock),
                _counts("事件 events", outcome.by_event, lambda key: EVENT_NAMES[EventName(key)]),
            ]
        ),
    )


def _plain(outcome: Outcome) -> Table:
    rows: Iterable[tuple[str, str]] = (
        ("工单 tickets", f"{outcome.tickets:,}"),
        ("收到的消息 messages", f"{outcome.messages:,}"),
        ("发出的消息 sent", f"{outcome.sent:,}"),
        ("查期限 passes", f"{outcome.passes:,}，到期 expiries {outcome.expiries:,}"),
        ("核对 checks", f"{outcome.checks:,}，全部守住 all promises held"),
        ("用时 seconds", f"{outcome.seconds:.1f}（CPU {outcome.cpu_seconds:.1f}）"),
        ("速度 messages/s", f"{outcome.messages_a_second:.0f}"),
        ("指纹 fingerprint", outcome.fingerprint),
    )
    table = Table(show_header=False, box=None)
    for name, value in rows:
        table.add_row(name, value)
    return table


def _counts(title: str, counts: Mapping[str, int], name: Callable[[str], str]) -> Table:
    table = Table(title=title, box=None, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for key, count in counts.items():
        table.add_row(name(key), f"{count:,}")
    return table


def _clock(key: str) -> str:
    kind, _, became = key.partition(": ")
    return f"{CLOCK_NAMES[ClockKind(kind)]} → {EVENT_NAMES[EventName(became)]}"
