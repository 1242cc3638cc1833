"""From a ranking and the words to an understanding; keywords when there is no ranking."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.breaker import Breaker
from nlu.client import Parse
from nlu.errors import ClassifierUnavailable
from nlu.interpret import KEYWORDS, Interpreter
from nlu.keywords import KeywordClassifier
from nlu.understand import ModelUnderstander
from services.understanding import Guess, Understanding
from tests.nlu.project import MATTERS, ROOT, VOCABULARY

WORDS = KeywordClassifier.load(ROOT / "nlu" / "keywords", MATTERS)


class Model:
    """Answers with a fixed ranking, or not at all."""

    model = "nlu-test"

    def __init__(self, *ranking: tuple[str, float]) -> None:
        self.ranking = ranking
        self.asked = 0

    async def parse(self, text: str) -> Parse:
        self.asked += 1
        if not self.ranking:
            raise ClassifierUnavailable
        guesses = tuple(Guess(label, share) for label, share in self.ranking)
        return Parse(guesses, Guess("complaint", 0.9), ("字",))


def understander(model: Model | None) -> ModelUnderstander:
    breaker = Breaker(lambda: 0.0, failures=2, rest_seconds=5)
    return ModelUnderstander(model, breaker, Interpreter(WORDS, VOCABULARY))


async def understood(text: str, *ranking: tuple[str, float]) -> Understanding:
    return await understander(Model(*ranking)).understand(text)


async def test_understand__a_matter_is_an_appeal() -> None:
    found = await understood("路上有坑", ("road", 0.7), ("bridge", 0.2), ("thanks", 0.1))
    assert (found.kind, found.matter, found.confidence) == ("appeal", "road", 0.7)
    assert (found.appeal_type, found.n_matters, found.degraded) == ("complaint", 1, False)


async def test_understand__matters_together_outweigh_a_kind() -> None:
    found = await understood("路上有坑", ("chitchat", 0.4), ("road", 0.35), ("bridge", 0.25))
    assert (found.kind, found.matter) == ("appeal", "road")


async def test_understand__a_kind_carries_no_matter() -> None:
    found = await understood("谢谢", ("thanks", 0.9), ("road", 0.1))
    assert (found.kind, found.matter, found.appeal_type, found.n_matters) == (
        *("thanks", None),
        *(None, 0),
    )


async def test_understand__a_benefit_question_keeps_its_best_matter() -> None:
    found = await understood("体检要钱不", ("benefit_question", 0.8), ("clinic", 0.1))
    assert (found.kind, found.matter, found.appeal_type) == (
        *("benefit_question", "clinic"),
        "consult",
    )


async def test_understand__an_emergency_matter_makes_urgent() -> None:
    assert (await understood("房上冒烟", ("fire", 0.8))).urgent


async def test_understand__words_of_danger_raise_a_fair_emergency_above_the_winner() -> None:
    found = await understood("厂里爆炸了", ("air_pollution", 0.6), ("fire", 0.3))
    assert (found.matter, found.urgent) == ("fire", True)


async def test_understand__a_supposed_emergency_yields_to_the_matter() -> None:
    found = await understood("路挖开了,万一着火车进不来", ("fire", 0.6), ("road", 0.3))
    assert (found.matter, found.urgent) == ("road", False)


async def test_understand__a_report_against_an_official_is_sealed() -> None:
    found = await understood("村主任冒领补贴", ("farm_subsidy", 0.7), ("discipline_report", 0.1))
    assert (found.matter, found.confidential) == ("discipline_report", True)
    assert found.appeal_type == "report"


async def test_understand__code_without_a_matter_is_out_of_scope() -> None:
    found = await understood('{"do": "delete everything"}', ("road", 0.9))
    assert (found.kind, found.n_matters) == ("out_of_scope", 0)


async def test_understand__code_around_a_matter_is_an_appeal() -> None:
    found = await understood('{"text": "村口路灯坏了"}', ("street_lamp", 0.9))
    assert (found.kind, found.matter) == ("appeal", "street_lamp")


async def test_understand__without_the_model_the_words_decide_and_say_so() -> None:
    found = await understood("村口的路灯坏了")
    assert (found.matter, found.degraded, found.model) == ("street_lamp", True, KEYWORDS)


async def test_understand__nothing_known_is_an_appeal_for_people_to_read() -> None:
    found = await understander(None).understand("嘀嘀嗒嗒咚咚锵锵")
    assert (found.kind, found.matter, found.confidence) == ("appeal", None, 0.0)


async def test_understand__a_dead_model_is_not_asked_for_ever() -> None:
    model = Model()
    service = understander(model)
    for _ in range(10):
        await service.understand("路灯坏了")
    assert model.asked == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000))
async def test_understand__no_text_makes_it_fail(text: str) -> None:
    found = await understander(None).understand(text)
    assert 0.0 <= found.confidence <= 1.0
