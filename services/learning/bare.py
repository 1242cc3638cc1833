"""What counts as the same sentence: its letters and digits, whatever stands between them. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from services.privacy.placeholders import learnt

_SIGNS = re.compile(r"[\W_]+")
EXAM_SHARE = 5
"""Every fifth real sentence is kept for the exam."""


def bare_digest(masked: str) -> str:
    """The digest of a masked sentence as an example would say it: names and numbers in it make no
    other sentence of it."""
    return hashlib.sha256(plain_letters(learnt(masked)).encode()).hexdigest()[:32]


def plain_letters(text: str) -> str:
    """Letters and digits only, in plain forms."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())


def is_for_exam(digest: str) -> bool:
    """Whether a sentence examines instead of teaching: by the sentence alone, for ever the same,
    so that it never does both."""
    return int(digest[:8], 16) % EXAM_SHARE == 0
