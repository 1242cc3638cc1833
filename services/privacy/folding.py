"""A text in plain digits and letters, character by character: what is found keeps its place."""

from __future__ import annotations

import re
import unicodedata

_CHINESE = str.maketrans(
    "零〇○一幺二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖", "00011223456789122334566789"
)
_LOOKS_LIKE = str.maketrans("oOlI|", "00111")
_AMONG_DIGITS = re.compile(r"(?<=\d)[oOlI|]+|[oOlI|]+(?=\d)")
_ENCLOSED = {"⓪": "0", "⓿": "0", "➊": "1"} | {
    chr(first + i): str(i + 1) for first in (0x2776, 0x2780, 0x278A, 0x24F5) for i in range(9)
}


def narrow(text: str) -> str:
    """Full-width, circled and other forms of one character as that character; same length."""
    if text.isascii():
        return text
    return "".join(map(_narrow, text))


def _narrow(char: str) -> str:
    if char < "\u2000":
        return char
    plain = _ENCLOSED.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def digits(plain: str) -> str:
    """Chinese digits, and letters written for digits among digits, as digits; same length."""
    numbers = plain.translate(_CHINESE)
    for _ in range(2):
        numbers = _AMONG_DIGITS.sub(lambda run: run.group().translate(_LOOKS_LIKE), numbers)
    return numbers
