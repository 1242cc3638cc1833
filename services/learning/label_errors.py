"""Why a label is refused; each class is one thing that a person can do about it."""

from __future__ import annotations

from routing.errors import LiandongError


class AlreadyLabelled(LiandongError):
    """这条已经有人标过了，请看下一条。"""


class NoSuchItem(LiandongError):
    """没有这一条，可能已经处理过了。"""


class UnknownIntent(LiandongError):
    """没有这个事项，或者它已经删掉、并到别的事项里了，请另选一个。"""


class NothingSaid(LiandongError):
    """请先选一个事项。"""


class OwnLabel(LiandongError):
    """自己标的要请另一个人复核。"""


class AlreadyReviewed(LiandongError):
    """这条标注已经有人复核过了。"""


class Contradiction(LiandongError):
    """同一句话已经有别的标注，请先定下哪一个对。"""


class NothingToUndo(LiandongError):
    """没有可以撤回的标注：最近一条已经有人复核，或者还没有标过。"""


class NotAnExample(LiandongError):
    """这句话太长，或者以 / 开头，不能当例句，请退回不用。"""
