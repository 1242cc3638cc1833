"""Errors of this package, one for each reaction that a caller can have."""

from __future__ import annotations

from routing.errors import LiandongError


class ClassifierUnavailable(LiandongError):
    """The Rasa server did not give a usable answer; the keyword classifier takes over."""


class TrainingFailed(LiandongError):
    """Rasa could not train the model; its own words are in the training log."""


class BadTrainingData(LiandongError):
    """The labelled sentences hold mistakes; each is named with its file and line."""


class TrainingStopped(LiandongError):
    """The training was ended because somebody asked for it."""


class BadThresholds(LiandongError):
    """门槛文件写错了。"""
