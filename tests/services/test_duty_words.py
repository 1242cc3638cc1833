"""Commands about duty as they are written, and what is none."""

from __future__ import annotations

import pytest

from services.duty_words import Contact, Verb, contact_in, deputy_words, named_in, read_ask
from tests.services.town import sample_county

COUNTY = sample_county()


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("值班", Verb.BOARD, ""),
        ("谁在值班？", Verb.BOARD, ""),
        ("/duty", Verb.BOARD, ""),
        ("请假 12月3日", Verb.LEAVE, "12月3日"),
        ("请个假，明天", Verb.LEAVE, "明天"),
        ("我想请假：明天", Verb.LEAVE, "明天"),
        ("/leave 12-03", Verb.LEAVE, "12-03"),
        ("换班12月3日李示例", Verb.SWAP, "12月3日李示例"),
        ("我要换个班 周三", Verb.SWAP, "周三"),
        ("调班 周三", Verb.SWAP, "周三"),
        ("销假", Verb.BACK, ""),
        ("我提前回来了", Verb.BACK, "了"),
    ],
)
def test_command(text: str, verb: Verb, rest: str) -> None:
    found = read_ask(text)
    assert found is not None and (found.verb, found.rest) == (verb, rest)


@pytest.mark.parametrize(
    "text", ["", "已安排值班人员去看", "他请假了", "值班电话是多少", "明天去修", "backup", "今日"]
)
def test_no_command(text: str) -> None:
    assert read_ask(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("替班 赵六六", "赵六六"),
        ("替班人：赵六六", "赵六六"),
        ("由赵六六替班", "赵六六"),
        ("请赵六六替我", "赵六六"),
        ("赵六六替班", "赵六六"),
        ("家里有事", ""),
        ("替班", ""),
    ],
)
def test_deputy(text: str, words: str) -> None:
    assert deputy_words(text) == words


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("电话13800000009", Contact("13800000009")),
        ("138 0000 0009", Contact("13800000009")),
        ("138-0000-0009", Contact("13800000009")),
        ("0357-6800001", Contact("0357-6800001")),
        ("有事打我电话", Contact(is_mine=True)),
        ("电话 1380000000", Contact(is_mine=True, is_wrong=True)),
        ("12800000009", Contact(is_wrong=True)),
        ("家里有事", Contact()),
    ],
)
def test_contact(text: str, contact: Contact) -> None:
    assert contact_in(text) == contact


def test_names__the_longer_one_is_meant() -> None:
    people = [c for c in COUNTY.org.cadres.values() if c.name in ("王示例十", "王示例十一")]
    found = named_in("换给王示例十一", people, COUNTY)
    assert [cadre.name for cadre in found.people] == ["王示例十一"]


def test_names__of_others_are_known_as_such() -> None:
    found = named_in("换给王示例一", COUNTY.org.staff("township:141026100"), COUNTY)
    assert (found.people, [cadre.id for cadre in found.strangers]) == ((), ["c001"])


def test_numbers__name_somebody_too() -> None:
    staff = COUNTY.org.staff("township:141026100")
    assert [cadre.id for cadre in named_in("替班c076", staff, COUNTY).people] == ["c076"]
    assert named_in("c0765", staff, COUNTY).people == ()
