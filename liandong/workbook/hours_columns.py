"""The sheet 作息: its columns, apart from `columns`, which holds those of the organisation."""

from __future__ import annotations

from liandong.workbook import words
from liandong.workbook.layout import Column, Kind, Sheet

_TABLE = "hours"

HOURS = Sheet(
    "作息",
    (_TABLE,),
    (
        Column(
            "适用",
            {_TABLE: "applies_to"},
            "写全县、一级单位，或组织表里一个单位的编码；单位的先于一级的，一级的先于全县的",
            must=True,
            names="units",
            shows="单位",
            words={_TABLE: words.WHOSE_HOURS},
            width=28,
        ),
        Column(
            "起始日",
            {_TABLE: "season_from"},
            "从几月几日起，如 05-01；全年一样的，或其余时间的，不填",
            Kind.MONTH_DAY,
            width=10,
        ),
        Column(
            "截止日",
            {_TABLE: "season_to"},
            "到几月几日止，含这一天，如 09-30；可以跨年。起始日不填的，这里也不填",
            Kind.MONTH_DAY,
            width=10,
        ),
        Column(
            "上下班时间",
            {_TABLE: "slots"},
            "每天几段，按先后写，如 08:00-12:00、15:00-18:30；到半夜的写 24:00",
            Kind.SPAN,
            many=True,
            must=True,
            width=34,
        ),
    ),
    {_TABLE: ("applies_to", "season_from", "season_to")},
    may_be_empty=True,
)
