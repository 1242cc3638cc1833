"""The desk of corrections in memory: a few invented messages, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.learning.inbox_items import Alike, Answer, BulkOutcome, CorrectionItem, InboxPage
from services.learning.label_errors import AlreadyLabelled, NothingToUndo
from services.learning.labels import Label, LabelState, Origin, Verdict
from services.understanding import Guess
from tests.console.stand_ins import NOW

TEXTS = (
    "村口那条路的灯坏了三天，老人晚上出门看不见",
    "三组往地里走的土路一下雨就成了泥糊糊",
    "自来水放出来是黄的，打〔电话〕也没人管",
    "路边<b>电线</b>掉下来冒火花",
    "下水道往外冒臭水",
)


def item(number: int, text: str, **changes: object) -> CorrectionItem:
    """A message that the model took for a matter of street lamps."""
    made = CorrectionItem(
        inbox_id=number,
        text=text,
        at=NOW,
        count=1,
        alike=(),
        guesses=(Guess("street_lamp", 0.41), Guess("road", 0.38), Guess("power_supply", 0.12)),
        read_as=Answer("street_lamp", "help"),
        kind="appeal",
        margin=0.03,
        evidence=("路", "灯坏了", "紧急：冒火花"),
        rule="model",
        model="nlu-0a1b2c",
        degraded=False,
        n_matters=1,
        keywords="road",
        desk="",
        ticket=None,
        worth=0.5,
        why=("模型拿不准", "和关键词不同"),
        sampled=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name the fields


def items() -> list[CorrectionItem]:
    """Five messages; the first stands for three."""
    made = [item(number, text) for number, text in enumerate(TEXTS, 11)]
    others = (Alike(91, "村口那条路的灯坏了三天"), Alike(92, "那条路的灯坏了，老人看不见"))
    made[0] = replace(made[0], count=3, alike=others)
    made[3] = replace(made[3], sampled=True, why=("随机抽查",))
    return made


@dataclass
class Corrections:
    """`services.learning.desks.CorrectionDesk` over a list."""

    open: list[CorrectionItem] = field(default_factory=items)
    labels: list[Label] = field(default_factory=list)
    gone: list[CorrectionItem] = field(default_factory=list)
    separated: list[int] = field(default_factory=list)

    async def page(self, account: str, *, limit: int = 20, skip: int = 0) -> InboxPage:
        messages = sum(each.count for each in self.open)
        return InboxPage(tuple(self.open[skip : skip + limit]), len(self.open), messages)

    async def item(self, inbox_id: int) -> CorrectionItem | None:
        return next((each for each in self.open if each.inbox_id == inbox_id), None)

    async def accept(self, account: str, inbox_id: int) -> Label:
        return self._settle(account, inbox_id, Verdict.LABEL, None)

    async def correct(self, account: str, inbox_id: int, answer: Answer) -> Label:
        return self._settle(account, inbox_id, Verdict.LABEL, answer)

    async def unclear(self, account: str, inbox_id: int) -> Label:
        return self._settle(account, inbox_id, Verdict.UNCLEAR, Answer(""))

    async def two_matters(self, account: str, inbox_id: int) -> Label:
        return self._settle(account, inbox_id, Verdict.TWO_MATTERS, Answer(""))

    async def skip(self, account: str, inbox_id: int) -> Label:
        return self._settle(account, inbox_id, Verdict.SKIP, Answer(""))

    async def apart(self, account: str, inbox_ids: Sequence[int]) -> None:
        for at, each in enumerate(self.open):
            kept = tuple(other for other in each.alike if other.inbox_id not in inbox_ids)
            self.open[at] = replace(
                each, alike=kept, count=each.count - len(each.alike) + len(kept)
            )
        self.separated += inbox_ids

    async def accept_all(self, account: str, inbox_ids: Sequence[int]) -> BulkOutcome:
        return BulkOutcome(tuple([await self.accept(account, each) for each in inbox_ids]))

    async def correct_all(
        self, account: str, inbox_ids: Sequence[int], answer: Answer
    ) -> BulkOutcome:
        return BulkOutcome(tuple([await self.correct(account, each, answer) for each in inbox_ids]))

    async def undo(self, account: str) -> Label:
        if not self.labels:
            raise NothingToUndo
        self.open.insert(0, self.gone.pop())
        return self.labels.pop()

    async def gather(self) -> int:
        return 0

    def _settle(
        self, account: str, inbox_id: int, verdict: Verdict, answer: Answer | None
    ) -> Label:
        found = next((each for each in self.open if each.inbox_id == inbox_id), None)
        if found is None:
            raise AlreadyLabelled
        self.open.remove(found)
        self.gone.append(found)
        said = answer or found.read_as
        learns = verdict is Verdict.LABEL
        label = Label(
            id=len(self.labels) + 1,
            text=found.text,
            bare=str(inbox_id),
            origin=Origin.INBOX,
            author=account,
            proposed_at=NOW,
            verdict=verdict,
            intent=said.intent,
            appeal_type=said.appeal_type,
            urgent=said.urgent,
            confidential=said.confidential,
            said=found.read_as.intent,
            said_by=found.model,
            alike=found.count,
            state=LabelState.PROPOSED if learns else LabelState.NOTED,
            inbox_id=inbox_id,
        )
        self.labels.append(label)
        return label
