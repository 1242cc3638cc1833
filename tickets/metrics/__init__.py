"""The figures of a county (domain.md §7), computed from the histories of its tickets alone.

A history is folded into `Facts`; a metric looks at the facts of each ticket and says whether it
counts, does not, or is none of its business. So every number opens the list of its tickets.
"""

from tickets.metrics.definitions import DEFINITIONS, GENERAL, Definition, Kind, definition
from tickets.metrics.facts import Facts, History, facts_of
from tickets.metrics.metric import Metric, metrics
from tickets.metrics.owners import NAME_OWNER, owners
from tickets.metrics.repeats import WINDOW, Arrival, repeated
from tickets.metrics.samples import SMALL_SAMPLE, wilson
from tickets.metrics.spans import Span, spans

__all__ = [
    "DEFINITIONS",
    "GENERAL",
    "NAME_OWNER",
    "SMALL_SAMPLE",
    "WINDOW",
    "Arrival",
    "Definition",
    "Facts",
    "History",
    "Kind",
    "Metric",
    "Span",
    "definition",
    "facts_of",
    "metrics",
    "owners",
    "repeated",
    "spans",
    "wilson",
]
