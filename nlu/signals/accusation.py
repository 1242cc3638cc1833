"""Does the writer accuse an official? Such a report is sealed (annotation guide, rule 8)."""

from __future__ import annotations

import re

from nlu.normalise import simplified

_OFFICIAL = re.compile(
    r"支书|书[记几]|村(?:主任|长|干部|会计|委|官|监委)|主任|干部|会计|当官的|狗官|贪官|"
    r"(?:镇|乡|局|所|站|科|县|校|院|园|队|组)长|干事|办事员|公务员|专干|治保|[站所局]里的人"
)
_ADDRESSED = re.compile("领导")
_BREACH = re.compile(
    r"贪(?:污|了|钱)|受贿|行贿|违纪|违规|回扣|好处费|辛苦费|吃拿卡要|公款|公车|以权谋私|优亲厚友|冒领|套取|私吞|截留|侵吞|"
    r"挪用|骗取|暗箱|包庇|保护伞|收(?:了)?(?:人家|他|钱|礼|红包|烟|卡)|送(?:了)?(?:礼|钱|红包|烟|鸡|酒)|"
    r"(?:上班|工作)(?:时间)?.{0,6}(?:打麻将|喝酒|赌)|打麻将|拉票|贿选|表示表示"
)
_GAIN = re.compile(
    r"(?:他|她|自己|自家|自个|人家|个人)(?:的)?(?:家|院|亲|哥|弟|姐|妹|儿|侄|舅|叔|姑|媳妇|老婆|女婿|外甥|爹|妈|口袋|腰包|兜)|"
    r"小舅子|小姨子|连襟|亲家|侄儿|女婿|外甥|媳妇|亲戚|一家(?:子)?(?:十|几|\d)?口?.{0,6}(?:公益岗|低保)|"
    r"(?:收|吃|拿|要|塞|送|领|扣|占|卖|克扣|报|套|花).{0,8}(?:钱|元|块|万|千|百|烟|酒|羊|礼|红包|煤|工资|补助|补贴|折子|卡)|"
    r"白吃|吃空饷|假发票|白条|入股|分股|明码标价|意思意思|塞.{0,4}腰包|耍了一圈|代打|签到"
)


def accuses_official(text: str) -> bool:
    """An official and a breach of duty in one message."""
    plain = simplified(text)
    named = _OFFICIAL.search(plain) or _ADDRESSED.search(plain)
    return bool(named and _BREACH.search(plain))


def names_official(text: str) -> bool:
    """An official is spoken of; 领导 alone may be whom the writer addresses."""
    return bool(_OFFICIAL.search(simplified(text)))


def may_accuse_official(text: str) -> bool:
    """An official and somebody's gain: a report where the model leans that way too."""
    plain = simplified(text)
    return bool(_OFFICIAL.search(plain) and _GAIN.search(plain))
