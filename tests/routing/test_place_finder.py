"""A place out of one Chinese sentence: what is found, and what is not mistaken for a place."""

from __future__ import annotations

import time

import pytest

from routing.county import County
from routing.places import NOWHERE, PlaceContext, PlaceFinder, place_from_code, place_from_grid_code
from tests.routing.speech import place_words

GAOBI_3 = "14102610020603"


@pytest.mark.parametrize(
    "words",
    [
        "府城镇高壁村三组路灯坏了三天没人管",
        "高壁3组路灯坏了",
        "高壁三队没水",
        "高壁第三村民小组的路灯",
        "高壁三小组没水",
        "高壁3号网格没人管",
        "高壁村第三网格没人管",
        "高壁３組路燈壞了",
        "高 壁 村 三 组 路灯坏了",
        "高“壁”村三组",
        "三组的路灯坏了,我们是高壁的",
        "高必村三组路灯坏了",
    ],
)
def test_grid__group_number_in_any_form(county: County, finder: PlaceFinder, words: str) -> None:
    finding = finder.find(words)
    assert (finding.level, finding.grid_code) == ("grid", GAOBI_3)


@pytest.mark.parametrize(
    ("words", "township", "village"),
    [
        ("高壁的路灯坏了", "府城镇", "高壁"),
        ("路灯坏了,高壁", "府城镇", "高壁"),
        ("王村村委会不开证明", "冀氏镇", "王村"),
        ("孔村的支书不在", "府城镇", "孔村"),
        ("东唐村停电", "杜村乡", "东唐"),
        ("月亮湾小区停车乱", "府城镇", "月亮湾社区"),
        ("清华园楼道灯不亮", "府城镇", "清华园社区"),
        ("和川镇荆村路断了", "和川镇", "荆村"),
        ("马必荆村路断了", "马必乡", "荆村"),
        ("荆村路断了,我们是马必乡的", "马必乡", "荆村"),
        ("冀氏和平断水", "冀氏镇", "和平"),
        ("俺是小李的,没水", "杜村乡", "小李"),
        ("小黄村没水", "府城镇", "小黄"),
        ("第5村没水", "府城镇", "第五"),
        ("唐城镇的三交停电", "唐城镇", "北三交"),
        ("良马鄉華寨村停電", "良马乡", "华寨"),
        ("唐城村路灯坏了", "唐城镇", "唐城"),
        ("杜村的路断了", "杜村乡", "杜村"),
        ("卫寨三社没水", "马必乡", "卫寨"),
    ],
)
def test_village__by_name(
    county: County, finder: PlaceFinder, words: str, township: str, village: str
) -> None:
    assert place_words(county, finder.find(words))[:2] == (township, village)


@pytest.mark.parametrize(
    ("words", "village"),
    [
        ("凤池村停电", "风池"),
        ("文州没电", "文洲"),
        ("马壁村停电", "马必"),
        ("良马镇上寨村没水", "上寨"),
        ("良马镇杜村停电", "杜村"),
    ],
)
def test_village__by_the_names_of_another_year(
    county: County, finder: PlaceFinder, words: str, village: str
) -> None:
    assert place_words(county, finder.find(words))[1] == village


@pytest.mark.parametrize(
    ("words", "village"),
    [
        ("月量湾社区堵了", "月亮湾社区"),
        ("冯字节村塌了", "冯子节"),
        ("柳树构没水", "柳树沟"),
        ("魏家弯桥断了", "魏家湾"),
        ("冀氏镇白材停电", "白村"),
        ("良马乡边塞停电", "边寨"),
        ("杜村乡郭桩停电", "郭庄"),
        ("北崖低村没水", "北崖底"),
    ],
)
def test_village__by_sound_or_shape_scores_lower(
    county: County, finder: PlaceFinder, words: str, village: str
) -> None:
    finding = finder.find(words)
    assert place_words(county, finding)[1] == village
    assert finding.best is not None
    assert finding.best.evidence[0].how in ("pinyin", "edit_distance") and finding.best.score < 0.8


