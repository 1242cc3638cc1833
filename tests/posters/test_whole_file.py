"""A file appears when it is complete, or not at all."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from liandong.whole_file import CannotWrite, whole_file


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond `size` bytes: a full disk, as it were."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_whole_file__takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "posters.pdf"
    target.write_bytes(b"old")
    with whole_file(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new" and list(tmp_path.iterdir()) == [target]


def test_whole_file__an_error_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "posters.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(target) as file:
        file.write(b"new" * (1 // 0))
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]


def test_whole_file__a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "posters.pdf"
    refused = pytest.raises(CannotWrite, match="写不进去")
    with refused, _room_for(1000), whole_file(target) as file:
        file.write(b"x" * 100_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["none/posters.pdf", "file/posters.pdf"])
def test_whole_file__a_folder_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite), whole_file(tmp_path / name):
        raise AssertionError


@pytest.mark.parametrize("path", [Path("/dev/null"), Path("/tmp")])
def test_whole_file__never_replaces_a_device_or_a_folder(path: Path) -> None:
    with pytest.raises(CannotWrite, match="不是普通文件"), whole_file(path):
        raise AssertionError
