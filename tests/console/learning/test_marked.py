from __future__ import annotations

from console.learning.marked import Piece, marked

TEXT = "路灯坏了，电线掉下来冒火花"


def test_marked__cuts_at_the_words_that_spoke() -> None:
    assert marked("村口路灯坏了", ["路灯"]) == (
        Piece("村口"),
        Piece("路灯", "word"),
        Piece("坏了"),
    )


def test_marked__loses_no_character() -> None:
    found = marked(TEXT, ["路灯", "坏了", "紧急：冒火花", "了，电"])
    assert "".join(piece.text for piece in found) == TEXT


def test_marked__danger_stands_out_from_plain_words() -> None:
    found = marked(TEXT, ["电线掉下来冒火花", "紧急：冒火花"])
    assert Piece("冒火花", "urgent") in found
    assert Piece("电线掉下来", "word") in found


def test_marked__secrecy_has_its_own_mark() -> None:
    assert Piece("别说是我", "secret") in marked("别说是我讲的", ["保密：别说是我"])


def test_marked__names_of_rules_and_empty_words_mark_nothing() -> None:
    assert marked("水管漏了", ["紧急：危险的词", "", "保密："]) == (Piece("水管漏了"),)


def test_marked__an_empty_message_has_no_pieces() -> None:
    assert marked("", ["路灯"]) == ()


def test_marked__signs_of_regular_expressions_are_letters_like_others() -> None:
    assert Piece("(.*)", "word") in marked("码(.*)在这", ["(.*)"])


def test_marked__placeholders_of_personal_data_are_shown_as_such() -> None:
    assert Piece("〔电话〕", "hidden") in marked("打〔电话〕找我", ["电话"])
