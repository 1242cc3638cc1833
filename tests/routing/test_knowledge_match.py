"""A question gets the right answer or none: a wrong one is worse than none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from routing.county import County
from routing.knowledge import Entry
from routing.knowledge_match import THRESHOLD, Knowledge

DAY = date(2026, 11, 23)
NLU = Path(__file__).parents[2] / "nlu"
RENT = Entry("r", "廉租房补贴", "有。", (), "", "u", "s", None, None, "answered")
TELEVISION = Entry(
    "t", "免费数字电视", "有。", ("看电视收费",), "broadcast_tv", "u", "s", None, None, "answered"
)
KNOWLEDGE = Knowledge.of([RENT, TELEVISION])


def code_for(county: County, text: str, matter: str | None = None) -> str | None:
    match = county.knowledge.match(text, DAY, matter)
    return match.entry.code if match else None


def sentences() -> set[str]:
    """What the classifier learns from and is examined with, all kinds and matters."""
    files = [*(NLU / "data").glob("*.yml"), *(NLU / "golden").glob("*.yml")]
    blocks = [block for file in files for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]]
    return {
        line.removeprefix("- ").strip()
        for block in blocks
        for line in block.get("examples", "").splitlines()
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("免费数字电视", "full01"),
        ("免费电视咋看", "full01"),
        ("请问数字电视收不收费？", "full01"),
        ("看电视要不要交钱", "full01"),
        ("数字电视是不是不要钱", "full01"),
        ("上学不要钱是真的吗?", "full02"),
        ("十二年免费教育是不是真的", "full02"),
        ("高中还收学费吗", "full02"),
        ("高中是不是真的不收学费了", "full02"),
        ("听说咱县念书不掏钱", "full02"),
    ],
)
def test_question__about_what_is_known_is_answered(county: County, text: str, code: str) -> None:
    assert code_for(county, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "免费体检在哪",
        "免费午餐 初中有吗",
        "宽带也能免费？",
        "有甚补贴没有",
        "28个全覆盖都有哪些",
        "25项零收费的审批都包括什么",
        "全覆盖项目",
        "全覆盖项目(待县里填写)3",
        "零收费审批项目(待县里填写)1",
        "免费",
        "数字电视坏了",
        "免费电视收了我两百块",
        "电视户户通坏了换机顶盒还免费不 华寨",
        "低保户有免费的电视吗",
        "外地户口的娃在咱县上学享受免费不享受",
        "残疾人上学免费吗",
        "上大学免费吗",
        "高中住宿费免费吗",
        "高中学费是不是也免了,住宿费呢",
        "",
        "？！",
    ],
)
def test_question__about_anything_else_is_not(county: County, text: str) -> None:
    assert code_for(county, text) is None


def test_classifiers_sentences__only_questions_about_the_two_are_answered(county: County) -> None:
    known = {
        "免费电视咋看",
        "上学不要钱是真的吗?",
        "高中是不是真的不收学费了",
        "数字电视免费看是不是每家都有",
        "看电视要不要交钱",
    }
    answered = {text for text in sentences() if code_for(county, text)}
    assert answered <= known
    assert len(answered) >= 4


def test_evidence__says_what_both_have_in_common(county: County) -> None:
    match = county.knowledge.match("免费的数字电视咋看", DAY)
    assert match is not None and match.evidence == ("数字电视", "免费")
    assert "full01" in match.reason and f"{match.score:.2f}" in match.reason


@pytest.mark.parametrize(
    ("change", "day", "is_answered"),
    [
        ({}, DAY, True),
        ({"status": "empty"}, DAY, False),
        ({"valid_from": DAY}, DAY, True),
        ({"valid_from": date(2026, 11, 24)}, DAY, False),
        ({"valid_to": DAY}, DAY, True),
        ({"valid_to": date(2026, 11, 22)}, DAY, False),
    ],
)
def test_entry__answers_only_while_it_is_valid(
    change: dict[str, object], day: date, is_answered: bool
) -> None:
    knowledge = Knowledge.of([replace(TELEVISION, **change)])  # type: ignore[arg-type]  # as given
    assert (knowledge.match("免费数字电视", day) is not None) is is_answered


def test_margin__two_that_are_near_answer_nothing() -> None:
    twin = replace(TELEVISION, code="t2", title="免费数字电视节目", words=("数字电视",))
    assert Knowledge.of([TELEVISION, twin]).match("数字电视免费吗", DAY) is None


def test_matter__another_one_weakens_a_match() -> None:
    [alone] = KNOWLEDGE.ranked("看电视收费", DAY, "broadcast_tv")
    [other] = KNOWLEDGE.ranked("看电视收费", DAY, "road")
    assert other.score < alone.score == 1


def test_second_question__in_another_clause_weakens_a_match() -> None:
    [one] = KNOWLEDGE.ranked("数字电视免费吗", DAY)
    [two] = KNOWLEDGE.ranked("数字电视免费吗，路灯呢", DAY)
    assert two.score < THRESHOLD < one.score


WORDS = st.text(st.sampled_from("免费电视数字上学高中收钱不吗的路灯坏了，。a1 "), max_size=40)


@given(WORDS)
def test_scores__lie_between_nothing_and_all(text: str) -> None:
    for match in KNOWLEDGE.ranked(text, DAY):
        assert 0 < match.score <= 1 and match.runner_up <= match.score and match.evidence


@given(WORDS)
def test_empty_and_expired__never_match(text: str) -> None:
    never = [
        replace(TELEVISION, code="e", status="empty"),
        replace(TELEVISION, code="o", valid_to=date(2026, 11, 22)),
        replace(TELEVISION, code="f", valid_from=date(2026, 11, 24)),
    ]
    assert Knowledge.of(never).ranked(text, DAY) == []


@given(st.text(st.characters(exclude_characters="免费数字电视看收廉租房补贴")))
def test_unrelated__words_without_a_pair_in_common_never_match(text: str) -> None:
    assert KNOWLEDGE.match(text, DAY) is None


@given(
    st.sampled_from(["请问", "咱县", "听说", "是不是", ""]), st.sampled_from(["吗", "？", "呢", ""])
)
def test_title__matches_however_politely_it_is_asked(before: str, after: str) -> None:
    match = KNOWLEDGE.match(f"{before}免费数字电视{after}", DAY)
    assert match is not None and match.entry == TELEVISION
