"""What happened to a ticket: facts in the past tense, appended, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.states import State


class EventName(StrEnum):
    """The kinds of facts."""

    RECEIVED = "received"
    PLACE_ASKED = "place_asked"
    PLACE_GIVEN = "place_given"
    TRIAGED = "triaged"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    REPLIED = "replied"
    RETURNED = "returned"
    ESCALATED = "escalated"
    REMINDED = "reminded"
    RESOLVED = "resolved"
    CALLED_BACK = "called_back"
    CONFIRMED = "confirmed"
    NOT_SOLVED = "not_solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SUPPLEMENTED = "supplemented"
    NUDGED = "nudged"
    EDITED = "edited"
    RATED = "rated"
    REPARSED = "reparsed"
    MOVED = "moved"
    SPLIT = "split"
    AUTO_ANSWERED = "auto_answered"


EVENT_NAMES: dict[EventName, str] = {
    EventName.RECEIVED: "收到诉求",
    EventName.PLACE_ASKED: "询问地点",
    EventName.PLACE_GIVEN: "补充地点",
    EventName.TRIAGED: "转人工受理",
    EventName.DISPATCHED: "派单",
    EventName.SIGNED: "签收",
    EventName.REPLIED: "公开答复",
    EventName.RETURNED: "退单",
    EventName.ESCALATED: "提级",
    EventName.REMINDED: "超时提醒",
    EventName.RESOLVED: "办结",
    EventName.CALLED_BACK: "回访",
    EventName.CONFIRMED: "群众确认解决",
    EventName.NOT_SOLVED: "群众反映没解决",
    EventName.CLOSED: "结案",
    EventName.WITHDRAWN: "撤销",
    EventName.SUPPLEMENTED: "群众补充",
    EventName.NUDGED: "催办",
    EventName.EDITED: "群众修改原话",
    EventName.RATED: "评价",
    EventName.REPARSED: "重新识别",
    EventName.MOVED: "区划调整",
    EventName.SPLIT: "拆单",
    EventName.AUTO_ANSWERED: "自动答复",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One fact in a ticket's history."""

    name: EventName
    at: datetime
    actor: str
    """`resident`, `system`, or the cadre's id."""
    state: State
    """The ticket's state after it."""
    text: str = ""
    """Words: the resident's, the public answer, the reason of a return."""
    unit: str | None = None
    """The owning unit after it, where it changed."""
    person: str | None = None
    due_at: datetime | None = None
    """The deadline after it, where it was set anew."""
