"""The inbox of corrections: shows what is most worth a label, and takes what people say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from routing.errors import LiandongError
from services.learning.bare import bare_digest, plain_letters
from services.learning.correction_book import CorrectionBook, Detail
from services.learning.drafts import LabelDraft
from services.learning.gathering import Gathering, read_label, weigh
from services.learning.inbox_items import (
    Alike,
    Answer,
    BulkOutcome,
    CorrectionItem,
    InboxPage,
)
from services.learning.known_intents import KnownIntents, must_be_known
from services.learning.label_errors import (
    AlreadyLabelled,
    NoSuchItem,
    NothingSaid,
)
from services.learning.labels import Label, LabelState, Origin, Verdict
from services.learning.worth import Placed, ordered
from services.ports import Clock

EVERY = 5
"""Each fifth place belongs to the random sample."""
HELD_FOR = timedelta(minutes=10)
"""So long others are shown something else."""
MOST_ALIKE = 5
_POOL = 400
"""Groups that are put in order for a page; more, the further one pages."""


class CorrectionInbox:
    """`services.learning.desks.CorrectionDesk`."""

    def __init__(
        self,
        book: CorrectionBook,
        gathering: Gathering,
        intents: KnownIntents,
        clock: Clock,
        *,
        seed: str,
        window: timedelta = timedelta(days=30),
    ) -> None:
        """`seed` is that of the gathering: the random sample is drawn with it."""
        self._book = book
        self._gathering = gathering
        self._intents = intents
        self._clock = clock
        self._seed = seed
        self._window = window

    async def page(self, account: str, *, limit: int = 20, skip: int = 0) -> InboxPage:
        """The items most worth a label, held for this account for some minutes."""
        now = self._clock()
        since = now - self._window
        pool = max(_POOL, 4 * (skip + limit))
        heads = await self._book.worthiest(account, now, since, pool, pool // EVERY)
        order = ordered((each.candidate for each in heads), self._seed, EVERY)
        placed = {int(each.candidate.key): each for each in order[skip : skip + limit]}
        details = await self._book.details([*placed], MOST_ALIKE)
        sealed = [each.entry.inbox_id for each in details if each.sealed]
        if sealed:
            await self._book.leave_out(sealed)
        shown = [each for each in details if not each.sealed]
        await self._book.hold([each.entry.inbox_id for each in shown], account, now + HELD_FOR)
        groups, messages = await self._book.open_counts(since)
        items = tuple(_item(each, placed[each.entry.inbox_id]) for each in shown)
        return InboxPage(items, groups, messages)

    async def item(self, inbox_id: int) -> CorrectionItem | None:
        """One open item."""
        detail = await self._detail(inbox_id)
        return _item(detail, None) if detail else None

    async def accept(self, account: str, inbox_id: int) -> Label:
        """It is what the service took it for."""
        detail = await self._must(inbox_id)
        return await self._label(account, detail, _read_as(detail))

    async def correct(self, account: str, inbox_id: int, answer: Answer) -> Label:
        """It is something else."""
        return await self._label(account, await self._must(inbox_id), answer)

    async def unclear(self, account: str, inbox_id: int) -> Label:
        """Nobody can tell what it wants."""
        return await self._note(account, inbox_id, Verdict.UNCLEAR)

    async def two_matters(self, account: str, inbox_id: int) -> Label:
        """It holds more than one matter."""
        return await self._note(account, inbox_id, Verdict.TWO_MATTERS)

    async def skip(self, account: str, inbox_id: int) -> Label:
        """Not for me: others see it."""
        detail = await self._must(inbox_id)
        draft = _draft(account, detail, Verdict.SKIP, LabelState.NOTED)
        return await self._book.pass_over(inbox_id, draft, self._clock())

    async def apart(self, account: str, inbox_ids: Sequence[int]) -> None:
        """These are not alike after all."""
        await self._book.part(inbox_ids, weigh)

    async def accept_all(self, account: str, inbox_ids: Sequence[int]) -> BulkOutcome:
        """Each of the items is what the service took it for."""
        return await in_bulk(inbox_ids, lambda each: self.accept(account, each))

    async def correct_all(
        self, account: str, inbox_ids: Sequence[int], answer: Answer
    ) -> BulkOutcome:
        """All of these items are the same thing."""
        return await in_bulk(inbox_ids, lambda each: self.correct(account, each, answer))

    async def undo(self, account: str) -> Label:
        """Take this account's newest label back."""
        return await self._book.undo(account)

    async def gather(self) -> int:
        """Take up messages that came since."""
        return await self._gathering.run_once()

    async def _detail(self, inbox_id: int) -> Detail | None:
        found = await self._book.details([inbox_id], MOST_ALIKE)
        return next((each for each in found if not each.sealed), None)

    async def _must(self, inbox_id: int) -> Detail:
        detail = await self._detail(inbox_id)
        if detail is None:
            raise NoSuchItem
        return detail

    async def _label(self, account: str, detail: Detail, answer: Answer) -> Label:
        if not answer.intent:
            raise NothingSaid
        await must_be_known(self._intents, answer.intent)
        draft = _draft(account, detail, Verdict.LABEL, LabelState.PROPOSED, answer)
        return await self._book.settle(detail.entry.inbox_id, draft, self._clock())

    async def _note(self, account: str, inbox_id: int, verdict: Verdict) -> Label:
        detail = await self._must(inbox_id)
        draft = _draft(account, detail, verdict, LabelState.NOTED)
        return await self._book.settle(inbox_id, draft, self._clock())


