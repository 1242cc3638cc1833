"""The font that is embedded in the posters: found once, named in a sentence when it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fontTools.ttLib import TTCollection, TTFont

from routing.errors import LiandongError

_USUAL = (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),)
"""Where Debian's fonts-noto-cjk puts it."""


class MissingFont(LiandongError):
    """找不到中文字体：请安装 Debian 软件包 fonts-noto-cjk，或设置 LIANDONG_POSTER_FONT。"""


@dataclass(frozen=True, slots=True)
class Face:
    """One face: a file and its place in it (collections hold several)."""

    path: Path
    number: int = 0


@dataclass(frozen=True, slots=True)
class Fonts:
    """A regular and a bold face; the same one where there is no bold."""

    regular: Face
    bold: Face


def find_fonts(configured: str) -> Fonts:
    """The configured font file, else the usual one; raises `MissingFont`.

    The bold face is the neighbour whose name says Bold instead of Regular.
    """
    places = (Path(configured),) if configured else _USUAL
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise MissingFont(
            f"没有字体文件 {configured}。{MissingFont.__doc__}" if configured else None
        )
    bold = path.with_name(path.name.replace("Regular", "Bold"))
    regular = Face(path, _simplified(path))
    return Fonts(regular, Face(bold, _simplified(bold)) if bold.is_file() else regular)


def lacking(face: Face, text: str) -> str:
    """The characters that a face does not have: rare ones in names would be printed as boxes."""
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        known = font.getBestCmap()
    return "".join(sorted({mark for mark in text if ord(mark) not in known}))


def _simplified(path: Path) -> int:
    """The face for simplified Chinese: characters have other forms in Japan, Korea and Taiwan."""
    try:
        with path.open("rb") as file:
            names = _face_names(file)
    except Exception as exc:
        # A damaged file makes fontTools raise all sorts of errors, its assertions among them.
        raise MissingFont(f"字体文件 {path} 读不出来。{MissingFont.__doc__}") from exc
    return next((i for i, name in enumerate(names) if "SC" in name.split()), 0)


def _face_names(file: BinaryIO) -> list[str]:
    collection = file.read(4) == b"ttcf"
    file.seek(0)
    faces = TTCollection(file, lazy=True).fonts if collection else [TTFont(file, lazy=True)]
    return [str(face["name"].getDebugName(4)) for face in faces]
