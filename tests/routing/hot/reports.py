"""Reports for tests: two villages of one township, and what hypothesis makes of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from routing.hot.report import Report
from tests.routing.hot.written import START, rows

TOWNSHIP, OTHER_TOWNSHIP = "141026100", "141026101"
VILLAGE, OTHER_VILLAGE = "141026100206", "141026100207"


def report(text: str, number: str = "1", *, hours: float = 0, **given: Any) -> Report:
    """A street lamp in 高壁 unless something else is given."""
    values = {
        "matter": "street_lamp",
        "group": "infrastructure",
        "township": TOWNSHIP,
        "village": VILLAGE,
        "reporter": f"writer-{number}",
        "place_name": "府城镇高壁村",
        "matter_name": "路灯",
        "place_words": ("高壁村", "高壁"),
    } | given
    return Report(number=number, text=text, at=START + timedelta(hours=hours), **values)


_TEXTS = sorted((row["text"], row["matter"]) for row in rows() if row["matter"])[::9]
_GROUPS = {"street_lamp": "infrastructure", "noise": "infrastructure", "low_income": "livelihood"}


@st.composite
def any_report(draw: st.DrawFn, number: str) -> Report:
    """Anything that the core may be given, often alike."""
    text, matter = draw(
        st.sampled_from(_TEXTS)
        | st.tuples(st.text("高壁路灯坏了停水二5号楼 ，a", max_size=12), st.none())
    )
    return report(
        text,
        number,
        hours=draw(st.integers(0, 400)),
        matter=matter,
        group=draw(st.sampled_from([None, *_GROUPS.values()])),
        township=draw(st.sampled_from([TOWNSHIP, TOWNSHIP, OTHER_TOWNSHIP, None])),
        village=draw(st.sampled_from([VILLAGE, VILLAGE, OTHER_VILLAGE, None])),
        villager_group=draw(st.sampled_from([None, None, 3, 7])),
        reporter=draw(st.sampled_from(["", "a", "b", "c", "d"])),
        urgent=draw(st.booleans()),
        confidential=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def any_reports(draw: st.DrawFn, most: int = 14) -> list[Report]:
    """Reports of different numbers; few texts, so that many are alike."""
    count = draw(st.integers(0, most))
    return [draw(any_report(f"n{index:02d}")) for index in range(count)]
