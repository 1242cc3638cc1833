"""Labels that the county calls otherwise today, or knows no more."""

from __future__ import annotations

from dataclasses import replace

from liandong.county_files import SAMPLE_COUNTY, read_sheets
from nlu.client import Parse
from nlu.interpret import Interpreter, county_vocabulary, vocabulary_of
from nlu.keywords import KeywordClassifier
from nlu.present_labels import present_keys, present_ranking
from routing.county_tables import load_county
from services.understanding import Guess, Understanding
from tests.nlu.project import MATTERS, ROOT, VOCABULARY

KNOWN = frozenset({"lamp", "road", "chitchat"})


def guesses(**shares: float) -> list[Guess]:
    return [Guess(label, share) for label, share in shares.items()]


def test_ranking__known_labels_stay_as_they_are() -> None:
    said = guesses(road=0.7, chitchat=0.3)
    assert present_ranking(said, {"road": "lamp"}, KNOWN) == (tuple(said), 0.0)


def test_ranking__merged_labels_add_up_and_rise() -> None:
    said = guesses(road=0.4, street=0.35, light=0.25)
    found, lost = present_ranking(said, {"street": "lamp", "light": "lamp"}, KNOWN)
    assert ([guess.label for guess in found], lost) == (["lamp", "road"], 0.0)
    assert abs(found[0].confidence - 0.6) < 1e-9


def test_ranking__what_nobody_knows_is_dropped() -> None:
    assert present_ranking(guesses(ufo=0.8, road=0.2), {}, KNOWN) == ((Guess("road", 0.2),), 0.8)


def test_keys__the_more_careful_of_two_counts() -> None:
    assert present_keys({"street": 0.6, "lamp": 0.7, "ufo": 0.1}, {"street": "lamp"}, KNOWN) == {
        "lamp": 0.7
    }


def read(parse: Parse, *, without: str = "", became: dict[str, str] | None = None) -> Understanding:
    vocabulary = replace(VOCABULARY, matters=MATTERS - {without}, became=became or {})
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", vocabulary.matters)
    return Interpreter(words, vocabulary).interpret("路上有坑", parse, model="m")


def parse(**shares: float) -> Parse:
    return Parse(tuple(guesses(**shares)), None, ())


def test_matter_that_is_no_more__is_no_kind_but_a_case_for_a_human() -> None:
    found = read(parse(road=0.9, chitchat=0.1), without="road")
    assert (found.kind, found.matter, found.confidence) == ("appeal", None, 0.0)
    assert "road" not in [guess.label for guess in found.ranking]


def test_matter_that_is_no_more__does_not_outweigh_a_kind_by_a_little() -> None:
    found = read(parse(chitchat=0.9, road=0.1), without="road")
    assert found.kind == "chitchat"


def test_matter_that_was_renamed__goes_by_its_new_name() -> None:
    found = read(parse(street=0.9, chitchat=0.1), became={"street": "road"})
    assert (found.kind, found.matter, found.confidence) == ("appeal", "road", 0.9)


def test_word_lists__follow_a_renamed_matter() -> None:
    matters = (MATTERS - {"street_lamp"}) | {"light"}
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", matters, {"street_lamp": "light"})
    assert words.classify("路灯不亮").ranking[0].label == "light"


def test_word_lists__a_matter_that_is_no_more_is_no_kind() -> None:
    matters = MATTERS - {"street_lamp"}
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", matters)
    found = Interpreter(words, replace(VOCABULARY, matters=matters)).interpret("路灯不亮", None)
    assert (found.kind, found.matter) == ("appeal", None)


def test_county__has_the_words_of_its_tables() -> None:
    sheets = read_sheets(SAMPLE_COUNTY)
    assert county_vocabulary(load_county(sheets)) == vocabulary_of(
        sheets["catalogue"], sheets["divisions"]
    )
