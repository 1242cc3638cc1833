"""Whatever a number is written like, none of it is left: the leak test."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from services.privacy import Masker
from services.privacy.folding import digits, narrow
from services.privacy.placeholders import ANY

MASKER = Masker(people=("王示例一",), places=("王村", "高壁"))
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "〇幺二三四五六七八九")
_GAPS = ("", " ", "-", "—", " - ", ".", "\u200b", "\u00a0", "·", "_")
_BEFORE = ("", "电话", "我的手机是", "有事打", "村民张建国，", "高壁村停水了 ", "联系人：", "（")
_AFTER = ("", "，谢谢", "。", " 找我", "）", "，白天打", "\n家里没人")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

spelling = st.sampled_from((str, _FULL, _CHINESE, _SPOKEN))
mobiles = st.builds("1{}{:09d}".format, st.integers(3, 9), st.integers(0, 10**9 - 1))
landlines = st.builds(
    "0{}{:08d}".format, st.integers(310, 999), st.integers(2 * 10**7, 9 * 10**7 - 1)
)
papers = st.builds(
    "{:06d}{:04d}{:02d}{:02d}{:03d}".format,
    st.integers(110101, 659001),
    st.integers(1930, 2024),
    st.integers(1, 12),
    st.integers(1, 28),
    st.integers(0, 999),
)
cards = st.builds("62{:014d}".format, st.integers(0, 10**14 - 1))


def _left(masked: str) -> str:
    """The digits that can still be read, whatever form they have."""
    plain = ANY.sub("|", masked)
    return re.sub(r"[^\d|]", "", digits(narrow(plain)))


def _spelt(number: str, how: object, gap: str, groups: tuple[int, ...]) -> str:
    parts, at = [], 0
    for length in groups:
        parts.append(number[at : at + length])
        at += length
    spaced = gap.join([part for part in (*parts, number[at:]) if part])
    return spaced.translate(how) if isinstance(how, dict) else spaced


def _holds(masked: str, number: str) -> bool:
    return any(number[i : i + 5] in _left(masked) for i in range(len(number) - 4))


@given(
    mobiles,
    spelling,
    st.sampled_from(_GAPS),
    st.sampled_from(((3, 4), (3, 3), (4, 4), (1,) * 10, (5,), ())),
    st.sampled_from(_BEFORE),
    st.sampled_from(_AFTER),
)
def test_mobile__no_spelling_survives(
    number: str, how: object, gap: str, groups: tuple[int, ...], before: str, after: str
) -> None:
    masked = MASKER.mask(before + _spelt(number, how, gap, groups) + after)
    assert not _holds(masked, number), masked


@given(
    landlines,
    spelling,
    st.sampled_from(("", "-", " ", "—", ")")),
    st.sampled_from(_BEFORE),
    st.sampled_from(_AFTER),
)
def test_landline__no_spelling_survives(
    number: str, how: object, gap: str, before: str, after: str
) -> None:
    masked = MASKER.mask(before + _spelt(number, how, gap, (4,)) + after)
    assert not _holds(masked, number), masked


@given(
    papers,
    st.booleans(),
    spelling,
    st.sampled_from(("", " ", "-", "\u200b")),
    st.sampled_from(((6, 8), (6, 4, 4), (3,) * 5, ())),
    st.sampled_from(_BEFORE),
    st.sampled_from(_AFTER),
)
def test_identity__no_spelling_survives(
    number: str,
    ends_in_x: bool,
    how: object,
    gap: str,
    groups: tuple[int, ...],
    before: str,
    after: str,
) -> None:
    if ends_in_x:
        written = _spelt(number, how, gap, groups) + "X"
    else:
        total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True))
        number += "10X98765432"[total % 11]
        written = _spelt(number, how, gap, groups)
    masked = MASKER.mask(before + written + after)
    assert not _holds(masked, number), masked


@given(papers, st.sampled_from(_BEFORE), st.sampled_from(_AFTER))
def test_old_identity__fifteen_digits_go(number: str, before: str, after: str) -> None:
    old = number[:6] + number[8:]
    assert not _holds(MASKER.mask(before + old + after), old)


@given(cards, spelling, st.sampled_from(("", " ", "-")), st.sampled_from(((4, 4, 4), (6, 6), ())))
def test_card__no_spelling_survives(
    number: str, how: object, gap: str, groups: tuple[int, ...]
) -> None:
    masked = MASKER.mask("卡号" + _spelt(number, how, gap, groups) + "没到账")
    assert not _holds(masked, number), masked


@given(
    st.text(max_size=60)
    | st.text("王李张村书记电话138零一〇- 号楼单元组家的〔姓名〕〕", max_size=40)
)
def test_mask__twice_is_once(text: str) -> None:
    once = MASKER.mask(text)
    assert MASKER.mask(once) == once


def test_known_cadre__goes_wherever_the_name_stands() -> None:
    assert MASKER.mask("昨天见王示例一在吃饭") == "昨天见〔姓名〕在吃饭"


def test_village__stays_although_it_looks_like_a_name() -> None:
    assert MASKER.mask("王村停水") == "王村停水"
