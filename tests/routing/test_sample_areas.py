"""The map of the sample county: what is public of it."""

from __future__ import annotations

import json

from routing.area_features import read
from routing.areas import AreaFeature, Areas
from routing.county import County
from routing.datum import Gcj02
from tests.routing.conftest import SAMPLE


def sample(county: County) -> tuple[AreaFeature, ...]:
    document = json.loads((SAMPLE / "areas.geojson").read_text(encoding="utf-8"))
    found, problems = read(document, county.tree.by_code)
    assert problems == ()
    return found


def test_sample__has_the_county_boundary_and_seven_centres(county: County) -> None:
    found = sample(county)
    assert all(feature.name and feature.source for feature in found)
    assert [(f.code, f.kind) for f in found if f.kind == "boundary"] == [(county.code, "boundary")]
    without_centre = {t.code for t in county.tree.townships} - {f.code for f in found}
    assert without_centre == {county.tree.named("杜村乡")[0].code}


def test_sample__the_township_that_was_renamed_is_found_by_its_old_code(county: County) -> None:
    found = sample(county)
    here = Areas.of(found, county.tree.by_code).locate(Gcj02(112.40, 36.26))
    assert here.code == county.tree.named("良马乡")[0].code and here.inside_county
