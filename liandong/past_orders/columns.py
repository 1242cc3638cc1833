"""Which column holds what people wrote, and which the category. Pure guesses, asked about later."""

from __future__ import annotations

from dataclasses import dataclass

from liandong.past_orders.opening import Orders
from liandong.workbook.file_kind import BadWorkbook

_TEXT_WORDS = tuple(
    "诉求内容 工单内容 问题描述 来电内容 反映内容 留言详情 详情 内容 诉求 描述 text details".split()
)
_CATEGORY_WORDS = tuple(
    "诉求类别 问题分类 事项名称 事项 类别 分类 标签 一级标签 归口 category label".split()
)
_TYPE_WORDS = ("诉求类型", "工单类型", "诉求性质", "appeal_type")
APPEAL_TYPES = {
    "咨询": "consult",
    "求助": "help",
    "投诉": "complaint",
    "举报": "report",
    "建议": "suggestion",
    "表扬": "praise",
}
_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class Columns:
    """Places from 0; `kind` is the appeal type's, None where there is none."""

    text: int
    category: int
    kind: int | None = None


def guess_columns(orders: Orders) -> Columns | None:
    """By the headers, else by what stands below: long and different, or short and few."""
    text = _named(orders, _TEXT_WORDS)
    text = _longest(orders) if text is None else text
    category = _named(orders, _CATEGORY_WORDS)
    category = _fewest(orders, text) if category is None else category
    if text is None or category is None or text == category:
        return None
    return Columns(text, category, _named(orders, _TYPE_WORDS))


def column_named(orders: Orders, name: str) -> int:
    """A column by its header or its number from 1. Raises `BadWorkbook`."""
    if name in orders.titles:
        return orders.titles.index(name)
    if name.isdecimal() and 1 <= int(name) <= len(orders.titles):
        return int(name) - 1
    have = "、".join(f"{n} {title or '（空）'}" for n, title in enumerate(orders.titles, 1))
    raise BadWorkbook(f"没有“{name}”这一列，有：{have}")


def refuse_merged(orders: Orders, columns: Columns) -> None:
    """A merged cell says only once what holds for several rows: which ones must not be guessed."""
    wrong = sorted({columns.text, columns.category} & orders.merged)
    if wrong:
        names = "、".join(orders.titles[at] for at in wrong)
        raise BadWorkbook(
            f"“{names}”这一列里有合并的单元格：请选中它，取消合并并把每一行填满，再导入"
        )


def _named(orders: Orders, words: tuple[str, ...]) -> int | None:
    titles = [title.lower().replace(" ", "") for title in orders.titles]
    for exact in (True, False):
        for word in words:
            for at, title in enumerate(titles):
                if title == word if exact else word in title:
                    return at
    return None


def _values(orders: Orders, at: int) -> list[str]:
    return [row[at] for row in orders.rows[:_SAMPLE] if at < len(row) and row[at]]


def _longest(orders: Orders) -> int | None:
    lengths = {
        at: sum(map(len, values)) / len(values)
        for at in range(len(orders.titles))
        if (values := _values(orders, at))
    }
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return best if best is not None and lengths[best] >= 6 else None


def _fewest(orders: Orders, text: int | None) -> int | None:
    """A column whose values come again and again, in words."""
    repeated = {}
    for at in range(len(orders.titles)):
        values = _values(orders, at)
        words = [value for value in values if not value.replace(".", "").isdecimal()]
        if at != text and len(words) >= max(2, len(orders.rows[:_SAMPLE]) // 2):
            repeated[at] = len(set(words)) / len(words)
    best = min(repeated, key=lambda at: repeated[at], default=None)
    return best if best is not None and repeated[best] <= 0.5 else None
