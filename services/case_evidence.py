"""What a matter needs to be closed besides words: a contact with the resident, a picture."""

from __future__ import annotations

from services.case import Case
from tickets import life

CONTACT, PHOTO = "contact", "photo"
"""The kinds of evidence that a matter's row may ask for (catalogue, column `evidence`)."""


def needed(case: Case) -> tuple[str, ...]:
    """The evidence that this matter needs to be closed; what is in no row needs a contact."""
    row = case.office.county.catalogue.get(case.ticket.matter)
    return row.evidence if row else (CONTACT,)


def brings_picture(case: Case) -> bool:
    """Whether a picture came with the message."""
    file = case.inbound.attachment
    return file is not None and file.mime.startswith("image/")


async def missing_evidence(case: Case) -> tuple[str, ...]:
    """What of it is not there: no contact with the resident was recorded, no picture was sent, not
    even with this message."""
    missing: list[str] = []
    if CONTACT in needed(case) and case.ticket.contacted_at is None:
        missing.append(CONTACT)
    shown = brings_picture(case) or await case.work.proofs_of(case.ticket.number) > 0
    if PHOTO in needed(case) and not shown:
        missing.append(PHOTO)
    return tuple(missing)


async def photo(case: Case, text: str) -> None:
    """现场照片, for cadres; words are welcome and not needed."""
    if not brings_picture(case):
        await case.prompt("cadre_ask_photo", "photo")
        return
    changed, event = life.note(
        case.ticket,
        by=case.cadre.id,
        text=text or case.office.wording.say("word_photo"),
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.keep_file(internal=True)
    await case.say("cadre_photo_kept")
