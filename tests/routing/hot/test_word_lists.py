"""The lists behind the judgement: no typing mistakes that would never show."""

from __future__ import annotations

from collections import Counter

from routing.county import County
from routing.hot.concepts import THINGS, TROUBLES, concepts_in
from routing.hot.rarity import rarity
from routing.hot.reach import COMMON, WIDE, Reach, reach_of
from routing.hot.words import read


def test_reach__names_matters_of_the_catalogue_once(county: County) -> None:
    assert county.catalogue.by_matter.keys() >= COMMON | WIDE
    assert not COMMON & WIDE
    assert reach_of(None) is reach_of("a county's own") is Reach.PERSONAL


def test_concepts__no_word_stands_twice() -> None:
    counts = Counter((THINGS + TROUBLES).split())
    assert {word for word, count in counts.items() if count > 1} == set()


def test_concepts__are_found_by_any_name_and_the_longest_wins() -> None:
    assert concepts_in("楼下歌厅的水管爆了") == {"歌厅", "漏水"}
    assert concepts_in("楼下ktv") == {"歌厅"}


def test_rarity__what_everybody_says_counts_least() -> None:
    assert [rarity(character) for character in "人坏涵"] == [1, 2, 3]


def test_words__places_numbers_and_filler_are_taken_out() -> None:
    said = read("您好，高壁村三组路灯坏了3天了，13800000001", ("高壁村",))
    assert said.runs == ("路灯坏",)
    assert said.things == {"组": frozenset({3})}
