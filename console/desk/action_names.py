"""How the console's log says what was done; each page adds the words for its own actions here."""

from __future__ import annotations

from collections.abc import Mapping

from services.console_policy import ConsoleRole, names_of

ACTION_NAMES: Mapping[str, str] = {
    "sign_in": "登录",
    "sign_in.failed": "登录没有成功",
    "sign_out": "退出",
    "sign_out.everywhere": "在各处退出",
    "account": "账号",
    "account.add": "开账号",
    "account.roles": "改角色",
    "account.password": "换密码",
    "account.password_refused": "改密码没有成功",
    "account.close": "停用账号",
    "ticket": "工单",
    "ticket.read": "看工单",
    "ticket.search": "查工单",
    "ticket.file": "看工单的照片",
    "ticket.refused": "想看没有权限的工单",
    "triage": "分诊",
    "triage.read": "看待分诊的工单",
    "triage.skip": "跳过",
    "triage.accept": "受理派单",
    "triage.dispatch": "派给单位",
    "triage.decline": "不予受理",
    "triage.ask": "问居民",
    "train": "训练",
    "train.start": "开始训练",
    "train.cancel": "取消训练",
    "intent": "意图",
    "intent.draft": "写意图草稿",
    "intent.live": "意图上线",
    "intent.rename": "意图改名",
    "intent.merge": "合并意图",
    "intent.split": "拆分意图",
    "intent.cancel_split": "取消拆分意图",
    "intent.remove": "删意图",
    "model": "模型",
    "model.shadow": "让模型影子试读",
    "model.canary": "让模型在乡镇试用",
    "model.activate": "全县换上模型",
    "model.rollback": "退回到模型",
    "model.differences": "看试读的差别",
    "model.stop": "停下试读、试用",
    "model.override_asked": "申请破例上线",
    "model.override_agreed": "同意破例上线",
}
"""A first part alone (`account`) names the family, by which the log can be filtered."""

DETAIL_NAMES: Mapping[str, str] = {
    "roles": "角色",
    "before": "原来的角色",
    "cadre": "身份",
    "demo": "示例账号",
    "found": "找到几件",
    "seconds": "用了几秒",
    "outcome": "结果",
    "matter": "事项",
    "what": "做了什么",
}


def action_name(action: str) -> str:
    """登录; an action that has no words is shown as it is written."""
    return ACTION_NAMES.get(action, action)


_ROLES = frozenset({"roles", "before"})
_VALUES: Mapping[tuple[str, str], str] = {
    ("demo", "yes"): "是",
    ("outcome", "done"): "办成",
    ("outcome", "refused"): "没有办成",
}


def detail_value(key: str, value: str) -> str:
    """A detail for people: roles by their names, outcomes in words."""
    if key in _ROLES:
        written = value.split("|")
        return names_of([role for role in ConsoleRole if role in written]) or value
    return _VALUES.get((key, value), value)


def families() -> list[tuple[str, str]]:
    """What the log can be filtered by: (first part, its name)."""
    return [(action, name) for action, name in ACTION_NAMES.items() if "." not in action]
