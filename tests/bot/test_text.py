"""Telegram's limits, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, split, truncate, utf16_units

WORDS = st.text(st.sampled_from("ab路灯。, \n😀"), max_size=400)


@given(WORDS, st.integers(5, 60))
def test_split__every_part_fits_and_is_not_blank(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part.strip() and utf16_units(part) <= limit for part in parts)


@given(WORDS, st.integers(5, 60))
def test_split__loses_no_word(text: str, limit: int) -> None:
    assert "".join("".join(split(text, limit)).split()) == "".join(text.split())


def test_split__after_a_sentence_when_there_is_one() -> None:
    assert split("第一句话在这里。第二句话在这里", 10) == ["第一句话在这里。", "第二句话在这里"]


def test_split__short_text_stays_whole() -> None:
    assert split("路灯坏了\n\n三天了") == ["路灯坏了\n\n三天了"]


@given(WORDS, st.integers(2, 60))
def test_truncate__fits(text: str, limit: int) -> None:
    assert utf16_units(truncate(text, limit)) <= limit


@given(st.text(st.characters()))
def test_clean__can_be_stored(text: str) -> None:
    assert "\0" not in clean(text).encode("utf-8").decode()
