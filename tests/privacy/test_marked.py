"""What goes and what stays, on sentences marked by hand: a leak is worse than a word too many."""

from __future__ import annotations

import pytest

from services.privacy import Masker
from tests.privacy.sentences import Marked, hidden, marked

SEEN = marked("marked.txt")
"""The rules were made with these."""
UNSEEN = marked("unseen.txt")
"""Written after the rules, and not used to change them: the honest figure."""


@pytest.mark.parametrize("sentence", SEEN, ids=lambda each: each.text)
def test_mask__nothing_personal_stays_and_nothing_else_goes(
    masker: Masker, sentence: Marked
) -> None:
    gone = hidden(sentence.text, masker.mask(sentence.text))
    assert not {i for i in sentence.personal - gone if sentence.text[i].isalnum()}
    assert not gone - sentence.personal


def test_unseen__few_marks_leak(masker: Masker) -> None:
    leaks, marks = _leaks(masker), sum(len(each.spans) for each in UNSEEN)
    assert len(leaks) <= 0.08 * marks, leaks


def test_unseen__few_other_words_go(masker: Masker) -> None:
    spoilt = [
        each.text for each in UNSEEN if hidden(each.text, masker.mask(each.text)) - each.personal
    ]
    assert len(spoilt) <= 0.03 * len(UNSEEN), spoilt


def _leaks(masker: Masker) -> list[str]:
    return [
        each.text[start:end]
        for each in UNSEEN
        for start, end in each.spans
        if not set(range(start, end)) <= hidden(each.text, masker.mask(each.text))
    ]
