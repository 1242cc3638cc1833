"""The Chinese words that stand in the workbook for the codes of the tables, and the way back."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """What a clerk reads and writes for each code of a column."""

    shown: Mapping[str, str]
    """Code to word."""
    also: Mapping[str, str] = field(default_factory=dict)
    """Other ways to write it, to code."""
    closed: bool = True
    """Whether there is nothing else; in an open set an unknown word stands for itself."""
    codes_too: bool = True
    """Whether the code itself may be written. Not where a clerk means something else by it."""

    def word(self, code: str) -> str:
        """What a clerk reads."""
        return self.shown.get(code, code)

    def code(self, word: str) -> str | None:
        """What a clerk's word stands for; None when a closed set does not have it."""
        wanted = squeezed(word)
        for code, shown in self.shown.items():
            if wanted == squeezed(shown) or (self.codes_too and wanted == code):
                return code
        for other, code in self.also.items():
            if wanted == squeezed(other):
                return code
        return None if self.closed else word


def squeezed(text: str) -> str:
    """Without any spaces and with half-width letters, digits and brackets, to compare words."""
    return "".join(unicodedata.normalize("NFKC", text).split())


DIVISIONS = Words(
    {"county": "县", "township": "乡镇", "village": "村(社区)"},
    also={"村": "village", "社区": "village", "乡": "township", "镇": "township"},
)
UNITS = Words(
    {
        "county_center": "县联动服务指导中心",
        "county_unit": "县直单位便民服务室",
        "township_center": "乡镇联动服务中心",
        "linkage_group": "联动服务组",
        "village_center": "村(社区)便民服务中心",
        "discipline_channel": "纪检举报渠道",
    },
    also={"县直单位": "county_unit"},
)
WHOSE_HOURS = Words({"*": "全县", **UNITS.shown}, also={"全部": "*", **UNITS.also}, closed=False)
GRIDS = Words(
    {"community": "社区网格", "rural": "农村网格"}, also={"社区": "community", "农村": "rural"}
)
ROLES = Words(
    {
        "duty_officer": "值班干部",
        "duty_leader": "带班领导",
        "grid_leader": "网格长",
        "dispatcher": "派单员",
        "handler": "承办人",
        "discipline_officer": "纪检员",
    }
)
WEEKDAYS = Words(
    {
        "*": "每天",
        "0": "周一",
        "1": "周二",
        "2": "周三",
        "3": "周四",
        "4": "周五",
        "5": "周六",
        "6": "周日",
    },
    also={
        f"{week}{day}": str(number)
        for week in ("周", "星期", "礼拜")
        for number, days in enumerate(("一", "二", "三", "四", "五", "六", "日天"))
        for day in days
    },
    codes_too=False,
)
GROUPS = Words(
    {
        "agriculture": "农业生产服务组",
        "rural_affairs": "农村事务服务组",
        "livelihood": "民生保障服务组",
        "infrastructure": "基础设施与环境服务组",
        "emergency": "突发事件处置组",
        "discipline": "纪检举报渠道",
    },
    closed=False,
)
URGENCY = Words(
    {"urgent": "紧急", "normal": "一般", "complex": "复杂疑难"},
    also={"复杂": "complex", "疑难": "complex"},
)
APPEALS = Words(
    {
        "consult": "咨询",
        "help": "求助",
        "complaint": "投诉",
        "report": "举报",
        "suggestion": "建议",
        "praise": "表扬",
    }
)
LOWEST = Words({"village": "村", "township": "乡镇", "county": "县"}, also={"村(社区)": "village"})
EVIDENCE = Words({"photo": "照片", "contact": "联系记录"}, closed=False)
ORGANISATIONS = Words({"independent": "独立组建", "by_nearness": "就近归属"})
DAYS = Words(
    {"holiday": "放假", "workday": "上班"}, also={"调休上班": "workday", "休息": "holiday"}
)
SOURCES = Words(
    {
        "renamed_2021": "2021年改名",
        "other_writing": "另一种写法",
        "merged_later": "后来合并",
        "shortened": "简称",
        "county_seat": "县城",
        "landmark": "地标",
        "neighbour": "外县",
    },
    closed=False,
)
ENTRIES = Words(
    {"answered": "已填写", "empty": "待填写"},
    also={"已填": "answered", "待填": "empty", "空": "empty"},
)
