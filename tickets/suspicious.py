"""What makes a closing look as if nothing was done, and who is called back by a human. Pure.

Nobody is accused: a suspicion names a fact, and the ticket joins the sample that call-back officers
(回访员) telephone. A share of the others is called as well, or one could learn what to avoid.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.pictures import same_picture

PHOTO, CONTACT = "photo", "contact"
"""Kinds of evidence as the dispatch catalogue names them."""
_EVIDENCE_NAMES = {PHOTO: "照片", CONTACT: "联系记录"}
_WORDLESS = re.compile(r"[\W\d_]+")
_CODES = re.compile(r"ld[-—–\s]*\d[-—–\s\d]*")


class Sign(StrEnum):
    """The kinds of facts; the values are stored and counted."""

    TOO_FAST = "too_fast"
    SAME_PICTURE = "same_picture"
    NO_CONTACT = "no_contact"
    EVIDENCE_MISSING = "evidence_missing"
    SHORT_ANSWER = "short_answer"
    TEMPLATE_ANSWER = "template_answer"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One fact: a stable code and a Chinese sentence for those who call back."""

    code: Sign
    words: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a closing looks suspicious; a county sets its own."""

    fastest: timedelta = timedelta(seconds=120)
    """Closed sooner after signing, nothing can have been done."""
    shortest_answer: int = 8
    """Letters and characters of a public answer, without signs and digits."""
    template_from: int = 3
    """Other tickets with the same answer."""


def suspicions(
    *,
    signed_at: datetime | None,
    resolved_at: datetime,
    contacted_at: datetime | None,
    evidence: Collection[str],
    evidence_needed: Collection[str],
    answer: str,
    same_answers: int,
    hashes: Collection[str],
    earlier_hashes: Iterable[tuple[str, str]],
    limits: Limits | None = None,
) -> tuple[Suspicion, ...]:
    """Everything suspicious about one closing, in the order of `Sign`.

    `evidence` and `evidence_needed` are kinds (`PHOTO`, `CONTACT`, a county's own), `same_answers`
    counts other tickets with this `answer_key`, `hashes` are those of the closing's pictures and
    `earlier_hashes` pairs of another ticket's number and a hash (`tickets.pictures`). A contact
    after the closing is none.
    """
    limits = limits or Limits()
    found: list[Suspicion | None] = [
        _too_fast(signed_at, resolved_at, limits.fastest),
        _same_picture(hashes, earlier_hashes),
        _no_contact(contacted_at, resolved_at, evidence_needed),
        _missing(evidence, evidence_needed),
        _short(answer, limits.shortest_answer),
        _template(same_answers, limits.template_from),
    ]
    return tuple(each for each in found if each is not None)


def answer_key(answer: str) -> str:
    """What two answers share that are one template: no numbers, no signs, no ticket's number."""
    plain = unicodedata.normalize("NFKC", answer).lower()
    return _WORDLESS.sub("", _CODES.sub("", plain))


def sample(
    numbers: Iterable[str], suspicious: Collection[str], share: float = 0.05, seed: str = ""
) -> tuple[str, ...]:
    """The closed tickets to call back, in the order given: the suspicious and a share of the rest.

    Whether a ticket is drawn depends on itself and the seed alone, not on the others: a day's
    sample is the same however often it is drawn. Keep the seed from those who are sampled.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must be 0 to 1, not {share}")
    return tuple(n for n in dict.fromkeys(numbers) if n in suspicious or _drawn(n, share, seed))


def _drawn(number: str, share: float, seed: str) -> bool:
    digest = hashlib.sha256(f"{seed}\0{number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def _too_fast(
    signed_at: datetime | None, resolved_at: datetime, fastest: timedelta
) -> Suspicion | None:
    if signed_at is None:
        return Suspicion(Sign.TOO_FAST, "没有签收就办结了")
    took = max(timedelta(0), resolved_at - signed_at)
    if took >= fastest:
        return None
    return Suspicion(Sign.TOO_FAST, f"签收后 {took.total_seconds():.0f} 秒就办结了")


def _same_picture(
    hashes: Collection[str], earlier_hashes: Iterable[tuple[str, str]]
) -> Suspicion | None:
    known = [
        number
        for number, earlier in earlier_hashes
        if any(same_picture(mine, earlier) for mine in hashes)
    ]
    if not known:
        return None
    named = "、".join(list(dict.fromkeys(known))[:3])
    return Suspicion(Sign.SAME_PICTURE, f"照片和工单 {named} 的照片相同")


def _no_contact(
    contacted_at: datetime | None, resolved_at: datetime, needed: Collection[str]
) -> Suspicion | None:
    if CONTACT not in needed or (contacted_at is not None and contacted_at <= resolved_at):
        return None
    return Suspicion(Sign.NO_CONTACT, "办结前没有联系群众的记录")


def _missing(evidence: Collection[str], needed: Collection[str]) -> Suspicion | None:
    missing = [kind for kind in needed if kind != CONTACT and kind not in evidence]
    if not missing:
        return None
    named = "、".join(_EVIDENCE_NAMES.get(kind, kind) for kind in missing)
    return Suspicion(Sign.EVIDENCE_MISSING, f"缺少办结材料：{named}")


def _short(answer: str, shortest: int) -> Suspicion | None:
    said = len(answer_key(answer))
    if said >= shortest:
        return None
    return Suspicion(Sign.SHORT_ANSWER, f"公开答复只有 {said} 个字")


def _template(same_answers: int, least: int) -> Suspicion | None:
    if same_answers < least:
        return None
    return Suspicion(
        Sign.TEMPLATE_ANSWER, f"模板答复：另有 {same_answers} 件工单的答复除数字外一字不差"
    )