async def in_bulk(numbers: Sequence[int], act: Callable[[int], Awaitable[Label]]) -> BulkOutcome:
    """Do it to each; what somebody else settled meanwhile, or a rule forbids, is named."""
    done: list[Label] = []
    taken: list[int] = []
    refused: list[tuple[int, str]] = []
    for number in dict.fromkeys(numbers):
        try:
            done.append(await act(number))
        except (AlreadyLabelled, NoSuchItem):
            taken.append(number)
        except LiandongError as exc:
            refused.append((number, str(exc)))
    return BulkOutcome(tuple(done), tuple(taken), tuple(refused))


def _draft(
    account: str,
    detail: Detail,
    verdict: Verdict,
    state: LabelState,
    answer: Answer | None = None,
) -> LabelDraft:
    said = answer or Answer("")
    text = detail.entry.text
    return LabelDraft(
        text=text,
        bare=bare_digest(text),
        origin=Origin.INBOX,
        author=account,
        verdict=verdict,
        intent=said.intent,
        appeal_type=said.appeal_type,
        urgent=said.urgent,
        confidential=said.confidential,
        said=_read_as(detail).intent,
        said_by=detail.understanding.model,
        state=state,
        ticket=detail.ticket,
    )


def _read_as(detail: Detail) -> Answer:
    reading = detail.understanding
    return Answer(
        intent=read_label(reading.kind, reading.matter) or detail.entry.best,
        appeal_type=(reading.appeal_type or "") if reading.kind == "appeal" else "",
        urgent=reading.urgent,
        confidential=reading.confidential,
    )


def _item(detail: Detail, placed: Placed | None) -> CorrectionItem:
    reading, entry = detail.understanding, detail.entry
    return CorrectionItem(
        inbox_id=entry.inbox_id,
        text=entry.text,
        at=entry.at,
        count=entry.count,
        alike=tuple(Alike(*each) for each in detail.alike),
        guesses=reading.ranking[:3],
        read_as=_read_as(detail),
        kind=reading.kind,
        margin=reading.margin,
        evidence=tuple(each for each in reading.evidence if _is_shown(each, entry.text)),
        rule=reading.rule,
        model=reading.model,
        degraded=reading.degraded,
        n_matters=reading.n_matters,
        keywords=entry.keywords,
        desk=detail.desk,
        ticket=detail.ticket,
        worth=placed.worth.score if placed else weigh(entry),
        why=placed.reasons if placed else (),
        sampled=placed.drawn if placed else False,
    )


def _is_shown(evidence: str, masked: str) -> bool:
    """The word stands in what may be read: evidence is the resident's own words, too."""
    word = plain_letters(evidence.rpartition("：")[2])
    return bool(word) and word in plain_letters(masked)
