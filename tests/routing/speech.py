"""Words in which the tests of this folder speak about places and tables."""

from __future__ import annotations

from routing.county import County
from routing.places import PlaceFinding

Tables = dict[str, list[dict[str, str]]]


def place_words(county: County, finding: PlaceFinding) -> tuple[str, str, str, str]:
    """Township, village, villager group and level, in the words that outputs use."""
    township = county.tree.get(finding.township_code or "")
    village = county.tree.get(finding.village_code or "")
    return (
        township.short_name if township else "",
        village.short_name if village else "",
        str(finding.villager_group or ""),
        finding.level,
    )