@pytest.mark.parametrize(
    ("words", "township"),
    [
        ("唐城街上垃圾没人拉", "唐城镇"),
        ("和川那边没水", "和川镇"),
        ("府城停电", "府城镇"),
        ("县城停电了", "府城镇"),
        ("马壁停电了", "马必乡"),
        ("付城镇停电", "府城镇"),
        ("杜村乡停电", "杜村乡"),
        ("和川镇洪译村停电", "和川镇"),
        ("上田和车道当中的涵洞堵了", "和川镇"),
        ("从沟口到半道的路烂了", "冀氏镇"),
    ],
)
def test_township__bare_seat_or_two_villages(
    county: County, finder: PlaceFinder, words: str, township: str
) -> None:
    assert place_words(county, finder.find(words)) == (township, "", "", "township")


@pytest.mark.parametrize("words", ["全县都停电", "安泽啥时候通高速", "建议县里在各处装路灯"])
def test_county__only_when_the_whole_county_is_meant(
    county: County, finder: PlaceFinder, words: str
) -> None:
    assert place_words(county, finder.find(words)) == ("", "", "", "county")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "😀😀",
        "路灯坏了",
        "俺村的路烂了",
        "进村的路不好走",
        "十村八店都知道",
        "我家小黄丢了",
        "吃了大黄拉肚子",
        "我是小李的爸爸",
        "这是我第五次反映了",
        "车停在车道上没人管",
        "走到半道车坏了",
        "想过和平日子",
        "王村长不讲理",
        "苏村医不在",
        "路灯装上安上了也不亮",
        "落井下石的事不能干",
        "地里的上庄稼旱死了",
        "两码事别混了",
        "网上限制太多",
        "上县里去办证",
        "原木涨价了",
        "司马光砸缸",
        "跟和平时一样",
        "我叫李庄",
        "分成三组干活",
        "消防二队来了",
        "我们组织了三次",
    ],
)
def test_trap__a_word_is_no_place(finder: PlaceFinder, words: str) -> None:
    assert finder.find(words) == NOWHERE


def test_same_name__two_townships_are_both_candidates(finder: PlaceFinder) -> None:
    finding = finder.find("荆村路断了")
    assert (finding.level, finding.ambiguous, finding.best) == ("unknown", True, None)
    assert {c.township_code for c in finding.candidates} == {"141026101", "141026200"}


def test_same_name__the_township_asked_about_decides(county: County, finder: PlaceFinder) -> None:
    finding = finder.find("荆村", PlaceContext(township_code="141026200", answering=True))
    assert place_words(county, finding)[:2] == ("马必乡", "荆村")


@pytest.mark.parametrize(
    ("words", "village"),
    [
        ("我是孔村的,但路是在飞岭村坏的", "飞岭"),
        ("我是孔村的,低保停了", "孔村"),
        ("我不是孔村的,我是飞岭的", "飞岭"),
        ("我叫李庄,是高壁的", "高壁"),
        ("孩子在冀氏镇上学,家在王村", "王村"),
        ("高壁村没水。孔村没电", "高壁"),
    ],
)
def test_several_places__the_place_of_the_matter(
    county: County, finder: PlaceFinder, words: str, village: str
) -> None:
    assert place_words(county, finder.find(words))[1] == village


def test_outside__is_named_as_such(finder: PlaceFinder) -> None:
    finding = finder.find("古县那边的路坏了")
    assert (finding.level, finding.outside, finding.candidates) == ("unknown", "古县", ())


def test_outside__does_not_hide_a_place_inside(county: County, finder: PlaceFinder) -> None:
    finding = finder.find("沁源人跑到我们飞岭倒垃圾")
    assert place_words(county, finding)[1] == "飞岭"


def test_group__belongs_to_the_place_that_it_was_said_of(finder: PlaceFinder) -> None:
    finding = finder.find("我是孔村的,高壁村三组路灯坏了")
    assert [c.villager_group for c in finding.candidates] == [3, None]


def test_group__without_its_grid_stays_at_the_village(county: County, finder: PlaceFinder) -> None:
    finding = finder.find("飞岭十二组没水")
    assert place_words(county, finding) == ("府城镇", "飞岭", "12", "village")


def test_group__without_a_village_is_kept_for_the_next_question(finder: PlaceFinder) -> None:
    finding = finder.find("三组的路灯坏了")
    assert (finding.level, finding.villager_group) == ("unknown", 3)


def test_answer__village_meets_the_group_said_before(finder: PlaceFinder) -> None:
    finding = finder.find("高壁", PlaceContext(villager_group=3, answering=True))
    assert finding.grid_code == GAOBI_3


