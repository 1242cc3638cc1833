"""How the kinds of appeals are called, and the keys that choose them."""

from __future__ import annotations

from collections.abc import Mapping

APPEAL_TYPES: Mapping[str, str] = {
    "consult": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggestion": "建议",
    "praise": "表扬",
}
"""In the order of their keys, 4 to 9: 1 to 3 belong to the model's three readings."""
FIRST_KEY = 4
