"""Models, what serves, and overrides in memory; the switches are the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.learning.books import Follower, ServingChanged, SwitchRecord
from services.learning.comparison import Figure, IntentChange, Sample
from services.learning.findings import Finding
from services.learning.gate_report import DataChange, GateReport, IntentSentences
from services.learning.gate_report_json import report_to_json
from services.learning.models import Serving, TrainedModel
from services.learning.overrides import Override
from services.learning.serving import Known, Switching
from services.learning.shadow import DifferingPair, ShadowReading, ShadowSummary
from tests.console.stand_ins import NOW, county

OLD, NEW, BAD, FRESH = "nlu-old", "nlu-new", "nlu-bad", "nlu-fresh"


def report(name: str, *, passed: bool) -> GateReport:
    """What a gate says of an invented model."""
    lost = Sample("电线<i>断了</i>搭在树上冒火花", "触电与电线危险", "触电与电线危险", "停电与供电")
    return GateReport(
        candidate=name,
        active=OLD,
        at="2026-11-23T04:00:00+00:00",
        passed=passed,
        verdict="可以上线：各项都过了。" if passed else "不可以上线：1 项没过，“险情不许丢”。",
        findings=(
            Finding("dangers_lost", "险情不许丢", "现用的认得出的险情，新的漏了 1 句", passed),
            Finding("few", "例句偏少", "秸秆焚烧与处理只有 12 句", False, binding=False),
            Finding("overall", "总的不比现用的差", "考题认对 88.1%(1041/1181)", True),
        ),
        figures=(
            Figure("考题认对", "86.9%(1026/1181)", "88.1%(1041/1181)", True),
            Figure("险情认出(险情考题)", "97.0%(97/100)", "96.0%(96/100)", False),
            Figure("模型大小", "5.1 MB", "5.1 MB", None),
        ),
        intents=(
            IntentChange("road", "道路损坏与修路", 12, 10, 9, 0, 1),
            IntentChange("straw_burning", "秸秆焚烧与处理", 10, 4, 9, 5, 0),
        ),
        better=(Sample("地里烧苞谷杆子", "秸秆焚烧与处理", "烟尘异味", "秸秆焚烧与处理"),),
        worse=(Sample("路上有个大坑", "道路损坏与修路", "道路损坏与修路", "工程质量与施工"),),
        lost_dangers=() if passed else (lost,),
        found_dangers=(),
        changes=DataChange(True, 42, 3, (IntentSentences("路灯", 12, 3),), (("路灯", "灯坏了"),)),
    )


def model(name: str, passed: bool | None, days: int) -> TrainedModel:
    """An invented model."""
    return TrainedModel(
        name=name,
        sha256="0" * 64,
        size=5_345_678,
        rasa="3.6.21",
        author="admin",
        created_at=NOW - timedelta(days=days),
        examples=6012,
        intents=("road", "street_lamp"),
        report="" if passed is None else report_to_json(report(name, passed=passed)),
        passed=passed,
    )


@dataclass
class Fleet:
    """Every port of the models' pages over dictionaries."""

    kept: dict[str, TrainedModel] = field(default_factory=dict)
    now: Serving = field(default_factory=lambda: Serving(3, active=OLD, previous=""))
    records: list[SwitchRecord] = field(default_factory=list)
    asked: dict[str, Override] = field(default_factory=dict)
    running: list[Follower] = field(default_factory=list)

    def __post_init__(self) -> None:
        all_of_them = ((FRESH, None, 0), (NEW, True, 1), (BAD, False, 2), (OLD, True, 30))
        self.kept = {name: model(name, passed, days) for name, passed, days in all_of_them}
        self.running = [Follower("county-1:7", NOW, 3, OLD, "", "", "")]

    def switching(self) -> Switching:
        townships = {each.code: each.short_name for each in county().tree.townships}
        known = Known(frozenset({"road", "street_lamp"}), townships)
        return Switching(self, self, self, self, self, lambda: known, lambda: NOW)

    async def register(self, model: TrainedModel) -> bool:
        self.kept[model.name] = model
        return True

    async def examined(self, name: str, report: str, passed: bool) -> None:
        self.kept[name] = replace(self.kept[name], report=report, passed=passed)

    async def model(self, name: str) -> TrainedModel | None:
        return self.kept.get(name)

    async def models(self) -> list[TrainedModel]:
        return list(self.kept.values())

    async def remove(self, name: str, now: datetime) -> bool:
        self.kept[name] = replace(self.kept[name], removed_at=now)
        return True

    async def serving(self) -> Serving:
        return self.now

    async def switch(self, wanted: Serving, record: SwitchRecord) -> Serving:
        if wanted.version != self.now.version:
            raise ServingChanged
        self.now = replace(wanted, version=wanted.version + 1, since=record.at)
        self.records.insert(0, record)
        return self.now

    async def history(self, limit: int = 50) -> list[SwitchRecord]:
        return self.records[:limit]

    async def has_served(self, name: str) -> bool:
        return name == OLD

    async def seen(self, follower: Follower) -> None:
        self.running.append(follower)

    async def gone(self, name: str) -> None:
        self.running = [each for each in self.running if each.name != name]

    async def followers(self, since: datetime) -> Sequence[Follower]:
        return [each for each in self.running if each.seen_at >= since]

    async def of(self, model: str) -> Override | None:
        return self.asked.get(model)

    async def ask(self, override: Override) -> bool:
        self.asked[override.model] = override
        return True

    async def agree(self, model: str, by: str, at: datetime) -> bool:
        self.asked[model] = replace(self.asked[model], agreed_by=by, agreed_at=at)
        return True

    async def same_person(self, one: str, other: str) -> bool:
        return one == other

    async def agreed(self, model: str) -> bool:
        found = self.asked.get(model)
        return found is not None and found.granted

    async def problem(self, model: TrainedModel) -> str | None:
        return None

    async def became(self) -> Mapping[str, str]:
        return {}


