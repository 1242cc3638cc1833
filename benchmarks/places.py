"""The place finder in one county and in the whole country, on real addresses, beside peers.

    .venv/bin/python -m benchmarks.places [--country FILE.csv.gz] [--addresses FILE.csv]
        [--peer cpca --peer jionlp --peer-python PYTHON]

FILE.csv.gz holds `code,name` of every village and community of the country (NBS). It knows no
names above the villages: they come from the files of the peers where these are installed (cpca:
provinces, cities, counties; jionlp: townships, found by the villages that they share).
FILE.csv holds addresses with marked spans (`text,spans`); nothing of it is printed but counts.
"""

from __future__ import annotations

import argparse
import csv
import gc
import gzip
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.table import Table

from benchmarks.whole_way import percentile
from liandong.county_files import read_sheets
from liandong.settings import ROOT
from liandong.terminal import bar, out, steps
from routing.county_tables import load_county
from routing.divisions import Division, DivisionLevel, DivisionTree, short_name_of
from routing.places import PlaceFinder, PlaceFinding

CHARACTERS = 60
PASSES = 3
LEVELS: dict[int, DivisionLevel] = {2: "province", 4: "city", 6: "county", 9: "township"}
NO_NAMES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
PEERS = Path(__file__).with_name("peers_of_places.py")


def sentences() -> dict[str, list[dict[str, str]]]:
    """The rows of the sentences with a marked place, by file."""
    files = sorted((ROOT / "tests" / "routing" / "sentences").glob("*.csv"))
    return {
        file.stem: list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        for file in files
    }


def messages() -> list[str]:
    """The sentences joined and cut into pieces of 60 characters."""
    joined = "".join(row["text"] for rows in sentences().values() for row in rows)
    return [joined[i : i + CHARACTERS] for i in range(0, len(joined) - CHARACTERS, CHARACTERS)]


def memory_mb(field: str = "VmRSS") -> float:
    """Memory of this process in MB: resident (VmRSS) or its highest so far (VmHWM)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) / 1024
    return 0.0


def times_of(finder: PlaceFinder, texts: list[str], what: str) -> list[float]:
    """Milliseconds of each search, after one pass to warm up."""
    times = []
    with bar() as progress:
        task = progress.add_task(what, total=len(texts) * (PASSES + 1))
        for number in range(PASSES + 1):
            for index, text in enumerate(texts):
                began = time.perf_counter()
                finder.find(text)
                took = (time.perf_counter() - began) * 1e3
                if number:
                    times.append(took)
                if index % 50 == 0:
                    progress.update(task, completed=number * len(texts) + index)
        progress.update(task, completed=len(texts) * (PASSES + 1))
    return times


def say_times(what: str, times: list[float]) -> None:
    out.print(
        f"{what}: {len(times)} searches of {CHARACTERS} characters: "
        f"p50 {percentile(times, 0.5):.2f} ms, p99 {percentile(times, 0.99):.2f} ms, "
        f"max {max(times):.2f} ms"
    )


def county() -> PlaceFinder:
    """Build and time the finder of the sample county."""
    loaded = load_county(read_sheets(ROOT / "data" / "sample_county"))
    builds = []
    for _ in range(5):
        began = time.perf_counter()
        finder = PlaceFinder.of(loaded)
        builds.append((time.perf_counter() - began) * 1e3)
    out.print(f"county: {len(loaded.tree.by_code)} divisions")
    out.print(f"county: build {statistics.median(builds):.0f} ms (median of 5)")
    say_times("county", times_of(finder, messages(), "county"))
    return finder


def upper_names(file: str) -> dict[str, str]:
    """Names of provinces, cities and counties by their code of 2, 4 or 6 digits."""
    names = {}
    with open(file, encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            code = row["adcode"][:6]
            code = code[:2] if code.endswith("0000") else code.removesuffix("00")
            if len(code) in LEVELS and row["name"] not in NO_NAMES:
                names[code] = row["name"]
    return names


def towns_of_jionlp(file: str) -> dict[str, dict[str, set[str]]]:
    """County code → township → the short names of its villages."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    with zipfile.ZipFile(file) as packed, packed.open("china_location.txt") as raw:
        code = town = ""
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            depth = len(line) - len(line.lstrip("\t"))
            name, *rest = line.strip().split("\t")
            if depth == 2:
                code = rest[0] if rest else ""  # Taiwan has no codes at this depth
            elif depth == 3:
                town = name
                found[code].setdefault(town, set())
            elif depth == 4:
                found[code][town].add(short_name_of(name))
    return found


