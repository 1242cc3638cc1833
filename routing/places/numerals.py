"""Small Chinese numerals, as they occur in group numbers and names (十二 = 12)."""

from __future__ import annotations

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERAL = r"(?:[1-9][0-9]?|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"


def small_number(text: str) -> int:
    """The value of a match of `NUMERAL`, 1 to 99."""
    if text.isdecimal():
        return int(text)
    if "十" not in text:
        return DIGITS[text]
    tens, _, ones = text.partition("十")
    return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)


def numeral(number: int) -> str:
    """The Chinese numeral of a number from 1 to 99: 12 is 十二."""
    digits = {value: character for character, value in DIGITS.items()}
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + digits.get(ones, "")
