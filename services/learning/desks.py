"""What the console's pages call: the inbox of corrections and the review, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.learning.inbox_items import Answer, BulkOutcome, CorrectionItem, InboxPage
from services.learning.labels import Label, Origin
from services.learning.review_items import Disagreement, ReviewItem, ReviewPage


class CorrectionDesk(Protocol):
    """One annotator's work. `account` is the console account that acts; an item is named by its
    `inbox_id` and stands for everything alike. Refusals are `services.learning.label_errors`."""

    async def page(self, account: str, *, limit: int = 20, skip: int = 0) -> InboxPage:
        """The items most worth a label, which are held for this account for some minutes: others
        are shown others meanwhile."""
        ...

    async def item(self, inbox_id: int) -> CorrectionItem | None:
        """One open item; None when somebody has labelled it, or it was sealed since."""
        ...

    async def accept(self, account: str, inbox_id: int) -> Label:
        """It is what the service took it for, with everything alike."""
        ...

    async def correct(self, account: str, inbox_id: int, answer: Answer) -> Label:
        """It is something else, with everything alike. Raises `UnknownIntent`."""
        ...

    async def unclear(self, account: str, inbox_id: int) -> Label:
        """Nobody can tell what it wants."""
        ...

    async def two_matters(self, account: str, inbox_id: int) -> Label:
        """It holds more than one matter: nothing to learn from as a whole."""
        ...

    async def skip(self, account: str, inbox_id: int) -> Label:
        """Not for me: it comes to others, and not to this account again."""
        ...

    async def apart(self, account: str, inbox_ids: Sequence[int]) -> None:
        """These are not alike after all: each becomes an item of its own."""
        ...

    async def accept_all(self, account: str, inbox_ids: Sequence[int]) -> BulkOutcome:
        """Each of the items is what the service took it for."""
        ...

    async def correct_all(
        self, account: str, inbox_ids: Sequence[int], answer: Answer
    ) -> BulkOutcome:
        """All of these items are the same thing."""
        ...

    async def undo(self, account: str) -> Label:
        """Take this account's newest label back, as long as nobody has reviewed it; its messages
        come again. Raises `NothingToUndo`."""
        ...

    async def gather(self) -> int:
        """Take up messages that came since; how many. The service does it in the background."""
        ...


class ReviewDesk(Protocol):
    """A second person's work. Nothing that is learnt from comes past it."""

    async def page(
        self, reviewer: str, *, limit: int = 20, after: int = 0, origin: Origin | None = None
    ) -> ReviewPage:
        """Labels that wait, with a number above `after`, oldest first."""
        ...

    async def item(self, reviewer: str, label_id: int) -> ReviewItem | None:
        """One label that waits."""
        ...

    async def accept(self, reviewer: str, label_id: int, *, stands: bool = False) -> Label:
        """It is right: it becomes an example, or one of the exam. `stands`: it takes the place of
        a contradicting one. Raises `OwnLabel`, `AlreadyReviewed`, `Contradiction`,
        `UnknownIntent`, `NothingSaid`."""
        ...

    async def change(
        self, reviewer: str, label_id: int, answer: Answer, *, stands: bool = False
    ) -> Label:
        """It is something else; counted as a disagreement. Raises as `accept`."""
        ...

    async def reject(self, reviewer: str, label_id: int, why: str = "") -> Label:
        """Not to be learnt from; counted as a disagreement."""
        ...

    async def accept_all(self, reviewer: str, label_ids: Sequence[int]) -> BulkOutcome:
        """All of these are right; what contradicts, or is one's own, is left and named."""
        ...

    async def disagreement(self, days: int = 90) -> Disagreement:
        """How often reviewers changed or rejected what was proposed."""
        ...
