"""Where a matter goes: one pure function, and every step of it is explained.

The rules in the order in which they hold:
1. A report against a cadre goes sealed to the discipline channel; no place is ever asked for.
2. Danger now never waits: the township's emergency group (or the county centre) has it at once.
3. A matter that is not understood, or a place outside the county, goes to a human's triage.
4. A place that is missing or not settled is asked for, at most twice; then it is triaged.
5. Everything else is dispatched by the catalogue. Nothing is ever sent to a guessed grid.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from routing.catalogue import CatalogueRow
from routing.county import County
from routing.decision import Action, Ask, Decision, Reason, RoutingRequest
from routing.duty import NO_CHANGES, LiveDuty, person_in_charge
from routing.explain import place_reasons
from routing.second_home import second_home

MOST_QUESTIONS = 2
MATTER_THRESHOLD = 0.35
"""What a matter's certainty must reach to go without a human, where it has no own threshold."""
EMERGENCY = "emergency"
DISCIPLINE = "discipline"


def decide(
    county: County,
    request: RoutingRequest,
    now: datetime,
    *,
    matter_threshold: float = MATTER_THRESHOLD,
    live: LiveDuty = NO_CHANGES,
) -> Decision:
    """Decide where a matter goes at `now` (aware). Pure: the same input, the same decision.

    What is less certain than the request's own threshold, or `matter_threshold` where it has none,
    is triaged by a human. `now` and `live` only serve to name the person in charge in the reasons.
    """
    row = county.catalogue.get(request.matter)
    decision = _route(county, request, row, matter_threshold)
    person = person_in_charge(county, decision.owner_unit, now, live)
    unit = county.org.unit(decision.owner_unit)
    if person is None or unit is None:
        reason = Reason("nobody_in_charge", "当前无人负责，工单将自动提级")
    else:
        reason = Reason("person_in_charge", f"现由{unit.name}{person.name}负责")
    return replace(
        decision, reasons=(*decision.reasons, reason, *_second_home(county, request, decision))
    )


def _second_home(county: County, request: RoutingRequest, decision: Decision) -> list[Reason]:
    if decision.confidential or decision.group == DISCIPLINE:
        return []
    home = second_home(county, request.text, request.place.village_code)
    contact = county.org.cadre(home.contact) if home else None
    if home is None or contact is None:
        return []
    return [
        Reason(
            "second_home", f"经营户的第二个家：{home.name}（联系人 {contact.name}），可一起帮着办"
        )
    ]


def _route(
    county: County, request: RoutingRequest, row: CatalogueRow | None, threshold: float
) -> Decision:
    if request.matter == "discipline_report" or (row is not None and row.group == DISCIPLINE):
        return _sealed(county, request, row)
    reasons = [*_matter_reasons(request, row), *place_reasons(county, request.place)]
    urgent = request.urgent or (row is not None and row.urgency == "urgent")
    understood = row if _is_sure(request, threshold) else None
    if urgent:
        return _at_once(county, request, row, reasons)
    if understood is None:
        reasons.append(Reason("matter_unclear", "事项尚不明确,转人工研判"))
        return _triage(county, request, row, reasons)
    if request.place.outside and not request.place.candidates:
        reasons.append(
            Reason("outside_county", f"地点在县外（{request.place.outside}），转县级研判")
        )
        decision = _triage(county, request, row, reasons)
        # Referred and asked at once: what sounds foreign may be the name of a hamlet here.
        return (
            decision
            if _asked_enough(request)
            else replace(decision, ask=_question(county, request))
        )
    return _by_catalogue(county, request, understood, reasons)


def _is_sure(request: RoutingRequest, default: float) -> bool:
    known = request.destination_confidence
    sure = request.matter_confidence if known is None else known
    return sure >= (default if request.threshold is None else request.threshold)


def _sealed(county: County, request: RoutingRequest, row: CatalogueRow | None) -> Decision:
    channel = county.org.discipline_channel
    reason = Reason("sealed", f"反映干部违纪的举报密封直送{channel.name}，不经乡村，不询问地点")
    reasons = [*_matter_reasons(request, row), reason]
    sealed = replace(request, confidential=True)
    return _decision(sealed, row, "dispatch", channel.code, reasons, DISCIPLINE, channel.name)


def _at_once(
    county: County, request: RoutingRequest, row: CatalogueRow | None, reasons: list[Reason]
) -> Decision:
    reasons.append(Reason("urgent", "情况紧急，不等补充信息，立即派出"))
    township = request.place.township_code
    group = county.org.linkage_group(township, EMERGENCY) if township else None
    if group is not None:
        owner = group.code
        reasons.append(Reason("emergency_group", f"由{group.name}先行处置"))
    else:
        owner = county.org.county_center.code
        reasons.append(Reason("county_first", "乡镇未定，由县联动服务指导中心先行处置"))
    decision = _decision(request, row, "dispatch", owner, reasons)
    decision = replace(decision, group=decision.group or EMERGENCY)
    settled = request.place.village_code is not None or request.place.level == "county"
    ask = None if settled or _asked_enough(request) else _question(county, request)
    return replace(decision, ask=ask, urgent=True)


