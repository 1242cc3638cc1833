"""The second look at labels: nothing is learnt from that only one person has seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from services.learning.bare import is_for_exam
from services.learning.edits import AddSentence, Edit, ReplaceSentence
from services.learning.inbox import in_bulk
from services.learning.inbox_items import Answer, BulkOutcome
from services.learning.known_intents import IntentStanding, KnownIntents, must_be_known
from services.learning.label_errors import (
    AlreadyReviewed,
    Contradiction,
    NoSuchItem,
    NotAnExample,
    NothingSaid,
)
from services.learning.labels import Label, LabelState, Origin, Part
from services.learning.review_book import Examples, LabelBook, Reviewed, Ruling
from services.learning.review_items import Disagreement, ReviewItem, ReviewPage, Share, Twin
from services.learning.sentences import REAL, Sentence
from services.ports import Clock
from services.privacy import learnt

LONGEST = 2_000
"""Characters of an example; a longer one is refused by the check before a training."""
_SETTLED = frozenset({LabelState.ACCEPTED, LabelState.WRITTEN})


class Review:
    """`services.learning.desks.ReviewDesk`."""

    def __init__(
        self, book: LabelBook, examples: Examples, intents: KnownIntents, clock: Clock
    ) -> None:
        self._book = book
        self._examples = examples
        self._intents = intents
        self._clock = clock

    async def page(
        self, reviewer: str, *, limit: int = 20, after: int = 0, origin: Origin | None = None
    ) -> ReviewPage:
        """Labels that wait, with a number above `after`, oldest first."""
        labels = await self._book.waiting(limit, after, origin)
        items = tuple(await self._items(reviewer, labels))
        return ReviewPage(items, await self._book.waiting_count(origin))

    async def item(self, reviewer: str, label_id: int) -> ReviewItem | None:
        """One label that waits."""
        label = await self._book.label(label_id)
        if label is None or label.state is not LabelState.PROPOSED:
            return None
        return next(iter(await self._items(reviewer, [label])))

    async def accept(self, reviewer: str, label_id: int, *, stands: bool = False) -> Label:
        """It is right."""
        label = await self._waiting(label_id)
        return await self._rule(reviewer, label, _answer_of(label), stands)

    async def change(
        self, reviewer: str, label_id: int, answer: Answer, *, stands: bool = False
    ) -> Label:
        """It is something else."""
        return await self._rule(reviewer, await self._waiting(label_id), answer, stands)

    async def reject(self, reviewer: str, label_id: int, why: str = "") -> Label:
        """Not to be learnt from."""
        label = await self._waiting(label_id)
        ruling = Ruling(label_id, reviewer, LabelState.REJECTED, _answer_of(label), why=why.strip())
        return await self._book.rule(ruling, self._clock())

    async def accept_all(self, reviewer: str, label_ids: Sequence[int]) -> BulkOutcome:
        """All of these are right."""
        return await in_bulk(label_ids, lambda each: self.accept(reviewer, each))

    async def disagreement(self, days: int = 90) -> Disagreement:
        """How often reviewers changed or rejected what was proposed."""
        return disagreement_of(await self._book.reviewed(self._clock() - timedelta(days=days)))

    async def _waiting(self, label_id: int) -> Label:
        label = await self._book.label(label_id)
        if label is None:
            raise NoSuchItem
        if label.state is not LabelState.PROPOSED:
            raise AlreadyReviewed
        return label

    async def _rule(self, reviewer: str, label: Label, answer: Answer, stands: bool) -> Label:
        if not answer.intent:
            raise NothingSaid
        answer = replace(answer, intent=await self._intents.current(answer.intent))
        standing = await must_be_known(self._intents, answer.intent)
        text = learnt(label.text)
        if len(text) > LONGEST or text.startswith("/"):
            raise NotAnExample
        ruling = Ruling(label.id, reviewer, LabelState.ACCEPTED, answer, part=label.part)
        if label.origin is not Origin.SPLIT:  # an old example is its own twin; it is moved whole
            ruling = await self._written(label, ruling, text, standing, stands)
        return await self._book.rule(ruling, self._clock())

    async def _written(
        self, label: Label, ruling: Ruling, text: str, standing: IntentStanding, stands: bool
    ) -> Ruling:
        """With the part that it goes to, and the edits that bring it there."""
        others = await self._book.same_sentence([label.bare])
        settled = [each for each in others if each.state in _SETTLED and each.id != label.id]
        twins = [*await self._examples.twins(text), *map(_twin, settled)]
        against = [twin for twin in twins if twin.intent != ruling.said.intent]
        if against and not stands:
            raise Contradiction(_both(ruling.said.intent, against[0]))
        sentence = sentence_of(text, ruling.said)
        part = next((twin.part for twin in twins), part_of(label))
        outranked = tuple(each.id for each in settled if each.intent != ruling.said.intent)
        ruling = replace(ruling, part=part, outranked=outranked)
        if standing is not IntentStanding.LIVE:
            return ruling
        edits = _edits(sentence, part, twins)
        return replace(ruling, state=LabelState.WRITTEN, edits=edits)

    async def _items(self, reviewer: str, labels: Sequence[Label]) -> Iterable[ReviewItem]:
        cadres = await self._book.cadres_of({reviewer, *(label.author for label in labels)})
        same = await self._book.same_sentence({label.bare for label in labels})
        items = []
        for label in labels:
            others = [each for each in same if each.bare == label.bare and each.id != label.id]
            found = [] if label.origin is Origin.SPLIT else await self._files(label)
            twins = (*found, *map(_twin, others))
            items.append(ReviewItem(label, is_own(label.author, reviewer, cadres.get), twins))
        return items

    async def _files(self, label: Label) -> list[Twin]:
        return await self._examples.twins(learnt(label.text))


def is_own(author: str, reviewer: str, cadre_of: Callable[[str], str | None]) -> bool:
    """Whether a reviewer would look at their own label: by account, or by the cadre behind it."""
    if author == reviewer:
        return True
    theirs = cadre_of(reviewer)
    mine = author.removeprefix("cadre:") if author.startswith("cadre:") else cadre_of(author)
    return theirs is not None and theirs == mine


def part_of(label: Label) -> Part:
    """Every fifth sentence examines, by its digest: the same one always does the same."""
    return Part.GOLDEN if is_for_exam(label.bare) else Part.DATA


def sentence_of(text: str, said: Answer) -> Sentence:
    """The example that a label becomes."""
    return Sentence(
        text, said.intent, said.appeal_type, said.urgent, said.confidential, source=REAL
    )


def disagreement_of(reviewed: Sequence[Reviewed]) -> Disagreement:
    """The shares, the most disputed first."""
    return Disagreement(
        Share("", sum(each.is_disagreement for each in reviewed), len(reviewed)),
        _shares(reviewed, lambda each: each.author),
        _shares(reviewed, lambda each: str(each.origin)),
        _shares([each for each in reviewed if each.proposed], lambda each: each.proposed),
    )


def _shares(reviewed: Sequence[Reviewed], name: Callable[[Reviewed], str]) -> tuple[Share, ...]:
    whole = Counter(map(name, reviewed))
    part = Counter(name(each) for each in reviewed if each.is_disagreement)
    shares = (Share(each, part[each], count) for each, count in whole.items())
    return tuple(sorted(shares, key=lambda share: (-share.rate, -share.whole, share.name)))


def _edits(sentence: Sentence, part: Part, twins: Sequence[Twin]) -> tuple[Edit, ...]:
    """What brings the sentence into the files once: over its contradiction, or not at all where
    it stands there already."""
    if any(twin.intent == sentence.intent for twin in twins):
        return ()
    if twins:
        old = twins[0]
        return (ReplaceSentence(old.text, old.intent, old.part, sentence, old.part),)
    return (AddSentence(sentence, part),)


def _answer_of(label: Label) -> Answer:
    return Answer(label.intent, label.appeal_type, label.urgent, label.confidential)


def _twin(label: Label) -> Twin:
    part = label.part or part_of(label)
    return Twin(learnt(label.text), label.intent, part, f"标注 {label.id}")


def _both(intent: str, twin: Twin) -> str:
    return f"同一句话在 {twin.where} 已经标成 {twin.intent}，这里是 {intent}：请定下哪一个对。"
