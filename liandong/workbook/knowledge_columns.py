"""The sheet 知识库: its columns, apart from `columns`, which holds those of the organisation."""

from __future__ import annotations

from liandong.workbook import words
from liandong.workbook.layout import Column, Kind, Sheet

_TABLE = "knowledge"

KNOWLEDGE = Sheet(
    "知识库",
    (_TABLE,),
    (
        Column(
            "编码", {_TABLE: "code"}, "自己编，不重复，定了不再改", Kind.CODE, must=True, width=10
        ),
        Column(
            "状态",
            {_TABLE: "status"},
            "待填写的群众看不到；写好答复、单位和依据以后改成“已填写”",
            must=True,
            words={_TABLE: words.ENTRIES},
            alert="empty",
            width=10,
        ),
        Column(
            "标题",
            {_TABLE: "title"},
            "哪项服务或哪件事，几个字，如 免费数字电视",
            must=True,
            width=34,
        ),
        Column(
            "答复",
            {_TABLE: "answer"},
            "群众看到的话；已填写的必填。只写文件上有的，拿不准就不写",
            width=60,
        ),
        Column(
            "问法",
            {_TABLE: "words"},
            "群众会怎么问，写短语，如 数字电视收费；多个用“、”隔开",
            many=True,
            width=40,
        ),
        Column(
            "事项代码",
            {_TABLE: "matter"},
            "派单目录里的事项代码，可不填",
            Kind.CODE,
            width=18,
        ),
        Column(
            "负责单位编码",
            {_TABLE: "unit"},
            "由谁负责解释：组织表里单位的编码；已填写的必填",
            Kind.CODE,
            names="units",
            shows="负责单位",
            width=20,
        ),
        Column(
            "依据",
            {_TABLE: "source"},
            "哪个文件或哪位同志说的；已填写的必填",
            width=36,
        ),
        Column(
            "生效日期", {_TABLE: "valid_from"}, "从哪天起有效，不清楚就不填", Kind.DAY, width=12
        ),
        Column("有效期至", {_TABLE: "valid_to"}, "最后一天；没有期限的不填", Kind.DAY, width=12),
    ),
    {_TABLE: ("code",)},
    may_be_empty=True,
)
