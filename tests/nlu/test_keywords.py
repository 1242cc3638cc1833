"""The classifier by word lists."""

from __future__ import annotations

import pytest

from nlu.keywords import KeywordClassifier

LISTS = {
    "路灯": {"lamp": 3.0},
    "水": {"water": 1.0},
    "水费": {"fee": 3.0},
    "谢谢": {"thanks": 3.0},
}
SMALL = KeywordClassifier(LISTS, {"lamp", "water", "fee"})


def labels(text: str) -> list[str]:
    return [guess.label for guess in SMALL.classify(text).ranking]


def test_keywords__a_word_inside_a_longer_one_does_not_count() -> None:
    assert labels("水费太高") == ["fee"]


def test_keywords__courtesy_loses_to_a_matter() -> None:
    assert labels("路灯坏了,谢谢谢谢") == ["lamp"]


def test_keywords__courtesy_alone_wins() -> None:
    assert labels("谢谢") == ["thanks"]


def test_keywords__unknown_words_give_no_ranking() -> None:
    assert SMALL.classify("嘀嘀嗒嗒咚咚").ranking == ()


def test_keywords__more_words_more_confidence() -> None:
    weak = SMALL.classify("水").ranking + SMALL.classify("没有水了").ranking
    strong = SMALL.classify("路灯坏了").ranking
    assert strong[0].confidence > weak[-1].confidence


def test_keywords__traditional_characters_are_found() -> None:
    assert labels("路燈") == ["lamp"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("5", "rating"),
        ("10分", "rating"),
        ("LD-20261123-0042-6", "status_query"),
        ("在", "greeting"),
    ],
)
def test_keywords__rules_for_the_shortest(text: str, label: str) -> None:
    assert labels(text) == [label]
