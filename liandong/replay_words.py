"""How a replay's findings are said: units, matters, limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from liandong.workbook.words import APPEALS, URGENCY
from routing.catalogue import CatalogueRow
from routing.county import County
from routing.proposal import Proposal
from routing.replay_report import Limit


@dataclass(frozen=True, slots=True)
class Words:
    """Names under the present catalogue and under the proposed one."""

    county: County
    proposal: Proposal

    def unit(self, code: str) -> str:
        """府城镇农业生产服务组; with a word when the county has no such unit yet."""
        return self.proposal.name_of(code)

    def matter(self, matter: str | None) -> str:
        """路灯; of a matter that is gone the old name."""
        row = self.row(matter)
        return row.name if row else matter or "没认出事项"

    def row(self, matter: str | None) -> CatalogueRow | None:
        """The row of the new catalogue, or else the present one's."""
        return self.proposal.county.catalogue.get(matter) or self.county.catalogue.get(matter)

    def matters(self, counts: Counter[str | None], most: int = 3) -> str:
        """路灯 12、供水 3、……"""
        told = [f"{self.matter(matter)} {count}" for matter, count in counts.most_common(most)]
        return "、".join(told) + ("……" if len(counts) > most else "")

    @staticmethod
    def limit(limit: Limit) -> str:
        """5 个工作日, or whose limit it is."""
        urgency, days = limit
        if days is not None and urgency != "urgent":
            return f"{days} 个工作日"
        return "全县时限" if urgency == "normal" else f"{URGENCY.word(urgency)}时限"

    @staticmethod
    def appeal_type(code: str) -> str:
        """求助."""
        return APPEALS.word(code)
