"""The gate's report on paper holds what the report says."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from liandong.training.report_pdf import report_pdf
from services.learning.comparison import IntentChange
from tests.services.exams import LAMP, ROAD, answer, danger
from tests.services.test_gate_report import report


def text_of(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Lines are broken for the paper."""
    return "".join(text.split())


def test_pdf__says_verdict_checks_and_examples() -> None:
    found = report(answer("street_lamp1", LAMP, ROAD), danger("险2", heard=False))
    text = squeezed(text_of(report_pdf(found)))
    said = (found.verdict, *(f.said for f in found.findings), "street_lamp1", "险2", "灯不亮了")
    assert [each for each in said if squeezed(each) not in text] == []


def test_pdf__a_picture_in_a_sentence_leaves_a_mark() -> None:
    found = report(answer("灯坏了😭", LAMP, ROAD), old=None)
    sample = replace(report().better[0], text="灯坏了😭")
    assert "灯坏了□" in text_of(report_pdf(replace(found, worse=(sample,))))


@pytest.mark.parametrize("count", [0, 200])
def test_pdf__many_or_no_intents(count: int) -> None:
    rows = tuple(IntentChange(f"i{n}", f"意图{n}", 20, 18, 17, 0, 1) for n in range(count))
    text = text_of(report_pdf(replace(report(), intents=rows)))
    assert ("另有 170 个意图" in text) is (count == 200)
