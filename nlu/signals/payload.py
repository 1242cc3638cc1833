"""Text that is no message to us: commands, code, instructions to the bot, a bare number or name.

It is text and nothing else (annotation guide, rule 11): wrapped around a real matter it is an
appeal, without one it is out of scope.
"""

from __future__ import annotations

import re

from nlu.normalise import simplified

_CODE = re.compile(
    r"^\s*/[a-z_]{2,}(?![一-鿿])|[{\[]\s*\"[^\"]*\"\s*[:,]|</?[a-z]+[^>]*>|<script|"
    r"\bselect\b.+\bfrom\b|\bdrop\s+table\b|\binsert\s+into\b|\bdelete\s+from\b|\bunion\s+select\b|"
    r"\bor\s+'?1'?\s*=\s*'?1|['\"];\s*--|\$\{|\{\{|\{%|`[^`]+`|"
    r"\b(?:curl|wget|sudo|rm|import|def|print|eval)\b[ (]|"
    r"javascript:|on(?:error|load)\s*=|(?:\.\./){2,}",
    re.IGNORECASE | re.DOTALL,
)
_INSTRUCTION = re.compile(
    r"(?:忽略|忘(?:记|掉)|无视).{0,10}(?:之前|以上|前面|所有).{0,8}(?:规则|指令|提示|设定|要求|内容)|"
    r"(?:提示词|system\s*prompt|ignore\s+(?:all|the|previous))|你(?:现在)?(?:是|扮演)一个?.{0,8}(?:管理员|助手|模型)|"
    r"(?:把|将)所有工单",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^[\s\d+\-()（）.,，:：]{5,}$|^(?:电话|手机|姓名|我叫|联系)[号码人:： 是]*[\d\s-]{7,}$"
)


def looks_like_payload(text: str) -> bool:
    """Command-like, code-like, or an instruction to the bot."""
    plain = simplified(text)
    return bool(_CODE.search(plain) or _INSTRUCTION.search(plain))


def is_bare_number(text: str) -> bool:
    """Only a telephone number, or a label with one."""
    return bool(_BARE.match(simplified(text).strip()))
