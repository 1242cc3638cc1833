"""Table and figure of the corrections experiment, from what `benchmarks.corrections` wrote.

Intervals are Student's, 95 %, over seeds; differences are taken seed by seed against random order,
which shares test, start and pool. Draws with Rasa's Python, which has matplotlib.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import mean, stdev
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.messages import run_with_rasa  # noqa: E402

Point = dict[str, Any]
_STUDENT = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)
"""97.5 % points of Student's t for 1 to 9 degrees of freedom."""
_LOOKS = {
    "random": ("随机顺序 random", "#8a8f98", "--", "o"),
    "inbox": ("收件箱顺序 inbox", "#c2410c", "-", "s"),
}
_BAR = "差别的 95% 区间 interval of the difference"
_TITLES = {
    "small": "开头每类 60 条 · start: 60 of each label",
    "half": "开头一半留言 · start: half of all messages",
}


@dataclass
class Curves:
    """Points of one start: order -> corrections -> seed -> figures."""

    of: dict[str, dict[int, dict[int, Point]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def complete(self) -> Curves:
        """Without points that only some of the seeds have: their means would not compare."""
        for points in self.of.values():
            most = max(len(seeds) for seeds in points.values())
            for n in [n for n, seeds in points.items() if len(seeds) < most]:
                del points[n]
        return self

    def means(self, order: str, name: str) -> dict[int, float]:
        """Mean of a figure by the number of corrections."""
        return {n: mean(p[name] for p in seeds.values()) for n, seeds in self.of[order].items()}

    def spread(self, order: str, corrections: int, name: str) -> tuple[float, float, int]:
        """Mean, half of its interval, seeds."""
        return _interval([p[name] for p in self.of[order][corrections].values()])

    def gain(self, order: str, corrections: int, name: str) -> tuple[float, float, int]:
        """Mean difference to random order, half of its interval, seeds."""
        own, other = self.of[order][corrections], self.of["random"].get(corrections, {})
        return _interval([own[s][name] - other[s][name] for s in own if s in other])


def main() -> None:
    """Parse the command line, print, draw."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corrections_figure", description=__doc__
    )
    results = ROOT / "results" / "corrections.json"
    parser.add_argument("--results", type=Path, default=results, metavar="FILE")
    parser.add_argument("--details", type=int, default=60, help="which of the runs")
    parser.add_argument("--learner", default="shipped", help="shipped or quick")
    parser.add_argument("--figure", type=Path, metavar="FILE.svg")
    asked = parser.parse_args()
    if asked.figure and importlib.util.find_spec("matplotlib") is None:
        run_with_rasa(Path(__file__))
    runs = json.loads(asked.results.read_text("utf-8"))
    kept = [r for r in runs if (r["learner"], r["details"]) == (asked.learner, asked.details)]
    starts = _curves(kept)
    for start, curves in starts.items():
        _print_table(start, curves)
        _print_orders(curves)
    if asked.figure:
        _draw(starts, asked.figure)


def _curves(runs: Sequence[dict[str, Any]]) -> dict[str, Curves]:
    starts: dict[str, Curves] = {}
    for name in ("small", "half"):
        curves = Curves()
        ends = {r["seed"]: r["points"][0] for r in runs if r["order"] == "all"}
        for run in (r for r in runs if r["start"] == name):
            for point in run["points"]:
                curves.of[run["order"]][point["corrections"]][run["seed"]] = point
            if run["order"] == "start" and run["seed"] in ends:
                curves.of["all"][-1][run["seed"]] = ends[run["seed"]]
        if curves.of:
            starts[name] = curves.complete()
    return starts


def _print_table(start: str, curves: Curves) -> None:
    print(f"\n{start}: macro-F1 (accuracy), mean over seeds; difference with 95 % interval")
    print("| corrections | random | inbox | difference of macro-F1 | of accuracy | seeds |")
    print("|---|---|---|---|---|---|")
    print(f"| 0 | {_both(curves, 'start', 0)} | the same | | | {len(curves.of['start'][0])} |")
    for n in sorted(set(curves.of["inbox"]) & set(curves.of["random"])):
        gain, accurate = (curves.gain("inbox", n, name) for name in ("macro_f1", "accuracy"))
        cells = (_both(curves, "random", n), _both(curves, "inbox", n))
        print(
            f"| {n} | {cells[0]} | {cells[1]} | {_signed(gain)} | {_signed(accurate)} | {gain[2]} |"
        )
    if curves.of["all"]:
        print(f"| all | {_both(curves, 'all', -1)} | the same | | | {len(curves.of['all'][-1])} |")
    _print_equal(curves)


def _print_equal(curves: Curves) -> None:
    """How many corrections in random order do what the inbox does with some."""
    known = {0: curves.means("start", "macro_f1")[0], **curves.means("random", "macro_f1")}
    for n, reached in sorted(curves.means("inbox", "macro_f1").items()):
        steps = sorted(known)
        for low, high in pairwise(steps):
            if known[low] <= reached < known[high]:
                share = (reached - known[low]) / (known[high] - known[low])
                print(f"inbox {n} = random {low + share * (high - low):.0f} (interpolated)")
                break
        else:
            print(f"inbox {n}: beyond random order's last point")


def _print_orders(curves: Curves) -> None:
    print("order\tcorrections\tmacro-F1\tdifference\tseeds\twrong of shown\twrong of drawn")
    for order in curves.of:
        for n in sorted(curves.of[order]) if order not in ("start", "all", "random") else ():
            own = list(curves.of[order][n].values())
            gain = curves.gain(order, n, "macro_f1")
            row = [order, str(n), f"{curves.spread(order, n, 'macro_f1')[0]:.4f}"]
            row += [_signed(gain) if gain[2] else "-", str(len(own))]
            row += [_share(own, "wrong", "shown"), _share(own, "drawn_wrong", "drawn")]
            print("\t".join(row))


def _share(points: Sequence[Point], part: str, whole: str) -> str:
    of = sum(p[whole] for p in points)
    return f"{sum(p[part] for p in points) / of:.3f} of {of}" if of else "-"


def _both(curves: Curves, order: str, n: int) -> str:
    macro, accurate = (curves.spread(order, n, name)[0] for name in ("macro_f1", "accuracy"))
    return f"{macro:.4f} ({accurate:.4f})"


def _signed(found: tuple[float, float, int]) -> str:
    return f"{found[0]:+.4f} ± {found[1]:.4f}"


def _interval(values: Sequence[float]) -> tuple[float, float, int]:
    if len(values) < 2:
        return mean(values) if values else float("nan"), float("nan"), len(values)
    t = _STUDENT[min(len(values) - 2, len(_STUDENT) - 1)]
    return mean(values), t * stdev(values) / len(values) ** 0.5, len(values)


def _draw(starts: dict[str, Curves], file: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update({"font.family": _chinese_font(), "font.size": 11})
    plt.rcParams["svg.hashsalt"] = "corrections"
    figure, panels = plt.subplots(len(starts), 1, figsize=(4.6, 3.6 * len(starts)), squeeze=False)
    for panel, (start, curves) in zip(panels[:, 0], starts.items(), strict=True):
        _draw_panel(panel, curves)
        panel.set_title(_TITLES[start], fontsize=11)
    figure.tight_layout(rect=(0, 0.14, 1, 1))
    shown, names = panels[0, 0].get_legend_handles_labels()
    figure.legend(shown, names, loc="lower center", fontsize=10, frameon=False)
    figure.savefig(file, metadata={"Date": None})


def _chinese_font() -> str:
    """Debian's fonts-noto-cjk; matplotlib knows a collection by its first face."""
    from matplotlib.font_manager import fontManager

    known = {font.name for font in fontManager.ttflist if font.name.startswith("Noto Sans CJK")}
    return next(iter(sorted(known, reverse=True)), "sans-serif")


def _draw_panel(panel: Any, curves: Curves) -> None:
    begin = curves.spread("start", 0, "macro_f1")[0]
    for order, (name, colour, line, mark) in _LOOKS.items():
        means = {0: begin, **curves.means(order, "macro_f1")}
        at = sorted(means)
        values = [100 * means[n] for n in at]
        panel.plot(at, values, color=colour, ls=line, marker=mark, ms=5, label=name)
    for n, middle in curves.means("inbox", "macro_f1").items():
        half = curves.gain("inbox", n, "macro_f1")[1]
        panel.errorbar(n, 100 * middle, 100 * half, color=_LOOKS["inbox"][1], capsize=4, lw=1)
    panel.plot([], [], color=_LOOKS["inbox"][1], marker="|", ms=12, ls="", label=_BAR)
    if curves.of["all"]:
        end = 100 * curves.spread("all", -1, "macro_f1")[0]
        panel.axhline(end, color="#1d4ed8", lw=1, ls=":", label="全部改完 whole pool")
    panel.set_xlabel("改正条数 corrections")
    panel.set_ylabel("macro-F1 (%)")
    panel.grid(alpha=0.3)


if __name__ == "__main__":
    main()
