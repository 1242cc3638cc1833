"""A project of three matters, and a trainer that makes its model as quickly as it is told to."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from nlu.rasa_env import rasa_python
from tests.nlu.project import ROOT

MATTERS = ("road", "bridge", "street_lamp")
_EXAM_SENTENCES = 6
_TRAINER = '''#!{python}
"""Stands in for Rasa's Python: trains by copying, once the file `train` is there."""
import os, resource, select, shutil, sys
arguments = sys.argv[1:]
held = {held!r}
trains = "nlu.rasa_child" in arguments
while not os.path.exists(held + ("/train" if trains else "/serve")):
    if select.select([0], [], [], 0.05)[0] and not os.read(0, 1):
        sys.exit(1)
    if os.path.exists(held + "/fail"):
        print(open(held + "/fail").read(), flush=True)
        sys.exit(1)
if not trains:
    os.execv({rasa!r}, [{rasa!r}, *arguments])
print("INFO  Starting to train component 'MessageClassifier'.", flush=True)
if os.path.exists(held + "/small"):
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
out = arguments[arguments.index("--out") + 1]
name = arguments[arguments.index("--fixed-model-name") + 1]
os.makedirs(out, exist_ok=True)
try:
    shutil.copyfile({model!r}, os.path.join(out, name + ".tar.gz"))
except OSError as exc:
    sys.exit(str(exc))
print("INFO  Finished training component 'MessageClassifier'.", flush=True)
'''


def tiny_project(root: Path) -> Path:
    """Three matters with their shipped sentences and a short exam."""
    for part in ("data", "golden"):
        (root / "nlu" / part).mkdir(parents=True)
        for matter in MATTERS:
            shutil.copy(ROOT / "nlu" / part / f"{matter}.yml", root / "nlu" / part)
    for matter in MATTERS:
        _shorten(root / "nlu" / "golden" / f"{matter}.yml")
    shutil.copy(ROOT / "nlu" / "config.yml", root / "nlu")
    listed = "".join(f"  - {matter}\n" for matter in MATTERS)
    (root / "domain.yml").write_text(f'version: "3.1"\nintents:\n{listed}', encoding="utf-8")
    golden = root / "nlu" / "golden"
    _rows(golden / "must_pass.csv", "text,field,value", "路灯不亮了,matter,street_lamp")
    _rows(
        golden / "emergency.csv", "text,urgent,note", "桥塌了,人掉河里了,1,".replace(",人", "，人")
    )
    _rows(golden / "sealed.csv", "text,confidential,note", "路坏了别说是我说的,1,")
    return root


def stand_in(folder: Path, model: Path) -> Path:
    """An interpreter that trains by copying `model`; it waits for `train` and `serve`
    in its folder."""
    file = folder / "python"
    text = _TRAINER.format(
        python=sys.executable, held=str(folder), rasa=str(rasa_python(ROOT)), model=str(model)
    )
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def add_sentence(root: Path, matter: str, sentence: str) -> None:
    """One more example at the end of the matter's file."""
    file = root / "nlu" / "data" / f"{matter}.yml"
    with file.open("a", encoding="utf-8") as out:
        out.write(f"    - {sentence}\n")


def _shorten(file: Path) -> None:
    kept, sentences = [], 0
    for line in file.read_text(encoding="utf-8").splitlines():
        sentences += line.startswith("    - ")
        if sentences > _EXAM_SENTENCES:
            break
        kept.append(line)
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _rows(file: Path, *lines: str) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
