"""A second person looks at labels before anything learns from them, on real databases."""

from __future__ import annotations

import asyncio

import pytest

from routing.errors import LiandongError
from services.learning.bare import bare_digest, is_for_exam
from services.learning.edits import AddSentence, ReplaceSentence
from services.learning.inbox_items import Answer
from services.learning.label_errors import (
    AlreadyReviewed,
    Contradiction,
    NotAnExample,
    NothingSaid,
    OwnLabel,
    UnknownIntent,
)
from services.learning.labels import UNIT_ONLY, LabelState, Origin, Part
from services.learning.review_items import Twin
from services.learning.sentences import Sentence
from tests.learning.school import School

TO_LEARN = "路上有个大坑"
FOR_EXAM = next(
    text for n in range(50) if is_for_exam(bare_digest(text := f"村口第{'〇' * n}条路坏了"))
)


async def test_accept__the_sentence_is_recorded_for_the_files(here: School) -> None:
    label = await here.propose(TO_LEARN, appeal_type="help")
    accepted = await here.review.accept("ben", label.id)
    assert (accepted.state, accepted.reviewer, accepted.part) == (
        LabelState.WRITTEN,
        "ben",
        Part.DATA,
    )
    (edit,) = await here.journal.pending()
    assert edit.edit == AddSentence(Sentence(TO_LEARN, "road", "help"), Part.DATA)


async def test_accept__placeholders_are_invented_values_in_the_file(here: School) -> None:
    label = await here.propose("〔姓名〕家门口的路坏了，电话〔电话〕")
    await here.review.accept("ben", label.id)
    (edit,) = await here.journal.pending()
    assert isinstance(edit.edit, AddSentence)
    assert edit.edit.sentence.text == "某某家门口的路坏了，电话13800000000"


async def test_accept__every_fifth_sentence_examines(here: School) -> None:
    label = await here.propose(FOR_EXAM)
    assert (await here.review.accept("ben", label.id)).part is Part.GOLDEN


async def test_accept__ones_own_label_is_refused(here: School) -> None:
    label = await here.propose(TO_LEARN)
    with pytest.raises(OwnLabel):
        await here.review.accept("anna", label.id)
    assert await here.journal.pending() == []


async def test_accept__the_cadre_behind_the_account_counts_as_the_same(here: School) -> None:
    await here.account("ben", cadre="c7")
    label = await here.propose(TO_LEARN, author="cadre:c7", origin=Origin.TRIAGE)
    with pytest.raises(OwnLabel):
        await here.review.accept("ben", label.id)


async def test_accept__two_accounts_of_one_cadre_are_one_person(here: School) -> None:
    await here.account("anna", cadre="c7")
    await here.account("ben", cadre="c7")
    label = await here.propose(TO_LEARN)
    with pytest.raises(OwnLabel):
        await here.review.accept("ben", label.id)
    assert (await here.review.page("ben")).items[0].own


async def test_accept__a_draft_waits_for_its_intent(here: School) -> None:
    await here.draft_intent("drone_spraying")
    label = await here.propose(TO_LEARN, "drone_spraying")
    assert (await here.review.accept("ben", label.id)).state is LabelState.ACCEPTED
    assert await here.journal.pending() == []


async def test_accept__a_deleted_intent_is_refused(here: School) -> None:
    label = await here.propose(TO_LEARN, "deleted")
    with pytest.raises(UnknownIntent):
        await here.review.accept("ben", label.id)


async def test_accept__without_an_intent_is_refused(here: School) -> None:
    label = await here.propose(TO_LEARN, "", why=UNIT_ONLY)
    with pytest.raises(NothingSaid):
        await here.review.accept("ben", label.id)
    changed = await here.review.change("ben", label.id, Answer("road"))
    assert changed.state is LabelState.WRITTEN


async def test_accept__what_rasa_takes_for_a_command_is_refused(here: School) -> None:
    label = await here.propose("/restart")
    with pytest.raises(NotAnExample):
        await here.review.accept("ben", label.id)


