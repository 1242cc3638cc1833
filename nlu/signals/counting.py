"""How many separate matters a message holds, told by how people enumerate.

Moderate on purpose: a list, a number of things said, or a joining word between two parts that
the word lists place under different matters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nlu.normalise import simplified

Points = Callable[[str], Mapping[str, float]]
"""Points of each matter for a part of a text."""

_NUMERALS = {"两": 2, "俩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_SAID = re.compile(
    r"(?:说|有|问|反映|反应|就|:|^|村|,)[^,。;]{0,4}?([两俩二三四五2-5])(?:个|件|桩|样|码)?(?:事|问题)"
)
_HAN_ITEM = re.compile(r"(?:^|[\s;。,:!]|事)([一二三四五])(?:、|是|,|\.|来(?!年))")
_DIGIT_ITEM = re.compile(r"(?:^|[\s;。,:!])\(?([1-5])(?:[、.)](?!\d)|是|,)")
_JOIN = re.compile(
    r"还有(?:一个|一件事?|件事|个事|就是|,)|另外|再一个|再有就是|顺便(?:说|问|再)|除此之外|再说(?:一件|个)|"
    r"第二(?:个|件|,|是)|其次|同时(?:还|也)|对了|[;；]"
)
_SURE = 3.0
_MOST = 5


def count_matters(text: str, points: Points) -> int:
    """1 for a message with one matter (or none that could be told apart), at most 5."""
    plain = simplified(text).replace("，", ",").replace("；", ";").replace("：", ":")
    listed = max(_run(_HAN_ITEM, plain, "一二三四五"), _run(_DIGIT_ITEM, plain, "12345"))
    said = _SAID.search(plain)
    if listed >= 2:
        return min(listed, _MOST)
    if said:
        return _NUMERALS[said[1]]
    return _joined(plain, points)


def _run(item: re.Pattern[str], text: str, order: str) -> int:
    """Length of the run of items that begins with the first and goes on in order."""
    seen = [found[1] for found in item.finditer(text)]
    length = 0
    for mark in seen:
        if length < len(order) and mark == order[length]:
            length += 1
    return length


def _joined(text: str, points: Points) -> int:
    parts = [part for part in _JOIN.split(text) if part and len(part.strip()) >= 4]
    tops = [top for top in (_top(points(part)) for part in parts) if top]
    return min(max(1, len(set(tops))), _MOST)


def _top(found: Mapping[str, float]) -> str | None:
    best = max(found, key=lambda label: (found[label], label), default=None)
    return best if best is not None and found[best] >= _SURE else None
