"""The metrics of domain.md §7 as data: what a ticket counts, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median

from tickets.life.closing import LEVELS
from tickets.metrics.facts import Facts


class Kind(StrEnum):
    """What a metric's value is."""

    SHARE = "share"
    """Between 0 and 1."""
    MINUTES = "minutes"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Definition:
    """One metric."""

    code: str
    name: str
    kind: Kind
    formula: str
    """What is divided by what, for people."""
    measure: Callable[[Facts], float | None]
    """What a ticket brings in: for a share 1 (it counts) or 0 (it does not), for a time minutes;
    None: the metric does not look at it."""
    value: Callable[[Sequence[float]], float] = fmean
    """The value of a metric from what its tickets, at least one, bring in."""


GENERAL = (
    "只数这段时间收到的工单，按现在的情况算",
    "剔除的工单不进任何指标；挂账的只进挂账数；纪检举报密封，不进统计",
    "期限没到就撤销或并单的不算；撤销、并单以前已经超期的照算",
    "用时按全县统一的工作时间算，紧急的按钟表时间算",
)
"""What holds for all of them, one sentence each."""
_LEVEL_NAMES = dict(
    zip(LEVELS, ("非常满意", "满意", "基本满意", "不满意", "非常不满意"), strict=True)
)
_CONTENT = 3
"""基本满意: from this level on a resident is content."""


def _p90(values: Sequence[float]) -> float:
    """The least value that nine of ten do not exceed."""
    return sorted(values)[-(-9 * len(values) // 10) - 1]


def _of(looked_at: bool, hit: bool) -> float | None:
    return float(hit) if looked_at else None


def _flag(hit: bool | None) -> float | None:
    return None if hit is None else float(hit)


def _level(level: int) -> Callable[[Facts], float | None]:
    return lambda facts: _of(facts.satisfaction is not None, facts.satisfaction == level)


def _share(
    code: str, name: str, formula: str, measure: Callable[[Facts], float | None]
) -> Definition:
    return Definition(code, name, Kind.SHARE, formula, measure)


def _times(
    code: str, name: str, what: str, measure: Callable[[Facts], float | None]
) -> tuple[Definition, ...]:
    found = (
        ("mean", f"平均{name}", f"{what}，平均", fmean),
        ("median", f"{name}中位数", f"{what}，一半工单不超过", median),
        ("p90", f"{name}九成线", f"{what}，九成工单不超过（P90）", _p90),
    )
    return tuple(
        Definition(f"{code}_{statistic}", title, Kind.MINUTES, formula, measure, value)
        for statistic, title, formula, value in found
    )


DEFINITIONS: tuple[Definition, ...] = (
    _share(
        "response_rate",
        "响应率",
        "受理、签收、裁定都没有超期（或超期了，但按时联系了群众）的 ÷ "
        "已签收、不予受理或期限已到的；只看第一次签收以前",
        lambda facts: _flag(facts.responded_in_time),
    ),
    _share(
        "solve_rate",
        "解决率",
        "群众最后说“解决了”的 ÷ 群众回答了解决没解决的；没回答的不算",
        lambda facts: _flag(facts.solved),
    ),
    _share(
        "satisfaction_rate",
        "满意率",
        "非常满意、满意、基本满意的 ÷ 群众评价了的，以最后一次评价为准",
        lambda facts: _of(facts.satisfaction is not None, (facts.satisfaction or 0) >= _CONTENT),
    ),
    *(
        _share(
            f"satisfaction_{level}",
            f"评价：{_LEVEL_NAMES[level]}",
            f"评价“{_LEVEL_NAMES[level]}”的 ÷ 群众评价了的",
            _level(level),
        )
        for level in LEVELS
    ),
    _share(
        "sign_in_time_rate",
        "签收及时率",
        "每次派单都没有超过签收期限的 ÷ 派单后已签收或签收期限已到的",
        lambda facts: _flag(facts.signed_in_time),
    ),
    _share(
        "on_time_close_rate",
        "按期办结率",
        "在期限内办结的 ÷ 已办结或办结期限已到的；期限以批准延期后的为准，重办的以最后一次为准",
        lambda facts: _flag(facts.closed_in_time),
    ),
    _share(
        "rework_rate",
        "返工率",
        "群众反映没解决、重办过的 ÷ 办结过的",
        lambda facts: _of(facts.ever_answered, facts.reworks > 0),
    ),
    _share(
        "extension_rate",
        "延期率",
        "批准过延期的 ÷ 签收过的",
        lambda facts: _of(facts.signed_at is not None, facts.extended),
    ),
    _share(
        "return_rate",
        "退单率",
        "退过单的 ÷ 派出过或签收过的",
        lambda facts: _of(
            facts.dispatched_at is not None or facts.signed_at is not None, facts.returns > 0
        ),
    ),
    _share(
        "first_dispatch_accuracy",
        "一次派单准确率",
        "第一次派单就派对的 ÷ 派出后已签收或已改派的；"
        "签收前改派了，或退单后裁定给别的单位，就是没派对",
        lambda facts: _flag(facts.first_dispatch_right),
    ),
    _share(
        "repeat_rate",
        "重复诉求率",
        "已并入别的工单，或同一个人、同一事项、同一村 30 天内说过的 ÷ 全部工单（含撤销、并单的）",
        lambda facts: float(facts.repeat),
    ),
    _share(
        "overdue_rate",
        "超期率",
        "有一次超过办结期限就算（后来批准了延期、办结了也算） ÷ 办结过或办结期限已到的",
        lambda facts: _flag(facts.overdue),
    ),
    _share(
        "escalation_rate",
        "升级率",
        "因为超时或没人在岗提过级的 ÷ 全部工单（含撤销、并单的）",
        lambda facts: float(facts.escalations > 0),
    ),
    *_times(
        "sign_time",
        "签收用时",
        "从第一次派单到第一次签收",
        lambda facts: facts.sign_minutes,
    ),
    *_times(
        "handle_time",
        "办理用时",
        "从签收到最后一次办结，等群众补充、挂账、待审核、退单待裁定的时间不算",
        lambda facts: facts.handle_minutes,
    ),
    Definition(
        "shelved_count",
        "挂账数",
        Kind.COUNT,
        "现在挂账的工单，另外列出，不进别的指标",
        lambda _facts: 1.0,
        sum,
    ),
    _share(
        "auto_dispatch_rate",
        "自动派单率",
        "没有经过人手、由系统派出的 ÷ 已经派出、直接签收或不予受理的",
        lambda facts: _flag(facts.auto_dispatched),
    ),
)
"""In the order of domain.md §7, in which they are printed."""
_BY_CODE = {each.code: each for each in DEFINITIONS}


def definition(code: str) -> Definition:
    """The metric of this code. Raises `KeyError` for any other."""
    return _BY_CODE[code]
