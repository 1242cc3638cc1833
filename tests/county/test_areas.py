"""`liandong county areas` from end to end, on databases of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from liandong.commands import county_areas
from tests.county.books import SAMPLE
from tests.county.desk import Desk, said

County = Callable[..., Result]
VILLAGE = "141026100206"


def _feature(code: str, x: float = 112.25, y: float = 36.15) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [x, y]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": point}


@pytest.fixture
def file(desk: Desk, county: County, tmp_path: Path) -> Path:
    """The sample county's areas, exported."""
    path = tmp_path / "区域.geojson"
    assert county("areas", "export", path).exit_code == 0
    return path


def _edit(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    document = json.loads(path.read_text(encoding="utf-8-sig"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8-sig")
    return path


def _add(*features: dict[str, Any]) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["features"].extend(features)


def test_sample_county__has_its_boundary_and_centres() -> None:
    found = {(row["code"], row["kind"]) for row in SAMPLE["areas"]}
    assert ("141026", "boundary") in found and ("141026100", "centre") in found


def test_export_then_import__nothing_changes(desk: Desk, county: County, file: Path) -> None:
    assert "府城镇" in file.read_text(encoding="utf-8")
    for change in (lambda document: None, lambda document: document["features"].reverse()):
        _edit(file, change)
        result = county("areas", "import", file)
        assert result.exit_code == 0 and "没有变化" in said(result)
    assert desk.version() == 1
    kept = county("areas", "export", file)
    assert kept.exit_code == 1 and "--force" in said(kept)
    assert county("areas", "export", file, "--force").exit_code == 0


def test_dry_run__lists_the_changes_and_changes_nothing(
    desk: Desk, county: County, file: Path
) -> None:
    result = county("areas", "import", _edit(file, _add(_feature(VILLAGE))), "--dry-run")
    assert result.exit_code == 0 and f"+ 区域 {VILLAGE} 高壁 中心点" in said(result)
    assert desk.version() == 1 and len(desk.tables()["areas"]) == len(SAMPLE["areas"])


def test_import__is_one_new_version_and_touches_nothing_else(
    desk: Desk, county: County, file: Path
) -> None:
    before = desk.tables()
    assert county("areas", "import", _edit(file, _add(_feature(VILLAGE)))).exit_code == 0
    assert desk.history()[1:] == [("areas 区域.geojson", "区域 +1")]
    after = desk.tables()
    assert len(after.pop("areas")) == len(before.pop("areas")) + 1 and after == before
    moved = _edit(file, lambda document: document["features"][-1].update(_feature(VILLAGE, 112.26)))
    assert "~ 区域 141026100206 高壁 中心点" in said(county("areas", "import", moved))


def test_removal__wants_a_yes(desk: Desk, county: County, file: Path) -> None:
    _edit(file, lambda document: document["features"].pop())
    asked = county("areas", "import", file)
    assert asked.exit_code == 1 and "--yes" in said(asked) and desk.version() == 1
    assert county("areas", "import", file, "--yes").exit_code == 0 and desk.version() == 2


def test_mistakes__are_all_shown_and_nothing_is_applied(
    desk: Desk, county: County, file: Path
) -> None:
    before = desk.tables()
    count = len(SAMPLE["areas"])
    _edit(file, _add(_feature(VILLAGE), _feature(VILLAGE), _feature("141026999"), _feature("1")))
    result = county("areas", "import", file, "--yes")
    words = said(result)
    assert result.exit_code == 1 and "3 处要改，什么都没有导入" in words
    for number in (2, 3, 4):
        assert f"第 {count + number} 个" in words
    assert desk.tables() == before and desk.version() == 1


def test_datum__must_be_stated(desk: Desk, county: County, file: Path) -> None:
    result = county("areas", "import", _edit(file, lambda document: document.pop("datum")))
    assert result.exit_code == 1 and "整个文件" in said(result) and "坐标系" in said(result)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", '{"县": 1}'.encode("gb18030"), b"[" * 100_000]
)
def test_file__that_is_no_geojson_is_one_sentence(
    desk: Desk, county: County, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.geojson"
    path.write_bytes(content)
    result = county("areas", "import", path)
    assert result.exit_code == 1 and "不是 GeoJSON" in said(result)
    assert "没有" in said(county("areas", "import", tmp_path / "no.geojson"))


def test_change_by_somebody_else__in_between_is_refused(
    desk: Desk, county: County, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = county_areas._present

    async def changed_after(settings: Any) -> Any:
        version, tables = await looked(settings)
        return version - 1, tables

    monkeypatch.setattr(county_areas, "_present", changed_after)
    result = county("areas", "import", _edit(file, _add(_feature(VILLAGE))))
    assert result.exit_code == 1 and "刚被别人改过" in said(result) and desk.version() == 1


def test_without_a_county__it_says_so(settings: Path, county: County, tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    for command in ("import", "export"):
        result = county("areas", command, path)
        assert result.exit_code == 1 and "数据库" in said(result)
    assert list(settings.iterdir()) == []
