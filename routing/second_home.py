"""The second home of a shopkeeper's appeal: a two-new organisation (两新组织) beside the grid.

The organisation is a person more who can help, never an owner: the ticket stays where the grid
and the catalogue send it, and what is sealed is not told to anybody else.
"""

from __future__ import annotations

import re

from routing.county import County
from routing.organisations import Organisation

_SHOP = re.compile(
    r"(?:我|俺|咱|自己|自家)(?:(?!门口|旁边|楼下|对面|有人|邻居|隔壁)[^。!?！？]){0,14}(?:开|办|经营|盘|租)[了着过的]?[^,，。]{0,8}"
    r"(?:店|铺|饭馆|饭店|超市|小卖部|门市|门面|摊|公司|厂|作坊|理发|药房|诊所|宾馆|旅馆|农家乐)"
    r"|个体户|个体工商户|营业执照|我[的们]?(?:小)?(?:店|铺子|门市|饭店|超市|公司|厂子)"
)


def speaks_as_shopkeeper(text: str) -> bool:
    """Whether somebody writes about their own business."""
    return _SHOP.search(text) is not None


def second_home(county: County, text: str, village_code: str | None) -> Organisation | None:
    """The organisation that the writer's business belongs to, or None.

    One that is named in the words comes first; else, for a shopkeeper in a settled village, the
    one that the village's businesses belong to by nearness, if that is exactly one.
    """
    named = [o for o in county.organisations.by_code.values() if o.name in text]
    if len(named) == 1:
        return named[0]
    if village_code is None or not speaks_as_shopkeeper(text):
        return None
    near = county.organisations.near(village_code)
    return near[0] if len(near) == 1 else None
