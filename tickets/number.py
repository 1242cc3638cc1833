"""Ticket numbers that can be read out on the phone: `LD-20261123-0042-6`.

Date, sequence of the day, and a check digit (Damm), which catches every single wrong digit and
every pair of neighbouring digits said in the wrong order.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum import damm

_GAP = r"[-—–_\s]*"
_LENGTHS = range(4, 8)
"""Digits of a sequence number; four until a day has more than 9,999 tickets."""
_FORMS = tuple(
    re.compile(rf"LD{_GAP}(\d{{8}}){_GAP}(\d{{{length}}}){_GAP}(\d)(?!\d)", re.IGNORECASE)
    for length in _LENGTHS
)


def make(day: date, sequence: int) -> str:
    """The number of the `sequence`th ticket (from 1) of a local day."""
    digits = f"{day:%Y%m%d}{sequence:04d}"
    return f"LD-{digits[:8]}-{digits[8:]}-{damm.calc_check_digit(digits)}"


def find(text: str) -> tuple[str, ...]:
    """All well-formed numbers in a text, however they are spaced, in order of appearance.

    Full-width digits are understood; a number whose check digit is wrong is left out.
    """
    found: dict[int, str] = {}
    for form in _FORMS:
        for match in form.finditer(unicodedata.normalize("NFKC", text)):
            day, sequence, check = match.groups()
            if damm.is_valid(day + sequence + check):
                found[match.start()] = f"LD-{day}-{sequence}-{check}"
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def mentions_broken(text: str) -> bool:
    """True when a text holds something like a number, but no valid one."""
    plain = unicodedata.normalize("NFKC", text)
    return any(form.search(plain) for form in _FORMS) and not find(text)
