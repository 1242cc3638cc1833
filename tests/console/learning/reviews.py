"""The desk of reviews in memory, with a few invented labels that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.learning.inbox_items import Answer, BulkOutcome
from services.learning.label_errors import AlreadyReviewed, Contradiction, NothingSaid, OwnLabel
from services.learning.labels import Label, LabelState, Origin, Part, Verdict
from services.learning.review_items import Disagreement, ReviewItem, ReviewPage, Share, Twin
from tests.console.stand_ins import NOW


def label(number: int, text: str, intent: str, **changes: object) -> Label:
    """A label of somebody else's that waits."""
    made = Label(
        id=number,
        text=text,
        bare=text,
        origin=Origin.INBOX,
        author="annotator",
        proposed_at=NOW,
        verdict=Verdict.LABEL,
        intent=intent,
        appeal_type="help",
        urgent=False,
        confidential=False,
        said="street_lamp",
        said_by="nlu-0a1b2c",
        alike=1,
        state=LabelState.PROPOSED,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name the fields


def waiting() -> dict[int, ReviewItem]:
    """Two alike, an import, one that contradicts, one that says only what it is not, one's own."""
    twin = Twin("村口的路灯不亮", "street_lamp", Part.DATA, "nlu/data/street_lamp.yml:12")
    labels = [
        ReviewItem(label(1, "三组往地里走的土路成了泥糊糊", "road", alike=4), False, ()),
        ReviewItem(label(2, "路坏了<script>alert(1)</script>", "road"), False, ()),
        ReviewItem(label(3, "水管冻住了", "water_supply", origin=Origin.IMPORT), False, ()),
        ReviewItem(label(4, "村口的路灯不亮", "power_supply"), False, (twin,)),
        ReviewItem(
            label(5, "电杆歪了要倒", "", origin=Origin.RETURN, author="cadre:nobody"), False, ()
        ),
        ReviewItem(label(6, "我自己标的", "road", author="admin"), True, ()),
    ]
    return {each.label.id: each for each in labels}


@dataclass
class Reviews:
    """`services.learning.desks.ReviewDesk` over a dictionary."""

    open: dict[int, ReviewItem] = field(default_factory=waiting)
    done: list[Label] = field(default_factory=list)

    async def page(
        self, reviewer: str, *, limit: int = 20, after: int = 0, origin: Origin | None = None
    ) -> ReviewPage:
        found = [i for i in self.open.values() if i.label.id > after]
        found = [i for i in found if origin in (None, i.label.origin)]
        return ReviewPage(tuple(found[:limit]), len(self.open))

    async def item(self, reviewer: str, label_id: int) -> ReviewItem | None:
        return self.open.get(label_id)

    async def accept(self, reviewer: str, label_id: int, *, stands: bool = False) -> Label:
        found = self._open(label_id)
        if not found.label.intent:
            raise NothingSaid
        if found.contradicts and not stands:
            raise Contradiction
        return self._end(label_id, state=LabelState.WRITTEN, part=Part.DATA, reviewer=reviewer)

    async def change(
        self, reviewer: str, label_id: int, answer: Answer, *, stands: bool = False
    ) -> Label:
        was = self._open(label_id).label
        return self._end(
            label_id,
            state=LabelState.WRITTEN,
            part=Part.DATA,
            reviewer=reviewer,
            intent=answer.intent,
            appeal_type=answer.appeal_type,
            urgent=answer.urgent,
            proposed_intent=was.intent if was.intent != answer.intent else "",
        )

    async def reject(self, reviewer: str, label_id: int, why: str = "") -> Label:
        self._open(label_id)
        return self._end(label_id, state=LabelState.REJECTED, why=why, reviewer=reviewer)

    async def accept_all(self, reviewer: str, label_ids: Sequence[int]) -> BulkOutcome:
        return BulkOutcome(tuple([await self.accept(reviewer, each) for each in label_ids]))

    async def disagreement(self, days: int = 90) -> Disagreement:
        return Disagreement(Share("", 3, 20), (), (Share("inbox", 3, 18),), (Share("road", 2, 6),))

    def _open(self, label_id: int) -> ReviewItem:
        found = self.open.get(label_id)
        if found is None:
            raise AlreadyReviewed
        if found.own:
            raise OwnLabel
        return found

    def _end(self, label_id: int, **changes: object) -> Label:
        ended = replace(self.open.pop(label_id).label, **changes)  # type: ignore[arg-type]
        self.done.append(ended)
        return ended
