"""Accounts on the net: WeChat, QQ, mail, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.privacy.placeholders import Placeholder
from services.privacy.span import Span

_MAIL = re.compile(
    r"[A-Za-z\d][\w.+-]{0,63}\s?(?:@|\[at\]|\(at\))\s?[A-Za-z\d-]{1,63}(?:\s?\.\s?[A-Za-z]{2,24}){1,3}",
    re.ASCII | re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?|ftp)\s?:\s?//[!-~]+|www\.[!-~]+"
    r"|(?<![A-Za-z\d@.-])(?:[A-Za-z\d-]{1,63}\.){1,4}"
    r"(?:com|cn|net|org|gov|edu|top|xyz|vip|cc|me|io|app|info|shop|site)(?![A-Za-z])"
    r"(?:[:/?][!-~]*)?",
    re.IGNORECASE,
)
_ID = r"(?=[-\w]{0,19}[A-Za-z\d])[A-Za-z\d][-\w]{4,19}"
_HANDLE = re.compile(
    r"(?:微信|薇信|威信|微\s?号|\+?v信|wei\s?xin|we\s?chat|vx|wx|qq|扣扣|企鹅|抖音|快手|支付宝|"
    r"陌陌|微博|钉钉|telegram)"
    rf"\s*(?:号码?|id|账号|帐号|名)?(?:也?(?:是|为|叫|:|：|=|，|,)|\s){{0,4}}\s*(@?{_ID})"
    rf"|(?<![A-Za-z\d])(wxid_[-\w]{{4,30}})"
    rf"|(?:加我?|私)\s?(?:微|v|wx|q)\s*[:：]?\s*({_ID})",
    re.ASCII | re.IGNORECASE,
)


def accounts_in(plain: str) -> Iterator[Span]:
    """Every account and address on the net in a text in narrow forms."""
    for found in _MAIL.finditer(plain):
        yield Span(found.start(), found.end(), Placeholder.MAIL)
    for found in _LINK.finditer(plain):
        yield Span(found.start(), found.end(), Placeholder.LINK)
    for found in _HANDLE.finditer(plain):
        group = found.lastindex or 0
        yield Span(found.start(group), found.end(group), Placeholder.HANDLE)
