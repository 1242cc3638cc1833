"""What comes out of the printer: size, margins, words, and codes that a phone can read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liandong.posters.draw import draw_posters
from liandong.posters.fonts import Fonts
from liandong.posters.sheet import Person, Sheet, Shift, sheet_of
from services.office import Office
from tests.posters.conftest import GAOBI, LINKS, NOW
from tests.posters.eyes import Printed

CHAT = f"https://liandong.example.org/?grid={GAOBI}"
TELEGRAM = f"https://t.me/liandong_bot?start={GAOBI}"


def test_pdf__one_a4_page_for_each_grid(printed: Printed, sheets: list[Sheet]) -> None:
    assert [printed.size(page) for page in range(len(printed))] == [(210, 297)] * len(sheets)


def test_pdf__every_code_is_read_back(printed: Printed) -> None:
    assert printed.codes(1).keys() == {CHAT, TELEGRAM}


def test_pdf__the_chats_code_is_large_and_telegrams_small(printed: Printed) -> None:
    sizes = printed.codes(1)
    assert sizes[CHAT] > 60 and 20 < sizes[TELEGRAM] < sizes[CHAT] / 2


def test_pdf__codes_are_read_from_a_bad_copy(printed: Printed) -> None:
    assert CHAT in printed.codes(1, dots=40)


def test_pdf__margins_are_wide_enough_for_any_printer(printed: Printed) -> None:
    assert min(*printed.printed_box(0), *printed.printed_box(1)) >= 12


@pytest.mark.parametrize(
    "words",
    [
        "安泽县联动服务",
        "府城镇",
        "高壁村第三网格",
        "第3村民小组",
        "林示例十一",
        "13800000015",
        "高壁村便民服务中心",
        "每天15:00—18:00",
        "黄示例七",
        "火警119急救120报警110",
        f"网格编码{GAOBI}",
        "2026年11月26日",
        "示例",
    ],
)
def test_pdf__the_words_are_on_the_page(printed: Printed, words: str) -> None:
    assert words in printed.text(1)


def test_pdf__without_a_bot_there_is_one_code(sheets: list[Sheet], fonts: Fonts) -> None:
    plain = [replace(sheets[1], telegram=None)]
    with Printed(draw_posters(plain, fonts, NOW, lambda: None)) as printed:
        assert printed.codes(0).keys() == {CHAT}


def test_pdf__the_longest_words_stay_within_the_margins(sheets: list[Sheet], fonts: Fonts) -> None:
    somebody = Person("值班干部", "阿卜杜热合曼·买买提", "0357-0000000 转 80000000")
    long = replace(
        sheets[1],
        masthead="某某某某某某某某自治县联动服务",
        township="某某某某民族乡人民政府驻地镇",
        title="滨河花园小区南片商业街第十二综合网格（含家属院）",
        covers="本网格：第" + "、".join(str(number) for number in range(1, 99, 2)) + "村民小组",
        leader=somebody,
        centre="某某某某某某某某某某村（社区）党群便民服务中心",
        shifts=(Shift("周一至周五、周日 18:00—次日08:00", somebody),) * 3,
        otherwise="不会扫码？" * 12,
        is_sample=False,
    )
    with Printed(draw_posters([long], fonts, NOW, lambda: None)) as printed:
        assert min(printed.printed_box(0)) >= 12
        assert printed.codes(0).keys() == {CHAT, TELEGRAM}
        assert "滨河花园小区南片商业街第十二综合网格（含家属院）" in printed.text(0)


def test_pdf__many_pages_stay_small(office: Office, fonts: Fonts) -> None:
    grids = office.county.grids.grids[:40]
    done: list[None] = []
    made = draw_posters(
        [sheet_of(office, grid, LINKS, NOW) for grid in grids],
        fonts,
        NOW,
        lambda: done.append(None),
    )
    with Printed(made) as printed:
        assert len(printed) == len(done) == len(grids)
    assert len(made) < 400_000


def test_pdf__same_sheets_make_the_same_file(sheets: list[Sheet], fonts: Fonts) -> None:
    first, second = (draw_posters(sheets, fonts, NOW, lambda: None) for _ in range(2))
    assert first == second
