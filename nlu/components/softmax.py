"""Two further linear decisions for the mixture: logistic regression, and naive Bayes.

Ridge regression draws the sharpest borders where texts are long, logistic regression and naive
Bayes know better how sure they are where texts are short. All are linear, so is their mixture.
"""

from __future__ import annotations

from typing import Any, Optional, Tuple

import numpy as np

from nlu.components.ridge import Plane

_MOST_STEPS = 400
_SETTLED = 1e-5
"""A step that lowers the loss by a smaller share of it is the last."""
_ALPHA = 0.05


def fit_softmax(
    x: Any,
    target: np.ndarray,
    labels: int,
    importance: np.ndarray,
    decay: float,
    start: Optional[Plane] = None,
) -> Plane:
    """Multinomial logistic regression with `decay` on the squared weights.

    Goes on until nothing changes any more: where it stopped half way, thirty new examples moved
    it elsewhere, and a hundred answers that they had nothing to do with became others. `start`
    is a plane that is near already, and saves steps.
    """
    from scipy.optimize import minimize

    width, back = x.shape[1], x.T.tocsr()
    wanted = np.eye(labels, dtype=np.float32)[target]
    weight = importance.astype(np.float32)[:, None]

    def loss_and_slope(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        plane = flat[: width * labels].reshape(width, labels).astype(np.float32)
        scores = x @ plane + flat[width * labels :].astype(np.float32)
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        total = shares.sum(axis=1, keepdims=True)
        surprise = np.log(total) - (wanted * scores).sum(axis=1, keepdims=True)
        off = weight * (shares / total - wanted)
        slope = np.concatenate([(back @ off + decay * plane).ravel(), off.sum(axis=0)])
        loss = float((weight * surprise).sum()) + 0.5 * decay * float((plane * plane).sum())
        return loss, slope.astype(np.float64)

    begin = start or Plane(np.zeros((width, labels)), np.zeros(labels))
    found = minimize(
        loss_and_slope,
        np.concatenate([begin.weights.ravel(), begin.bias]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _MOST_STEPS, "maxcor": 6, "ftol": _SETTLED},
    ).x
    return Plane(found[: width * labels].reshape(width, labels), found[width * labels :])


def fit_bayes(x: Any, target: np.ndarray, labels: int) -> Plane:
    """Multinomial naive Bayes; no label is likelier than another before the text is read."""
    sums = np.asarray(x.T @ np.eye(labels)[target]) + _ALPHA
    return Plane(np.log(sums / sums.sum(axis=0)), np.zeros(labels))
