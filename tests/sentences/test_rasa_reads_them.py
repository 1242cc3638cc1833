"""Rasa's own reader sees exactly the sentences that were written, and what is said of them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from nlu.rasa_env import rasa_environment, rasa_python
from nlu.sentence_files.store import ProjectSentences
from nlu.sentence_files.written_form import written_form
from services.learning.edits import AddSentence
from services.learning.sentences import Sentence
from tests.sentences.conftest import ROOT

READER = """
import json, sys
from rasa.shared.nlu.training_data.loading import load_data
found = load_data(sys.argv[1]).intent_examples
print(json.dumps([
    [m.get("text"), m.get("intent"), m.get("entities", []), m.get("metadata", {}).get("intent")]
    for m in found
]))
"""
NASTY = [
    "看[这里](http://x)的[表]{a}和[那][b]",
    "- 灯灭了",
    "| 竖线",
    "# 井号",
    "路: 坑 #7",
    "'单' \"双\"",
    "\\n \\u4f60 D:\\路",
    "第一行\n第二行\r\n第三行\u2028第四行",
    "/restart",
    "急👨‍👩‍👧急🚨",
    "&a *b !c %d @e `f` {g} [h] ---",
    "${HOME}的路",
    "- - - 三条",
    "...",
    "a" * 2_000,
    "OK \\u4f60",
]


@pytest.mark.timeout(300)
async def test_rasa__reads_what_was_written(root: Path) -> None:
    files = ProjectSentences(root)
    for text in NASTY:
        await files.apply(AddSentence(Sentence(text, "thanks", urgent=True, confidential=True)))
    for path in (root / "nlu" / "data").glob("[!t]*.yml"):
        path.unlink()

    command = (str(rasa_python(ROOT)), "-c", READER, str(root / "nlu" / "data"))
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=rasa_environment(), stdout=-1, stderr=-1
    )
    out, err = await process.communicate()

    assert process.returncode == 0, err.decode()[-2_000:]
    said = {"urgent": 1, "confidential": 1, "source": "real"}
    assert json.loads(out) == [
        ["谢谢", "thanks", [], None],
        *([written_form(text), "thanks", [], said] for text in NASTY),
    ]
    assert "Warning" not in err.decode()
