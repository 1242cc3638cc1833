"""The one table that says what the workbook looks like; reading, writing and docs follow it.

A sheet holds one table of `routing.county_tables`, or two (组织: divisions and units); each column
names the field that it carries in each of them.
"""

from __future__ import annotations

from collections.abc import Callable

from liandong.workbook import words
from liandong.workbook.hours_columns import HOURS
from liandong.workbook.knowledge_columns import KNOWLEDGE
from liandong.workbook.layout import Column, Kind, Sheet
from liandong.workbook.precedent_columns import PRECEDENTS
from liandong.workbook.words import Words, squeezed

GUIDE = "说明"
"""The sheet at the front, for people only."""
REFERENCE = "（参考）"
"""How the header of a column ends that is written for people and never read."""
REMARK = "备注"
"""A column of this name is the clerk's own."""

_CODES = "多个用“、”隔开"
_UNIT = "组织表里单位的编码"
_PERSON = "人员表里的编号"


def _columns_of(table: str) -> Callable[..., Column]:
    def column(
        header: str,
        name: str,
        meaning: str,
        kind: Kind = Kind.TEXT,
        *,
        known: Words | None = None,
        **more: object,
    ) -> Column:
        found = {table: known} if known else {}
        return Column(header, {table: name}, meaning, kind, words=found, **more)  # type: ignore[arg-type]  # the fields of Column

    return column


_division, _unit = _columns_of("divisions"), _columns_of("units")
_grid, _cadre, _duty = _columns_of("grids"), _columns_of("cadres"), _columns_of("duty")
_matter, _alias = _columns_of("catalogue"), _columns_of("aliases")
_organisation, _day = _columns_of("organisations"), _columns_of("holidays")


def _validity(column: Callable[..., Column]) -> tuple[Column, ...]:
    successors = f"停用后由哪个（些）编码承接，{_CODES}；没停用的不填"
    return (
        column("启用日期", "valid_from", "从哪天起有效，不清楚就不填", Kind.DAY, width=12),
        column("停用日期", "valid_to", "从哪天起不再有效；没停用的不填", Kind.DAY, width=12),
        column("承接编码", "successors", successors, Kind.CODE, many=True),
    )


ORGANISATION = Sheet(
    "组织",
    ("divisions", "units"),
    (
        Column(
            "类别",
            {"divisions": "level", "units": "level"},
            "县、乡镇、村(社区)是区划；其余是办事的单位",
            must=True,
            words={"divisions": words.DIVISIONS, "units": words.UNITS},
            width=24,
        ),
        Column(
            "编码",
            {"divisions": "code", "units": "code"},
            "区划：县6位、乡镇9位、村(社区)12位统计用区划代码；单位：如 unit:water、"
            "township:乡镇编码、village:村编码、group:乡镇编码:服务组代码",
            Kind.CODE,
            must=True,
            width=32,
        ),
        Column(
            "名称",
            {"divisions": "name", "units": "name"},
            "全称，如 高壁村民委员会、水利局",
            must=True,
            width=30,
        ),
        _division("简称", "short_name", "区划必填：口头的叫法，如 高壁、月亮湾社区"),
        Column(
            "上级编码",
            {"divisions": "parent_code", "units": "parent"},
            "上一级区划或上级单位的编码；县和县级的单位可以没有",
            Kind.CODE,
            names="places",
            width=20,
        ),
        _unit("所属乡镇编码", "township_code", "乡镇和村的单位填所在乡镇的9位编码", Kind.CODE),
        _unit("服务组", "group", "联动服务组填它管哪一类", known=words.GROUPS, width=22),
        _division("城乡分类代码", "urban_rural", "统计用城乡分类代码，可不填", Kind.CODE),
        *_validity(_division),
    ),
    {"divisions": ("code",), "units": ("code",)},
)

GRIDS = Sheet(
    "网格",
    ("grids",),
    (
        _grid(
            "网格编码", "code", "14位：村(社区)编码12位加两位序号", Kind.CODE, must=True, width=18
        ),
        _grid(
            "村(社区)编码",
            "village_code",
            "网格在哪个村(社区)，12位",
            Kind.CODE,
            must=True,
            names="places",
            shows="村(社区)",
        ),
        _grid("网格名称", "name", "如 高壁村第三网格", must=True, width=24),
        _grid("序号", "number", "村里第几网格，1 到 99", Kind.NUMBER, must=True, width=8),
        _grid("类型", "kind", "社区网格或农村网格", must=True, known=words.GRIDS, width=12),
        _grid("村民小组", "groups", f"管哪几个组，写数字，{_CODES}", Kind.NUMBER, many=True),
        _grid(
            "网格长编号", "leader", _PERSON, Kind.CODE, must=True, names="cadres", shows="网格长"
        ),
        *_validity(_grid),
    ),
    {"grids": ("code",)},
)

PEOPLE = Sheet(
    "人员",
    ("cadres",),
    (
        _cadre("编号", "id", "自己编，不重复，定了不再改", Kind.CODE, must=True, width=10),
        _cadre("姓名", "name", "姓名", must=True),
        _cadre("电话", "phone", "可不填", Kind.CODE),
        _cadre(
            "单位编码",
            "unit",
            f"{_UNIT}；网格长填所在村(社区)便民服务中心的",
            Kind.CODE,
            must=True,
            names="units",
            shows="单位",
            width=32,
        ),
        _cadre("职责", "role", "做什么", must=True, known=words.ROLES, width=12),
    ),
    {"cadres": ("id",)},
)

