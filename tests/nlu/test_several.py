"""拆单: which messages hold several matters, and what each part says."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.breaker import Breaker
from nlu.client import Parse
from nlu.divider import Divider
from nlu.errors import ClassifierUnavailable
from nlu.interpret import Interpreter
from nlu.keywords import KeywordClassifier
from nlu.several import MOST_PARTS, Reading, divide
from nlu.signals.enumeration import enumerated
from nlu.signals.pieces import Level, at_most, cut
from nlu.signals.places_named import opening_place, places_named, without_announcement
from nlu.signals.plain import plain_of
from nlu.understand import ModelUnderstander
from services.understanding import Guess, Understanding
from tests.nlu.project import MATTERS, ROOT, VOCABULARY

SIGNS = {
    "路灯": "street_lamp",
    "水": "water_supply",
    "垃圾": "garbage",
    "着火": "fire",
    "贪": "discipline_report",
    "灰": "dust",
    "路烂": "road",
    "暖气": "heating",
    "上学": "school",
    "免费": "benefit_question",
}


class Model:
    """Knows one word for each matter; mixes the matters of a text that holds several."""

    model = "nlu-test"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.away = False

    async def parse(self, text: str) -> Parse:
        self.asked.append(text)
        if self.away:
            raise ClassifierUnavailable
        found = [label for word, label in SIGNS.items() if word in text]
        share = 0.98 / max(1, len(found))
        rest = Guess("chitchat" if not found else "road", 0.02)
        ranking = (*(Guess(label, share) for label in found), rest)
        return Parse(ranking, Guess("help", 0.9), ())


WORDS = Interpreter(KeywordClassifier.load(ROOT / "nlu" / "keywords", MATTERS), VOCABULARY)


def understander(model: Model | None) -> ModelUnderstander:
    breaker = Breaker(lambda: 0.0, failures=2, rest_seconds=5)
    return ModelUnderstander(model, breaker, WORDS, Divider(WORDS, VOCABULARY))


async def understood(text: str) -> Understanding:
    return await understander(Model()).understand(text)


def parts(found: Understanding) -> list[tuple[str, str | None]]:
    return [(part.text, part.understanding.matter) for part in found.parts]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("一、路灯坏 二、水浑", 2),
        ("1、路灯坏了\n2、水浑\n3、垃圾", 3),
        ("(1)路灯(2)水", 2),
        ("第一路灯坏了，第二水浑", 2),
        ("①路烂②没灯③没水", 3),
        ("首先路灯坏了其次水浑最后垃圾没人拉", 3),
        ("一个是路灯坏了一个是水浑", 2),
        ("小区1污水冒2有人唱歌3狗成群", 3),
        ("3组路灯坏了,2.5米高", 0),
        ("第一次反映，第二次还是没修", 0),
        ("1月份停水，2月份又停", 0),
        ("两个儿子，一个是电工，一个是司机", 0),
    ],
)
def test_enumerated__numbers_in_order_from_the_first(text: str, items: int) -> None:
    assert len(enumerated(text)) == items


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("两件事：灯坏了，水浑了", 2),
        ("俺村仨问题,灯不亮,水不清,网不通", 3),
        ("两个问题其实是一个", None),
        ("我家有三个娃", None),
    ],
)
def test_cut__how_many_the_writer_announces(text: str, said: int | None) -> None:
    assert cut(text).said == said


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("路灯坏了另外水也浑", True),
        ("路灯坏了还有就是水浑", True),
        ("路灯坏了，对了水也浑", True),
        ("一会有电一会没有，还有没有人管", False),
        ("停水了，还有三天过年", False),
    ],
)
def test_cut__joining_words(text: str, joined: bool) -> None:
    assert any(piece.level is Level.JOIN for piece in cut(text).pieces[1:]) is joined


async def test_parts__enumerated_ones_carry_the_place_of_all() -> None:
    found = await understood("石槽村两件事：一、路灯坏了半个月；二、水浑得不能喝")
    assert parts(found) == [
        ("石槽村：路灯坏了半个月", "street_lamp"),
        ("石槽村：水浑得不能喝", "water_supply"),
    ]
    assert found.n_matters == 2


async def test_parts__a_joining_word_begins_another_matter() -> None:
    found = await understood("石槽村路灯坏了好几天，另外自来水也浑")
    assert parts(found) == [
        ("石槽村路灯坏了好几天", "street_lamp"),
        ("石槽村：自来水也浑", "water_supply"),
    ]


async def test_parts__each_keeps_a_place_of_its_own() -> None:
    found = await understood("石槽村路灯坏了，另外高壁村停水了")
    assert [text for text, _ in parts(found)] == ["石槽村路灯坏了", "高壁村停水了"]


async def test_parts__the_same_matter_at_two_places_is_two() -> None:
    found = await understood("三组的路灯坏了，另外五组的路灯也灭了")
    assert found.n_matters == 2


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "路烂了半年，全是灰，老人娃娃上学都摔跤，打电话打不通",
        "路灯坏了好几天，另外那头的路灯也灭了",
        "路灯坏了，找村里没人管，求求领导",
        "路灯坏了三天。路灯真的坏了。再不来我就上网了。",
    ],
)
async def test_parts__a_matter_with_its_story_stays_one(text: str) -> None:
    found = await understood(text)
    assert (found.parts, found.n_matters) == ((), 1)


async def test_parts__kinds_without_matters_keep_none() -> None:
    found = await understood("谢谢你们，另外祝你们一切都好啊")
    assert (found.parts, found.n_matters) == ((), 0)


async def test_parts__a_question_about_free_services_counts() -> None:
    found = await understood("问一下免费电视咋弄，另外村口路灯坏了")
    assert found.n_matters == 2


async def test_parts__danger_and_secrecy_stay_with_their_part() -> None:
    found = await understood("后山着火了快来人！另外村里路灯坏了好几天")
    assert [part.understanding.urgent for part in found.parts] == [True, False]
    assert found.urgent
    found = await understood("村支书贪了修路款，另外路灯坏了好几天")
    assert [part.understanding.confidential for part in found.parts] == [True, False]


async def test_parts__words_about_an_official_stay_with_the_report() -> None:
    found = await understood("村支书贪了修路款，另外支书家门口路灯坏了，另外垃圾没人拉")
    report = next(p for p in found.parts if p.understanding.confidential)
    assert "门口路灯" in report.text
    assert all("支书" not in p.text for p in found.parts if p is not report)


async def test_parts__an_opening_that_names_an_official_is_said_of_none() -> None:
    found = await understood("我举报村支书三件事：一、他贪了低保钱 二、路灯坏了没人修")
    assert all("举报" not in text for text, matter in parts(found) if matter == "street_lamp")


async def test_parts__reproaches_against_an_official_are_one_report() -> None:
    found = await understood("举报村支书：第一，他贪污；第二，他贪了树钱；第三，贪吃贪喝")
    assert len(found.parts) < 2


async def test_parts__who_asks_not_to_be_named_means_all() -> None:
    found = await understood("路灯坏了，另外垃圾没人拉，别说是我说的")
    assert [part.understanding.confidential for part in found.parts] == [True, True]


async def test_model__is_not_asked_about_pieces_of_a_plain_matter() -> None:
    model = Model()
    await understander(model).understand("高壁村路灯坏了")
    assert len(model.asked) == 1


async def test_model__away_lets_the_words_divide() -> None:
    model = Model()
    model.away = True
    found = await understander(model).understand("1、村口路灯坏了 2、自来水停了三天")
    assert (found.n_matters, found.degraded) == (2, True)
    assert [matter for _, matter in parts(found)] == ["street_lamp", "water_supply"]


async def test_model__is_asked_a_bounded_number_of_times() -> None:
    model = Model()
    await understander(model).understand("，另外".join(["路灯坏了", "水很浑"] * 100))
    assert len(model.asked) <= 13


async def test_model__that_goes_away_in_the_middle_decides_about_no_piece() -> None:
    whole = WORDS.interpret("路灯坏了", None)
    divider = Divider(WORDS, VOCABULARY)
    text = "1、路灯坏了 2、自来水停了"
    pieces = divider.pieces(text, whole)
    assert pieces is not None
    known = await Model().parse(pieces.texts[0])
    found = divider.divided(text, whole, pieces, [known, None])
    assert [part.understanding.degraded for part in found.parts] == [True, True]


class Leaving(Model):
    """Reads the whole, and is away for the pieces."""

    async def parse(self, text: str) -> Parse:
        self.away = bool(self.asked)
        return await super().parse(text)


async def test_model__that_goes_away_in_the_middle_has_read_nothing() -> None:
    found = await understander(Leaving()).understand("1、村口路灯坏了 2、自来水停了三天")
    models = {found.model, *(part.understanding.model for part in found.parts)}
    assert (models, found.degraded, len(found.parts)) == ({"keywords"}, True, 2)


class LeavingInAlarm(Leaving):
    """It was sure of a danger before it went."""

    async def parse(self, text: str) -> Parse:
        return replace(await super().parse(text), urgent=0.9)


async def test_model__that_goes_away_leaves_its_alarm() -> None:
    found = await understander(LeavingInAlarm()).understand("1、村口路灯坏了 2、自来水停了三天")
    assert (found.model, found.urgent) == ("keywords", True)


def development_set() -> list[dict[str, str]]:
    with (ROOT / "nlu" / "dev" / "several.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_development_set__is_large_and_balanced() -> None:
    rows = development_set()
    several = sum(row["n_matters"] != "1" for row in rows)
    assert len(rows) >= 250 and 0.4 < several / len(rows) < 0.6
    known = MATTERS | {"benefit_question"}
    assert all(set(row["matters"].split("|")) <= known for row in rows)
    assert all(len(row["matters"].split("|")) == int(row["n_matters"]) for row in rows)


async def test_development_set__words_alone_split_few_single_matters() -> None:
    singles = [row["text"] for row in development_set() if row["n_matters"] == "1"]
    found = [await understander(None).understand(text) for text in singles]
    assert sum(each.n_matters > 1 for each in found) <= 0.08 * len(singles)


SCRAPS = (
    "路灯坏了 水浑 垃圾没人拉 村支书贪了 石槽村 另外 还有就是 也 着火了 两件事 "
    "1、 2、 3、 一、 二、 第一 第二 ① ② ， 。 ； :"
).split(" ")
MESSAGES = st.lists(st.sampled_from([*SCRAPS, " ", "\n"]) | st.text(max_size=6), max_size=24).map(
    "".join
)


@settings(max_examples=200, deadline=None)
@given(MESSAGES)
def test_cut__pieces_are_spans_in_order_and_never_empty(text: str) -> None:
    last = 0
    for piece in cut(text).pieces:
        assert last <= piece.start < piece.end
        assert text[piece.start : piece.end] == piece.words.strip() == piece.words != ""
        last = piece.end


@settings(max_examples=200, deadline=None)
@given(MESSAGES, st.integers(1, 6))
def test_at_most__no_words_of_a_piece_are_lost(text: str, most: int) -> None:
    cuts = cut(text)
    found = at_most(cuts, text, most).pieces
    assert len(found) <= most
    if found:
        assert (found[0].start, found[-1].end) == (cuts.pieces[0].start, cuts.pieces[-1].end)


@settings(max_examples=200, deadline=None)
@given(MESSAGES, st.data())
def test_divide__spans_are_of_the_message_in_order_and_at_most_five(
    text: str, data: st.DataObject
) -> None:
    cuts = cut(text)
    if not cuts.pieces:
        return
    labels = st.sampled_from([*SIGNS.values(), None])
    readings = [Reading(data.draw(labels), data.draw(st.floats(0, 1))) for _ in cuts.pieces]
    spans = divide(cuts, readings)
    assert 1 <= len(spans) <= MOST_PARTS
    assert [piece for span in spans for piece in span.pieces] == list(cuts.pieces)
    assert all(span.words(text).strip() for span in spans)


@settings(max_examples=100, deadline=None)
@given(MESSAGES)
async def test_understand__parts_are_two_to_five_and_say_something(text: str) -> None:
    found = await understood(text)
    assert len(found.parts) != 1 and len(found.parts) <= MOST_PARTS
    assert all(part.text.strip() for part in found.parts)
    assert not found.parts or found.n_matters >= len(found.parts)


@given(st.text())
def test_plain__keeps_every_character_where_it_stood(text: str) -> None:
    assert len(plain_of(text)) == len(text)


def test_places__are_told_apart() -> None:
    assert places_named("三组的灯") != places_named("五组的灯")
    assert opening_place("我是石槽村的，路灯坏了") == "我是石槽村"
    assert without_announcement("石槽村两件事") == "石槽村"
