"""What a sentence looks like in a file, so that Rasa reads exactly it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.dataset import MARK, words_of
from nlu.normalise import normalise
from nlu.sentence_files.written_form import written_form
from services.learning.edits import EditRefused


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("  路灯\n不亮\r\n了 ", "路灯 不亮 了"),
        ("/restart", "／restart"),
        ("看[这里](http://x)吧", "看[这里］(http://x)吧"),
        ("[a]{b} [c][d]", "[a］{b} [c］[d]"),
        (r"D:\u4f60", "D:＼u4f60"),
        ("- 路灯", "- 路灯"),
        ("a\x00b\u2028c\ufeffd\ud800", "ab cd"),
        ("👨‍👩‍👧急", "👨‍👩‍👧急"),
    ],
)
def test_written_form(text: str, written: str) -> None:
    assert written_form(text) == written


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_written_form__is_read_back_and_means_the_same_to_the_model(text: str) -> None:
    try:
        written = written_form(text)
    except EditRefused:
        return
    assert words_of(MARK + written) == written == written_form(written)
    assert normalise(written) == normalise(" ".join(text.split()))


@pytest.mark.parametrize("text", ["", " \n\u3000", "\x00", "路" * 2_001])
def test_written_form__what_is_no_sentence_is_refused(text: str) -> None:
    with pytest.raises(EditRefused):
        written_form(text)
