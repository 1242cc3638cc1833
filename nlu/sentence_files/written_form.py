"""How a sentence is written into a file so that Rasa reads exactly it and nothing else.

Rasa's format has no escapes. What would be taken for something else is written with the full-width
twin of a sign: model and keyword lists see the same, because `nlu.normalise` narrows it again.
"""

from __future__ import annotations

import re

from nlu.dataset_checks import LONGEST
from services.learning.edits import EditRefused

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML does not let into a file; and the byte order mark, which it would drop."""
_MARKING = re.compile(r"\](?=[(\[{])")
"""Where `[x](y)`, `[x]{y}` and `[x][y]` would mark an entity."""
_ESCAPE = re.compile(r"\\(?=[uU])")
r"""Rasa reads `\u4f60` as 你 in a file that is all ASCII."""


def written_form(text: str) -> str:
    """The one line as which a sentence is written; the same for what was written so already.

    Raises `EditRefused` for what is no sentence.
    """
    # Form feed and their like part words before they are dropped.
    line = " ".join(_UNPRINTABLE.sub("", " ".join(text.split())).split())
    line = _ESCAPE.sub("＼", _MARKING.sub("］", line))
    if line.startswith("/"):
        line = "／" + line[1:]
    if not line:
        raise EditRefused("这一句是空的，没有字")
    if len(line) > LONGEST:
        raise EditRefused(f"这一句有 {len(line)} 个字，超过 {LONGEST} 个字，请只留下说事的那一段")
    return line