def _by_catalogue(
    county: County, request: RoutingRequest, row: CatalogueRow, reasons: list[Reason]
) -> Decision:
    lead = county.org.county_unit(row.lead_unit)
    township = request.place.township_code
    ruled = county.precedents.find(row.matter, township)
    unit = county.org.unit(ruled.owner) if ruled else None
    if ruled is not None and unit is not None and (township or not ruled.township_code):
        which = f"（{ruled.ticket}）" if ruled.ticket else ""
        reasons.append(Reason("precedent", f"按县中心裁定的先例{which}，由{unit.name}办理"))
        return _decision(request, row, "dispatch", unit.code, reasons)
    if lead is not None and (request.place.level == "county" or row.min_level == "county"):
        why = "county_wide" if request.place.level == "county" else "min_level"
        said = "涉及全县" if why == "county_wide" else "依派单目录不得下派基层"
        reasons.append(Reason(why, f"{said},由县直主办单位{lead.name}办理"))
        return _decision(request, row, "dispatch", lead.code, reasons)
    place = request.place.best
    if place is None or place.village_code is None or place.township_code is None:
        if _asked_enough(request):
            reasons.append(Reason("asked_enough", f"已询问{request.places_asked}次，不再追问"))
            return _triage(county, request, row, reasons)
        return _ask(county, request, row, reasons)
    group = county.org.linkage_group(place.township_code, row.group)
    if group is None:
        reasons.append(Reason("no_group", "该乡镇没有对应的联动服务组"))
        return _triage(county, request, row, reasons)
    reasons.append(Reason("by_catalogue", f"依派单目录派{group.name}"))
    return _decision(request, row, "dispatch", group.code, reasons)


def _ask(
    county: County, request: RoutingRequest, row: CatalogueRow, reasons: list[Reason]
) -> Decision:
    reasons.append(Reason("ask_place", "地点还不能确定，先请诉求人补充"))
    decision = _decision(request, row, "ask_place", _triage_unit(county, request), reasons)
    return replace(decision, ask=_question(county, request))


def _question(county: County, request: RoutingRequest) -> Ask:
    """What to offer as buttons: the candidates, the township's villages, or the townships."""
    place = request.place
    codes = tuple(dict.fromkeys(c.code for c in place.candidates if c.village_code and c.code))
    if codes and (place.ambiguous or place.level == "unknown"):
        grids = all(county.grids.get(code) for code in codes)
        return Ask("grid" if grids else "village", codes)
    if place.township_code:
        villages = county.tree.children(place.township_code)
        return Ask("village", tuple(village.code for village in villages))
    near = [c.code for c in place.candidates if c.level == "township" and c.code]
    townships = [township.code for township in county.tree.townships]
    return Ask("township", tuple(dict.fromkeys((*near, *townships))))


def _triage(
    county: County, request: RoutingRequest, row: CatalogueRow | None, reasons: list[Reason]
) -> Decision:
    owner = _triage_unit(county, request)
    unit = county.org.unit(owner)
    reasons.append(Reason("triage", f"转{unit.name if unit else owner}人工研判"))
    return _decision(request, row, "triage", owner, reasons)


def _triage_unit(county: County, request: RoutingRequest) -> str:
    township = request.place.township_code
    center = county.org.township_center(township) if township else None
    return (center or county.org.county_center).code


def _asked_enough(request: RoutingRequest) -> bool:
    return request.places_asked >= MOST_QUESTIONS


def _matter_reasons(request: RoutingRequest, row: CatalogueRow | None) -> list[Reason]:
    if row is None:
        return [Reason("matter_unknown", "派单目录里没有对应的事项")]
    sure = f"{request.matter_confidence:.0%}"
    reasons = [Reason("matter", f"判断为“{row.name}”（把握 {sure}），主办单位{row.lead_unit}")]
    if request.destination_confidence is not None and request.threshold is not None:
        there = f"{request.destination_confidence:.0%}"
        needed = f"{request.threshold:.0%}"
        reasons.append(Reason("destination", f"归这个去处的把握 {there}，达到 {needed} 才自动派单"))
    if request.degraded:
        reasons.append(Reason("degraded", "识别模型暂不可用，先按关键词判断，恢复后再核对"))
    return reasons


def _decision(
    request: RoutingRequest,
    row: CatalogueRow | None,
    action: Action,
    owner: str,
    reasons: list[Reason],
    group: str | None = None,
    county_unit: str | None = None,
) -> Decision:
    return Decision(
        action=action,
        owner_unit=owner,
        group=group or (row.group if row else None),
        county_unit=county_unit or (row.lead_unit if row else None),
        place=request.place.best,
        ask=None,
        urgent=request.urgent,
        confidential=request.confidential,
        min_level=row.min_level if row else "village",
        reasons=tuple(reasons),
    )
