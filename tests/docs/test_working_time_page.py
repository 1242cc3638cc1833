"""The example on the page of working time is what the code answers."""

from __future__ import annotations

import re
from datetime import datetime

from tests.docs.pages import DOCS, table
from tickets.workdays import NOTICED_YEARS, Workdays
from tickets.working_time import COUNTY_ZONE, OfficeHours

PAGE = (DOCS / "explanation" / "working-time.md").read_text(encoding="utf-8")
HOURS = OfficeHours(is_workday=Workdays())


def test_example__is_what_the_code_answers() -> None:
    found = re.search("<!-- checked: working time -->\n(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert found
    rows = table(found[1])
    assert len(rows) >= 10
    for written, limit, due, *_ in rows:
        start = datetime.fromisoformat(written).replace(tzinfo=COUNTY_ZONE)
        count, unit = limit.split()
        minutes = int(count) * (HOURS.minutes_per_day if unit.startswith("day") else 60)
        assert f"{HOURS.add(start, minutes):%Y-%m-%d %H:%M}" == due, written


def test_page__names_the_years_that_are_known() -> None:
    assert f"{min(NOTICED_YEARS)} to {max(NOTICED_YEARS)}, from the package" in PAGE
