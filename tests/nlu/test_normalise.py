"""One plain form, however a text was typed."""

from __future__ import annotations

import pytest

from nlu.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("路灯坏了!!!", "路灯坏了!"),
        ("路燈壞了！！", "路灯坏了!"),
        ("３组 12号", "0组 0号"),
        ("停\u200b电\n\n了", "停电 了"),
        ("急急急急急急", "急急急"),
        ("ＡＢＣ。", "abc."),
        ("", ""),
    ],
)
def test_normalise__typing_habits_leave_no_trace(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_normalise__twice_is_once() -> None:
    once = normalise("俺村３組的路燈，坏了１２天！！！")
    assert normalise(once) == once
