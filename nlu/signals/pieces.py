"""Cuts a message where a further matter may begin: numbers, joining words, sentences, clauses.

Pure and generous: what the cuts are worth is settled by whoever knows what each piece is about
(`nlu.several`). Pieces are spans of the message, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from nlu.signals.enumeration import enumerated
from nlu.signals.plain import plain_of

_NUMERALS = {"两": 2, "俩": 2, "二": 2, "三": 3, "仨": 3, "四": 4, "五": 5} | {
    str(n): n for n in range(2, 6)
}
_SAID = re.compile(
    r"(?:说|有|问|反映|反应|讲|就|:|^|村|,|\s|边|个|下|以下)[^,。;\d]{0,4}?"
    r"(?:([两二三四五2-5])(?:个|件|桩|样|码)(?:事|问题)|([俩仨])(?:事|问题)|([两三四五])样)"
)
_ONE_AFTER_ALL = re.compile(
    r"其实(?:就)?是(?:一|同一)(?:个|件|回)|(?:是|就)(?:一|同一)(?:回事|件事|码事)"
)
_JOIN = re.compile(
    r"(?:另外|此外|除此之外)(?:呢|还有|再|一个|一件事|说|就是)*|"
    r"还有(?:就是|一个|一件|个事|件事|那谁|一点)(?:事|问题)?(?:儿)?(?:就是|是)?|"
    r"(?<=[,。;!?\s])还有(?:个)?(?!没|多|几|救|啥|什么|哪|时间|人(?!家)|[两三四五六七八九十几\d]+[天个年月])|"
    r"再就是|再有(?:就是|一个)?|再一个(?:是|就是)?|再一件|"
    r"(?:顺便|顺带|捎带)(?:着)?(?:说下|说一下|问下|问一下|打听打听|打听|说|问|再)?|"
    r"(?:^|(?<=[,。;!?\s]))(?:对了|同时(?!间)|其次)|再(?:说|问)(?:一下|一件|一个|个)|"
    r"还(?:想|要)(?:问|说|反映)(?:一下|下)?|还有(?=[^,。]{2,8}(?:也|都))(?!没|多)"
)
_SENTENCE = re.compile(r"[。!?;\n]+")
_CLAUSE = re.compile(r"[,、:\s…]+")
_OPENING = re.compile(r"^[^,。;!?:\n]{2,15}:")
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_EDGE = _BLANKS + ",。;:、!?，；：！？.…)）(（"
_HAN = re.compile(r"[一-鿿]")
SHORTEST = 4
"""Characters that a piece needs to be something of its own."""
_SHORTEST_LISTED = 2
"""The same between semicolons: 路烂；没灯."""


class Level(IntEnum):
    """How plainly a cut says that something else begins."""

    CLAUSE = 1
    SENTENCE = 2
    JOIN = 3
    NUMBERED = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of the message and the kind of cut before it."""

    start: int
    end: int
    level: Level
    words: str


@dataclass(frozen=True, slots=True)
class Cuts:
    """A message in pieces."""

    lead: str
    """What stands before a colon or the first number and is said of all pieces; else empty."""
    pieces: tuple[Piece, ...]
    said: int | None
    """How many matters the writer announces."""

    @property
    def is_plain(self) -> bool:
        """The writer counts, numbers or joins."""
        joined = any(piece.level >= Level.JOIN for piece in self.pieces[1:])
        return joined or (self.said or 0) > 1


def cut(text: str) -> Cuts:
    """All places where something else may begin."""
    plain = plain_of(text)
    said = _said(plain)
    items = enumerated(text)
    if items:
        ends = [item.start for item in items[1:]] + [len(text)]
        pieces = [
            piece
            for item, end in zip(items, ends, strict=True)
            if (piece := _piece(text, item.end, end, Level.NUMBERED, 1))
        ]
        if len(pieces) > 1:
            return Cuts(text[: items[0].start].strip(_EDGE), tuple(pieces), said)
    opening = _OPENING.match(plain)
    start = opening.end() if opening else 0
    return Cuts(text[:start].strip(_EDGE), _pieces(text, plain, start), said)


def at_most(cuts: Cuts, text: str, most: int) -> Cuts:
    """The same message in no more than `most` pieces: the least plain cuts are given up, then the
    last ones."""
    pieces = list(cuts.pieces)
    for level in (Level.CLAUSE, Level.SENTENCE):
        if len(pieces) > most:
            kept = pieces[:1]
            for piece in pieces[1:]:
                if piece.level <= level:
                    kept[-1] = _together(kept[-1], piece, text)
                else:
                    kept.append(piece)
            pieces = kept
    for piece in pieces[most:]:
        pieces[most - 1] = _together(pieces[most - 1], piece, text)
    return replace(cuts, pieces=tuple(pieces[:most]))


def _together(first: Piece, second: Piece, text: str) -> Piece:
    return Piece(first.start, second.end, first.level, text[first.start : second.end])


def _said(plain: str) -> int | None:
    found = _SAID.search(plain)
    if not found or _ONE_AFTER_ALL.search(plain):
        return None
    return _NUMERALS[next(group for group in found.groups() if group)]


def _pieces(text: str, plain: str, start: int) -> tuple[Piece, ...]:
    marks = [
        (found.start(), found.end(), level)
        for pattern, level in (
            (_JOIN, Level.JOIN),
            (_SENTENCE, Level.SENTENCE),
            (_CLAUSE, Level.CLAUSE),
        )
        for found in pattern.finditer(plain)
    ]
    pieces: list[Piece] = []
    level = Level.SENTENCE
    for begin, end, next_level in sorted(marks):
        if begin < start:
            continue
        shortest = _SHORTEST_LISTED if ";" in plain[max(0, start - 1) : end] else SHORTEST
        piece = _piece(text, start, begin, level, shortest)
        if piece is not None:
            pieces.append(piece)
            start, level = end, next_level
            continue
        level = max(level, next_level)
        if not text[start:begin].strip(_EDGE):
            start = end
        # else too short to be a piece: its words stay with what follows
    last = _piece(text, start, len(text), level, 1)
    if last is not None:
        pieces.append(last)
    return tuple(pieces)


def _piece(text: str, start: int, end: int, level: Level, shortest: int) -> Piece | None:
    """The span without the signs at its edges; None when nothing to read is left."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(_EDGE))
    words = words.strip(_EDGE)
    if len(_HAN.findall(words)) < shortest:
        return None
    return Piece(start, start + len(words), level, words)
