"""A gate report as the JSON that is kept with its model, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from routing.errors import LiandongError
from services.learning.comparison import Figure, IntentChange, Sample
from services.learning.findings import Finding
from services.learning.gate_report import DataChange, GateReport, IntentSentences

T = TypeVar("T")


class UnreadableReport(LiandongError):
    """这份把关报告读不出来（可能是别的版本写的）；请重新考一次：liandong nlu test。"""


def report_to_json(report: GateReport) -> str:
    """For `TrainedModel.report`."""
    return json.dumps(asdict(report), ensure_ascii=False, separators=(",", ":"))


def report_from_json(text: str) -> GateReport | None:
    """None where no report was made yet; raises `UnreadableReport` for anything else."""
    if not text:
        return None
    try:
        found = json.loads(text)
        return _report(found)
    except (ValueError, TypeError, KeyError) as exc:
        raise UnreadableReport from exc


def _report(found: Mapping[str, Any]) -> GateReport:  # Any: JSON
    changes = found["changes"]
    return GateReport(
        **{
            **found,
            "findings": _each(Finding, found["findings"]),
            "figures": _each(Figure, found["figures"]),
            "intents": _each(IntentChange, found["intents"]),
            **{
                name: _each(Sample, found[name])
                for name in ("better", "worse", "lost_dangers", "found_dangers")
            },
            "changes": DataChange(
                **{
                    **changes,
                    "intents": _each(IntentSentences, changes["intents"]),
                    "samples": tuple((name, text) for name, text in changes["samples"]),
                }
            ),
        }
    )


def _each(made: Callable[..., T], rows: list[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(made(**row) for row in rows)