DUTY = Sheet(
    "值班",
    ("duty",),
    (
        _duty(
            "单位编码",
            "unit",
            _UNIT,
            Kind.CODE,
            must=True,
            names="units",
            shows="单位",
            width=32,
        ),
        _duty(
            "星期",
            "weekday",
            "每周的班：每天，或周一到周日；填了日期的可以不填",
            known=words.WEEKDAYS,
            width=8,
        ),
        _duty(
            "日期",
            "day",
            "只值这一天的班，如 2026-10-01：那天代替同一单位时间有重叠的每周班；每周的班不填",
            Kind.DAY,
            may_lack=True,
            width=12,
        ),
        _duty("开始", "start", "如 08:00", Kind.CLOCK, must=True, width=8),
        _duty(
            "结束",
            "end",
            "如 18:00；不晚于开始的算到第二天，与开始相同的算整天",
            Kind.CLOCK,
            must=True,
            width=8,
        ),
        _duty("人员编号", "cadre", _PERSON, Kind.CODE, must=True, names="cadres", shows="姓名"),
        _duty("职责", "role", "值什么班", must=True, known=words.ROLES, width=12),
        _duty(
            "替班人编号",
            "deputy",
            "本人请假时谁替，人员表里的编号；没有固定的人就不填",
            Kind.CODE,
            may_lack=True,
            names="cadres",
            shows="替班人",
        ),
    ),
    {"duty": ("unit", "weekday", "day", "start", "end", "cadre", "role")},
)

CATALOGUE = Sheet(
    "派单目录",
    ("catalogue",),
    (
        _matter(
            "事项代码",
            "matter",
            "与识别模型里的意图同名，不要自己改",
            Kind.CODE,
            must=True,
            width=22,
        ),
        _matter("事项名称", "name", "群众看到的名称", must=True, width=26),
        _matter("服务组", "group", "哪个服务组办", must=True, known=words.GROUPS, width=22),
        _matter("主办单位", "lead_unit", "县直单位的名称，如 水利局", must=True),
        _matter("协办单位", "co_units", f"县直单位的名称，{_CODES}", many=True, width=24),
        _matter(
            "最低层级",
            "min_level",
            "最低到哪一级：部门的事不能压给村里",
            must=True,
            known=words.LOWEST,
            width=10,
        ),
        _matter("诉求类型", "appeal_types", _CODES, many=True, known=words.APPEALS, width=20),
        _matter("紧急程度", "urgency", "有多急", must=True, known=words.URGENCY, width=10),
        _matter(
            "办结时限",
            "limits",
            f"与全县不同的办结工作日,写成 help:5(求助 5 个工作日),{_CODES};相同的不填",
            many=True,
            width=20,
        ),
        _matter(
            "办结材料",
            "evidence",
            f"办结要交什么，{_CODES}；有答复就行的不填",
            many=True,
            known=words.EVIDENCE,
        ),
        _matter("依据", "basis", f"法律法规的名称,{_CODES}", many=True, width=36),
        _matter("包括", "covers", "哪些事归这一条,哪些归别的", width=60),
    ),
    {"catalogue": ("matter",)},
)

ALIASES = Sheet(
    "别名",
    ("aliases",),
    (
        _alias("别名", "alias", "群众的叫法，至少两个字", must=True),
        _alias(
            "编码",
            "code",
            "指哪个区划或网格；外县的填它的6位编码",
            Kind.CODE,
            must=True,
            names="places",
            shows="指哪里",
        ),
        _alias("来源", "source", "外县的必须写“外县”；其余可自己写", known=words.SOURCES, width=14),
        _alias("可信度", "confidence", "0 到 1，如 0.9", Kind.SHARE, must=True, width=10),
    ),
    {"aliases": ("alias", "code")},
    may_be_empty=True,
)

ORGANISATIONS = Sheet(
    "两新组织",
    ("organisations",),
    (
        _organisation("编码", "code", "自己编，不重复", Kind.CODE, must=True, width=12),
        _organisation("名称", "name", "组织的名称", must=True, width=34),
        _organisation(
            "组建方式",
            "kind",
            "独立组建或就近归属",
            must=True,
            known=words.ORGANISATIONS,
            width=12,
        ),
        _organisation(
            "村(社区)编码",
            "village_code",
            "在哪个村(社区)，12位",
            Kind.CODE,
            must=True,
            names="places",
            shows="村(社区)",
        ),
        _organisation(
            "联系人编号", "contact", _PERSON, Kind.CODE, must=True, names="cadres", shows="联系人"
        ),
        _organisation(
            "覆盖村(社区)编码",
            "villages",
            f"就近归属的必填：哪些村(社区)的商户归它，{_CODES}",
            Kind.CODE,
            many=True,
            names="places",
            width=40,
        ),
    ),
    {"organisations": ("code",)},
    may_be_empty=True,
)

HOLIDAYS = Sheet(
    "节假日",
    ("holidays",),
    (
        _day("日期", "day", "如 2026-10-01", Kind.DAY, must=True, width=12),
        _day("类型", "kind", "放假，或调休上班", must=True, known=words.DAYS, width=10),
        _day("名称", "name", "如 国庆节", must=True),
    ),
    {"holidays": ("day",)},
    may_be_empty=True,
)

SHEETS = (
    ORGANISATION,
    GRIDS,
    PEOPLE,
    DUTY,
    CATALOGUE,
    ALIASES,
    ORGANISATIONS,
    HOLIDAYS,
    HOURS,
    KNOWLEDGE,
    PRECEDENTS,
)


def sheet_of(table: str) -> Sheet:
    """The sheet that holds a table."""
    return next(each for each in SHEETS if table in each.tables)


def is_reference(header: str) -> bool:
    """Whether a column is for people only and never read."""
    found = squeezed(header)
    return found.endswith(squeezed(REFERENCE)) or found.startswith(REMARK)
