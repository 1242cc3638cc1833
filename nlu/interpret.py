"""From a ranking and the words of a message to what it is: kind, matter, danger, secrecy. Pure.

The ranking says what a message is most likely about; the words may raise an alarm or seal it,
never the reverse. How many matters a message holds is for `nlu.divider`. Each understanding names
the rule that decided in the end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nlu.client import Parse
from nlu.keywords import KeywordClassifier
from nlu.present_labels import present_ranking
from nlu.signals.accusation import accuses_official, may_accuse_official
from nlu.signals.appeal_types import appeal_type_of
from nlu.signals.confidential import asks_for_secrecy, speaks_of_secrecy_only
from nlu.signals.payload import is_bare_number, looks_like_payload
from nlu.signals.urgency import Urgency, urgency
from nlu.signals.wording import kind_by_wording
from nlu.thresholds import Thresholds
from routing.checks.rows import KINDS
from routing.county import County
from services.understanding import Guess, Understanding

KEYWORDS = "keywords"
"""The `model` of an understanding that no model made."""
DISCIPLINE = "discipline_report"
_WITHOUT_MATTERS = frozenset({"thanks", "greeting", "chitchat", "out_of_scope", "human", "abuse"})
_FAIR_SHARE = 0.25
"""Of the probability left to matters, what a matter needs to go with a benefit question."""
_EMERGENCY_SHARE = 0.45
"""Of the probability, what all emergencies together need to make a message urgent."""
_URGENT_SHARE = 0.25
"""What the model's own verdict on danger needs to make a message urgent."""
_CONFIDENTIAL_SHARE = 0.3
"""What the model's own verdict on secrecy needs to seal the name."""
_RAISING_SHARE = 0.2
"""What an emergency needs to win when the words say danger."""
_CALMING_SHARE = 0.1
"""What another matter needs to win over an emergency that is past or supposed."""
_SEALING_SHARE = 0.02
"""What a discipline report needs when the words accuse an official: sealing is the safe side."""
_LEANING_SHARE = 0.06
"""What it needs when the words name an official and a gain only."""
_PAYLOAD_PROOF = 3.0
"""Points that the word lists must see in code-like text to believe in a matter behind it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the county's catalogue says of its matters."""

    matters: frozenset[str]
    emergencies: frozenset[str]
    """Matters that are urgent by themselves."""
    destinations: Mapping[str, str]
    """Matter -> the kind of unit that its tickets go to."""
    places: frozenset[str] = frozenset()
    """Names of the county's townships and villages, without 镇 and 村."""
    became: Mapping[str, str] = field(default_factory=dict)
    """Matters that were renamed or merged -> the one that each became."""

    @property
    def labels(self) -> frozenset[str]:
        """Everything that a message can be taken for: matters and kinds."""
        return self.matters | KINDS


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is being settled, and by which rule."""

    kind: str
    matter: str | None
    confidence: float
    rule: str


class Interpreter:
    """Reads one message in the light of a ranking; keywords where there is none."""

    def __init__(
        self,
        keywords: KeywordClassifier,
        vocabulary: Vocabulary,
        thresholds: Thresholds | None = None,
    ) -> None:
        """Without `thresholds` the county's default decides what goes without a human."""
        self._thresholds = thresholds
        self._keywords = keywords
        self._vocabulary = vocabulary
        self._labels = vocabulary.labels
        self._matters = vocabulary.matters
        self._emergencies = vocabulary.emergencies
        self._destinations = vocabulary.destinations

    def interpret(
        self, text: str, parse: Parse | None, *, model: str = KEYWORDS, latency_ms: float = 0.0
    ) -> Understanding:
        """Kind, matter and signals; without a `parse` by the word lists and marked degraded."""
        said, evidence, said_type = self._ranked(text, parse)
        # Of labels that are no more only their share is left: it speaks for no kind of message.
        found, lost = present_ranking(said, self._vocabulary.became, self._labels)
        ranking = list(found)
        first_rule = "keywords" if parse is None else "model"
        proposed, rule = self._without_payload(text, ranking, first_rule)
        danger = self._danger(text, proposed, parse, lost)
        if not danger.urgent:
            proposed, rule = self._by_wording(text, proposed, rule)
        verdict = self._decide(proposed, rule, lost)
        if verdict.kind == "appeal":
            verdict = self._settled(text, proposed, danger, verdict)
        counted = verdict.kind not in _WITHOUT_MATTERS
        secrecy = self._secrecy(text, parse) if counted else None
        return Understanding(
            kind=verdict.kind,
            matter=verdict.matter,
            confidence=verdict.confidence,
            ranking=tuple(proposed[:3]),
            appeal_type=self._appeal_type(verdict, said_type),
            urgent=danger.urgent and counted,
            confidential=secrecy is not None or verdict.matter == DISCIPLINE,
            n_matters=int(counted),
            evidence=(
                *evidence,
                *(f"紧急：{word}" for word in danger.words if counted),
                *((f"保密：{secrecy}",) if secrecy else ()),
            ),
            model=model if parse is not None else KEYWORDS,
            degraded=parse is None,
            latency_ms=latency_ms,
            margin=_margin(ranking),
            rule=verdict.rule,
            destination_confidence=self._destined(verdict, proposed),
            threshold=self._needed(verdict, parse),
        )

    def _ranked(
        self, text: str, parse: Parse | None
    ) -> tuple[list[Guess], tuple[str, ...], str | None]:
        if parse is not None:
            kind = parse.appeal_type.label if parse.appeal_type else appeal_type_of(text)
            return list(parse.ranking), parse.evidence, kind
        verdict = self._keywords.classify(text)
        return list(verdict.ranking), verdict.words, appeal_type_of(text)

    def _without_payload(
        self, text: str, ranking: list[Guess], rule: str
    ) -> tuple[list[Guess], str]:
        """Code-like text is out of scope unless known words of a matter or danger stand in it."""
        seen = max(self._keywords.matter_points(text).values(), default=0.0)
        is_payload = looks_like_payload(text) and seen < _PAYLOAD_PROOF and not urgency(text).urgent
        if is_payload or is_bare_number(text):
            return [Guess("out_of_scope", 1.0)], "payload"
        return ranking, rule

    def _danger(
        self, text: str, ranking: Sequence[Guess], parse: Parse | None, lost: float
    ) -> Urgency:
        """Words and model together: either may raise the alarm."""
        of_emergencies = sum(g.confidence for g in ranking if g.label in self._emergencies)
        everything = sum(guess.confidence for guess in ranking) + lost
        by_model = 0 < _EMERGENCY_SHARE * everything <= of_emergencies
        if parse is not None and parse.urgent >= _URGENT_SHARE:
            by_model = True
        found = urgency(text, emergency=by_model)
        if found.urgent and parse is not None and parse.urgent_evidence:
            more = (word for word in parse.urgent_evidence if word not in found.words)
            return Urgency(True, (*found.words, *more))
        return found

    def _secrecy(self, text: str, parse: Parse | None) -> str | None:
        """The words that ask for it; or the model's verdict where no word is known."""
        asked = asks_for_secrecy(text)
        if asked is not None or parse is None or speaks_of_secrecy_only(text):
            return asked
        return "识别模型判断" if parse.confidential >= _CONFIDENTIAL_SHARE else None

    def _by_wording(self, text: str, ranking: list[Guess], rule: str) -> tuple[list[Guess], str]:
        """A chase-up, or a question about free services, names its matter and is none."""
        best = ranking[0] if ranking else None
        if best is None or best.label not in self._matters:
            return ranking, rule
        kind = kind_by_wording(text)
        of_matters = sum(guess.confidence for guess in ranking if guess.label in self._matters)
        if kind is None:
            return ranking, rule
        return [Guess(kind, of_matters), *ranking], "wording"

    def _decide(self, ranking: Sequence[Guess], rule: str, lost: float) -> _Verdict:
        """A message is an appeal when all matters together outweigh every other kind.

        So do matters that the county has no more: a human will say where such a message goes.
        """
        matters = [guess for guess in ranking if guess.label in self._matters]
        kinds = [guess for guess in ranking if guess.label not in self._matters]
        of_matters = sum(guess.confidence for guess in matters) + lost
        if not kinds or ((matters or lost) and of_matters > kinds[0].confidence):
            best = matters[0] if matters else None
            matter, sure = (best.label, best.confidence) if best else (None, 0.0)
            return _Verdict("appeal", matter, sure, rule)
        kind = kinds[0]
        if kind.label == "benefit_question" and matters and of_matters > 0:
            fair = matters[0].confidence / of_matters >= _FAIR_SHARE
            matter = matters[0].label if fair else None
            return _Verdict(kind.label, matter, kind.confidence, rule)
        return _Verdict(kind.label, None, kind.confidence, rule)

    def _settled(
        self, text: str, ranking: Sequence[Guess], danger: Urgency, verdict: _Verdict
    ) -> _Verdict:
        """The matter in the light of the words: sealed, in danger, or in no danger now."""
        rivals = {guess.label: guess.confidence for guess in ranking}
        leaning = rivals.get(DISCIPLINE, 0.0)
        accused = (leaning >= _SEALING_SHARE and accuses_official(text)) or (
            leaning >= _LEANING_SHARE and may_accuse_official(text)
        )
        if verdict.matter != DISCIPLINE and accused:
            return _Verdict("appeal", DISCIPLINE, leaning, "accusation")
        matter = verdict.matter
        if matter is None or danger.urgent == (matter in self._emergencies):
            return verdict
        wanted = self._emergencies if danger.urgent else self._matters - self._emergencies
        fair = _RAISING_SHARE if danger.urgent else _CALMING_SHARE
        for guess in ranking:
            if guess.label in wanted and guess.confidence >= fair:
                rule = "danger" if danger.urgent else "no_danger_now"
                return _Verdict("appeal", guess.label, guess.confidence, rule)
        return verdict

    def _needed(self, verdict: _Verdict, parse: Parse | None) -> float | None:
        """What the destination's certainty must reach; word lists have no calibrated certainty."""
        if parse is None or verdict.matter is None or self._thresholds is None:
            return None
        return self._thresholds.of(verdict.matter)

    def _destined(self, verdict: _Verdict, ranking: Sequence[Guess]) -> float | None:
        """How certain the unit is, whichever of its matters it may be."""
        to = self._destinations.get(verdict.matter or "")
        if to is None or verdict.kind != "appeal":
            return None
        matters = [guess for guess in ranking if guess.label in self._matters]
        there = sum(g.confidence for g in matters if self._destinations.get(g.label) == to)
        return min(1.0, max(there, verdict.confidence))

    def _appeal_type(self, verdict: _Verdict, said: str | None) -> str | None:
        if verdict.kind == "benefit_question":
            return "consult"
        if verdict.kind != "appeal" or verdict.matter is None:
            return None
        return "report" if verdict.matter == DISCIPLINE else said

    def top_by_words(self, text: str) -> str | None:
        """The matter that most known words speak for; None where no word is known."""
        points = self._keywords.matter_points(text)
        return max(points, key=lambda label: (points[label], label), default=None)


