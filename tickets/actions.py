"""What somebody can do to a ticket, in which capacity, and what an action needs."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """What somebody does to a ticket (domain.md §5)."""

    ASK_INFO = "ask_info"
    RESUME = "resume"
    TRIAGE = "triage"
    ACCEPT = "accept"
    DECLINE = "decline"
    APPEAL = "appeal"
    DISPATCH = "dispatch"
    SIGN_FOR = "sign_for"
    RETURN_ORDER = "return_order"
    RULE_ON_DISPUTE = "rule_on_dispute"
    REASSIGN = "reassign"
    ADD_UNIT = "add_unit"
    JOINT_HANDLE = "joint_handle"
    ANSWER_SUBTASK = "answer_subtask"
    DROP_UNIT = "drop_unit"
    NUDGE = "nudge"
    SUPERVISE = "supervise"
    ESCALATE = "escalate"
    REQUEST_EXTENSION = "request_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    SHELVE = "shelve"
    UNSHELVE = "unshelve"
    REPLY = "reply"
    INTERNAL_NOTE = "internal_note"
    RESOLVE = "resolve"
    SUBMIT_CLOSING = "submit_closing"
    APPROVE_CLOSING = "approve_closing"
    SEND_BACK = "send_back"
    CALL_BACK = "call_back"
    CONFIRM_SOLVED = "confirm_solved"
    RATE = "rate"
    NOT_SOLVED = "not_solved"
    CLOSE = "close"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    EXCLUDE_FROM_STATS = "exclude_from_stats"
    CONFIRM_EXCLUSION = "confirm_exclusion"
    WITHDRAW = "withdraw"


ACTION_NAMES: dict[Action, str] = {
    Action.ASK_INFO: "请群众补充",
    Action.RESUME: "补充后继续",
    Action.TRIAGE: "转人工受理",
    Action.ACCEPT: "受理",
    Action.DECLINE: "不予受理",
    Action.APPEAL: "申诉",
    Action.DISPATCH: "派单",
    Action.SIGN_FOR: "签收",
    Action.RETURN_ORDER: "退单",
    Action.RULE_ON_DISPUTE: "裁定",
    Action.REASSIGN: "改派",
    Action.ADD_UNIT: "加派",
    Action.JOINT_HANDLE: "联办",
    Action.ANSWER_SUBTASK: "协办答复",
    Action.DROP_UNIT: "撤销协办",
    Action.NUDGE: "催办",
    Action.SUPERVISE: "督办",
    Action.ESCALATE: "提级",
    Action.REQUEST_EXTENSION: "申请延期",
    Action.APPROVE_EXTENSION: "同意延期",
    Action.REFUSE_EXTENSION: "不同意延期",
    Action.SHELVE: "挂账",
    Action.UNSHELVE: "销账",
    Action.REPLY: "公开答复",
    Action.INTERNAL_NOTE: "办理情况",
    Action.RESOLVE: "办结",
    Action.SUBMIT_CLOSING: "报审办结",
    Action.APPROVE_CLOSING: "审核通过",
    Action.SEND_BACK: "审核退回",
    Action.CALL_BACK: "回访",
    Action.CONFIRM_SOLVED: "确认解决",
    Action.RATE: "评价",
    Action.NOT_SOLVED: "没解决",
    Action.CLOSE: "结案",
    Action.MERGE: "并单",
    Action.UNMERGE: "撤销并单",
    Action.SPLIT: "拆单",
    Action.EXCLUDE_FROM_STATS: "申请剔除",
    Action.CONFIRM_EXCLUSION: "确认剔除",
    Action.WITHDRAW: "撤销",
}


class Role(StrEnum):
    """In which capacity somebody acts; one person may act in several."""

    SYSTEM = "system"
    RESIDENT = "resident"
    OWNER = "owner"
    """A cadre of the unit that owns the ticket now."""
    ABOVE = "above"
    """A cadre of a unit above the owner on the ladder; the county centre is above everybody."""
    REVIEWER = "reviewer"
    """A cadre of the unit that was asked to decide: an extension, a closing."""
    CO_UNIT = "co_unit"
    """A cadre of a unit that has an open sub-task (协办)."""
    CENTER = "center"
    """A cadre of the county centre."""


ROLE_NAMES: dict[Role, str] = {
    Role.SYSTEM: "系统",
    Role.RESIDENT: "诉求人",
    Role.OWNER: "承办单位",
    Role.ABOVE: "上级",
    Role.REVIEWER: "审批单位",
    Role.CO_UNIT: "协办单位",
    Role.CENTER: "县中心",
}


class Need(StrEnum):
    """What an action cannot do without."""

    REASON = "reason"
    UNIT = "unit"
    WORDS = "words"
    MATTER = "matter"
    DAYS = "days"
    REVIEW_DATE = "review_date"
    SECOND_PERSON = "second_person"
    MAIN_TICKET = "main_ticket"
    LEVEL = "level"
    """One of the five levels of satisfaction."""


NEED_NAMES: dict[Need, str] = {
    Need.REASON: "理由",
    Need.UNIT: "单位",
    Need.WORDS: "内容",
    Need.MATTER: "事项",
    Need.DAYS: "天数",
    Need.REVIEW_DATE: "复查日期",
    Need.SECOND_PERSON: "第二个人确认",
    Need.MAIN_TICKET: "主单号",
    Need.LEVEL: "满意程度",
}
