"""Code and domain.yml agree on the words: none is missing, none is left over."""

from __future__ import annotations

import yaml

from services.wording import DomainWording, read_responses
from tests.docs.pages import ROOT
from tests.docs.spoken import FAMILIES, beginnings, said


def _sentences() -> dict[str, str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return read_responses(domain["responses"])


def test_words__every_sentence_that_code_says_is_written() -> None:
    assert sorted(said() - _sentences().keys()) == []


def test_words__every_written_sentence_is_said() -> None:
    assert sorted(_sentences().keys() - said()) == []


def test_words__keys_put_together_belong_to_a_known_family() -> None:
    assert beginnings() <= FAMILIES.keys()


def test_words__every_sentence_can_be_filled_with_nothing() -> None:
    wording = DomainWording(_sentences(), {})
    assert [key for key in wording.keys if not wording.say(key).strip()] == []
