"""What messages are called that carry no matter of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

KIND_NAMES: Mapping[str, str] = {
    "benefit_question": "问政策",
    "supplement": "补充",
    "status_query": "问进度",
    "nudge": "催办",
    "not_solved": "没解决",
    "withdraw": "撤销",
    "rating": "评价",
    "thanks": "感谢",
    "greeting": "问候",
    "chitchat": "闲聊",
    "human": "转人工",
    "abuse": "骂人",
    "out_of_scope": "办不了的事",
}