def town_names(villages: dict[str, set[str]], file: str) -> dict[str, str]:
    """The name of each township code: the township of that county which shares most villages."""
    names = {}
    known = towns_of_jionlp(file)
    by_county: dict[str, list[str]] = defaultdict(list)
    for town in villages:
        by_county[town[:6]].append(town)
    for code, towns in by_county.items():
        pairs = []
        for town in towns:
            for name, theirs in known.get(code, {}).items():
                shared = len(villages[town] & theirs)
                union = len(villages[town] | theirs)
                if shared and shared / union >= 0.3:
                    pairs.append((shared / union, town, name))
        taken: set[str] = set()
        for _, town, name in sorted(pairs, reverse=True):
            if town not in names and name not in taken:
                names[town] = name
                taken.add(name)
    return names


def villages_of(file: Path) -> list[tuple[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
        return [(row["code"], row["name"]) for row in csv.DictReader(rows)]


def names_above(file: Path, names_in: dict[str, str]) -> dict[str, str]:
    """The names of all divisions above the villages, as far as they are known."""
    villages = villages_of(file)
    names = upper_names(names_in["cpca"]) if "cpca" in names_in else {}
    if "jionlp" in names_in:
        short: dict[str, set[str]] = defaultdict(set)
        for code, name in villages:
            short[code[:9]].add(short_name_of(name))
        names |= town_names(short, names_in["jionlp"])
    used = {code[:size] for code, _ in villages for size in LEVELS}
    return {code: name for code, name in sorted(names.items()) if code in used}


def divisions_of(file: Path, names_in: dict[str, str]) -> list[Division]:
    """The country's divisions; those above the villages only where they have a name."""
    with ProcessPoolExecutor(1) as other:  # what the matching of names needs is not measured
        named = other.submit(names_above, file, names_in).result()

    def parent(code: str) -> str:
        above = (code[:size] for size in (9, 6, 4, 2) if size < len(code))
        return next((each for each in above if each in named), "")

    return [
        *(
            Division(code, LEVELS[len(code)], name, name, parent(code))
            for code, name in named.items()
        ),
        *(
            Division(code, "village", name, short_name_of(name), sys.intern(parent(code)))
            for code, name in villages_of(file)
        ),
    ]


def country(file: Path, names_in: dict[str, str]) -> tuple[DivisionTree, PlaceFinder]:
    """Build and time the finder of the whole country."""
    before = memory_mb()
    with steps() as progress:
        progress.add_task("reading the country")
        divisions = divisions_of(file, names_in)
    counts = Counter(division.level for division in divisions)
    out.print("country: " + ", ".join(f"{count:,} {level}" for level, count in counts.items()))
    gc.collect()
    read = memory_mb()
    began = time.perf_counter()
    tree = DivisionTree.of(divisions)
    tree_seconds = time.perf_counter() - began
    with_tree = memory_mb()
    with steps() as progress:
        progress.add_task("building the finder")
        began = time.perf_counter()
        finder = PlaceFinder.of_tree(tree)
        seconds = time.perf_counter() - began
    gc.collect()
    out.print(f"country: build {seconds:.1f} s, and the tree {tree_seconds:.1f} s")
    out.print(
        f"country: resident {before:.0f} MB before, {read:.0f} MB with the divisions, "
        f"{with_tree:.0f} MB with the tree, {memory_mb():.0f} MB with the finder "
        f"(highest {memory_mb('VmHWM'):.0f} MB)"
    )
    say_times("country", times_of(finder, messages(), "country"))
    return tree, finder


def addresses(file: Path, tree: DivisionTree, finder: PlaceFinder) -> None:
    """How many marked villages of real addresses the country's finder settles."""
    with file.open(encoding="utf-8", newline="") as raw:
        rows = list(csv.DictReader(raw))
    counts: dict[str, Counter[str]] = {"with a township": Counter(), "without": Counter()}
    by_name: Counter[str] = Counter()
    times = []
    with bar() as progress:
        for row in progress.track(rows, description="addresses"):
            spans = json.loads(row["spans"])
            named = [span[3] for span in spans if span[2] == "community" and span[3].endswith("村")]
            if not named:
                continue
            began = time.perf_counter()
            finding = finder.find(row["text"])
            times.append((time.perf_counter() - began) * 1e3)
            namesakes = {d.code for name in named for d in tree.named(short_name_of(name))}
            by_name["settled"] += finding.village_code in namesakes
            by_name["among"] += any(c.village_code in namesakes for c in finding.candidates)
            where = [str(span[3]) for span in spans if span[2] in ("district", "city")]
            right = {c for c in namesakes if all(_below(tree, c, name) for name in where)}
            town = any(span[2] == "town" for span in spans)
            result = judge(finding, namesakes, right)
            counts["with a township" if town else "without"][result] += 1
    both = counts["with a township"] + counts["without"]
    table = Table("addresses that name a …村", "all", "share", *counts)
    for result, count in both.most_common():
        per = [str(each[result]) for each in counts.values()]
        table.add_row(result, str(count), f"{count / both.total():.1%}", *per)
    table.add_row("sum", str(both.total()), "", *(str(c.total()) for c in counts.values()))
    out.print(table)
    out.print(f"by name alone: {by_name['settled']} settled, {by_name['among']} among candidates")
    out.print(
        f"addresses: p50 {percentile(times, 0.5):.2f} ms, p99 {percentile(times, 0.99):.2f} ms, "
        f"max {max(times):.2f} ms"
    )


def judge(finding: PlaceFinding, namesakes: set[str], right: set[str]) -> str:
    """`right` are the namesakes that lie in the city and district that the address names."""
    settled = finding.village_code
    candidates = [c.village_code for c in finding.candidates if c.village_code]
    if not namesakes:
        return "no such name in the gazetteer"
    if not right:
        wrong = ", and a namesake elsewhere settled" if settled in namesakes else ""
        return f"no such name where the address says{wrong}"
    if settled in right:
        return "settled"
    if settled is not None:
        return "another village settled"
    if not right & set(candidates):
        return "ambiguous or open, not among the candidates"
    return "ambiguous, the first candidate" if candidates[0] in right else "ambiguous, a later one"


def _below(tree: DivisionTree, code: str, name: str) -> bool:
    """Whether something above `code` is called `name`, endings aside."""
    above = (tree.get(code[:size]) for size in (2, 4, 6))
    return any(d is not None and name[:2] == d.name[:2] for d in above)


def ask_peer(peer: str, python: str, texts: list[str]) -> Iterator[dict[str, str | float]]:
    """What a peer makes of each text, one after the other."""
    command = [python, str(PEERS), peer]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for text in texts:
            process.stdin.write(json.dumps(text) + "\n")
            process.stdin.flush()
            yield json.loads(process.stdout.readline())
        process.stdin.close()


def peers(finder: PlaceFinder, chosen: list[str], python: str) -> None:
    """Township and village of the county's sentences that name a village, beside the peers."""
    tree = load_county(read_sheets(ROOT / "data" / "sample_county")).tree
    # As a resident writes, and as a courier needs it: the peers know the whole country.
    fronts = {"as written": "", "安泽县 in front": "山西省临汾市安泽县"}
    table = Table("", "text", "sentences", "n", "township", "village", "p50 ms", "p99 ms")
    sheets = {
        name: [row for row in rows if row["village"] and not row["outside"]]
        for name, rows in sentences().items()
    }
    sheets["both names in full"] = [
        row
        for rows in sheets.values()
        for row in rows
        if row["township"] + row["village"] in row["text"]
    ]
    for name, rows in sheets.items():
        for front_name, front in fronts.items():
            texts = [front + row["text"] for row in rows]
            for who in ("ours", *chosen):
                towns = villages = 0
                times = []
                answers = (
                    _ours(finder, tree, texts) if who == "ours" else ask_peer(who, python, texts)
                )
                with bar() as progress:
                    pairs = progress.track(
                        zip(rows, answers, strict=True), total=len(rows), description=who
                    )
                    for row, answer in pairs:
                        town = answer["township"] == row["township"]
                        towns += town
                        villages += town and short_name_of(str(answer["village"])) == row["village"]
                        times.append(float(answer["ms"]))
                table.add_row(
                    who,
                    front_name,
                    name,
                    str(len(rows)),
                    f"{towns / len(rows):.1%}",
                    f"{villages / len(rows):.1%}",
                    f"{percentile(times, 0.5):.2f}",
                    f"{percentile(times, 0.99):.2f}",
                )
    out.print(table)


def _ours(
    finder: PlaceFinder, tree: DivisionTree, texts: list[str]
) -> Iterator[dict[str, str | float]]:
    for text in texts:
        began = time.perf_counter()
        finding = finder.find(text)
        took = (time.perf_counter() - began) * 1e3
        codes = {"township": finding.township_code, "village": finding.village_code}
        names = {key: tree.by_code[c].short_name if c else "" for key, c in codes.items()}
        yield {**names, "ms": took}


def cpu_name() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--country", type=Path, help="code,name of the country's villages")
    parser.add_argument("--addresses", type=Path, help="text,spans; needs --country")
    parser.add_argument("--peer", action="append", choices=["cpca", "jionlp"], default=[])
    parser.add_argument(
        "--peer-python", default=sys.executable, help="a Python with the peers installed"
    )
    options = parser.parse_args()
    if options.addresses and not options.country:
        parser.error("--addresses needs --country")
    out.print(
        f"{platform.node()}: {cpu_name()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}"
    )
    finder = county()
    if options.peer:
        peers(finder, options.peer, options.peer_python)
    if options.country:
        names_in = json.loads(
            subprocess.run(
                [options.peer_python, str(PEERS), "where"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        out.print(f"country: names above the villages from {', '.join(names_in) or 'nowhere'}")
        tree, whole = country(options.country, names_in)
        if options.addresses:
            addresses(options.addresses, tree, whole)


if __name__ == "__main__":
    main()
