"""What the knowledge base still lacks: it works without, residents just get fewer answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from routing.checks.finding import Finding
from routing.county import County


def notes_on_knowledge(county: County, day: date) -> Iterator[Finding]:
    """Empty slots, counted, and answers whose time is over on the local `day`."""
    entries = county.knowledge.entries
    empty = sum(entry.status == "empty" for entry in entries)
    if empty:
        what = f"知识库：{len(entries) - empty} 条已填写，{empty} 条待填写，待填写的群众看不到"
        mend = "请在工作簿“知识库”里填"
        yield Finding("knowledge", "knowledge_empty", what, mend, is_problem=False)
    for entry in entries:
        if entry.status == "answered" and entry.is_over(day):
            what = f"知识库 {entry.code}“{entry.title}”已过有效期，不再答复群众"
            yield Finding("knowledge", "knowledge_over", what, "请更新", is_problem=False)
