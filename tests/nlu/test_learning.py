"""What is learnt from a few sentences more is the same, apart from what they say."""

from __future__ import annotations

import json
import subprocess

import numpy as np

from nlu.components.ridge import folds_of
from nlu.rasa_env import rasa_environment, rasa_python
from tests.nlu.project import ROOT

_FOLDS = 5
_SCRIPT = """
import json
import numpy as np
from scipy.sparse import csr_matrix, random as sparse
from nlu.components.ridge import Plane, importance_of
from nlu.components.softmax import fit_softmax

draw = np.random.RandomState(1)
rows, width, labels = 1200, 900, 40
x = sparse(rows, width, 0.02, random_state=draw, format="csr", dtype=np.float32)
x = csr_matrix(x.multiply(np.logspace(0, -1.5, width)[None]), dtype=np.float32)
target = draw.randint(0, labels, rows)
elsewhere = Plane(draw.normal(0, 0.5, (width, labels)), np.zeros(labels))

def shares(start):
    plane = fit_softmax(x, target, labels, importance_of(target, 0.5), 0.03, start)
    grown = np.exp(x @ plane.weights + plane.bias)
    return grown / grown.sum(axis=1, keepdims=True)

one, other = shares(None), shares(elsewhere)
best = int((one.argmax(axis=1) != other.argmax(axis=1)).sum())
print(json.dumps([float(np.abs(one - other).max()), best]))
"""


def test_softmax__ends_at_the_same_answers_wherever_it_began() -> None:
    """Stopped half way (45 steps) they are 0.24 apart, and three rows get another label."""
    done = subprocess.run(
        [str(rasa_python(ROOT)), "-c", _SCRIPT],
        cwd=ROOT,
        env=rasa_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    apart, otherwise = json.loads(done.stdout)
    assert apart < 0.1
    assert otherwise == 0


def _rows() -> tuple[np.ndarray, np.ndarray]:
    """Forty strata of seventeen rows each, and their keys."""
    strata = np.repeat(np.arange(40), 17)
    return strata, np.random.RandomState(3).permutation(len(strata) * 1_000)[: len(strata)]


def test_folds__every_stratum_is_spread_evenly() -> None:
    strata, keys = _rows()
    fold = folds_of(strata, keys, _FOLDS)
    for stratum in range(40):
        sizes = np.bincount(fold[strata == stratum], minlength=_FOLDS)
        assert set(sizes) == {3, 4}
    assert np.bincount(fold).max() - np.bincount(fold).min() < 20


def test_folds__a_row_more_moves_none_of_another_stratum() -> None:
    strata, keys = _rows()
    before = folds_of(strata, keys, _FOLDS)
    added = folds_of(np.append(strata, [7, 99]), np.append(keys, [-1, -2]), _FOLDS)
    others = strata != 7
    assert (added[: len(strata)][others] == before[others]).all()


def test_folds__do_not_depend_on_the_order_of_the_rows() -> None:
    strata, keys = _rows()
    turned = folds_of(strata[::-1], keys[::-1], _FOLDS)
    assert (turned[::-1] == folds_of(strata, keys, _FOLDS)).all()
