"""A code of old leads to the row that took its place."""

from __future__ import annotations

from routing.catalogue import Catalogue, CatalogueRow
from routing.former_codes import FormerCodes, read_former
from routing.hot.reach import Reach, reach_of


def row(code: str) -> CatalogueRow:
    return CatalogueRow(code, code, "g", "unit", (), "village", (), "normal", ())


def catalogue(*codes: str, former: dict[str, tuple[str, str]]) -> Catalogue:
    rows = [{"code": c, "became": b, "state": s} for c, (b, s) in former.items()]
    return Catalogue({code: row(code) for code in codes}, read_former(rows))


RENAMED_TWICE = catalogue(
    "c", "m", former={"a": ("b", "renamed"), "b": ("c", "renamed"), "x": ("c", "merged")}
)


def test_get__by_every_code_it_ever_had() -> None:
    assert all(RENAMED_TWICE.get(code) is RENAMED_TWICE.by_matter["c"] for code in "abcx")


def test_current__of_a_code_nobody_knows_is_itself() -> None:
    assert (RENAMED_TWICE.current("z"), RENAMED_TWICE.current(None)) == ("z", None)


def test_root__is_the_first_code_of_the_matter_itself() -> None:
    assert [RENAMED_TWICE.root(code) for code in ("a", "b", "c", "x", "m")] == ["a"] * 4 + ["m"]


def test_root__of_a_renamed_matter_keeps_its_reach() -> None:
    renamed = catalogue("tap", former={"water_supply": ("tap", "renamed")})
    assert reach_of(renamed.root("tap")) is reach_of("water_supply") is not Reach.PERSONAL


def test_a_row_that_came_back_is_that_row() -> None:
    """An old workbook was imported: its code is a present one again."""
    back = catalogue("a", former={"a": ("b", "renamed")})
    assert back.get("a") is back.by_matter["a"]
    assert back.get("b") is None


def test_codes_in_a_circle__end() -> None:
    circle = FormerCodes({"a": "b", "b": "a"}, frozenset({"a", "b"}))
    assert circle.current("a", {"c"}) == "a"
    assert circle.root("a") == "b"
