"""How people number what they say: 一、二、 · 1. 2. · 第一 第二 · ① ② · 首先 其次 · 一个是."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlu.signals.plain import plain_of

_BEGIN = r"(?:^|(?<=[\s;。,:!?、)事点样题]))"
_NUMBERS = {
    mark: i for marks in ("一二三四五", "12345", "①②③④⑤") for i, mark in enumerate(marks, 1)
}
_NOT_COUNTED = (
    "组村号月日点年天个次岁万千百块元里公米斤亩户人条瓦度楼栋单期路队社分时小级班层两三四五"
)
_STYLES = (
    re.compile(_BEGIN + r"\(?([一二三四五])\)?(?:、|是|,|\.|:|来(?!年|回)|\)| )"),
    re.compile(r"(?<![\d.])\(?([1-5])\)?(?:[、.:)](?!\d)|是(?!号))"),
    re.compile(_BEGIN + r"([1-5])[, ](?!\d)"),
    re.compile(
        r"第([一二三四五])(?:个|件|条|项|点|桩|样)?(?:事|问题|就)?(?:是|,|、|:|\s)*"
        r"(?!次|组|天|年|批|回|中学|小学|期|网格|责任|书记|季|名|代|实验|医院|人民|产业)"
    ),
    re.compile(r"([①②③④⑤])"),
)
_BARE = re.compile(rf"(?<![\d.])([1-5])(?=[一-鿿])(?![1-5][{_NOT_COUNTED}])")
_FEWEST_BARE = 3
"""Bare digits in running words number something only in a run as long as this."""
_HEAD = re.compile(
    r"(?:头一|第一)(?:个|件|样|桩)(?:事|问题)?(?:是|,)?|第([二三四五])(?:个|件|样|桩)(?:是|,)?"
)
_SEQUENCE = re.compile(r"(首先(?:是)?)|(?:其次|再次|再者|最后(?:就是|是|还有|一个|一件)?)[,是]*")
_ONE_IS = re.compile(
    r"(?:(?:再|还有|另|另外)?一(?:个|件|样|桩)(?:事|问题)?(?:就)?是|(?:再|还有|另外)一(?:个|件)(?:事)?(?:就)?是?)[,]?"
)
_LONGEST_RUN = 5


@dataclass(frozen=True, slots=True)
class Item:
    """Where a numbered item begins: its mark from `start`, its words from `end`."""

    start: int
    end: int


def enumerated(text: str) -> tuple[Item, ...]:
    """The marks of the longest enumeration; empty when nothing is numbered from the first on."""
    plain = plain_of(text)
    runs = [_run(style, plain) for style in _STYLES]
    runs += [_heads(plain), _sequence(plain), _one_is(plain)]
    bare = _run(_BARE, plain)
    if len(bare) >= _FEWEST_BARE:
        runs.append(bare)
    best = max(runs, key=len)
    return best[:_LONGEST_RUN] if len(best) > 1 else ()


def _run(style: re.Pattern[str], plain: str) -> tuple[Item, ...]:
    """The items that begin with the first and go on in order."""
    items: list[Item] = []
    for found in style.finditer(plain):
        if _NUMBERS[found[1]] == len(items) + 1:
            items.append(Item(found.start(), found.end()))
    return tuple(items)


def _heads(plain: str) -> tuple[Item, ...]:
    items: list[Item] = []
    for found in _HEAD.finditer(plain):
        if (_NUMBERS[found[1]] if found[1] else 1) == len(items) + 1:
            items.append(Item(found.start(), found.end()))
    return tuple(items)


def _sequence(plain: str) -> tuple[Item, ...]:
    found = list(_SEQUENCE.finditer(plain))
    first = next((i for i, each in enumerate(found) if each[1]), len(found))
    return tuple(Item(each.start(), each.end()) for each in found[first:])


def _one_is(plain: str) -> tuple[Item, ...]:
    return tuple(Item(each.start(), each.end()) for each in _at_clauses(_ONE_IS, plain))


def _at_clauses(pattern: re.Pattern[str], plain: str) -> Iterator[re.Match[str]]:
    """Matches that do not continue a word: 两个儿子一个是电工 has none after its first word."""
    for found in pattern.finditer(plain):
        before = plain[: found.start()]
        if not before or not re.search(r"[个名位口家人子女娃儿][,、\s]*$", before):
            yield found
