"""The sheet 先例: its columns, apart from `columns`, which holds those of the organisation."""

from __future__ import annotations

from liandong.workbook.layout import Column, Kind, Sheet

_TABLE = "precedents"

PRECEDENTS = Sheet(
    "先例",
    (_TABLE,),
    (
        Column(
            "事项代码",
            {_TABLE: "matter"},
            "派单目录里的事项代码",
            Kind.CODE,
            must=True,
            width=20,
        ),
        Column(
            "乡镇编码",
            {_TABLE: "township_code"},
            "只在这个乡镇这样办；不填就是全县都这样办",
            Kind.CODE,
            names="divisions",
            shows="乡镇",
            width=14,
        ),
        Column(
            "归属单位编码",
            {_TABLE: "owner"},
            "裁定由谁办：组织表里单位的编码",
            Kind.CODE,
            must=True,
            names="units",
            shows="归属单位",
            width=20,
        ),
        Column("单号", {_TABLE: "ticket"}, "哪一张工单裁定的", width=22),
        Column("裁定日期", {_TABLE: "ruled_on"}, "哪一天裁定的", Kind.DAY, width=12),
        Column("理由", {_TABLE: "reason"}, "为什么这样定", width=40),
    ),
    {_TABLE: ("matter", "township_code")},
    may_be_empty=True,
)
