"""Labels that come from work: what desks decide about tickets says what messages are.

They are proposed in the transaction of the act and cost no reading of the message; a second person
reviews them like all others. A sealed report, before or after the act, is never one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.county import County
from routing.decide import decide
from routing.unit_succession import present_unit
from services.case import Case
from services.intake import known_place, request_of
from services.learning.bare import bare_digest
from services.learning.drafts import LabelDraft
from services.learning.gathering import read_label
from services.learning.labels import UNIT_ONLY, Origin, Verdict
from services.office import Office
from services.ports import PredictionRecord
from services.privacy import masker_of
from services.reading import remembered
from services.understanding import Understanding
from tickets.ticket import Ticket

DISCIPLINE = "discipline_report"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a desk said of a ticket."""

    origin: Origin
    before: Ticket
    after: Ticket
    matter: str = ""
    """Where the desk named it (受理)."""


async def propose(case: Case, decided: Decided) -> None:
    """Propose what the act says of the ticket's message; nothing where it says nothing."""
    county = case.office.county
    if is_sealed(county, decided.before) or is_sealed(county, decided.after):
        await case.work.leave_out_of_inbox(decided.after.number)
        return
    read = await case.work.prediction_of(decided.before.number)
    if read is None:
        return
    draft = drafted(case.office, decided, read, author=f"cadre:{case.cadre.id}", act=case.item_id)
    if draft is not None:
        await case.work.propose_label(draft, case.now)


def is_sealed(county: County, ticket: Ticket) -> bool:
    """A report for the discipline channel, wherever it lies now."""
    sealed = county.org.discipline_channel.code
    return ticket.owner == sealed or (ticket.confidential and ticket.matter == DISCIPLINE)


def drafted(
    office: Office, decided: Decided, read: PredictionRecord, *, author: str, act: int
) -> LabelDraft | None:
    """The label that a decision comes to; None where it says no more than the model did."""
    reading = read.understanding
    said = read_label(reading.kind, reading.matter)
    intent = decided.matter or _meant(office, decided, reading, said)
    text = masker_of(office.county).mask(decided.before.text).strip()
    if intent is None or not text:
        return None
    return LabelDraft(
        text=text,
        bare=bare_digest(text),
        origin=decided.origin,
        author=author,
        verdict=Verdict.LABEL,
        intent=intent,
        appeal_type=decided.after.appeal_type if intent else "",
        urgent=decided.after.urgent,
        confidential=decided.after.confidential,
        said=said,
        said_by=reading.model,
        inbox_id=read.inbox_id,
        ticket=decided.after.number,
        why="" if intent else UNIT_ONLY,
        key=f"{decided.origin}:{decided.after.number}:{act}",
    )


def _meant(office: Office, decided: Decided, reading: Understanding, said: str) -> str | None:
    """The one of the model's guesses that goes to the unit; empty where the unit only says that
    it is something else; None where it says nothing against the model."""
    guesses = dict.fromkeys([said, *(guess.label for guess in reading.ranking)])
    going = [each for each in guesses if _goes_to(office, decided, each)]
    if len(going) == 1 and (going[0] != said or decided.origin is Origin.TRIAGE):
        return going[0]
    return None if said in going else ""


def _goes_to(office: Office, decided: Decided, matter: str) -> bool:
    """Whether the catalogue sends this matter, at the ticket's place, to the unit that has it now
    or is led by it."""
    row = office.county.catalogue.get(matter)
    unit = present_unit(office.county, decided.after.owner)
    if row is None or unit is None:
        return False
    lead = office.county.org.county_unit(row.lead_unit)
    if lead is not None and lead.code == unit.code:
        return True
    as_read = replace(decided.before, matter=matter, kind="appeal")
    request = request_of(remembered(as_read), known_place(office, as_read), places_asked=9)
    owner = present_unit(office.county, decide(office.county, request, office.clock()).owner_unit)
    return owner is not None and owner.code == unit.code
