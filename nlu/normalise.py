"""The one plain form in which classifiers read a message.

Training, the Rasa server and the keyword classifier share it, so a word learnt once is found
however it was typed. Python standard library only and valid on Python 3.10: the Rasa environment
imports it too.
"""

from __future__ import annotations

import re
import unicodedata

from nlu.simplified import SIMPLIFIED

_PUNCTUATION = str.maketrans("。、“”‘’「」『』《》【】—～·•", '.,""\'\'""""""""-~..')
_NUMBER = re.compile(r"\d+")
_BLANK = re.compile(r"\s+")
_REPEATED_SIGN = re.compile(r"([^\w\s])\1+")
_REPEATED_LETTER = re.compile(r"(\w)\1{3,}")


def simplified(text: str) -> str:
    """Full-width forms narrowed, traditional characters simplified, invisible ones dropped."""
    narrow = unicodedata.normalize("NFKC", text).translate(SIMPLIFIED)
    return "".join(
        " " if char in "\r\n\t" else char
        for char in narrow
        if char in "\r\n\t" or not unicodedata.category(char).startswith("C")
    )


def normalise(text: str) -> str:
    """Lower case, one blank, one sign where many stood, every number a 0."""
    plain = simplified(text).lower().translate(_PUNCTUATION)
    plain = _NUMBER.sub("0", plain)
    plain = _REPEATED_SIGN.sub(r"\1", plain)
    plain = _REPEATED_LETTER.sub(r"\1\1\1", plain)
    return _BLANK.sub(" ", plain).strip()