@pytest.mark.parametrize("words", ["小李", "和平", "第五", "高必", "大黄的"])
def test_answer__a_bare_name_is_enough(finder: PlaceFinder, words: str) -> None:
    finding = finder.find(words, PlaceContext(answering=True))
    assert finding.level == "village"


def test_answer__a_bare_number_settles_the_grid_of_the_village_asked_about(
    finder: PlaceFinder,
) -> None:
    context = PlaceContext(village_code="141026100206", answering=True)
    assert finder.find("三组", context).grid_code == GAOBI_3


def test_context__is_never_a_silent_answer(finder: PlaceFinder) -> None:
    finding = finder.find("路灯坏了", PlaceContext(grid_code=GAOBI_3))
    assert (finding.level, finding.best) == ("unknown", None)
    assert [(c.grid_code, c.evidence[0].how) for c in finding.candidates] == [(GAOBI_3, "qr_code")]


def test_context__words_win_over_it(county: County, finder: PlaceFinder) -> None:
    finding = finder.find("飞岭村没水", PlaceContext(grid_code=GAOBI_3))
    assert place_words(county, finding)[1] == "飞岭"


def test_evidence__quotes_the_words_as_written(finder: PlaceFinder) -> None:
    words = "你好,高 壁村３组路灯坏了"
    best = finder.find(words).best
    assert best is not None
    assert [(e.span, e.how) for e in best.evidence] == [
        ("高 壁村", "exact"),
        ("３组", "group_number"),
    ]
    assert all(words[e.start : e.end] == e.span for e in best.evidence)


def test_code__of_a_poster_is_the_surest_place(county: County) -> None:
    finding = place_from_grid_code(county, GAOBI_3)
    assert (finding.level, finding.grid_code) == ("grid", GAOBI_3)
    assert finding.best is not None and finding.best.score == 1.0


@pytest.mark.parametrize("code", ["", "14102610020699", "141026100206", "x" * 14, "1" * 500])
def test_code__unknown_or_malformed_is_nowhere(county: County, code: str) -> None:
    assert place_from_grid_code(county, code) == NOWHERE


@pytest.mark.parametrize(
    ("code", "level"),
    [("141026", "county"), ("141026100", "township"), ("141026100206", "village")],
)
def test_code__of_a_button(county: County, code: str, level: str) -> None:
    assert place_from_code(county, code).level == level


def test_every_village__is_found_by_township_and_full_name(
    county: County, finder: PlaceFinder
) -> None:
    for village in county.tree.villages:
        township = county.tree.township_of(village.code)
        assert township is not None
        for name in (village.name, village.spoken_name):
            finding = finder.find(f"{township.short_name}{name}的路灯坏了")
            assert finding.village_code == village.code


def test_find__huge_or_odd_text_is_harmless(finder: PlaceFinder) -> None:
    for words in ("高壁村" * 40_000, "\x00\u202e高壁村\x00", "{'高壁村'}", "㍿㈱①" * 50):
        assert finder.find(words).level in ("village", "unknown")


def test_find__is_fast_enough_for_every_message(finder: PlaceFinder) -> None:
    words = "我是孔村的,但是那条路是在飞岭村那边坏的,都三个月了也没有人来修一下,到底谁管呢"
    finder.find(words)
    started = time.perf_counter()
    for _ in range(200):
        finder.find(words)
    assert (time.perf_counter() - started) / 200 < 0.001


def test_several_places__names_in_a_row_all_become_candidates(finder: PlaceFinder) -> None:
    finding = finder.find("高壁、孔村和飞岭都停电了")
    assert (finding.level, finding.ambiguous, len(finding.candidates)) == ("township", True, 3)


def test_several_places__a_word_after_a_village_is_no_second_one(
    county: County, finder: PlaceFinder
) -> None:
    assert place_words(county, finder.find("孔村和平时一样没水"))[1] == "孔村"


def test_common_word__is_a_place_when_somebody_points_there(
    county: County, finder: PlaceFinder
) -> None:
    assert place_words(county, finder.find("安上那边没水"))[1] == "安上"


def test_sound__a_township_later_in_the_text_proves_nothing(finder: PlaceFinder) -> None:
    assert finder.find("请问星期几县城有集").village_code is None
