"""五级评价: which level of satisfaction somebody's words name."""

from __future__ import annotations

import re

_VERY = "非常|很|太|十分|特别"
_LEVELS = (
    (1, re.compile(rf"(?:{_VERY})不满意|一星|1星")),
    (2, re.compile(rf"(?:不|没|谈不上|算不上)(?:是|够|怎么|大|有)?(?:{_VERY})?满意|两星|2星")),
    (5, re.compile(rf"(?:{_VERY})满意|五星|5星")),
    (3, re.compile("基本满意|还行|凑合|一般|三星|3星")),
    (4, re.compile("满意|四星|4星")),
)
"""In the order in which they are looked for: 不太满意 holds 满意."""


def level_in(text: str) -> int | None:
    """5 非常满意 … 1 非常不满意; None when the words name none."""
    return next((level for level, words in _LEVELS if words.search(text)), None)
