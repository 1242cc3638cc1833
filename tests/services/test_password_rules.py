"""What a password must be."""

from __future__ import annotations

import pytest

from services.password_rules import WeakPassword, check_password


@pytest.mark.parametrize(
    "password",
    ["", "short", "123456789", "1234567890", "Password123", "aaaaaaaaaaaa", "ababababab",
     "wang.li.wang.li", "wang.li2026", "x" * 129],
)  # fmt: skip
def test_password__too_easy_is_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        check_password(password, "wang.li")
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("password", ["river-stone-42", "安泽的秋天特别好看呀", "wang.li-river"])
def test_password__long_and_ones_own_is_taken(password: str) -> None:
    check_password(password, "wang.li")


def test_password__full_width_letters_are_the_same_easy_ones() -> None:
    with pytest.raises(WeakPassword):
        check_password("ｐａｓｓｗｏｒｄ１２３", "wang.li")
