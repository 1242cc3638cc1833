"""What general address parsers make of texts; run with a Python that has them installed.

    PYTHON peers_of_places.py where            the files with their names of divisions, as JSON
    PYTHON peers_of_places.py cpca|jionlp      one JSON string a line in, one JSON object a line out

It needs nothing of this project, so that the peers can live in an environment of their own.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path

Parse = Callable[[str], dict[str, str]]
FILES = {"cpca": "resources/adcodes.csv", "jionlp": "dictionary/china_location.zip"}


def where() -> dict[str, str]:
    """The files of the peers that are installed; nothing is imported for it."""
    found = {}
    for package, file in FILES.items():
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            path = Path(spec.origin).parent / file
            if path.exists():
                found[package] = str(path)
    return found


def cpca_parser() -> Parse:
    try:
        import pkg_resources  # noqa: F401
    except ModuleNotFoundError:  # setuptools has given it up; cpca needs one function of it
        stand_in = types.ModuleType("pkg_resources")

        def resource_stream(package: str, name: str) -> object:
            parent = importlib.util.find_spec("cpca")
            assert parent is not None
            assert parent.origin is not None
            return (Path(parent.origin).parent / package.split(".")[1] / name).open("rb")

        stand_in.resource_stream = resource_stream  # type: ignore[attr-defined]
        sys.modules["pkg_resources"] = stand_in
    import cpca

    def parse(text: str) -> dict[str, str]:
        row = cpca.transform([text]).iloc[0]
        return {"county": row["区"] or "", "township": "", "village": ""}

    return parse


def jionlp_parser() -> Parse:
    import jionlp

    def parse(text: str) -> dict[str, str]:
        row = jionlp.parse_location(text, town_village=True)
        return {
            "county": row.get("county") or "",
            "township": row.get("town") or "",
            "village": row.get("village") or "",
        }

    return parse


def main() -> None:
    if sys.argv[1] == "where":
        print(json.dumps(where()))
        return
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a peer prints when it is imported is no answer
    parse = {"cpca": cpca_parser, "jionlp": jionlp_parser}[sys.argv[1]]()
    parse("山西省临汾市安泽县")  # loads what is loaded late
    for line in sys.stdin:
        text = json.loads(line)
        began = time.perf_counter()
        found: dict[str, object] = dict(parse(text))
        found["ms"] = (time.perf_counter() - began) * 1e3
        print(json.dumps(found), file=answers, flush=True)


if __name__ == "__main__":
    main()
