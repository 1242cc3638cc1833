"""The figures of the county for people: each with its formula, and the tickets behind one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from routing.county import County
from routing.duty import CHINA_TIME
from services.measuring import Figures
from tickets.metrics import GENERAL, SMALL_SAMPLE, Facts, Kind, Metric, definition
from tickets.states import STATE_NAMES

NOTES = (
    *GENERAL,
    f"不到 {SMALL_SAMPLE} 件的，括号里是 95% 的可能范围：件数太少，不能拿来排名次",
)


def moment(at: datetime) -> str:
    """A moment in the county's time."""
    return at.astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M")


def headline(figures: Figures, names: tuple[str, ...]) -> str:
    """Which tickets these are figures of."""
    chosen = figures.selection
    where = f"（{'、'.join(names)}）" if names else ""
    return f"{moment(chosen.since)} 至 {moment(chosen.until)}：{len(figures.facts)} 件工单{where}"


def metrics_table(figures: Figures) -> Table:
    """One row for each metric."""
    table = Table(highlight=False, show_lines=False)
    table.add_column("指标", overflow="fold", min_width=8)
    table.add_column("代码", overflow="fold", min_width=12)
    table.add_column("数值", justify="right", min_width=8)
    table.add_column("件数", justify="right", no_wrap=True)
    table.add_column("怎么算", overflow="fold", ratio=1)
    for metric in figures.metrics:
        table.add_row(metric.name, metric.code, value(metric), count(metric), metric.formula)
    return table


def value(metric: Metric) -> str:
    """83.3%, with its interval in a small sample; 3 小时 20 分; 12."""
    if metric.value is None:
        return "–"
    if metric.kind is Kind.MINUTES:
        return duration(metric.value)
    if metric.kind is Kind.COUNT:
        return f"{metric.value:.0f}"
    if metric.interval is None:
        return f"{metric.value:.1%}"
    low, high = metric.interval
    return f"{metric.value:.1%}（{low:.0%}–{high:.0%}）"


def count(metric: Metric) -> str:
    """5/6: so many of so many; of times and counts how many there are."""
    if metric.kind is Kind.SHARE:
        return f"{metric.numerator}/{metric.denominator}"
    return str(metric.denominator)


def duration(minutes: float) -> str:
    """Hours and minutes, never days: a working day is not 24 hours."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} 分"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def listed(figures: Figures, metric: Metric) -> Iterator[tuple[Facts, float]]:
    """The tickets behind a metric with what each brings in, those that count first.

    Confidential ones are in every number and in no list.
    """
    facts = {each.number: each for each in figures.facts}
    hits = frozenset(metric.numbers)
    others = (number for number in metric.base if number not in hits)
    for number in (*metric.numbers, *others):
        if not facts[number].confidential:
            yield facts[number], definition(metric.code).measure(facts[number]) or 0.0


def tickets_table(figures: Figures, metric: Metric, county: County) -> Table:
    """The tickets behind a metric."""
    table = Table(title=metric.name, title_justify="left", title_style="bold", highlight=False)
    for header in ("工单", "用时" if metric.kind is Kind.MINUTES else "计入", "状态", "事项"):
        table.add_column(header, overflow="fold")
    table.add_column("现在的单位", overflow="fold")
    table.add_column("收到", no_wrap=True)
    for facts, brought in listed(figures, metric):
        unit = county.org.unit(facts.owner)
        table.add_row(
            facts.number,
            duration(brought) if metric.kind is Kind.MINUTES else "✓" if brought else "✗",
            STATE_NAMES[facts.state],
            escape(facts.matter_name or "没认出事项"),
            escape(unit.name if unit else facts.owner),
            moment(facts.received_at),
        )
    return table


def hidden(figures: Figures, metric: Metric) -> int:
    """How many confidential tickets are counted and not listed."""
    confidential = {each.number for each in figures.facts if each.confidential}
    return len(confidential.intersection(metric.base))
