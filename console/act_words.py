"""How each action reads on the page: the heading of its words, a hint, the button that sends it."""

from __future__ import annotations

from typing import NamedTuple

_SEEN = "居民会看到这段话。"
_INSIDE = "只有干部看得到。"


class ActWords(NamedTuple):
    """The words of one small form."""

    send: str
    """On the button."""
    label: str = ""
    """Above the field for words."""
    hint: str = ""


ACT_WORDS: dict[str, ActWords] = {
    "accept": ActWords("受理"),
    "dispatch": ActWords("派过去", "说明（可以不写）"),
    "decline": ActWords(
        "不予受理并告诉居民", "不予受理的理由", f"写清为什么、该找谁。{_SEEN}七天内可以申诉。"
    ),
    "sign": ActWords("签收"),
    "return": ActWords("退回上一级", "退单原因", "写清为什么不该由这里办。上一级来定由谁办。"),
    "rule_agree": ActWords("同意退单", "说明（可以不写）", _INSIDE),
    "rule_refuse": ActWords("退回原单位办", "说明（可以不写）", _INSIDE),
    "rule": ActWords("裁定", "裁定理由", _INSIDE),
    "grant": ActWords("同意延期"),
    "deny": ActWords("不同意延期", "不同意的理由", _INSIDE),
    "approve": ActWords("审核通过，答复发给居民"),
    "send_back": ActWords("退回重新办", "还差什么", _INSIDE),
    "exclude_yes": ActWords("同意剔除并告诉居民"),
    "part": ActWords("交给牵头单位", "协办结果", f"给牵头单位看。{_INSIDE}"),
    "reply": ActWords("发给居民", "答复", _SEEN),
    "resolve": ActWords("办结并告诉居民", "办理结果", _SEEN),
    "called": ActWords("记下", "怎么联系的、说了什么", _INSIDE),
    "photo": ActWords("存照片", "说明（可以不写）", _INSIDE),
    "note": ActWords("记下", "情况", _INSIDE),
    "ask": ActWords("问居民", "要问的话", f"{_SEEN}等回话的时候办结时限停着。"),
    "go_on": ActWords("不等了，继续办"),
    "join": ActWords("请他们协办", "要他们做什么", _INSIDE),
    "joint": ActWords("请他们一起办", "要他们做什么", _INSIDE),
    "drop": ActWords("撤销协办", "为什么不用了", _INSIDE),
    "extend": ActWords("报上一级批", "延期理由", "批下来以后居民会看到理由。"),
    "shelve": ActWords("挂账并告诉居民", "挂账原因", _SEEN),
    "shelve_ask": ActWords("报上一级挂账", "为什么眼下办不了", "上一级签字前，时限照走。"),
    "unshelve": ActWords("销账，接着办", "现在怎么办", _INSIDE),
    "supervise": ActWords("督办", "督办要求", _INSIDE),
    "reassign": ActWords("改派", "改派理由", _INSIDE),
    "phone_solved": ActWords("电话里说：解决了"),
    "phone_unsolved": ActWords("没解决，交上一级重办", "群众怎么说"),
    "phone_rate": ActWords("记下评价并结案"),
    "merge": ActWords("并过去", "说明（可以不写）", "两边的居民都会收到答复。"),
    "unmerge": ActWords("撤销并单", "为什么不是同一件事", _INSIDE),
    "split_off": ActWords("另开一件", "另外那件事的原话", "居民会收到新的单号。"),
    "exclude": ActWords("申请剔除", "剔除理由", "要县中心另一个人同意；同意后居民会看到理由。"),
}
"""By the name of the menu's entry."""
