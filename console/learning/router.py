"""Puts the pages of the retraining loop into the console."""

from __future__ import annotations

from console.desk.console import Console
from console.learning.health import HealthPages, HealthReport, IntentNames
from console.learning.inbox import Inbox
from console.learning.inbox_bulk import InboxBulk
from console.learning.intent_choices import Choices
from console.learning.intents import IntentPages
from console.learning.intents_acts import IntentActs
from console.learning.models import Models
from console.learning.review import Review
from console.learning.shadow import Shadow
from console.learning.training import Changes, Jobs, LogTail, Training
from services.console_policy import Permission
from services.learning.desks import CorrectionDesk, ReviewDesk

_P = Permission


def add_inbox(console: Console, desk: CorrectionDesk, choices: Choices) -> None:
    """纠错."""
    one, many = Inbox(console, desk, choices), InboxBulk(console, desk, choices)
    label = _P.LABEL
    console.section("/console/inbox", "纠错", label, "模型认错的话，一条一条改过来")
    console.get("/console/inbox", label, one.page)
    console.get("/console/inbox/all", label, many.page)
    console.post("/console/inbox/all", label, many.act)
    console.post("/console/inbox/undo", label, one.undo)
    console.post("/console/inbox/{item}", label, one.act)


def add_review(console: Console, desk: ReviewDesk, choices: Choices) -> None:
    """复核."""
    review, may = Review(console, desk, choices), _P.REVIEW
    console.section("/console/review", "复核", may, "别人标好的，看过才拿来学")
    console.get("/console/review", may, review.page)
    console.post("/console/review/all", may, review.act_on_all)
    console.post("/console/review/{label}", may, review.act)


def add_health(console: Console, health: HealthReport, names: IntentNames) -> None:
    """数据体检."""
    pages, see = HealthPages(console, health, names), _P.SEE_LEARNING
    console.section("/console/health", "数据体检", see, "例句够不够，哪些认混，居民说的事变没变")
    console.get("/console/health", see, pages.page)
    console.get("/console/health/report", see, pages.report)


def add_intents(console: Console, pages: IntentPages) -> None:
    """事项."""
    acts, see, edit = IntentActs(pages), _P.SEE_LEARNING, _P.EDIT_INTENTS
    console.section("/console/intents", "事项", see, "模型认得哪些事，加、改、并、拆")
    console.get("/console/intents", see, pages.page)
    console.post("/console/intents", edit, acts.add)
    # No code has a hyphen.
    console.get("/console/intents/new-draft", edit, pages.new)
    console.get("/console/intents/{code}", see, pages.one)
    console.get("/console/intents/{code}/draft", edit, pages.draft)
    console.post("/console/intents/{code}/draft", edit, acts.change)
    console.post("/console/intents/{code}/live", edit, acts.live)
    console.post("/console/intents/{code}/rename", edit, acts.rename)
    console.post("/console/intents/{code}/merge", edit, acts.merge)
    console.post("/console/intents/{code}/split", edit, acts.split)
    console.post("/console/intents/{code}/cancel_split", edit, acts.cancel_split)
    console.post("/console/intents/{code}/remove", edit, acts.remove)


def add_training(console: Console, jobs: Jobs, log_tail: LogTail, changes: Changes) -> None:
    """训练."""
    page, see, train = Training(console, jobs, log_tail, changes), _P.SEE_LEARNING, _P.TRAIN
    console.section("/console/training", "训练", see, "让模型学一遍现在的例句")
    console.get("/console/training", see, page.page)
    console.post("/console/training", train, page.start)
    console.get("/console/training/changes", see, page.worth)
    console.get("/console/training/{job}", see, page.one)
    console.get("/console/training/{job}/now", see, page.now)
    console.post("/console/training/{job}/cancel", train, page.cancel)


def add_models(console: Console, models: Models, shadow: Shadow) -> None:
    """模型."""
    see, switch, override = _P.SEE_LEARNING, _P.SWITCH_MODELS, _P.OVERRIDE_GATE
    console.section("/console/models", "模型", see, "看把关报告，换上、退回")
    console.get("/console/models", see, models.page)
    console.get("/console/models/{name}", see, models.one)
    console.get("/console/models/{name}/report.pdf", see, models.download)
    console.get("/console/models/{name}/shadow", see, shadow.page)
    console.post("/console/models/{name}/override", override, models.override)
    console.post("/console/models/{name}/{what}", switch, models.switch)
