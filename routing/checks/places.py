"""Divisions where a matter has no grid or no desk."""

from __future__ import annotations

from collections.abc import Iterator

from routing.checks.finding import Finding, listed
from routing.county import County


def places_without_desk(county: County) -> Iterator[Finding]:
    """Villages without a grid, without a service centre; townships without any village."""
    for village in county.tree.villages:
        if not county.grids.of_village(village.code):
            what = f"{village.spoken_name}没有网格"
            yield Finding("places", "village_without_grid", what, "在网格表里登记至少一个网格")
    for township in county.tree.townships:
        if not county.tree.children(township.code):
            what = f"{township.short_name}没有一个村（社区）：那里的诉求派不出去"
            yield Finding("places", "township_without_village", what, "登记它的村（社区）")
    alone = [v for v in county.tree.villages if county.org.village_center(v.code) is None]
    if alone:
        names = listed(village.spoken_name for village in alone)
        what = f"{names}没有便民服务中心：紧急情况告诉不到村里"
        mend = "在组织表里登记 village:村编码"
        yield Finding("places", "village_without_center", what, mend, is_problem=False)
