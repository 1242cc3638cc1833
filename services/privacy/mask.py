"""Replaces personal data in a sentence by typed placeholders. Pure; twice is once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from routing.county import County
from services.privacy.accounts import accounts_in
from services.privacy.addresses import addresses_in
from services.privacy.folding import digits, narrow
from services.privacy.names import KNOWN_NAME, KNOWN_NUMBER, Names
from services.privacy.numbers import numbers_in
from services.privacy.placeholders import ANY, Placeholder, squeezed
from services.privacy.span import Span, united

_ROUNDS = 6
"""What was masked tells of its neighbours (a list of names): at most so many times."""
_ANOTHER = "\ue002"
_MARKS = {
    Placeholder.NAME: KNOWN_NAME,
    Placeholder.PHONE: KNOWN_NUMBER,
    Placeholder.IDENTITY: KNOWN_NUMBER,
}


class Masker:
    """Knows the people and the places of one county."""

    def __init__(self, people: Collection[str] = (), places: Collection[str] = ()) -> None:
        """`people`: names that must go wherever they stand; `places`: words that look like names
        and are none (villages, units, matters)."""
        self._names = Names(people, places)

    def mask(self, text: str) -> str:
        """The sentence with 〔姓名〕, 〔电话〕, … in place of what names a person."""
        for _ in range(_ROUNDS):
            masked = self._once(text)
            if masked == text:
                break
            text = masked
        return text

    def _once(self, text: str) -> str:
        marked = ANY.sub(_marks, text)
        plain = narrow(marked)
        parts: list[str] = []
        at = 0
        for span in united(self._spans(plain)):
            parts += (text[at : span.start], span.kind)
            at = span.end
        return squeezed("".join(parts) + text[at:])

    def _spans(self, plain: str) -> Iterator[Span]:
        found = [
            *numbers_in(plain, digits(plain)),
            *accounts_in(plain),
            *addresses_in(plain),
            *self._names.find(plain),
        ]
        return (span for span in found if not _is_masked(plain[span.start : span.end]))


_MARK_SIGNS = frozenset((KNOWN_NAME, KNOWN_NUMBER, _ANOTHER))


def _marks(found: re.Match[str]) -> str:
    """As many signs as the placeholder has, which no rule takes for a word."""
    return _MARKS.get(Placeholder(found.group()), _ANOTHER) * len(found.group())


def _is_masked(piece: str) -> bool:
    return not _MARK_SIGNS.isdisjoint(piece)


def masker_of(county: County) -> Masker:
    """The masker of a county; the same one as long as the county is the same."""
    known = _LAST.get("county")
    if known is None or known[0] is not county:
        known = _LAST["county"] = (county, Masker(_people(county), _places(county)))
    return known[1]


_LAST: dict[str, tuple[County, Masker]] = {}


def _people(county: County) -> set[str]:
    return {cadre.name for cadre in county.org.cadres.values()}


def _places(county: County) -> set[str]:
    divisions = county.tree.by_code.values()
    return {
        *(each.alias for each in county.aliases),
        *(unit.name for unit in county.org.units.values()),
        *(row.name for row in county.catalogue.rows),
        *(
            name
            for each in divisions
            for name in (each.name, each.short_name, each.spoken_name, each.stem)
        ),
    }
