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
    INFO_ASKED = "info_asked"
    RESUMED = "resumed"
    TRIAGED = "triaged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    APPEALED = "appealed"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    REPLIED = "replied"
    NOTED = "noted"
    RETURNED = "returned"
    RULED = "ruled"
    REASSIGNED = "reassigned"
    UNIT_ADDED = "unit_added"
    SUBTASK_DONE = "subtask_done"
    UNIT_DROPPED = "unit_dropped"
    ESCALATED = "escalated"
    REMINDED = "reminded"
    SUPERVISED = "supervised"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    SHELVED = "shelved"
    UNSHELVED = "unshelved"
    CLOSING_SUBMITTED = "closing_submitted"
    SENT_BACK = "sent_back"
    RESOLVED = "resolved"
    CALLED_BACK = "called_back"
    CONFIRMED = "confirmed"
    NOT_SOLVED = "not_solved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    UNMERGED = "unmerged"
    SUPPLEMENTED = "supplemented"
    NUDGED = "nudged"
    EDITED = "edited"
    RATED = "rated"
    REPARSED = "reparsed"
    MOVED = "moved"
    SPLIT = "split"
    AUTO_ANSWERED = "auto_answered"
    EXCLUSION_ASKED = "exclusion_asked"
    EXCLUDED = "excluded"
    HOT_SPOT = "hot_spot"
    SAMPLED = "sampled"
    AMENDED = "amended"


EVENT_NAMES: dict[EventName, str] = {
    EventName.RECEIVED: "收到诉求",
    EventName.PLACE_ASKED: "询问地点",
    EventName.PLACE_GIVEN: "补充地点",
    EventName.INFO_ASKED: "请群众补充",
    EventName.RESUMED: "继续办理",
    EventName.TRIAGED: "转人工受理",
    EventName.ACCEPTED: "受理",
    EventName.DECLINED: "不予受理",
    EventName.APPEALED: "群众申诉",
    EventName.DISPATCHED: "派单",
    EventName.SIGNED: "签收",
    EventName.REPLIED: "公开答复",
    EventName.NOTED: "办理情况",
    EventName.RETURNED: "退单",
    EventName.RULED: "裁定",
    EventName.REASSIGNED: "改派",
    EventName.UNIT_ADDED: "加派",
    EventName.SUBTASK_DONE: "协办答复",
    EventName.UNIT_DROPPED: "撤销协办",
    EventName.ESCALATED: "提级",
    EventName.REMINDED: "超时提醒",
    EventName.SUPERVISED: "督办",
    EventName.EXTENSION_ASKED: "申请延期",
    EventName.EXTENDED: "同意延期",
    EventName.EXTENSION_REFUSED: "不同意延期",
    EventName.SHELVED: "挂账",
    EventName.UNSHELVED: "销账",
    EventName.CLOSING_SUBMITTED: "报审办结",
    EventName.SENT_BACK: "审核退回",
    EventName.RESOLVED: "办结",
    EventName.CALLED_BACK: "回访",
    EventName.CONFIRMED: "群众确认解决",
    EventName.NOT_SOLVED: "群众反映没解决",
    EventName.CLOSED: "结案",
    EventName.WITHDRAWN: "撤销",
    EventName.MERGED: "并单",
    EventName.UNMERGED: "撤销并单",
    EventName.SUPPLEMENTED: "群众补充",
    EventName.NUDGED: "催办",
    EventName.EDITED: "群众修改原话",
    EventName.RATED: "评价",
    EventName.REPARSED: "重新识别",
    EventName.MOVED: "区划调整",
    EventName.SPLIT: "拆单",
    EventName.AUTO_ANSWERED: "自动答复",
    EventName.EXCLUSION_ASKED: "申请剔除",
    EventName.EXCLUDED: "剔除",
    EventName.HOT_SPOT: "热点",
    EventName.SAMPLED: "抽查回访",
    EventName.AMENDED: "更正",
}

NOT_FOR_RESIDENTS = frozenset({EventName.NOTED, EventName.SUBTASK_DONE, EventName.UNIT_ADDED})
"""Their words are among cadres (domain.md §5, rule 5)."""


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
    """The owning unit after it, where it changed; the unit that it is about."""
    person: str | None = None
    due_at: datetime | None = None
    """The deadline after it, where it was set anew."""
    clock: str = ""
    """Which clock ran out, of an escalation or a reminder; which one was set, of the rest."""
    changes: str = ""
    """What it changed of the ticket: JSON of field → new value, written when it is recorded."""
