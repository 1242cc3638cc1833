"""What a resident's message asks of us, decided from what is known of the chat. Pure.

A reply or a ticket number binds a message to its ticket. Without one, and with tickets open, a
message is never put to a ticket by guess: the resident is asked whether it is a new matter.

A message that holds several matters is asked about first of all (拆单): who lists several things
says something new, so 新问题还是补充 is asked only after 就一件事. Bound to an open ticket it
adds to that ticket like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from routing.knowledge_match import Match
from routing.places import PlaceFinding
from routing.referrals import Referral, referral_of
from services.conversation import About, Question
from services.known import GivenAnswer
from services.messages import Inbound, InboundKind
from services.split_words import answer_in, speaks_of_splitting, to_ask
from services.understanding import Understanding
from tickets.number import find, mentions_broken
from tickets.states import ANSWERED, State
from tickets.ticket import Ticket

SMALL_TALK = frozenset({"thanks", "greeting", "chitchat", "abuse", "out_of_scope"})
ABOUT_A_TICKET = frozenset({"supplement", "nudge", "not_solved", "withdraw", "rating"})
_NO_ANSWERS = (ABOUT_A_TICKET - {"supplement"}) | {"status_query"}
MATTERS = frozenset({"appeal", "benefit_question"})

_SMALL_TALK_CONFIDENCE = 0.55
"""Below it, a message of some length that looks like small talk is shown to a human instead."""
_SMALL_TALK_LENGTH = 12
_SUBSTANCE = 6
"""Characters from which words about a closed ticket are taken for a matter of their own."""
_SURE_OF_MATTER = 0.5
"""From here on another matter in a message keeps it from being a mere answer."""
_BARE_REST = 1
"""So few characters beside the place's name: the message is the name."""
_ANSWER_REST = 8
"""A message that names a place and says at most so many other characters answers the question."""

_NEW = re.compile(
    r"^(是|这是)?(一个|个)?(新的?|另外?一?[个件])?(新)?(问题|事情?|诉求|的)?[。.!!]?$"
)
_CANNOT_SAY = re.compile(r"不知道|不清楚|说不清|不晓得|认不得|不会选|都不是|随便")


