"""One thing that a check found: what it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Topic = Literal["rows", "staff", "duty", "cells", "ladders", "places", "knowledge", "calendar"]

TOPICS: dict[Topic, str] = {
    "rows": "派单目录",
    "staff": "单位和人员",
    "duty": "值班",
    "cells": "事项 × 乡镇",
    "ladders": "提级",
    "places": "区划和网格",
    "calendar": "工作日历",
    "knowledge": "知识库",
}
"""What is looked at, with its heading for people, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, or a note on something that works and could be better.

    `code` is stable, for programs; `what` and `mend` are sentences for the admin.
    """

    topic: Topic
    code: str
    what: str
    mend: str
    is_problem: bool = True


def listed(names: Iterable[str], of: str = "", most: int = 4) -> str:
    """府城镇、和川镇；of a long list the first ones and how many there are: 甲、乙 等 12 个单位."""
    every = list(names)  # two villages may have one name
    if len(every) <= most + 1:
        return "、".join(every)
    return f"{'、'.join(every[:most])} 等 {len(every)} 个{of}"
