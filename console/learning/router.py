"""Puts the pages of the retraining loop into the console."""

from __future__ import annotations

from console.desk.console import Console
from console.learning.inbox import Inbox
from console.learning.inbox_bulk import InboxBulk
from console.learning.intent_choices import Choices
from console.learning.review import Review
from services.console_policy import Permission
from services.learning.desks import CorrectionDesk, ReviewDesk


def add_inbox(console: Console, desk: CorrectionDesk, choices: Choices) -> None:
    """纠错."""
    one, many = Inbox(console, desk, choices), InboxBulk(console, desk, choices)
    label = Permission.LABEL
    console.section("/console/inbox", "纠错", label, "模型认错的话，一条一条改过来")
    console.get("/console/inbox", label, one.page)
    console.get("/console/inbox/all", label, many.page)
    console.post("/console/inbox/all", label, many.act)
    console.post("/console/inbox/undo", label, one.undo)
    console.post("/console/inbox/{item}", label, one.act)


def add_review(console: Console, desk: ReviewDesk, choices: Choices) -> None:
    """复核."""
    review, may = Review(console, desk, choices), Permission.REVIEW
    console.section("/console/review", "复核", may, "别人标好的，看过才拿来学")
    console.get("/console/review", may, review.page)
    console.post("/console/review/all", may, review.act_on_all)
    console.post("/console/review/{label}", may, review.act)
