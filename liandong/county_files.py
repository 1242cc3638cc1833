"""The shipped sample county as rows, and the words of domain.md."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import yaml

from liandong.settings import ROOT
from routing.county import County
from routing.county_tables import OPTIONAL, TABLES
from routing.problems import CountyDataError
from services.wording import DomainWording, WordingError, read_responses

Sheets = dict[str, list[dict[str, str]]]

SAMPLE_COUNTY = ROOT / "data" / "sample_county"
"""The county that is shipped: real divisions, invented people."""


def read_sheets(folder: Path) -> Sheets:
    """`<folder>/<sheet>.csv` for every sheet of a county; `areas.geojson` if there is one.

    A sheet that a county may not have is empty without its file.
    """
    sheets: Sheets = {}
    for sheet in TABLES:
        path = folder / f"{sheet}.csv"
        if sheet in OPTIONAL and not path.exists():
            sheets[sheet] = []
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheets[sheet] = list(csv.DictReader(file))
    if (areas := folder / "areas.geojson").exists():
        sheets["areas"] = _areas(areas, sheets)
    return sheets


def _areas(file: Path, sheets: Sheets) -> list[dict[str, str]]:
    """The rows of a file of areas. Raises `CountyDataError`."""
    # Imported here: a county without areas needs no geometry.
    from routing.area_features import read
    from routing.areas import area_rows

    known = {row["code"] for table in ("divisions", "grids") for row in sheets[table]}
    features, problems = read(json.loads(file.read_text(encoding="utf-8-sig")), known)
    if problems:
        raise CountyDataError(problems)
    return list(area_rows(features))


def read_wording(domain_file: Path, county: County) -> DomainWording:
    """The sentences of `domain.yml`, with the county's name filled in."""
    try:
        domain = yaml.safe_load(domain_file.read_text(encoding="utf-8"))
        responses = domain["responses"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as exc:
        raise WordingError(f"{domain_file.name} 读不出来: {exc}") from exc
    return DomainWording(read_responses(responses), {"county": county.name})