def difference(number: int, *, urgent: bool = False) -> ShadowReading:
    """A message that the two models read otherwise."""
    return ShadowReading(
        id=number,
        at=NOW - timedelta(minutes=number),
        inbox_id=number,
        model=NEW,
        live_model=OLD,
        label="power_supply",
        live_label="street_lamp",
        confidence=0.83,
        live_confidence=0.41,
        urgent=False,
        live_urgent=urgent,
        alone=True,
        live_alone=False,
        differs=True,
    )


@dataclass
class Readings:
    """`services.learning.shadow.ShadowBook` over a list, and the messages behind it."""

    kept: list[ShadowReading] = field(
        default_factory=lambda: [difference(2), difference(1, urgent=True)]
    )

    async def add(self, readings: Sequence[ShadowReading]) -> None:
        self.kept += readings

    async def summary(self, model: str, pairs: int = 50) -> ShadowSummary:
        found = [each for each in self.kept if each.model == model]
        pair = DifferingPair("street_lamp", "power_supply", len(found), 0.41, 0.83)
        return ShadowSummary(
            model=model,
            read=120 if found else 0,
            differing=len(found),
            alone=84,
            live_alone=80,
            more_urgent=0,
            less_urgent=1,
            since=NOW - timedelta(days=1) if found else None,
            until=NOW if found else None,
            pairs=(pair,) if found else (),
        )

    async def differences(
        self,
        model: str,
        *,
        labels: tuple[str, str] | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> list[ShadowReading]:
        found = [each for each in self.kept if each.model == model]
        found = [e for e in found if labels in (None, (e.live_label, e.label))]
        return [e for e in found if before is None or e.id < before][:limit]

    async def texts(self, inbox_ids: Sequence[int]) -> dict[int, str]:
        return {1: "路灯<u>杆子</u>带电了"}


async def pdf(report: GateReport) -> bytes:
    """Stands for the maker of PDFs."""
    return f"%PDF {report.candidate}".encode()
