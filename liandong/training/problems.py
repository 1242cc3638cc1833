"""Why a training came to nothing, in a sentence that somebody can act on."""

from __future__ import annotations

import errno

from nlu.errors import BadTrainingData, TrainingFailed
from routing.errors import LiandongError

DISK_FULL = "磁盘满了，没有训练成。请腾出一些空间再训练；现用的模型照常工作。"
KILLED_TOO_OFTEN = (
    "训练进程一再中途断掉（多半是内存不够），不再重试。请腾出内存再训练；现用的模型照常工作。"
)
CANNOT_START = "训练进程起不来，看看日志里的原因；现用的模型照常工作。"
_FULL_WORDS = ("No space left on device", "File too large", "Disk quota exceeded", "disk is full")
_FULL_NUMBERS = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


def problem_of(exc: BaseException) -> str:
    """What to tell of an exception."""
    if is_disk_full(exc):
        return DISK_FULL
    if isinstance(exc, BadTrainingData):
        return str(exc)
    if isinstance(exc, TrainingFailed):
        lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
        return f"没有训练成：{lines[-1] if lines else '训练进程中途断了'}。详见日志。"
    if isinstance(exc, LiandongError):
        return str(exc)
    return f"没有训练成，出了意外（{type(exc).__name__}）。详见日志。"


def is_disk_full(exc: BaseException | None) -> bool:
    """Whether it, or what caused it, says that nothing more can be written."""
    while exc is not None:
        if isinstance(exc, OSError) and exc.errno in _FULL_NUMBERS:
            return True
        if isinstance(exc, TrainingFailed) and any(word in str(exc) for word in _FULL_WORDS):
            return True
        exc = exc.__cause__ or exc.__context__
    return False
