from __future__ import annotations

from console.learning.intent_choices import by_name, choice


def test_choice__is_found_by_sound_and_by_first_letters() -> None:
    found = choice("street_lamp", "路灯", "路灯不亮、灯杆歪了")
    assert (found.pinyin, found.initials) == ("ludeng", "ld")


def test_choice__signs_and_latin_letters_do_not_disturb() -> None:
    assert choice("x", "问政策、WiFi").initials.startswith("wzcw")


def test_by_name__orders_as_people_look() -> None:
    lines = by_name([choice("noise", "噪声扰民"), choice("road", "道路损坏")])
    assert [line.code for line in lines] == ["road", "noise"]
