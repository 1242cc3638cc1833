"""Does the writer accuse an official? Such a report is sealed (annotation guide, rule 8)."""

from __future__ import annotations

import re

from nlu.normalise import simplified

_OFFICIAL = re.compile(
    r"支书|书记|村(?:主任|长|干部|会计|委)|主任|干部|会计|(?:镇|乡|局|所|站|科|县|校|院|队)长|干事|办事员|公务员"
)
_ADDRESSED = re.compile("领导")
_BREACH = re.compile(
    r"贪(?:污|了|钱)|受贿|行贿|违纪|违规|回扣|好处费|辛苦费|吃拿卡要|公款|公车|以权谋私|优亲厚友|冒领|套取|私吞|截留|侵吞|"
    r"挪用|骗取|暗箱|包庇|保护伞|收(?:了)?(?:人家|他|钱|礼|红包|烟|卡)|送(?:了)?(?:礼|钱|红包|烟|鸡|酒)|"
    r"(?:上班|工作)(?:时间)?.{0,6}(?:打麻将|喝酒|赌)|打麻将|拉票|贿选|表示表示"
)


def accuses_official(text: str) -> bool:
    """An official and a breach of duty in one message."""
    plain = simplified(text)
    named = _OFFICIAL.search(plain) or _ADDRESSED.search(plain)
    return bool(named and _BREACH.search(plain))


def names_official(text: str) -> bool:
    """An official is spoken of; 领导 alone may be whom the writer addresses."""
    return bool(_OFFICIAL.search(simplified(text)))
