from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.number import find, make, mentions_broken

DAY = date(2026, 11, 23)
NUMBER = make(DAY, 42)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2099, 12, 31))


@given(day=days, sequence=st.integers(1, 999_999))
def test_number__is_found_in_a_sentence(day: date, sequence: int) -> None:
    number = make(day, sequence)
    assert find(f"我那个{number}到哪一步了") == (number,)


@given(place=st.integers(3, len(NUMBER) - 1), digit=st.sampled_from("0123456789"))
def test_number__one_wrong_digit_is_caught(place: int, digit: str) -> None:
    wrong = NUMBER[:place] + digit + NUMBER[place + 1 :]
    if NUMBER[place].isdigit() and wrong != NUMBER:
        assert find(wrong) == ()


@given(place=st.integers(3, 10))
def test_number__two_neighbours_said_in_the_wrong_order_are_caught(place: int) -> None:
    swapped = NUMBER[:place] + NUMBER[place + 1] + NUMBER[place] + NUMBER[place + 2 :]
    if NUMBER[place : place + 2].isdigit() and swapped != NUMBER:
        assert find(swapped) == ()


@pytest.mark.parametrize(
    "written",
    [NUMBER.lower(), NUMBER.replace("-", ""), NUMBER.replace("-", " "), NUMBER.replace("-", "—")],
)
def test_number__spelling_does_not_matter(written: str) -> None:
    assert find(written) == (NUMBER,)


def test_number__full_width_digits_are_understood() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in NUMBER)
    assert find(wide) == (NUMBER,)


def test_number__broken_one_is_told_from_none() -> None:
    assert mentions_broken(NUMBER[:-1] + "0")
    assert not mentions_broken("路灯坏了 13800000001")
