"""Each metric of domain.md §7 as a query that a person would write: over tickets, events and
deadlines, without the code of `tickets.metrics` and without the changes that it reads.

A query gives a row for each ticket of the denominator: its number, and 1 or 0 (minutes for times).
SECONDS, LEAST and GREATEST are spelt by each database in its own way; `office_open` holds the
opening hours, a row for each.
"""

from __future__ import annotations

import re

from sqlalchemy import Dialect

COUNTED = """
counted AS (
    SELECT * FROM tickets
    WHERE excluded <> 'done' AND state <> 'shelved' AND coalesce("group", '') <> 'discipline'
),
clocks AS (
    SELECT d.*, CASE
        WHEN d.due_at IS NULL THEN 0
        WHEN d.ended_at IS NULL AND d.due_at < :now THEN 1
        WHEN d.ended_at > d.due_at THEN 1
        WHEN d.ended_at = d.due_at AND d.ended_by IN ('escalated', 'reminded') THEN 1
        ELSE 0 END AS late
    FROM deadlines d
)
"""


def _happened(name: str) -> str:
    return f"EXISTS (SELECT 1 FROM ticket_events e WHERE e.ticket = t.number AND e.name = '{name}')"


def _ever(name: str, among: str) -> str:
    """Tickets with one event, among those with another."""
    return f"""
        WITH {COUNTED}
        SELECT t.number, CASE WHEN {_happened(name)} THEN 1 ELSE 0 END
        FROM counted t WHERE {among}"""


RESPONSE = f"""
WITH {COUNTED},
answer AS (
    SELECT ticket, min(at) AS at FROM ticket_events
    WHERE name IN ('signed', 'declined') GROUP BY ticket
),
front AS (
    SELECT c.ticket, max(c.late) AS late FROM clocks c LEFT JOIN answer a ON a.ticket = c.ticket
    WHERE c.kind IN ('triage', 'sign', 'rule') AND (a.at IS NULL OR c.set_at < a.at)
    GROUP BY c.ticket
),
contact AS (
    SELECT ticket, max(late) AS late FROM clocks WHERE kind = 'contact' GROUP BY ticket
)
SELECT t.number, CASE
    WHEN f.late = 0 THEN 1
    WHEN c.late = 0 AND t.contacted_at IS NOT NULL THEN 1
    ELSE 0 END
FROM counted t
JOIN front f ON f.ticket = t.number
LEFT JOIN answer a ON a.ticket = t.number
LEFT JOIN contact c ON c.ticket = t.number
WHERE f.late = 1 OR a.ticket IS NOT NULL
"""

SOLVED = f"""
WITH {COUNTED},
word AS (
    SELECT ticket, max(id) AS id FROM ticket_events
    WHERE name IN ('confirmed', 'not_solved') GROUP BY ticket
)
SELECT t.number, CASE WHEN e.name = 'confirmed' THEN 1 ELSE 0 END
FROM counted t JOIN word w ON w.ticket = t.number JOIN ticket_events e ON e.id = w.id
"""

SIGNED_IN_TIME = f"""
WITH {COUNTED},
signs AS (
    SELECT ticket, max(late) AS late,
        max(CASE WHEN ended_by = 'signed' THEN 1 ELSE 0 END) AS signed
    FROM clocks WHERE kind = 'sign' GROUP BY ticket
)
SELECT t.number, 1 - s.late FROM counted t JOIN signs s ON s.ticket = t.number
WHERE s.late = 1 OR s.signed = 1
"""

CLOSED_IN_TIME = f"""
WITH {COUNTED},
limit_set AS (
    SELECT ticket, max(at) AS at FROM ticket_events
    WHERE name IN ('signed', 'extended') GROUP BY ticket
)
SELECT t.number, 1 - max(c.late)
FROM counted t
JOIN limit_set s ON s.ticket = t.number
JOIN clocks c ON c.ticket = t.number AND c.kind = 'close' AND c.set_at >= s.at
GROUP BY t.number, t.resolved_at
HAVING max(c.late) = 1 OR t.resolved_at IS NOT NULL
"""