class Do(StrEnum):
    """What to do with a message."""

    NEW_MATTER = "new_matter"
    ASK_NEW_OR_MORE = "ask_new_or_more"
    ASK_WHICH = "ask_which"
    ASK_SPLIT = "ask_split"
    """Ask whether it is several matters; what is urgent becomes a ticket at once."""
    SPLIT = "split"
    """Each matter becomes a ticket at once, without a question."""
    ANSWER_SAME = "answer_same"
    """`say` is `same` or `other`."""
    ANSWER_SPLIT = "answer_split"
    """`say` is what was answered."""
    ANSWER_PLACE = "answer_place"
    SUPPLEMENT = "supplement"
    NUDGE = "nudge"
    NOT_SOLVED = "not_solved"
    OFFER_WITHDRAWAL = "offer_withdrawal"
    RATE = "rate"
    ANSWER_KNOWN = "answer_known"
    """Answer a question from the knowledge base."""
    JUDGE_KNOWN = "judge_known"
    """The words say whether such an answer helped."""
    REFER = "refer"
    """Say why it is not for us and where to turn instead."""
    PROGRESS = "progress"
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when a resident's words arrive."""

    inbound: Inbound
    text: str
    understanding: Understanding
    place: PlaceFinding
    """Searched as an answer when a place question is open."""
    tickets: tuple[Ticket, ...]
    """This chat's tickets, newest first."""
    questions: tuple[Question, ...]
    """Open questions, oldest first."""
    replied_to: Ticket | None = None
    named: Ticket | None = None
    """This chat's own ticket whose number stands in the text."""
    known: Match | None = None
    """What the knowledge base answers."""
    judged: GivenAnswer | None = None
    """The answer of it that these words are a verdict on."""
    current: Callable[[str | None], str | None] = lambda matter: matter
    """The code that a matter has now: tickets keep the one that they were written with."""

    @property
    def open_tickets(self) -> tuple[Ticket, ...]:
        return tuple(ticket for ticket in self.tickets if ticket.is_open)

    def question(self, about: About) -> Question | None:
        """The newest open question about something."""
        return next((q for q in reversed(self.questions) if q.about is about), None)

    @property
    def place_questions(self) -> tuple[tuple[Question, Ticket], ...]:
        """Open questions for a place whose ticket is open too, newest first."""
        still_open = {ticket.number: ticket for ticket in self.open_tickets}
        return tuple(
            (question, still_open[question.ticket])
            for question in reversed(self.questions)
            if question.about is About.PLACE and question.ticket in still_open
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `say` names a sentence, `ticket` what it is about."""

    do: Do
    ticket: Ticket | None = None
    tickets: tuple[Ticket, ...] = ()
    question: Question | None = None
    say: str = ""
    cannot_say: bool = False
    referral: Referral | None = None


def _say(key: str) -> Step:
    return Step(Do.SAY, say=key)


def decide_step(scene: Scene) -> Step:
    """What a resident's words ask of us."""
    bound = scene.named or scene.replied_to
    split = _answers_split(scene, bound)
    if split is not None:
        return split
    same = _answers_same(scene, bound)
    if same is not None:
        return same
    if _is_serious(scene) and not _belongs_to_serious(scene, bound):
        # Danger never waits for a question, and what is confidential must not be put to a
        # ticket that others read: neither a reply, a number nor an open question binds it.
        return _new(scene)
    if scene.judged is not None and bound is None:
        return Step(Do.JUDGE_KNOWN)
    if scene.named is None:
        if find(scene.text):
            return _say("number_unknown")
        if mentions_broken(scene.text):
            return _say("number_broken")
    answer = _answers_place(scene, bound)
    if answer is not None:
        return answer
    if bound is not None:
        return _about(scene, bound)
    return _unbound(scene)


def _new(scene: Scene) -> Step:
    """A matter of its own, or several."""
    understanding = scene.understanding
    if scene.known is not None:
        return Step(Do.ANSWER_KNOWN)
    if len(understanding.parts) < 2:
        return Step(Do.NEW_MATTER)
    return Step(Do.ASK_SPLIT if to_ask(understanding) else Do.SPLIT)


def _answers_split(scene: Scene, bound: Ticket | None) -> Step | None:
    """The words 分开, 对, 不是, 一件事 answer the newest such question of the chat."""
    answer = answer_in(scene.text)
    if answer is None:
        return None
    waiting = scene.question(About.SPLIT)
    if waiting is None:
        return _say("split_over") if speaks_of_splitting(scene.text) and bound is None else None
    if bound is not None and bound.number != waiting.ticket:
        return None
    return Step(Do.ANSWER_SPLIT, question=waiting, say=answer)


_SAME = re.compile(
    r"^(我也?(遇到|碰到|是)了?|我家也是|也是|一样|一样的|同一件(事)?|就是这件(事)?|对|是的?)[。.!！]?$"
)
_OTHER = re.compile(r"^(不是|不一样|另一件|另外一件(事)?|别的事|不是一件(事)?)[。.!！]?$")


def _answers_same(scene: Scene, bound: Ticket | None) -> Step | None:
    """The words 我也遇到, 一样, 不是, 另一件 answer the newest such question of the chat."""
    waiting = scene.question(About.SAME)
    if waiting is None or bound is not None:
        return None
    if _SAME.match(scene.text):
        return Step(Do.ANSWER_SAME, question=waiting, say="same")
    if _OTHER.match(scene.text):
        return Step(Do.ANSWER_SAME, question=waiting, say="other")
    return None


def _is_serious(scene: Scene) -> bool:
    understanding = scene.understanding
    if understanding.kind in SMALL_TALK:
        return False
    return understanding.urgent or (understanding.kind in MATTERS and understanding.confidential)


def _belongs_to_serious(scene: Scene, bound: Ticket | None) -> bool:
    """More words about an emergency, or about a report that is sealed already."""
    asked = scene.place_questions[0][1] if scene.place_questions else None
    about = bound or asked
    if about is None or not about.is_open:
        return False
    if scene.understanding.confidential and scene.understanding.kind in MATTERS:
        return bound is not None and about.confidential
    return about.urgent


def _answers_place(scene: Scene, bound: Ticket | None) -> Step | None:
    questions = [
        (question, ticket)
        for question, ticket in scene.place_questions
        if bound is None or bound.number == ticket.number
    ]
    if not questions:
        return None
    question, ticket = questions[0]
    cannot_say = bool(_CANNOT_SAY.search(scene.text)) and len(scene.text) <= _SMALL_TALK_LENGTH
    if not cannot_say and not _is_answer(scene, ticket, bound):
        return None
    if len(questions) > 1:
        # One place for two matters: which of them it answers is asked, not guessed.
        return Step(Do.ASK_WHICH, tickets=tuple(t for _, t in questions), say="place")
    return Step(Do.ANSWER_PLACE, ticket=ticket, question=question, cannot_say=cannot_say)


def _is_answer(scene: Scene, ticket: Ticket, bound: Ticket | None) -> bool:
    if not scene.place.candidates and scene.place.level != "county":
        return False
    understanding = scene.understanding
    if bound is None and len(understanding.parts) > 1:
        return False
    named = sum(len(e.span) for c in scene.place.candidates[:1] for e in c.evidence)
    rest = len(re.sub(r"[\W_]", "", scene.text)) - named
    if rest <= _BARE_REST:
        return True
    if understanding.kind in _NO_ANSWERS:
        return False
    same = scene.current(understanding.matter) == scene.current(ticket.matter)
    other = understanding.matter is not None and not same
    if understanding.kind in MATTERS and other and understanding.confidence >= _SURE_OF_MATTER:
        return False
    return bound is not None or rest <= _ANSWER_REST or understanding.kind == "supplement"


def _about(scene: Scene, ticket: Ticket) -> Step:
    """A message that is bound to one ticket."""
    kind = scene.understanding.kind
    if not ticket.is_open:
        return _about_closed(scene, ticket)
    if kind == "status_query":
        return Step(Do.PROGRESS, tickets=(ticket,))
    if kind == "not_solved" and ticket.state in ANSWERED:
        return Step(Do.NOT_SOLVED, ticket=ticket)
    if kind in ("nudge", "human", "not_solved"):
        return Step(Do.NUDGE, ticket=ticket)
    if kind == "withdraw":
        return Step(Do.OFFER_WITHDRAWAL, ticket=ticket)
    if kind == "rating":
        return Step(Do.RATE, ticket=ticket)
    if kind in ("thanks", "greeting") and not scene.understanding.urgent:
        return _say(kind)
    return Step(Do.SUPPLEMENT, ticket=ticket)


def _about_closed(scene: Scene, ticket: Ticket) -> Step:
    """A message about a ticket that is over: reopened, a matter of its own, or a look back."""
    kind = scene.understanding.kind
    if kind == "not_solved" and ticket.state is State.CLOSED:
        return Step(Do.NOT_SOLVED, ticket=ticket)
    has_substance = len(scene.text) >= _SUBSTANCE
    if kind in MATTERS or (kind in ("supplement", "nudge", "not_solved") and has_substance):
        return _new(scene)
    return Step(Do.PROGRESS, tickets=(ticket,))


def _is_small_talk(scene: Scene) -> bool:
    understanding = scene.understanding
    if understanding.kind not in SMALL_TALK or understanding.urgent:
        return False
    sure = understanding.confidence >= _SMALL_TALK_CONFIDENCE
    return sure or len(scene.text) < _SMALL_TALK_LENGTH


def _refer(scene: Scene) -> Step:
    """Why this is not for us and where to turn; one sentence for all where nothing tells."""
    found = referral_of(scene.text, scene.place.outside)
    return Step(Do.REFER, referral=found) if found else _say("out_of_scope")


def _unbound(scene: Scene) -> Step:
    kind = scene.understanding.kind
    waiting = scene.question(About.NEW_OR_MORE)
    if waiting is not None and scene.text and _NEW.match(scene.text) and "新" in scene.text:
        return Step(Do.NEW_MATTER, question=waiting)
    if _is_small_talk(scene):
        return _refer(scene) if kind == "out_of_scope" else _say(kind)
    if kind == "status_query":
        return Step(Do.PROGRESS, tickets=scene.open_tickets or scene.tickets[:1])
    if kind in ABOUT_A_TICKET:
        return _about_some_ticket(scene)
    if kind == "human":
        if len(scene.open_tickets) == 1:
            return Step(Do.NUDGE, ticket=scene.open_tickets[0])
        return Step(Do.NEW_MATTER)
    if scene.known is not None:
        return _new(scene)  # the answer is there: nobody has to be asked anything first
    if scene.open_tickets and len(scene.understanding.parts) < 2:
        return Step(Do.ASK_NEW_OR_MORE, tickets=scene.open_tickets)
    return _new(scene)


def _about_some_ticket(scene: Scene) -> Step:
    kind = scene.understanding.kind
    candidates = scene.open_tickets
    if kind in ("not_solved", "rating"):
        answered = tuple(t for t in candidates if t.state in ANSWERED)
        candidates = answered or candidates
    if not candidates:
        # Nothing is open that it could add to: something of substance is a matter of its own.
        has_substance = bool(scene.place.candidates) or len(scene.text) >= _SMALL_TALK_LENGTH
        return Step(Do.NEW_MATTER) if has_substance else _say("nothing_open")
    if kind == "supplement":
        return Step(Do.ASK_NEW_OR_MORE, tickets=candidates)
    if len(candidates) > 1:
        return Step(Do.ASK_WHICH, tickets=candidates, say=kind)
    return _about(scene, candidates[0])


_WORDS = re.compile(r"[^\W_]")
LONGEST_TEXT = 2000
"""Characters that one message may have; longer ones are refused with a sentence."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def cleaned(text: str) -> str:
    """`text` without control, direction and zero-width characters, and without outer space."""
    return _CONTROL.sub("", text).strip()


def unusable(text: str) -> str | None:
    """The sentence that answers a text which cannot be a message, or None."""
    if not text:
        return "empty"
    if len(text) > LONGEST_TEXT:
        return "too_long"
    if not _WORDS.search(text):
        return "no_words"
    return None


def wants_understanding(inbound: Inbound) -> bool:
    """Whether the classifier should read this message."""
    kinds = (
        InboundKind.TEXT,
        InboundKind.EDITED,
        InboundKind.PHOTO,
        InboundKind.VOICE,
        InboundKind.DOCUMENT,
    )
    return inbound.kind in kinds and unusable(cleaned(inbound.text)) is None


def words_of(inbound: Inbound) -> str:
    """What a message says, in words: a point on the map is its coordinates."""
    if inbound.location is not None:
        where = inbound.location
        return f"{where.latitude:.6f},{where.longitude:.6f} (WGS-84)"
    return cleaned(inbound.text)
