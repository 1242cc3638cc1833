"""Ticket numbers that can be read out on the phone: `LD-20261123-0042-6`.

Date, sequence of the day, and a check digit (Damm), which catches every single wrong digit and
every pair of neighbouring digits said in the wrong order.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum import damm

_NUMBER = re.compile(r"LD[-—–_\s]*(\d{8})[-—–_\s]*(\d{4,7}?)[-—–_\s]*(\d)(?!\d)", re.IGNORECASE)


def make(day: date, sequence: int) -> str:
    """The number of the `sequence`th ticket (from 1) of a local day."""
    digits = f"{day:%Y%m%d}{sequence:04d}"
    return f"LD-{digits[:8]}-{digits[8:]}-{damm.calc_check_digit(digits)}"


def find(text: str) -> tuple[str, ...]:
    """All well-formed numbers in a text, however they are spaced, in order of appearance.

    Full-width digits are understood; a number whose check digit is wrong is left out.
    """
    found: list[str] = []
    for day, sequence, check in _NUMBER.findall(unicodedata.normalize("NFKC", text)):
        if damm.is_valid(day + sequence + check):
            found.append(f"LD-{day}-{sequence}-{check}")
    return tuple(dict.fromkeys(found))


def mentions_broken(text: str) -> bool:
    """True when a text holds something like a number, but no valid one."""
    return bool(_NUMBER.search(unicodedata.normalize("NFKC", text))) and not find(text)
