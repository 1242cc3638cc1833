"""What a model reads where personal data were."""

from __future__ import annotations

from nlu.dataset_checks import bare
from nlu.normalise import normalise
from services.privacy import Masker, Placeholder, learnt


def test_learnt__no_placeholder_is_left() -> None:
    assert not [each for each in Placeholder if "〔" in learnt(f"停水{each}了")]


def test_learnt__a_number_reads_like_any_other_to_the_model() -> None:
    raw = "路灯坏了，打13800000012"
    assert normalise(learnt(Masker().mask(raw))) == normalise(raw)


def test_learnt__a_ticket_number_and_a_plate_keep_their_shape() -> None:
    for raw in ("催一下LD-20261123-0001-0", "晋L12345堵路"):
        assert normalise(learnt(Masker().mask(raw))) == normalise(raw)


def test_learnt__masked_again_it_is_the_same_example(masker: Masker) -> None:
    once = learnt(masker.mask("我叫张小明，电话13800000012，家在三号楼二单元"))
    assert bare(learnt(masker.mask(once))) == bare(once)