async def test_accept__of_two_reviewers_one_is_told(here: School) -> None:
    label = await here.propose(TO_LEARN)
    acts = [here.review.accept(who, label.id) for who in ("ben", "cleo")]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)
    assert len([each for each in outcomes if isinstance(each, AlreadyReviewed)]) == 1
    assert len(await here.journal.pending()) == 1


async def test_contradiction__both_are_named(here: School) -> None:
    here.files.known = [Twin(TO_LEARN, "street_lamp", Part.DATA, "street_lamp.yml 第7行")]
    label = await here.propose(TO_LEARN)
    assert (await here.review.page("ben")).items[0].contradicts
    with pytest.raises(Contradiction) as said:
        await here.review.accept("ben", label.id)
    assert "street_lamp.yml 第7行" in str(said.value)


async def test_contradiction__what_stands_takes_the_place_in_its_part(here: School) -> None:
    here.files.known = [Twin(TO_LEARN, "street_lamp", Part.GOLDEN, "street_lamp.yml 第7行")]
    label = await here.propose(TO_LEARN)
    accepted = await here.review.accept("ben", label.id, stands=True)
    (edit,) = await here.journal.pending()
    golden = Part.GOLDEN
    sentence = Sentence(TO_LEARN, "road")
    assert edit.edit == ReplaceSentence(TO_LEARN, "street_lamp", golden, sentence, golden)
    assert accepted.part is Part.GOLDEN


async def test_contradiction__with_an_earlier_label(here: School) -> None:
    first = await here.propose(TO_LEARN)
    await here.review.accept("ben", first.id)
    second = await here.propose("路上,有个大坑!", "neighbour_dispute")
    with pytest.raises(Contradiction):
        await here.review.accept("ben", second.id)
    await here.review.accept("ben", second.id, stands=True)
    assert [label.state for label in await here.labels()] == [
        LabelState.REJECTED,
        LabelState.WRITTEN,
    ]


async def test_same_sentence_again__is_written_once(here: School) -> None:
    for _ in range(2):
        label = await here.propose(TO_LEARN)
        await here.review.accept("ben", label.id)
    assert len(await here.journal.pending()) == 1


async def test_reject__nothing_is_written(here: School) -> None:
    label = await here.propose(TO_LEARN)
    rejected = await here.review.reject("ben", label.id, "看不懂")
    assert (rejected.state, rejected.why) == (LabelState.REJECTED, "看不懂")
    assert await here.journal.pending() == []


async def test_accept_all__ones_own_are_left_and_named(here: School) -> None:
    mine = await here.propose(TO_LEARN, author="ben")
    other = await here.propose("桥边的路塌了", author="anna")
    outcome = await here.review.accept_all("ben", [mine.id, other.id])
    assert [label.id for label in outcome.done] == [other.id]
    assert outcome.refused[0][0] == mine.id


async def test_disagreement__by_author_origin_and_intent(here: School) -> None:
    ids = [(await here.propose(f"第{n}条路坏了呀{'啊' * n}")).id for n in range(1, 5)]
    await here.review.change("ben", ids[0], Answer("street_lamp"))
    await here.review.reject("ben", ids[1])
    await here.review.accept("ben", ids[2])
    await here.review.accept("ben", ids[3])
    found = await here.review.disagreement()
    assert (found.all.part, found.all.whole) == (2, 4)
    assert [(each.name, each.rate) for each in found.by_author] == [("anna", 0.5)]
    assert [each.name for each in found.by_intent] == ["road"]


async def test_disagreement__a_label_that_named_no_intent_is_none(here: School) -> None:
    label = await here.propose(TO_LEARN, "", why=UNIT_ONLY)
    await here.review.change("ben", label.id, Answer("road"))
    assert (await here.review.disagreement()).all.part == 0


async def test_undo__after_the_review_is_refused(here: School) -> None:
    await here.say("高壁村路灯坏了三天没人管")
    label = await here.inbox.accept("anna", (await here.only()).inbox_id)
    await here.review.accept("ben", label.id)
    with pytest.raises(LiandongError):
        await here.inbox.undo("anna")
