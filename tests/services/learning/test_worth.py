from __future__ import annotations

import pytest

from services.learning.worth import Candidate, ordered, worth_of, wrong_share

MANY = [Candidate(f"m{i}", "road", "street_lamp", margin=i / 100) for i in range(100)]


def test_worth__less_certain_is_worth_more() -> None:
    doubtful, sure = Candidate("a", "road", "dust", 0.05), Candidate("b", "road", "dust", 0.9)
    assert worth_of(doubtful).score > worth_of(sure).score


def test_worth__a_desk_that_decided_otherwise_outweighs_certainty() -> None:
    against = Candidate("a", "road", "dust", margin=0.9, desk="dust")
    assert wrong_share(against) > wrong_share(Candidate("b", "road", "dust", margin=0.0))


def test_worth__a_desk_that_agrees_leaves_little_to_correct() -> None:
    assert wrong_share(Candidate("a", "road", margin=0.0, desk="road")) < 0.1


def test_worth__keywords_raise_and_lower_doubt() -> None:
    differ, silent, agree = (
        wrong_share(Candidate("a", "road", "dust", 0.4, keywords=said))
        for said in ("dust", "", "road")
    )
    assert differ > silent > agree


def test_worth__more_alike_messages_are_worth_more_but_not_in_proportion() -> None:
    one, many = (worth_of(Candidate("a", "road", "dust", 0.2, alike=n)).score for n in (1, 12))
    assert one < many < 12 * one


def test_worth__a_message_the_model_never_read_is_neither_sure_nor_hopeless() -> None:
    unread = wrong_share(Candidate("a", "road", degraded=True))
    assert wrong_share(Candidate("b", "road", margin=0.9)) < unread < 0.5


def test_reasons__say_why_in_few_words() -> None:
    found = worth_of(Candidate("a", "road", "dust", 0.1, keywords="dust", desk="noise", alike=12))
    assert found.reasons == ("模型拿不准", "和派单员的决定不同", "和关键词不同", "12 条差不多的")


def test_reasons__are_never_empty() -> None:
    assert all(placed.reasons for placed in ordered(MANY, "county"))


def test_order__holds_everything_once_and_is_always_the_same() -> None:
    first = ordered(MANY, "county")
    assert {p.candidate.key for p in first} == {c.key for c in MANY} and len(first) == 100
    assert first == ordered(reversed(MANY), "county")


def test_order__every_fifth_place_is_drawn_by_lot() -> None:
    drawn = [place for place, p in enumerate(ordered(MANY, "county")[:25], 1) if p.drawn]
    assert drawn and all(place % 5 == 0 for place in drawn)


def test_order__another_seed_draws_others() -> None:
    one, other = (
        {p.candidate.key for p in ordered(MANY, seed)[:50] if p.drawn} for seed in ("a", "b")
    )
    assert one != other


def test_order__without_the_sample_is_by_worth_alone() -> None:
    assert [p.candidate.key for p in ordered(MANY, "county", every=0)[:3]] == ["m0", "m1", "m2"]


def test_order__one_pair_does_not_fill_the_top() -> None:
    others = [Candidate(f"o{i}", "noise", "dust", margin=0.3) for i in range(20)]
    top = ordered([*MANY, *others], "county", every=0)[:60]
    assert {p.candidate.best for p in top[:40]} == {"road", "noise"}


@pytest.mark.parametrize("every", [-1, 1])
def test_order__only_the_sample_is_no_inbox(every: int) -> None:
    with pytest.raises(ValueError, match="every"):
        ordered(MANY, "county", every=every)
