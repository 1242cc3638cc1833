"""The Chinese sentences that explain a place: which words, which way, which division."""

from __future__ import annotations

from routing.county import County
from routing.decision import Reason
from routing.places.finding import How, PlaceCandidate, PlaceFinding

_HOW: dict[How, str] = {
    "exact": "名称一致",
    "alias": "别名",
    "township_part": "乡镇内名称的一部分",
    "pinyin": "读音或字形相近",
    "group_number": "村民小组",
    "grid_number": "网格序号",
    "old_name": "曾用名",
    "landmark": "标志性地点",
    "edit_distance": "写法相近",
    "last_confirmed": "您上次确认的地点",
    "qr_code": "扫码的网格",
    "pin": "您发的位置附近",
    "code": "选定",
}


def place_reasons(county: County, finding: PlaceFinding) -> list[Reason]:
    """One reason for each candidate (three at most), or that no place was named."""
    if finding.level == "county":
        return [Reason("place_county", "说的是全县范围")]
    if not finding.candidates:
        if finding.outside:
            return [Reason("place_outside", f"提到县外地点“{finding.outside}”")]
        return [Reason("place_unknown", "没有说明地点")]
    code = "place_ambiguous" if finding.ambiguous else "place"
    if finding.level == "unknown" and not finding.ambiguous:
        code = "place_unconfirmed"
    return [Reason(code, candidate_text(county, c)) for c in finding.candidates[:3]]


def candidate_text(county: County, candidate: PlaceCandidate) -> str:
    """A candidate in words: 高壁村第三网格（“高壁村”：名称一致；“三组”：村民小组；得分 0.95）."""
    how = "；".join(
        f"“{evidence.span}”：{_HOW[evidence.how]}" if evidence.span else _HOW[evidence.how]
        for evidence in candidate.evidence
    )
    return f"{place_name(county, candidate)}（{how}；得分 {candidate.score:.2f}）"


def place_name(county: County, candidate: PlaceCandidate) -> str:
    """The place as written on a card: 府城镇高壁村第三网格, without a grid 府城镇高壁村3组."""
    township = county.tree.get(candidate.township_code or "")
    village = county.tree.get(candidate.village_code or "")
    grid = county.grids.get(candidate.grid_code or "")
    parts = [township.spoken_name if township else "", village.spoken_name if village else ""]
    if grid is not None:
        parts[1] = grid.name
    elif village is not None and candidate.villager_group is not None:
        parts.append(f"{candidate.villager_group}组")
    return "".join(parts) or county.name
