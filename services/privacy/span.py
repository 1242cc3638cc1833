"""A piece of a text that has to go, and the union of what several rules found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.privacy.placeholders import Placeholder


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to `end`."""

    start: int
    end: int
    kind: Placeholder


def united(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap become one, of the kind of the longest; in order, none empty."""
    found: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        length = span.end - span.start
        if length <= 0:
            continue
        if found and span.start < found[-1].end:
            last = found[-1]
            kind = span.kind if length > longest else last.kind
            longest = max(longest, length)
            found[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            found.append(span)
            longest = length
    return found
