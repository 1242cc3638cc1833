from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.suspicious import (
    CONTACT,
    PHOTO,
    Limits,
    Sign,
    Suspicion,
    answer_key,
    sample,
    suspicions,
)

SIGNED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HASH, OTHER = f"{0:064x}", f"{2**255 - 1:064x}"
HONEST: dict[str, Any] = {
    "signed_at": SIGNED,
    "resolved_at": SIGNED + timedelta(hours=5),
    "contacted_at": SIGNED + timedelta(hours=1),
    "evidence": {PHOTO, CONTACT},
    "evidence_needed": (PHOTO, CONTACT),
    "answer": "您好，高壁村三组的路灯今天上午已经换了新灯泡，晚上请您看看亮不亮。",
    "same_answers": 0,
    "hashes": (HASH,),
    "earlier_hashes": (("LD-20261101-0001-0", OTHER),),
}

FAST = {"resolved_at": SIGNED + timedelta(seconds=9), "contacted_at": SIGNED}
LATE = {"contacted_at": SIGNED + timedelta(hours=6)}
TEMPLATE = "模板答复：另有 3 件工单的答复除数字外一字不差"
COPIED = {"earlier_hashes": (("LD-7", HASH[:-1] + "f"),)}


def _found(**change: Any) -> tuple[Suspicion, ...]:
    return suspicions(**{**HONEST, **change})


def test_suspicions__an_honest_closing_has_none() -> None:
    assert _found() == ()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (FAST, Sign.TOO_FAST, "签收后 9 秒就办结了"),
        ({"signed_at": None}, Sign.TOO_FAST, "没有签收就办结了"),
        (COPIED, Sign.SAME_PICTURE, "照片和工单 LD-7 的照片相同"),
        ({"contacted_at": None}, Sign.NO_CONTACT, "办结前没有联系群众的记录"),
        (LATE, Sign.NO_CONTACT, "办结前没有联系群众的记录"),
        ({"evidence": ()}, Sign.EVIDENCE_MISSING, "缺少办结材料：照片"),
        ({"answer": "已处理。"}, Sign.SHORT_ANSWER, "公开答复只有 3 个字"),
        ({"same_answers": 3}, Sign.TEMPLATE_ANSWER, TEMPLATE),
    ],
)  # fmt: skip
def test_suspicions__name_the_fact(change: dict[str, Any], code: Sign, words: str) -> None:
    assert _found(**change) == (Suspicion(code, words),)


@pytest.mark.parametrize(
    "change",
    [
        {"resolved_at": SIGNED + timedelta(seconds=120), "contacted_at": SIGNED},
        {"contacted_at": None, "evidence_needed": (PHOTO,)},
        {"same_answers": 2},
        {"hashes": ("",), "earlier_hashes": (("LD-7", ""),)},
        {"hashes": ()},
    ],
    ids=[
        "two minutes",
        "no contact needed",
        "twice the same answer",
        "flat pictures",
        "no picture",
    ],
)
def test_suspicions__allow_what_is_usual(change: dict[str, Any]) -> None:
    assert _found(**change) == ()


def test_suspicions__a_clock_that_jumped_back_is_no_time_at_all() -> None:
    (found,) = _found(
        resolved_at=SIGNED - timedelta(hours=1), contacted_at=SIGNED - timedelta(hours=2)
    )
    assert found == Suspicion(Sign.TOO_FAST, "签收后 0 秒就办结了")


def test_suspicions__limits_are_the_countys() -> None:
    slow = Limits(fastest=timedelta(hours=6), shortest_answer=100, template_from=1)
    codes = [each.code for each in _found(limits=slow, same_answers=1)]
    assert codes == [Sign.TOO_FAST, Sign.SHORT_ANSWER, Sign.TEMPLATE_ANSWER]


def test_answer_key__a_template_is_the_same_with_other_numbers() -> None:
    a = "您好，您反映的问题（LD-20261123-0042-6）已于11月23日处理。"
    b = "您好!您反映的问题(LD-20261124-0107-1)已于11月24日处理"
    assert answer_key(a) == answer_key(b)
    assert answer_key(a) != answer_key("您好，您反映的路灯已于11月23日处理。")


@pytest.mark.parametrize("answer", ["", "。。。", "13800000001", "😀"])
def test_answer_key__of_no_words_is_empty(answer: str) -> None:
    assert answer_key(answer) == ""


numbers = st.lists(st.text("0123456789-LD", min_size=1, max_size=12), unique=True, max_size=40)


@given(closed=numbers, data=st.data(), share=st.floats(0, 1), seed=st.text(max_size=5))
def test_sample__has_all_suspicious_ones_and_no_stranger(
    closed: list[str], data: st.DataObject, share: float, seed: str
) -> None:
    suspicious = set(data.draw(st.lists(st.sampled_from(closed)))) if closed else set()
    drawn = sample(closed, suspicious | {"never closed"}, share, seed)
    assert suspicious <= set(drawn) <= set(closed)
    assert list(drawn) == [number for number in closed if number in drawn]


@given(closed=numbers, more=numbers, seed=st.text(max_size=5))
def test_sample__of_a_ticket_does_not_depend_on_the_others(
    closed: list[str], more: list[str], seed: str
) -> None:
    together = set(sample([*closed, *more], (), 0.5, seed))
    assert together == set(sample(closed, (), 0.5, seed)) | set(sample(more, (), 0.5, seed))


def test_sample__takes_about_its_share() -> None:
    closed = [f"LD-{number:05d}" for number in range(10_000)]
    assert 420 <= len(sample(closed, (), 0.05, "county")) <= 580
    assert sample(closed, (), 0.05, "county") != sample(closed, (), 0.05, "another")
    assert sample(closed, (), 0.0, "x") == ()
    assert len(sample(closed, (), 1.0, "x")) == 10_000


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_sample__refuses_what_is_no_share(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        sample(["a"], (), share)
