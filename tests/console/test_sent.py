"""What a form says in the words that a button carries, and what it may not say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from console.act_words import ACT_WORDS
from console.sent import problem, said
from services.case_entries import ENTRIES
from services.case_limits import reason_in
from services.case_words import date_in, days_in

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("verb", "form", "words"),
    [
        ("return", {"unit": "unit:power", "text": "灯杆是他们的"}, "unit:power 灯杆是他们的"),
        ("return", {"text": "归供电公司"}, "归供电公司"),
        ("drop", {"co_unit": "unit:power", "text": "不用了"}, "unit:power 不用了"),
        ("accept", {"matter": "street_lamp", "text": ""}, "street_lamp"),
        ("extend", {"days": "3", "text": "12月3日到货"}, "3个工作日，12月3日到货"),
        ("shelve", {"date": "2026-12-20", "text": "等资金"}, "12月20日复查，等资金"),
        ("shelve", {"date": "20 Dec", "text": "等资金"}, "等资金"),
        ("rate", {"level": "4"}, "4"),
        ("sign", {"text": " 好\u0007 "}, "好"),
        ("join", {"unit": "unit:power\nunit:water", "text": "看看"}, "看看"),
    ],
)
def test_said__the_choice_before_the_words(verb: str, form: dict[str, str], words: str) -> None:
    assert said(verb, form) == words


def test_days__of_the_field_count_and_not_those_of_the_reason() -> None:
    words = said("extend", {"days": "3", "text": "等 5 天的货"})
    assert (days_in(words), reason_in(words)) == (3, "等 5 天的货")


def test_date__of_the_field_counts_and_is_no_part_of_the_reason() -> None:
    words = said("shelve", {"date": "2026-12-20", "text": "11月30日才有资金"})
    review = date_in(words, NOW)
    assert review is not None and (review.month, review.day) == (12, 20)
    assert reason_in(words) == "11月30日才有资金"


@pytest.mark.parametrize(
    ("verb", "form", "says"),
    [
        ("return", {"unit": "unit:power"}, "退单原因"),
        ("dispatch", {}, "请选一个单位"),
        ("accept", {}, "请选是什么事"),
        ("rate", {}, "请选群众的评价"),
        ("reply", {"text": "字" * 2001}, "太长"),
        ("sign", {}, ""),
        ("rule_agree", {}, ""),
        ("return", {"text": "归供电公司"}, ""),
    ],
)
def test_problem__is_said_in_a_sentence(verb: str, form: dict[str, str], says: str) -> None:
    found = problem(verb, form, photo=False)
    assert says in found and bool(found) == bool(says)


def test_every_entry__has_its_words_on_the_page() -> None:
    assert {entry.name for entry in ENTRIES} == set(ACT_WORDS)
