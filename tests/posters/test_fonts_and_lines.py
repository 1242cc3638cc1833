"""The embedded font, and lines that fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from liandong.posters.fonts import Fonts, MissingFont, find_fonts, lacking
from liandong.posters.typesetting import broken, fitted, paragraph


def _square(text: str, size: float) -> float:
    """A face whose every character is as wide as it is high."""
    return len(text) * size


def test_fonts__a_missing_one_names_the_debian_package(tmp_path: Path) -> None:
    with pytest.raises(MissingFont, match="fonts-noto-cjk"):
        find_fonts(str(tmp_path / "none.ttc"))


@pytest.mark.parametrize("content", [b"", b"nothing", b"ttcf", b"ttcf" + bytes(40)])
def test_fonts__what_is_no_font_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.ttc").write_bytes(content)
    with pytest.raises(MissingFont, match="读不出来"):
        find_fonts(str(tmp_path / "broken.ttc"))


def test_fonts__characters_without_a_picture_are_found(fonts: Fonts) -> None:
    assert lacking(fonts.bold, "高壁村\U0010fffd") == "\U0010fffd"


def test_fitted__only_what_is_too_long_becomes_smaller() -> None:
    assert (fitted("高壁", 30, 10, _square), fitted("高壁村网格", 30, 10, _square)) == (10, 6)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("高壁村第三网格", ["高壁村第", "三网格"]),
        ("高壁村第，三网", ["高壁村", "第，三网"]),
        ("1、3、45、6", ["1、3、", "45、6"]),
        ("没人接\n往上报", ["没人接", "往上报"]),
        ("", [""]),
    ],
)
def test_broken__no_line_begins_with_a_mark_and_numbers_stay_whole(
    text: str, lines: list[str]
) -> None:
    assert broken(text, 4, 1, _square) == lines


def test_paragraph__gets_smaller_until_it_fits() -> None:
    size, lines = paragraph("路" * 40, 50, 20, 20, 1.2, _square)
    assert 0 < size < 20 and all(_square(line, size) <= 50 for line in lines)
