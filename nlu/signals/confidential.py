"""Does the writer ask not to be named? (annotation guide, rule 8)"""

from __future__ import annotations

import re

from nlu.normalise import simplified

_ASKED = re.compile(
    r"匿名|保密|别(?:说|提|讲)(?:出?去?)?(?:是)?(?:我|俺|咱)|(?:不要|不能|千万别|可别|莫).{0,4}(?:说|讲|提|透露|泄露|暴露).{0,4}"
    r"(?:我|俺|名|身份|信息|是谁)|(?:不|别|勿).{0,3}(?:透露|泄露|暴露|公开|留).{0,4}(?:姓名|名字|身份|信息|电话|号码|我|俺)|"
    r"(?:替|给|为)(?:我|俺).{0,3}保(?:个)?密|不(?:愿|想|敢|便|方便)(?:留|说|写|透露|署)(?:真)?(?:姓?名|名字|实名)|"
    r"怕.{0,4}(?:报复|打击报复|穿小鞋|知道是(?:我|俺))|(?:不能|别)让.{0,6}(?:知道|晓得).{0,3}(?:是)?(?:我|俺)|"
    r"(?:我|俺)的?(?:名字|姓名|身份|信息).{0,6}(?:不要|别|不能)"
)
_ABOUT_PRIVACY = re.compile(r"(?:泄露|透露)了(?:我|俺)|保密协议|保密局|军事保密")


def asks_for_secrecy(text: str) -> str | None:
    """The words that ask for it, or None."""
    plain = simplified(text)
    if _ABOUT_PRIVACY.search(plain):
        return None
    found = _ASKED.search(plain)
    return found[0] if found else None


def speaks_of_secrecy_only(text: str) -> bool:
    """Names, leaks and secrets are the subject, not a wish."""
    return bool(_ABOUT_PRIVACY.search(simplified(text)))
