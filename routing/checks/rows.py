"""Rows of the dispatch catalogue that no message can lead to, and intents that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from routing.catalogue import CatalogueRow
from routing.checks.finding import Finding
from routing.county import County
from routing.decide import DISCIPLINE

KINDS = frozenset(
    "benefit_question supplement status_query nudge not_solved withdraw rating thanks greeting "
    "chitchat human abuse out_of_scope".split()
)
"""Intents that are a kind of message and no matter (domain.md §9)."""
SEALED_MATTER = "discipline_report"
_ADD = "在派单目录里加上这一行，或者把它从 domain.yml 的 intents 里去掉"
_TEACH = "在 nlu/data 里写上例句、在 nlu/keywords 里写上关键词，或者删掉这一行"


@dataclass(frozen=True, slots=True)
class Reach:
    """By which ways a message can come to a matter: labels of each."""

    intents: frozenset[str]
    """What `domain.yml` lists."""
    taught: frozenset[str]
    """What the model has sentences for."""
    worded: frozenset[str]
    """What stands in the keyword lists, which answer while the model is away."""


def unreachable_rows(county: County, reach: Reach) -> Iterator[Finding]:
    """Intents without a row, rows without a way to them, rows that contradict themselves."""
    matters = county.catalogue.by_matter
    for intent in sorted(reach.intents - frozenset(matters) - KINDS):
        what = f"意图 {intent} 在 domain.yml 里有，派单目录里没有：这样的诉求只能人工研判"
        yield Finding("rows", "intent_without_row", what, _ADD)
    for row in county.catalogue.rows:
        yield from _unreachable(row, reach)
        yield from _contradictions(county, row)


def is_sealed(row: CatalogueRow) -> bool:
    """Whether the matter goes to the discipline channel, whatever its row says."""
    return row.group == DISCIPLINE or row.matter == SEALED_MATTER


def _unreachable(row: CatalogueRow, reach: Reach) -> Iterator[Finding]:
    name = f"“{row.name}”（{row.matter}）"
    if row.matter not in reach.intents:
        what = f"事项{name}在派单目录里有，domain.yml 里没有这个意图：没有诉求会归到它"
        mend = "在 domain.yml 的 intents 里加上，并写例句；不用了就删掉这一行"
        yield Finding("rows", "row_without_intent", what, mend)
        return
    taught, worded = row.matter in reach.taught, row.matter in reach.worded
    if not taught and not worded:
        what = f"事项{name}没有一句例句，也没有一个关键词：没有诉求会归到它"
        yield Finding("rows", "row_never_recognised", what, _TEACH)
    elif not taught:
        what = f"事项{name}没有例句：只有识别模型停用时，才按关键词认得"
        mend = "在 nlu/data 里写上例句，再训练"
        yield Finding("rows", "row_without_sentences", what, mend, is_problem=False)
    elif not worded:
        what = f"事项{name}没有关键词：识别模型停用时认不出"
        mend = "在 nlu/keywords 里写上关键词"
        yield Finding("rows", "row_without_words", what, mend, is_problem=False)


def _contradictions(county: County, row: CatalogueRow) -> Iterator[Finding]:
    name = f"“{row.name}”（{row.matter}）"
    if not row.appeal_types:
        what = f"事项{name}没有诉求类型：什么样的诉求都不算它的"
        mend = "在“诉求类型”里填上咨询、求助、投诉等"
        yield Finding("rows", "row_without_appeal_type", what, mend)
    elif is_sealed(row) and "report" not in row.appeal_types:
        what = f"事项{name}走纪检渠道，诉求类型里却没有举报：纪检渠道只收举报"
        yield Finding("rows", "row_without_appeal_type", what, "在“诉求类型”里加上举报")
    if not is_sealed(row):
        yield from _owners(county, row, name)
    if row.limits and row.urgency == "urgent":
        what = f"事项{name}是紧急的，按紧急时限办结，自己的办结时限不起作用"
        mend = "清空“办结时限”，或者改紧急程度"
        yield Finding("rows", "limit_never_used", what, mend, is_problem=False)
    elif unused := [kind for kind in row.limits if kind not in row.appeal_types]:
        what = f"事项{name}给 {'、'.join(unused)} 定了办结时限，诉求类型里却没有"
        mend = "在“诉求类型”里加上，或者去掉这一类的时限"
        yield Finding("rows", "limit_never_used", what, mend, is_problem=False)


def _owners(county: County, row: CatalogueRow, name: str) -> Iterator[Finding]:
    org = county.org
    if county.tree.townships and not any(
        org.linkage_group(township.code, row.group) for township in county.tree.townships
    ):
        what = f"事项{name}的服务组“{row.group}”，哪个乡镇都没有"
        mend = "把服务组改成乡镇有的，或者给每个乡镇登记这个组"
        yield Finding("rows", "group_nowhere", what, mend)
    lead = org.county_unit(row.lead_unit)
    if lead is None:
        what = f"事项{name}的主办单位“{row.lead_unit}”，组织表里没有"
        mend = "改主办单位，或者登记这个县直单位"
        yield Finding("rows", "lead_unit_unknown", what, mend)
    elif lead.level == "discipline_channel":
        what = f"事项{name}由{lead.name}主办，却不是密封的举报：纪检渠道只收密封举报"
        mend = "把服务组改为纪检举报渠道，或者换一个主办单位"
        yield Finding("rows", "unsealed_in_sealed_channel", what, mend)