OVERDUE = f"""
WITH {COUNTED}
SELECT t.number, max(c.late)
FROM counted t JOIN clocks c ON c.ticket = t.number AND c.kind = 'close'
GROUP BY t.number
HAVING max(c.late) = 1 OR {_happened("resolved")}
"""

FIRST_DISPATCH = f"""
WITH {COUNTED},
course AS (
    SELECT e.* FROM ticket_events e WHERE NOT EXISTS (
        SELECT 1 FROM ticket_events r
        WHERE r.ticket = e.ticket AND r.name = 'resolved' AND r.id <= e.id)
),
first AS (
    SELECT c.* FROM course c WHERE c.id = (
        SELECT min(o.id) FROM course o
        WHERE o.ticket = c.ticket AND o.name IN ('dispatched', 'accepted'))
),
signing AS (SELECT ticket, min(id) AS id FROM course WHERE name = 'signed' GROUP BY ticket),
moved AS (
    SELECT c.ticket FROM course c JOIN first f ON f.ticket = c.ticket
    LEFT JOIN signing s ON s.ticket = c.ticket
    WHERE c.name IN ('dispatched', 'accepted', 'reassigned')
        AND c.id > f.id AND (s.id IS NULL OR c.id < s.id) AND c.unit <> f.unit
    UNION
    SELECT c.ticket FROM course c
    WHERE c.name = 'ruled' AND c.unit <> (
        SELECT o.unit FROM course o
        WHERE o.ticket = c.ticket AND o.unit IS NOT NULL
            AND (o.name IN ('received', 'dispatched', 'accepted', 'signed', 'ruled', 'reassigned',
                    'triaged', 'not_solved', 'appealed', 'unmerged', 'moved')
                OR (o.name = 'escalated' AND o.clock IN ('sign', 'triage', 'rule')))
            AND o.id < (SELECT max(r.id) FROM course r
                WHERE r.ticket = c.ticket AND r.name = 'returned' AND r.id < c.id)
        ORDER BY o.id DESC LIMIT 1)
)
SELECT t.number, CASE WHEN m.ticket IS NULL THEN 1 ELSE 0 END
FROM counted t
JOIN first f ON f.ticket = t.number
LEFT JOIN signing s ON s.ticket = t.number
LEFT JOIN moved m ON m.ticket = t.number
WHERE m.ticket IS NOT NULL
    OR (s.ticket IS NOT NULL
        AND (t.state <> 'return_pending' OR {_happened("resolved")}))
"""

REPEATED = f"""
WITH {COUNTED}
SELECT t.number, CASE WHEN t.main IS NOT NULL OR EXISTS (
    SELECT 1 FROM tickets o
    WHERE o.reporter = t.reporter AND o.matter = t.matter AND o.village = t.village
        AND o.created_at < t.created_at
        AND SECONDS(t.created_at) - SECONDS(o.created_at) <= 30 * 86400
) THEN 1 ELSE 0 END FROM counted t
"""

AUTO_DISPATCHED = f"""
WITH {COUNTED},
way_out AS (
    SELECT ticket, min(id) AS id FROM ticket_events
    WHERE name IN ('dispatched', 'accepted', 'signed', 'declined') GROUP BY ticket
)
SELECT t.number, CASE WHEN e.name = 'dispatched' AND NOT EXISTS (
    SELECT 1 FROM ticket_events o
    WHERE o.ticket = t.number AND o.id <= e.id AND o.actor NOT IN ('system', 'resident')
) THEN 1 ELSE 0 END
FROM counted t JOIN way_out w ON w.ticket = t.number JOIN ticket_events e ON e.id = w.id
"""

_RATED = "FROM counted t WHERE t.satisfaction IS NOT NULL"

