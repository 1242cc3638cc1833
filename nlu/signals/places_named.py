"""Names of places in a piece of a message, to tell one place from another. Not where they are.

Where a matter lies is found by `routing.places`; here it is enough to see that somebody speaks
of the third group and then of the fifth.
"""

from __future__ import annotations

import re

from nlu.signals.plain import plain_of

_GROUP = re.compile(r"([一二三四五六七八九十\d]{1,3})(?:号)?(?:组|队|号楼|社)")
_VILLAGE = re.compile(
    r"(?:^|[是在从到和,。:\s]|俺们|我们|咱)([一-鿿]{1,4}?)(?:村|庄|镇|乡|社区)(?![里民委支干口主医头东西南北边后])"
)
_SPOT = re.compile(
    r"(?:村|庄|巷|街|院)?([东西南北]头|村口|桥头|学校门口|小学门口|卫生院门口|大门口|河边|后沟|前街|后街)"
)
_OPENING = re.compile(
    r"^(?:[您你]们?好|领导们?好?|同志|[,!。\s])*(?:我叫[一-鿿]{2,3}[,\s]*)?"
    r"((?:我们?|俺们?|咱们?)?(?:是|在|住)?[一-鿿]{0,6}?(?:[一-鿿]{1,3}(?:村|庄|镇|乡|社区|小区)|"
    r"[一二三四五六七八九十\d]{1,3}组)(?![民委支干主医里]))"
)


_ANNOUNCED = re.compile(
    r"[,:\s]*(?:[我俺咱]们?)?(?:现在?|就|想|要|一共|总共|来|给你们?|再)*(?:有|问|说|反映|反应|讲|建议|投诉|报告)*(?:一下|下|以下|如下)?"
    r"(?:[两俩二三仨四五几2-5](?:个|件|样|桩|码)?)?(?:事情?|问题)?(?:想?(?:说|问|反映)(?:一下)?)?[,:\s]*$"
)


def villages_named(text: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """Villages and townships that stand in `text`; `names` are the county's, without 村 and 镇."""
    plain = plain_of(text)
    known = {name for name in names if name in plain}
    return frozenset(known | {match[1] for match in _VILLAGE.finditer(plain)})


def places_named(text: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """Villages, villagers' groups and spots within a village."""
    plain = plain_of(text)
    groups = {f"{match[1]}组" for match in _GROUP.finditer(plain)}
    spots = {match[1] for match in _SPOT.finditer(plain)}
    return villages_named(text, names) | groups | spots


def without_announcement(lead: str) -> str:
    """石槽村两件事 -> 石槽村: that there are several is no part of any of them."""
    found = _ANNOUNCED.search(plain_of(lead))
    return (lead[: found.start()] if found else lead).strip(" ,，:：、")


def opening_place(text: str, names: frozenset[str] = frozenset()) -> str:
    """The words at the beginning that say where the writer speaks of; empty when there are none."""
    found = _OPENING.match(plain_of(text))
    if found:
        return text[found.start(1) : found.end(1)]
    by_length = sorted(names, key=len, reverse=True)
    return next((name for name in by_length if text.startswith(name)), "")
