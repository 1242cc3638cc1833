"""The gate's report on paper, for a meeting: the verdict first, then what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, WrapMode
from fpdf.fonts import TTFFont

from liandong.posters.fonts import Fonts, find_fonts
from liandong.posters.pen import DEEP, INK, QUIET, RED, WHITE, Ink
from liandong.posters.typesetting import broken
from routing.duty import CHINA_TIME
from services.learning.comparison import Figure, IntentChange, Sample
from services.learning.findings import Finding
from services.learning.gate_report import DataChange, GateReport

_FAMILY = "report"
_MARGIN = 16.0
_SHADE: Ink = (238, 243, 241)
_LINE: Ink = (200, 208, 204)
_SIZE = 9.0
_PADDING = 1.0
_MOST_INTENTS = 30
_MOST_CHANGES = 15
_LACKING = "□"
Row = tuple[str, ...]


def report_pdf(report: GateReport, configured_font: str = "") -> bytes:
    """A4 pages. Raises `MissingFont`."""
    paper = _Paper(find_fonts(configured_font), report)
    paper.head(report)
    paper.findings(report.findings)
    paper.figures(report.figures)
    paper.dangers(report.lost_dangers, report.found_dangers)
    paper.samples("变错的例子", report.worse, "没有一句原来对的变错。")
    paper.samples("变对的例子", report.better, "没有一句原来错的变对。")
    paper.intents(report.intents)
    paper.changes(report.changes)
    return bytes(paper.output())


class _Paper(FPDF):
    """Pages with a number at their foot."""

    def __init__(self, fonts: Fonts, report: GateReport) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self._foot = f"新模型把关报告 · {report.candidate}"
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=18)
        for style, face in (("", fonts.regular), ("B", fonts.bold)):
            self.add_font(_FAMILY, style, face.path, collection_font_number=face.number)
        self.set_title(self._foot)
        self.set_creator("liandong")
        self.set_lang("zh-CN")
        self.set_creation_date(datetime.fromisoformat(report.at))
        self.add_page()

    def footer(self) -> None:
        """The model's name and the page, on every page."""
        self.set_y(-13)
        self._ink(8, QUIET)
        self.cell(0, 5, f"{self._foot} · 第 {self.page_no()} 页", align="C")

    def head(self, report: GateReport) -> None:
        """Title, what was compared, and the verdict in a bar of its colour."""
        self._ink(20, DEEP, bold=True)
        self.cell(0, 11, "新模型把关报告", new_x="LMARGIN", new_y="NEXT")
        at = datetime.fromisoformat(report.at).astimezone(CHINA_TIME)
        active = f"现用模型 {report.active}" if report.active else "没有现用模型"
        self._ink(9, QUIET)
        self.multi_cell(
            0,
            5,
            f"新模型 {report.candidate} · {active}\n{at:%Y年%m月%d日 %H:%M} 考试",
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self.ln(3)
        self.set_fill_color(*(DEEP if report.passed else RED))
        self._ink(13, WHITE, bold=True)
        self.multi_cell(
            0,
            8,
            self._known(report.verdict),
            fill=True,
            padding=3,
            align="L",
            wrapmode=WrapMode.CHAR,
            new_x="LMARGIN",
            new_y="NEXT",
        )

    def findings(self, findings: Sequence[Finding]) -> None:
        """Every check; what stands against the model comes first."""
        self._title("一项一项看")
        ordered = sorted(findings, key=lambda f: (f.passed, not f.binding))
        rows = [(_mark(f), f.title, f.said) for f in ordered]
        inks = [INK if f.passed else (RED if f.binding else QUIET) for f in ordered]
        self._table(("", "检查", "结果"), (18, 36, 124), rows, inks)

    def figures(self, figures: Sequence[Figure]) -> None:
        """Before and after."""
        self._title("数字")
        rows = [(f.title, f.old or "—", f.new, _tendency(f.better)) for f in figures]
        inks = [RED if f.better is False else INK for f in figures]
        self._table(("", "现用模型", "新模型", ""), (68, 46, 46, 18), rows, inks)

    def dangers(self, lost: Sequence[Sample], found: Sequence[Sample]) -> None:
        """Whose alarm was lost, whose is heard now."""
        self._title("险情")
        if not lost and not found:
            self._text("两个模型听出的险情一样。")
            return
        rows = [*(("丢了", s.text) for s in lost), *(("新听出", s.text) for s in found)]
        inks = [*(RED for _ in lost), *(INK for _ in found)]
        self._table(("", "考题里的话"), (22, 156), rows, inks)

    def samples(self, title: str, samples: Sequence[Sample], none: str) -> None:
        """Sentences with what they are and what both models said."""
        self._title(title)
        if not samples:
            self._text(none)
            return
        rows = [(s.text, s.wanted, s.old, s.new) for s in samples]
        self._table(("考题里的话", "应该是", "现用模型说", "新模型说"), (82, 32, 32, 32), rows)

    def intents(self, rows: Sequence[IntentChange]) -> None:
        """Which moved, and by how much."""
        self._title("变了的意图")
        if not rows:
            self._text("每个意图都和原来一样。")
            return
        told = [
            (
                r.name,
                str(r.count),
                str(r.old_right),
                str(r.new_right),
                _signed("+", r.won),
                _signed("-", r.lost),
            )
            for r in rows[:_MOST_INTENTS]
        ]
        inks = [RED if r.lost > r.won else INK for r in rows[:_MOST_INTENTS]]
        head = ("意图", "考题", "原来对", "现在对", "变对", "变错")
        self._table(head, (68, 22, 22, 22, 22, 22), told, inks)
        if len(rows) > _MOST_INTENTS:
            self._text(f"另有 {len(rows) - _MOST_INTENTS} 个意图变化较小，没有列出。")

    def changes(self, changes: DataChange) -> None:
        """What it learnt that the model in use did not."""
        self._title("例句有什么变化")
        if not changes.known:
            self._text("不知道现用模型学的是哪些例句。")
            return
        self._text(f"和现用模型相比，多了 {changes.added} 条例句，少了 {changes.removed} 条。")
        rows = [
            (i.name, _signed("+", i.added), _signed("-", i.removed))
            for i in changes.intents[:_MOST_CHANGES]
        ]
        if rows:
            self._table(("意图", "多了", "少了"), (110, 34, 34), rows)
        if changes.samples:
            self.ln(2)
            self._table(
                ("新添的例句（举例）", "意图"), (128, 50), [(t, n) for n, t in changes.samples]
            )

    def _title(self, text: str) -> None:
        self.ln(5)
        if self.will_page_break(24):
            self.add_page()
        self._ink(13, DEEP, bold=True)
        self.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")

    def _text(self, text: str) -> None:
        self._ink(10, INK)
        self.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")

    def _table(
        self,
        head: Row,
        widths: tuple[int, ...],
        rows: Sequence[Row],
        inks: Sequence[Ink] = (),
    ) -> None:
        self._ink(_SIZE, INK)
        self.set_fill_color(*WHITE)
        self.set_draw_color(*_LINE)
        with self.table(
            col_widths=widths,
            width=sum(widths),
            line_height=5.2,
            padding=_PADDING,
            text_align="LEFT",
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            headings_style=FontFace(emphasis="BOLD", color=QUIET, fill_color=_SHADE),
            wrapmode="CHAR",
        ) as table:
            table.row(head)
            for number, row in enumerate(rows):
                ink = inks[number] if inks else INK
                cells = [self._fitted(*each) for each in zip(row, widths, strict=True)]
                table.row(cells, style=FontFace(color=ink))

    def _fitted(self, text: str, width: int) -> str:
        """In lines as people write them: no mark begins one."""
        within = width - 2 * (_PADDING + self.c_margin)
        return "\n".join(broken(self._known(text), within, _SIZE, self._wide))

    def _wide(self, text: str, size: float) -> float:
        self.set_font(_FAMILY, "", size)
        return self.get_string_width(text)

    def _known(self, text: str) -> str:
        """The font has no pictures: 😭 would be nothing at all."""
        font = self.fonts[_FAMILY]
        cmap = font.cmap if isinstance(font, TTFFont) else {}
        return "".join(mark if ord(mark) in cmap or mark.isspace() else _LACKING for mark in text)

    def _ink(self, size: float, ink: Ink, *, bold: bool = False) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(*ink)


def _mark(finding: Finding) -> str:
    if finding.passed:
        return "通过"
    return "没过" if finding.binding else "提醒"


def _signed(sign: str, count: int) -> str:
    return f"{sign}{count}" if count else ""


def _tendency(better: bool | None) -> str:
    return "" if better is None else ("变好" if better else "变差")
