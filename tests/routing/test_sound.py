"""Sounds as characters: one for each, whoever asks first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from routing.places.sound import near, rough, rough_key, sound_character, syllables


def test_sound_character__is_never_given_to_two_sounds() -> None:
    sounds = [f"{a}{b}" for a in "bpmfdtnlgkhjqxrzcsyw" for b in ("awa", "ewe", "iwi", "owo")]
    with ThreadPoolExecutor(16) as threads:
        given = list(threads.map(sound_character, sounds * 20))
    assert len(set(given)) == len(sounds)


def test_rough_key__northern_sounds_are_one() -> None:
    assert rough_key("寨南新") == rough_key("在兰星")


def test_syllables__a_character_of_several_sounds_has_all() -> None:
    assert {"dou", "du"} <= set(syllables("都"))


def test_near__one_common_confusion_and_no_more() -> None:
    assert near(rough("dou"), rough("tou"))
    assert not near(rough("dou"), rough("dao"))
