"""The shipped sample county as rows, and the words of domain.md."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from routing.county import County
from routing.county_tables import TABLES
from services.wording import DomainWording, WordingError, read_responses

Sheets = dict[str, list[dict[str, str]]]


def read_sheets(folder: Path) -> Sheets:
    """`<folder>/<sheet>.csv` for every sheet of a county."""
    sheets: Sheets = {}
    for sheet in TABLES:
        with (folder / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
            sheets[sheet] = list(csv.DictReader(file))
    return sheets


def read_wording(domain_file: Path, county: County) -> DomainWording:
    """The sentences of `domain.yml`, with the county's name filled in."""
    try:
        domain = yaml.safe_load(domain_file.read_text(encoding="utf-8"))
        responses = domain["responses"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as exc:
        raise WordingError(f"{domain_file.name} 读不出来: {exc}") from exc
    return DomainWording(read_responses(responses), {"county": county.name})