_WORKED = """CASE WHEN w.urgent THEN SECONDS(w.until) - SECONDS(w.since) ELSE coalesce((
    SELECT sum(LEAST(SECONDS(w.until), SECONDS(o.closes))
             - GREATEST(SECONDS(w.since), SECONDS(o.opens)))
    FROM office_open o WHERE o.opens < w.until AND o.closes > w.since
), 0) END / 60"""
"""The minutes from `since` to `until` of a row `w`."""

SIGN_TIME = f"""
WITH {COUNTED},
w AS (
    SELECT t.number, t.urgent, min(e.at) AS until, coalesce((
        SELECT min(d.at) FROM ticket_events d
        WHERE d.ticket = t.number AND d.name IN ('dispatched', 'accepted')
    ), t.created_at) AS since
    FROM counted t JOIN ticket_events e ON e.ticket = t.number AND e.name = 'signed'
    GROUP BY t.number, t.urgent, t.created_at
)
SELECT w.number, {_WORKED} FROM w
"""

HANDLE_TIME = f"""
WITH {COUNTED},
w AS (
    SELECT t.number, t.urgent, d.set_at AS since, d.ended_at AS until
    FROM counted t JOIN deadlines d ON d.ticket = t.number
    WHERE d.kind IN ('close', 'overdue') AND d.due_at IS NOT NULL AND t.resolved_at IS NOT NULL
)
SELECT number, sum(minutes) FROM (SELECT w.number, {_WORKED} AS minutes FROM w) p GROUP BY number
"""

SHELVED = """
SELECT t.number, 1 FROM tickets t
WHERE t.state = 'shelved' AND t.excluded <> 'done' AND coalesce(t."group", '') <> 'discipline'
"""

SHARES: dict[str, str] = {
    "response_rate": RESPONSE,
    "solve_rate": SOLVED,
    "satisfaction_rate": f"""
        WITH {COUNTED}
        SELECT t.number, CASE WHEN t.satisfaction IN (3, 4, 5) THEN 1 ELSE 0 END {_RATED}""",
    **{
        f"satisfaction_{level}": f"""
        WITH {COUNTED}
        SELECT t.number, CASE WHEN t.satisfaction = {level} THEN 1 ELSE 0 END {_RATED}"""
        for level in (5, 4, 3, 2, 1)
    },
    "sign_in_time_rate": SIGNED_IN_TIME,
    "on_time_close_rate": CLOSED_IN_TIME,
    "rework_rate": _ever("not_solved", among=_happened("resolved")),
    "extension_rate": _ever("extended", among=_happened("signed")),
    "return_rate": _ever(
        "returned",
        among=" OR ".join(_happened(name) for name in ("dispatched", "accepted", "signed")),
    ),
    "first_dispatch_accuracy": FIRST_DISPATCH,
    "repeat_rate": REPEATED,
    "overdue_rate": OVERDUE,
    "escalation_rate": _ever("escalated", among="true"),
    "shelved_count": SHELVED,
    "auto_dispatch_rate": AUTO_DISPATCHED,
}
TIMES: dict[str, str] = {"sign_time": SIGN_TIME, "handle_time": HANDLE_TIME}

RANKED = """
SELECT value, row_number() OVER (ORDER BY value) AS rank, count(*) OVER () AS n
FROM (SELECT minutes AS value FROM measured) v
"""
STATISTICS: dict[str, str] = {
    "mean": "SELECT avg(minutes) FROM measured",
    "median": f"""
        SELECT avg(value) FROM ({RANKED}) r WHERE rank IN ((n + 1) / 2, (n + 2) / 2)""",
    "p90": f"SELECT min(value) FROM ({RANKED}) r WHERE rank * 10 >= n * 9",
}
"""Over a table `measured` with the column `minutes`."""


def spelt(query: str, dialect: Dialect) -> str:
    """The query in the words of one database."""
    if dialect.name == "postgresql":
        return re.sub(r"SECONDS\((.*?)\)", r"extract(epoch FROM \1)", query)
    query = query.replace("LEAST(", "min(").replace("GREATEST(", "max(")
    return re.sub(r"SECONDS\((.*?)\)", r"(julianday(\1) * 86400)", query)
