"""What an archive says of itself, and archives that cannot serve."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nlu.archive import ArchiveFolder, UnusableArchive, rasa_version, read_archive
from services.learning.models import TrainedModel
from tests.nlu.archives import write_archive

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def registered(file: Path) -> TrainedModel:
    found = read_archive(file)
    return TrainedModel(
        found.name, found.sha256, found.size, found.rasa, "a", NOW, 2, found.intents, "", True
    )


def test_archive__says_what_it_is(tmp_path: Path) -> None:
    found = read_archive(write_archive(tmp_path / "nlu-a.tar.gz"))
    assert (found.name, found.rasa, found.intents) == ("nlu-a", "3.6.21", ("road", "thanks"))


@pytest.mark.parametrize("left", [0.0, 0.3, 0.9, 0.99])
def test_archive__cut_short_is_refused(tmp_path: Path, left: float) -> None:
    file = write_archive(tmp_path / "nlu-a.tar.gz")
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * left)])
    with pytest.raises(UnusableArchive, match=r"nlu-a.tar.gz 不完整"):
        read_archive(file)


def test_archive__without_its_last_byte_is_refused(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "nlu-a.tar.gz")
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UnusableArchive):
        read_archive(file)


def test_archive__that_is_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableArchive, match="不在了"):
        read_archive(tmp_path / "nlu-a.tar.gz")


def test_archive__that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nlu-a.tar.gz").write_text("hello")
    with pytest.raises(UnusableArchive, match="已损坏"):
        read_archive(tmp_path / "nlu-a.tar.gz")


def problem(folder: Path, model: TrainedModel, rasa: str = "3.6.21") -> str | None:
    return asyncio.run(ArchiveFolder(folder, rasa).problem(model))


def test_folder__knows_nothing_against_what_was_registered(tmp_path: Path) -> None:
    assert problem(tmp_path, registered(write_archive(tmp_path / "nlu-a.tar.gz"))) is None


def test_folder__names_both_rasa_versions(tmp_path: Path) -> None:
    model = registered(write_archive(tmp_path / "nlu-a.tar.gz", rasa="3.5.0"))
    said = problem(tmp_path, model) or ""
    assert "3.5.0" in said
    assert "3.6.21" in said


def test_folder__takes_no_other_file_for_the_registered_one(tmp_path: Path) -> None:
    model = registered(write_archive(tmp_path / "nlu-a.tar.gz"))
    assert "登记时" in (problem(tmp_path, replace(model, sha256="00")) or "")


def test_folder__deletes_what_lies_beside_as_well(tmp_path: Path) -> None:
    write_archive(tmp_path / "nlu-a.tar.gz")
    other = write_archive(tmp_path / "nlu-ab.tar.gz")
    (tmp_path / "nlu-a.thresholds.yml").write_text("default: 0.5")
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert asyncio.run(ArchiveFolder(tmp_path, "").delete("nlu-a", later))
    assert list(tmp_path.iterdir()) == [other]


def test_folder__keeps_what_was_trained_anew(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "nlu-a.tar.gz")
    assert not asyncio.run(ArchiveFolder(tmp_path, "").delete("nlu-a", NOW - timedelta(days=900)))
    assert file.is_file()


def test_rasa_version__is_read_without_starting_it(tmp_path: Path) -> None:
    (tmp_path / "lib/python3.10/site-packages/rasa-3.6.21.dist-info").mkdir(parents=True)
    (tmp_path / "lib/python3.10/site-packages/rasa_sdk-3.6.2.dist-info").mkdir(parents=True)
    assert rasa_version(tmp_path / "bin" / "python") == "3.6.21"
    assert rasa_version(tmp_path / "other" / "bin" / "python") == ""
