"""Residents: from a recorded message to what it changes, all in one transaction."""

from __future__ import annotations

from dataclasses import replace

from routing.ladder import next_rung
from routing.places import NOWHERE, PlaceContext, PlaceFinding, place_from_code
from services.cards import resident_card
from services.conversation import About, Conversation, Option, Question
from services.dialogue import (
    MATTERS,
    Do,
    Scene,
    Step,
    cleaned,
    decide_step,
    unusable,
    words_of,
)
from services.intake import (
    POINT,
    UNKNOWN_PLACE,
    Matter,
    close_place_questions,
    find_place,
    open_ticket,
    place_answered,
    question_buttons,
    with_matter,
)
from services.messages import Attachment, Button, Inbound, InboundKind, Outbound
from services.notify import remark_to_cadres, tell_cadres, tell_resident
from services.office import Office
from services.ports import InboxItem, PredictionRecord, UnitOfWork
from services.reading import KEYWORD_FREE, remembered, voice_message
from services.understanding import Understanding
from tickets import ticket as life
from tickets.events import EventName
from tickets.number import find
from tickets.states import State
from tickets.ticket import Ticket

RECENT_TICKETS = 20
NEW = "new"
"""The option 新问题 of the question 新问题还是补充."""


class ResidentDesk:
    """Applies one message of a resident within a unit of work."""

    def __init__(self, work: UnitOfWork, office: Office, item: InboxItem) -> None:
        self._work = work
        self._office = office
        self._item = item
        self._inbound: Inbound = item.inbound
        self._now = office.clock()

    async def handle(self, understanding: Understanding | None) -> None:
        """Do what the message asks."""
        kind = self._inbound.kind
        if kind is InboundKind.BLOCKED:
            await self._work.set_reachable(self._inbound.address, False)
            return
        conversation = await self._work.conversation(self._inbound.address)
        if not conversation.reachable:
            conversation = replace(conversation, reachable=True)
            await self._work.set_reachable(self._inbound.address, True)
        if kind in (InboundKind.UNBLOCKED, InboundKind.MOVED):
            return
        if kind is InboundKind.START:
            await self._start(conversation)
        elif kind is InboundKind.HELP:
            await self._say("help")
        elif kind is InboundKind.PROGRESS:
            await self._progress(await self._tickets())
        elif kind is InboundKind.PRESS:
            await self._press(conversation)
        elif kind is InboundKind.LOCATION:
            await self._location()
        elif kind is InboundKind.UNSUPPORTED:
            await self._say("unsupported")
        elif kind is InboundKind.EDITED:
            await self._edited(conversation, understanding)
        else:
            await self._words(conversation, understanding)

    # --- small helpers ---

    async def _say(self, key: str, **slots: str) -> None:
        words = self._office.wording.say(key, slots)
        message = Outbound(words, reply_to=self._inbound.message_id)
        await self._work.send(self._inbound.address, message, self._now)

    async def _tickets(self) -> tuple[Ticket, ...]:
        key = self._inbound.address.key
        return tuple(await self._work.tickets_of(key, limit=RECENT_TICKETS))

    async def _own_ticket(self, number: str | None) -> Ticket | None:
        """A ticket of this chat, never of another."""
        ticket = await self._work.ticket(number) if number else None
        return ticket if ticket and ticket.reporter == self._inbound.address.key else None

    # --- what residents send ---

    async def _start(self, conversation: Conversation) -> None:
        payload = self._inbound.text.strip()
        grid = self._office.county.grids.get(payload)
        if grid is None:
            await self._say("welcome")
            return
        await self._work.save_conversation(replace(conversation, grid=grid.code))
        await self._say("welcome_grid", grid=grid.name)

    async def _words(self, conversation: Conversation, understanding: Understanding | None) -> None:
        inbound = self._inbound
        text = cleaned(inbound.text)
        if inbound.attachment is not None:
            await self._work.add_attachment(
                inbound.address, self._item.id, None, inbound.attachment
            )
            if not text:
                await self._file_without_words(conversation)
                return
        problem = unusable(text)
        if problem is not None:
            await self._say(problem)
            return
        if understanding is None:
            understanding = KEYWORD_FREE
        await self._do(await self._scene(conversation, text, understanding), conversation)

    async def _scene(
        self, conversation: Conversation, text: str, understanding: Understanding
    ) -> Scene:
        tickets = await self._tickets()
        open_any = any(ticket.is_open for ticket in tickets)
        questions = tuple(
            await self._work.open_questions(self._inbound.address.key) if open_any else ()
        )
        waiting = {t.number: t for t in tickets if t.is_open}
        asked = next(
            (q for q in reversed(questions) if q.about is About.PLACE and q.ticket in waiting),
            None,
        )
        if asked is not None:
            ticket = waiting[asked.ticket or ""]
            context = PlaceContext(
                township_code=ticket.township,
                villager_group=ticket.villager_group,
                answering=True,
            )
            place = self._office.finder.find(text, context)
        else:
            place = find_place(self._office, conversation, text)
        return Scene(
            inbound=self._inbound,
            text=text,
            understanding=understanding,
            place=place,
            tickets=tickets,
            questions=questions,
            replied_to=await self._replied_to(),
            named=await self._named(text),
        )

    async def _named(self, text: str) -> Ticket | None:
        """This chat's ticket whose number stands in the text."""
        for number in find(text):
            if (ticket := await self._own_ticket(number)) is not None:
                return ticket
        return None

    async def unread(self) -> None:
        """Nothing could be made of the message: a human reads it as it is."""
        text = words_of(self._inbound)
        if self._inbound.kind is InboundKind.PRESS or unusable(text) is not None:
            await self._say("button_old")
            return
        matter = Matter(self._inbound.address, self._item.id, text, KEYWORD_FREE, NOWHERE)
        await open_ticket(self._work, self._office, matter)

    async def _replied_to(self) -> Ticket | None:
        if self._inbound.reply_to is None:
            return None
        sent = await self._work.ticket_of_sent(self._inbound.address, self._inbound.reply_to)
        return await self._own_ticket(sent.ticket) if sent else None

    async def _do(self, scene: Scene, conversation: Conversation) -> None:
        step = decide_step(scene)
        if step.do is not Do.NEW_MATTER:
            await self._work.add_prediction(
                PredictionRecord(self._item.id, None, scene.understanding, (), self._now)
            )
        if step.do is Do.SAY:
            await self._say(step.say)
        elif step.do is Do.NEW_MATTER:
            await self._new_matter(scene, step, conversation)
        elif step.do is Do.ASK_NEW_OR_MORE:
            await self._ask_new_or_more(step.tickets)
        elif step.do is Do.ASK_WHICH:
            await self._ask_which(step)
        elif step.do is Do.PROGRESS:
            await self._progress(step.tickets)
        elif step.do is Do.ANSWER_PLACE and step.ticket and step.question:
            place = NOWHERE if step.cannot_say else scene.place
            await self._answer_place(step.ticket, step.question, place, scene.text)
        elif step.ticket is not None:
            secret = scene.understanding.confidential
            await self.act(str(step.do), step.ticket, scene.text, secret=secret)

    async def act(self, verb: str, ticket: Ticket, text: str, *, secret: bool = False) -> None:
        """One action of the resident on one ticket of theirs; files of the message go along."""
        await self._bind(ticket)
        if verb == Do.SUPPLEMENT:
            await self._supplement(ticket, text, secret=secret)
        elif verb == Do.NUDGE:
            await self._remark(ticket, EventName.NUDGED, text, "nudged")
        elif verb == Do.RATE:
            await self._remark(ticket, EventName.RATED, text, "rated")
        elif verb == Do.NOT_SOLVED:
            await self._not_solved(ticket, text)
        elif verb == Do.OFFER_WITHDRAWAL:
            await self._offer_withdrawal(ticket)

    async def _bind(self, ticket: Ticket) -> None:
        await self._work.bind_inbox(self._item.id, ticket.number)
        await self._work.bind_files(self._item.id, ticket.number)

    async def _supplement(self, ticket: Ticket, text: str, *, secret: bool) -> None:
        if secret and not ticket.confidential:
            ticket = await self._work.save_ticket(replace(ticket, confidential=True), [])
        if self._inbound.attachment is not None and not text:
            text = self._office.wording.say("word_file_only")
        await self._remark(ticket, EventName.SUPPLEMENTED, text, "supplemented")
        if ticket.state is State.PENDING_CALLBACK:
            # Whoever has more to say may mean that it is not solved: the buttons stand below.
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _remark(self, ticket: Ticket, name: EventName, text: str, key: str) -> None:
        event = life.remark(ticket, name, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        await remark_to_cadres(self._work, self._office, ticket, f"cadre_{key}", text)
        await self._say(
            key,
            number=ticket.number,
            matter=self._office.matter_name(ticket),
            person=self._office.cadre_name(ticket.person),
        )

    async def _new_matter(self, scene: Scene, step: Step, conversation: Conversation) -> None:
        if step.question is not None:
            await self._resume(step.question, NEW)
            return
        matter = Matter(
            self._inbound.address, self._item.id, scene.text, scene.understanding, scene.place
        )
        if scene.question(About.PLACE) is not None:
            # The place was searched as an answer; a new matter is read on its own.
            matter = replace(matter, place=find_place(self._office, conversation, scene.text))
        if scene.understanding.kind == "human":
            await self._say("human")
        await open_ticket(self._work, self._office, matter)

    async def _file_without_words(self, conversation: Conversation) -> None:
        bound = await self._replied_to()
        if bound is not None and bound.is_open:
            await self.act(Do.SUPPLEMENT, bound, "")
            return
        open_tickets = tuple(t for t in await self._tickets() if t.is_open)
        if open_tickets:
            if not await self._is_asked_about_files():
                await self._ask_new_or_more(open_tickets)
        elif self._inbound.kind is InboundKind.VOICE:
            understanding = voice_message()
            text = self._office.wording.say("word_voice")
            place = find_place(self._office, conversation, "")
            await open_ticket(
                self._work,
                self._office,
                Matter(self._inbound.address, self._item.id, text, understanding, place),
            )
        else:
            await self._say("file_needs_words")

    async def _is_asked_about_files(self) -> bool:
        """An album is one question: its other pictures go where the first one goes."""
        for question in await self._work.open_questions(self._inbound.address.key):
            item = await self._waiting_item(question)
            if item is not None and item.inbound.attachment and not cleaned(item.inbound.text):
                return True
        return False

    async def _waiting_item(self, question: Question) -> InboxItem | None:
        if question.inbox_id is None:
            return None
        return await self._work.inbox_item(question.inbox_id)

    async def _location(self) -> None:
        where = self._inbound.location
        if where is None:
            return
        text = words_of(self._inbound)
        bound = await self._replied_to()
        open_tickets = tuple(t for t in await self._tickets() if t.is_open)
        if bound is None and len(open_tickets) == 1:
            bound = open_tickets[0]
        if bound is not None and bound.is_open:
            await self._bind(bound)
            await self._remark(bound, EventName.SUPPLEMENTED, text, "location_kept")
        elif open_tickets:
            await self._ask_new_or_more(open_tickets)
        else:
            point = Attachment(POINT + text, "application/geo")
            await self._work.add_attachment(self._inbound.address, self._item.id, None, point)
            await self._say("location_needs_words")

    # --- edits ---

    async def _edited(
        self, conversation: Conversation, understanding: Understanding | None
    ) -> None:
        text = cleaned(self._inbound.text)
        original = None
        if self._inbound.message_id is not None:
            address = self._inbound.address
            original = await self._work.first_with_id(address, self._inbound.message_id)
        number = await self._work.ticket_of_message(original.id) if original else None
        ticket = await self._own_ticket(number)
        if ticket is None or original is None:
            if original is not None:
                await self._forget_waiting(original)
            await self._words(conversation, understanding)
        elif not ticket.is_open or unusable(text) is not None:
            await self._say("edit_too_late", number=ticket.number)
        elif understanding is None or cleaned(original.inbound.text) != ticket.text:
            await self._edit_noted(ticket, text)
        else:
            await self._first_words_edited(conversation, ticket, text, understanding)

    async def _forget_waiting(self, original: InboxItem) -> None:
        """The earlier wording of a message waits for an answer: the new one takes its place."""
        for question in await self._work.open_questions(self._inbound.address.key):
            if question.inbox_id == original.id:
                await self._work.close_question(question.id, self._now)

    async def _edit_noted(self, ticket: Ticket, text: str) -> None:
        event = life.remark(ticket, EventName.EDITED, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        await remark_to_cadres(self._work, self._office, ticket, "cadre_supplemented", text)
        matter = self._office.matter_name(ticket)
        await self._say("supplemented", number=ticket.number, matter=matter)

    async def _first_words_edited(
        self,
        conversation: Conversation,
        ticket: Ticket,
        text: str,
        understanding: Understanding,
    ) -> None:
        """New first words are read again; nobody's decision and no clock is undone by them."""
        place = find_place(self._office, conversation, text)
        if ticket.state is not State.NEED_INFO:
            if understanding.urgent and not ticket.urgent:
                matter = Matter(self._inbound.address, self._item.id, text, understanding, place)
                await open_ticket(self._work, self._office, matter)
                return
            if understanding.confidential and not ticket.confidential:
                ticket = await self._work.save_ticket(replace(ticket, confidential=True), [])
            await self._edit_noted(ticket, text)
            return
        event = life.remark(ticket, EventName.EDITED, "resident", text, self._now)
        await self._work.append_events(ticket.number, [event])
        read_again = replace(ticket, text=text)
        if understanding.kind in MATTERS and understanding.matter is not None:
            read_again = with_matter(self._office, read_again, understanding)
        settled = place.candidates or place.level == "county"
        if settled or understanding.urgent or understanding.confidential:
            await close_place_questions(self._work, self._office, ticket)
            await place_answered(self._work, self._office, read_again, understanding, place, text)
            return
        saved = await self._work.save_ticket(read_again, [])
        await tell_resident(self._work, self._office, saved)

    # --- questions and buttons ---

    async def _ask_new_or_more(self, tickets: tuple[Ticket, ...]) -> None:
        options = [Option(self._office.wording.say("button_new_matter"), NEW)]
        options += [self._more_option(ticket) for ticket in tickets]
        await self._ask(About.NEW_OR_MORE, options, "ask_new_or_more")

    def _more_option(self, ticket: Ticket) -> Option:
        label = self._office.wording.say(
            "button_more_about",
            {"number": ticket.number, "matter": ticket.matter_name or ticket.short_text},
        )
        return Option(label, ticket.number)

    async def _ask_which(self, step: Step) -> None:
        options = [self._more_option(ticket) for ticket in step.tickets]
        await self._ask(About.WHICH, options, "ask_which", verb=step.say)

    async def _ask(self, about: About, options: list[Option], key: str, *, verb: str = "") -> None:
        question = Question(
            id=self._office.new_id(),
            conversation=self._inbound.address.key,
            about=about,
            options=tuple(options),
            asked_at=self._now,
            due_at=self._office.limits.answer_by(self._now),
            inbox_id=self._item.id,
            verb=verb,
        )
        await self._work.ask(question)
        message = Outbound(
            self._office.wording.say(key, {"text": self._short_words()}),
            buttons=question_buttons(question),
            reply_to=self._inbound.message_id,
            purpose="question",
        )
        await self._work.send(self._inbound.address, message, self._now)

    def _short_words(self) -> str:
        text = words_of(self._inbound)
        if not text:
            return self._office.wording.say("word_file_only")
        return text if len(text) <= 20 else text[:19] + "…"

    async def _press(self, conversation: Conversation) -> None:
        kind, _, rest = self._inbound.data.partition(":")
        if kind == "q":
            await self._press_option(rest)
        elif kind == "t":
            number, _, verb = rest.rpartition(":")
            await self._press_card(number, verb)
        else:
            await self._say("button_unknown")

    async def _press_option(self, rest: str) -> None:
        question_id, _, index = rest.partition(":")
        question = await self._work.question(question_id)
        if (
            question is None
            or question.conversation != self._inbound.address.key
            or not index.isdecimal()
            or int(index) >= len(question.options)
        ):
            await self._say("button_unknown")
            return
        value = question.options[int(index)].value
        if question.about is About.PLACE:
            ticket = await self._own_ticket(question.ticket)
            if ticket is None or question.answered_at is not None or not ticket.is_open:
                await self._say("button_old")
                return
            county = self._office.county
            place = NOWHERE if value == UNKNOWN_PLACE else place_from_code(county, value)
            label = question.options[int(index)].label
            await self._answer_place(ticket, question, place, label)
            return
        if question.answered_at is not None:
            await self._say("button_old")
            return
        await self._resume(question, value)

    async def _answer_place(
        self, ticket: Ticket, question: Question, place: PlaceFinding, said: str
    ) -> None:
        await close_place_questions(self._work, self._office, ticket)
        await self._work.close_question(question.id, self._now)
        await self._bind(ticket)
        await place_answered(self._work, self._office, ticket, remembered(ticket), place, said)

    async def _resume(self, question: Question, value: str) -> None:
        """Go on with the message that waited for this answer."""
        item = await self._waiting_item(question)
        if item is None or not await self._work.close_question(question.id, self._now):
            await self._say("button_old")
            return
        await self.resume(item, question, value)

    async def resume(self, item: InboxItem, question: Question, value: str) -> None:
        """The waiting message becomes a new matter, or belongs to the ticket `value`."""
        waiting = ResidentDesk(self._work, self._office, item)
        ticket = await self._own_ticket(value) if value != NEW else None
        if ticket is None or not ticket.is_open:
            # The chosen ticket is over meanwhile: the words still count, as a matter of their own.
            await waiting.as_new_matter()
            return
        text = words_of(item.inbound)
        if question.verb == "place":
            context = PlaceContext(township_code=ticket.township, answering=True)
            place = self._office.finder.find(text, context)
            await close_place_questions(self._work, self._office, ticket)
            await place_answered(self._work, self._office, ticket, remembered(ticket), place, text)
            return
        if item.inbound.attachment is not None and not text:
            since = item.received_at
            await self._work.bind_loose_files(item.inbound.address, since, ticket.number)
        understanding = await self._work.understanding_of(item.id)
        secret = understanding.confidential if understanding else False
        await waiting.act(_verb(question.verb, ticket), ticket, text, secret=secret)

    async def as_new_matter(self) -> None:
        """The message that waited becomes a ticket of its own."""
        text = words_of(self._inbound)
        conversation = await self._work.conversation(self._inbound.address)
        understanding = await self._work.understanding_of(self._item.id)
        if not text:
            text = self._office.wording.say("word_file_only")
            understanding = voice_message()
        matter = Matter(
            self._inbound.address,
            self._item.id,
            text,
            understanding or KEYWORD_FREE,
            find_place(self._office, conversation, text),
        )
        await open_ticket(self._work, self._office, matter)

    async def _press_card(self, number: str, verb: str) -> None:
        ticket = await self._own_ticket(number)
        if ticket is None:
            await self._say("button_unknown")
        elif verb == "nudge" and ticket.is_open and ticket.state is not State.PENDING_CALLBACK:
            await self._remark(ticket, EventName.NUDGED, "", "nudged")
        elif verb == "withdraw" and ticket.is_open and ticket.state is not State.PENDING_CALLBACK:
            await self._offer_withdrawal(ticket)
        elif (
            verb == "withdraw_yes" and ticket.is_open and ticket.state is not State.PENDING_CALLBACK
        ):
            await self._withdraw(ticket)
        elif verb == "withdraw_no" and ticket.is_open:
            await self._say("withdrawal_dropped", number=number)
        elif verb == "solved" and ticket.state is State.PENDING_CALLBACK:
            await self._solved(ticket)
        elif verb == "unsolved" and ticket.state in (State.PENDING_CALLBACK, State.CLOSED):
            await self._not_solved(ticket, "")
        elif verb in ("nudge", "withdraw", "withdraw_yes", "withdraw_no", "solved", "unsolved"):
            await self._say("button_old")
        else:
            await self._say("button_unknown")

    # --- the resident's actions on a ticket ---

    async def _progress(self, tickets: tuple[Ticket, ...]) -> None:
        shown = [ticket for ticket in tickets if ticket.is_open] or list(tickets[:1])
        if not shown:
            await self._say("nothing_open")
            return
        for ticket in shown[:5]:
            # A copy below the question, with no slot: the card itself stays where it is.
            card = replace(resident_card(self._office, ticket), slot=None)
            await self._work.send(self._inbound.address, card, self._now)

    async def _offer_withdrawal(self, ticket: Ticket) -> None:
        if ticket.state is State.PENDING_CALLBACK:
            await self._say("withdraw_answered", number=ticket.number)
            return
        say = self._office.wording.say
        buttons = (
            Button(say("button_withdraw_yes"), f"t:{ticket.number}:withdraw_yes"),
            Button(say("button_withdraw_no"), f"t:{ticket.number}:withdraw_no"),
        )
        slots = {"number": ticket.number, "matter": self._office.matter_name(ticket)}
        words = say("ask_withdraw", slots)
        message = Outbound(words, buttons=(buttons,), ticket=ticket.number, purpose="question")
        await self._work.send(self._inbound.address, message, self._now)

    async def _withdraw(self, ticket: Ticket) -> None:
        changed, event = life.withdraw(ticket, self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "withdrawn")
        await tell_cadres(self._work, self._office, saved)

    async def _solved(self, ticket: Ticket) -> None:
        changed, event = life.confirm_solved(ticket, self._now)
        saved = await self._work.save_ticket(changed, [event])
        await tell_resident(self._work, self._office, saved, "closed_solved")
        await tell_cadres(self._work, self._office, saved)

    async def _not_solved(self, ticket: Ticket, text: str) -> None:
        """Handled again, one level up, with the resident's words on top."""
        office = self._office
        window = office.limits.reopen_until(ticket.updated_at)
        if ticket.state is State.CLOSED and self._item.received_at > window:
            await self._say("reopen_too_late", number=ticket.number)
            return
        owner = next_rung(office.county, ticket.owner, ticket.matter) or ticket.owner
        due = office.limits.sign_by(ticket.urgent, self._now)
        changed, event = life.not_solved(
            ticket,
            owner=owner,
            person=office.in_charge(owner),
            due_at=due,
            text=text,
            now=self._now,
        )
        saved = await self._work.save_ticket(changed, [event])
        key = "reopened" if owner != ticket.owner else "reopened_same"
        await tell_resident(self._work, office, saved, key)
        why = text or office.wording.say("word_not_solved")
        await tell_cadres(self._work, office, saved, why=why, new_owner=True)


def _verb(verb: str, ticket: Ticket) -> Do:
    """What a question that was asked for several tickets does to the chosen one."""
    verbs = {
        "not_solved": Do.NOT_SOLVED,
        "withdraw": Do.OFFER_WITHDRAWAL,
        "rating": Do.RATE,
        "nudge": Do.NUDGE,
    }
    chosen = verbs.get(verb, Do.SUPPLEMENT)
    if chosen is Do.NOT_SOLVED and ticket.state is not State.PENDING_CALLBACK:
        return Do.NUDGE
    return chosen
