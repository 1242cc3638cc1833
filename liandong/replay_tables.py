"""What a replay found, for people: who would have had what, and what would have climbed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape
from rich.table import Table

from liandong.replay_words import Words
from routing.duty import CHINA_TIME
from routing.replay import Comparison
from routing.replay_report import Measure, ReplayReport

MOST_LINES = 20
ASSUMPTIONS = (
    "假定新单位和原单位一样快：多久签收、多久办结，按当时的记录",
    "诉求是什么、在哪里，按当时识别的和后来问清的；目录改了，识别不会跟着变",
    "提级只算第一手：从派出到第一次有人签收、答复、退单或改派；延期、挂账没有扣除",
)


def headlines(report: ReplayReport) -> Iterator[str]:
    """The sums, one sentence each."""
    since, until = (
        moment.astimezone(CHINA_TIME).strftime("%Y-%m-%d %H:%M")
        for moment in (report.since, report.until)
    )
    yield f"{since} 至 {until}：{report.tickets} 件工单"
    if not report.tickets:
        return
    if report.confidential:
        yield f"其中保密的 {report.confidential} 件，只计数，不列出"
    if report.guessed:
        yield f"{report.guessed} 件没有留下识别结果，按工单上的事项推算"
    yield f"按现在的目录推算，{report.as_then} 件的第一个单位和当时一样"
    if not report.changed:
        yield "两份目录的结果完全一样"
        return
    share = f"{report.moved / report.tickets:.1%}"
    yield f"换了目录：{report.moved} 件（{share}）第一个接手的单位会不一样"
    yield f"办结时限会变的 {report.other_limits} 件"
    yield f"转人工研判的 {_from_to(report.triaged)} 件"
    yield f"超时没人接、会提级的 {_from_to(report.climbing)} 件，共提 {_from_to(report.rungs)} 级"
    yield f"超过办结时限的 {_from_to(report.overdue)} 件"


def tables(report: ReplayReport, words: Words) -> Iterator[Table]:
    """Everything that is different, the most first; empty tables are left out."""
    for table in (
        _flows(report, words),
        _units(report, words),
        _matters(report, words),
        _limits(report, words),
        _steps(report),
    ):
        if table.row_count:
            yield table


def tickets_table(found: Sequence[Comparison], words: Words) -> Table:
    """Single tickets of which something is different."""
    table = _table("有变化的工单", "工单", "事项", "第一个单位", "办结时限", "提级", "超期")
    for each in found:
        before, after = each.before, each.after
        limits = [Words.limit((o.limit.urgency, o.limit.days)) for o in (before, after)]
        table.add_row(
            each.past.number,
            escape(words.matter(each.past.request.matter)),
            escape(_change(words.unit(before.owner), words.unit(after.owner))),
            _change(*limits) if each.has_other_limit else limits[0],
            _change(str(len(before.rungs)), str(len(after.rungs))),
            _change(*("是" if o.overdue else "否" for o in (before, after))),
        )
    return table


def _table(title: str, *headers: str, numbers: int = 0) -> Table:
    """The last `numbers` columns stand at the right."""
    table = Table(title=title, title_justify="left", title_style="bold", highlight=False)
    for at, header in enumerate(headers):
        right = at >= len(headers) - numbers
        table.add_column(header, overflow="fold", justify="right" if right else "left")
    return table


def _from_to(measure: Measure) -> str:
    return f"{measure.before} → {measure.after}" if measure.differs else str(measure.before)


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _flows(report: ReplayReport, words: Words) -> Table:
    table = _table("第一个接手的单位", "从", "到", "事项", "件数", numbers=1)
    for number, (source, target, matters) in enumerate(report.biggest_flows()):
        if number == MOST_LINES:
            left = len(report.flows) - MOST_LINES
            table.add_row("……", f"还有 {left} 种变化", "用 --json 全部列出", "")
            break
        table.add_row(
            escape(words.unit(source)),
            escape(words.unit(target)),
            escape(words.matters(matters)),
            str(matters.total()),
        )
    return table


def _units(report: ReplayReport, words: Words) -> Table:
    table = _table("各单位第一手接到", "单位", "现在", "换了目录", numbers=2)
    differing = [(code, each) for code, each in report.units.items() if each.differs]
    differing.sort(key=lambda each: (-abs(each[1].after - each[1].before), each[0]))
    for code, measure in differing[:MOST_LINES]:
        table.add_row(escape(words.unit(code)), str(measure.before), str(measure.after))
    return table


def _matters(report: ReplayReport, words: Words) -> Table:
    headers = ("事项", "件数", "换单位", "换时限", "会提级", "会超期")
    table = _table("各事项", *headers, numbers=5)
    changed = [(matter, each) for matter, each in report.matters.items() if each.changed]
    for matter, each in sorted(changed, key=lambda pair: (-pair[1].changed, pair[0] or "")):
        table.add_row(
            escape(words.matter(matter)),
            str(each.tickets),
            str(each.moved),
            str(each.other_limits),
            _from_to(each.climbing),
            _from_to(each.overdue),
        )
    return table


def _limits(report: ReplayReport, words: Words) -> Table:
    table = _table("办结时限", "事项", "诉求类型", "现在", "换了目录", "件数", numbers=1)
    for (matter, appeal_type, before, after), count in report.limits.most_common():
        table.add_row(
            escape(words.matter(matter)),
            Words.appeal_type(appeal_type),
            Words.limit(before),
            Words.limit(after),
            str(count),
        )
    return table


def _steps(report: ReplayReport) -> Table:
    table = _table("没人接会提几级", "提级", "现在", "换了目录", numbers=2)
    before, after = report.steps
    if before == after:
        return table
    for rungs in sorted({*before, *after}):
        name = f"{rungs} 级" if rungs else "不提级"
        table.add_row(name, str(before[rungs]), str(after[rungs]))
    return table
