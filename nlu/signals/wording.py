"""Kinds of message that give themselves away by their wording, whatever matter they name."""

from __future__ import annotations

import re

from nlu.normalise import simplified

_CHASED = re.compile(
    r"(?:请|再|来|给|帮忙|麻烦|想|得)催(?!收|款|熟|芽|生|化|婚|吐|缴|费)|催(?:催|促|处|办|一下|一催|单)"
)
_FREE = re.compile(
    r"免费.{0,10}(?:不$|不[,?？ ]|吗|没有|咋|怎么|哪|报名)|(?:免不免费|是不是免费|还免费)|"
    r"(?:补贴|补帖|补助|优惠|扶持|减免).{0,6}(?:还有没有|有没有|还有没|有哪些|都有啥|有啥)|"
    r"(?:有没有|有哪些|有啥|有什么).{0,10}(?:补贴|补助|优惠|扶持|政策|减免)"
)
_OWN_LOSS = re.compile(r"没(?:给|发|到|领)|不给|停了|断了|少(?:给|发|了)|未到|拖|欠|扣|骗")


def kind_by_wording(text: str) -> str | None:
    """`nudge` or `benefit_question` where the words leave no doubt, else None."""
    plain = simplified(text).strip()
    if _CHASED.search(plain):
        return "nudge"
    if _FREE.search(plain) and not _OWN_LOSS.search(plain):
        return "benefit_question"
    return None