def _margin(ranking: Sequence[Guess]) -> float:
    if not ranking:
        return 0.0
    second = ranking[1].confidence if len(ranking) > 1 else 0.0
    return ranking[0].confidence - second


def county_vocabulary(county: County, became: Mapping[str, str] | None = None) -> Vocabulary:
    """Of a county as it is now; `became` names what its matters were called before."""
    catalogue = [
        {
            "matter": row.matter,
            "urgency": row.urgency,
            "lead_unit": row.lead_unit,
            "group": row.group,
            "min_level": row.min_level,
        }
        for row in county.catalogue.by_matter.values()
    ]
    divisions = [
        {"level": each.level, "short_name": each.short_name}
        for each in county.tree.by_code.values()
        if each.is_present
    ]
    return replace(vocabulary_of(catalogue, divisions), became=dict(became or {}))


def vocabulary_of(
    catalogue: Collection[Mapping[str, str]], divisions: Collection[Mapping[str, str]] = ()
) -> Vocabulary:
    """From the rows of a dispatch catalogue and of the list of divisions."""
    return Vocabulary(
        frozenset(row["matter"] for row in catalogue),
        frozenset(row["matter"] for row in catalogue if row["urgency"] == "urgent"),
        {
            row["matter"]: row["lead_unit"] if row["min_level"] == "county" else row["group"]
            for row in catalogue
        },
        frozenset(
            row["short_name"].removesuffix("村").removesuffix("镇").removesuffix("乡")
            for row in divisions
            if row["level"] in ("township", "village") and len(row["short_name"]) > 1
        ),
    )
