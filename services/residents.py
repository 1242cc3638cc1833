"""Residents: from a recorded message to what it changes, all in one transaction."""

from __future__ import annotations

from dataclasses import replace

from routing.areas import Located
from routing.decision import Ask, AskLevel
from routing.places import NOWHERE, PlaceContext, place_from_grid_code
from services.conversation import About, Conversation, Option, Pin
from services.dialogue import (
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
    Matter,
    ask_place,
    close_place_questions,
    find_place,
)
from services.me_too import open_one_of
from services.messages import Attachment, InboundKind
from services.notify import siblings_in
from services.opening import open_ticket
from services.ports import PredictionRecord
from services.reading import KEYWORD_FREE, voice_message
from services.resident_chat import NEW
from services.resident_edits import ResidentEdits
from services.understanding import Understanding
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket

SHORT_ANSWER = 12
"""Characters up to which words may answer a question that waits without an open ticket."""


class ResidentDesk(ResidentEdits):
    """Applies one message of a resident within a unit of work."""

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
            await self._location(conversation)
        elif kind is InboundKind.UNSUPPORTED:
            await self._say("unsupported")
        elif kind is InboundKind.EDITED:
            if not await self._edited(conversation, understanding):
                await self._words(conversation, understanding)
        else:
            await self._words(conversation, understanding)

    async def _start(self, conversation: Conversation) -> None:
        payload = self._inbound.text.strip()
        # An old poster names a grid that was merged: what took its place answers.
        found = place_from_grid_code(self._office.county, payload).grid_code
        grid = self._office.county.grids.get(found) if found else None
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
        # Without an open ticket only 分开办还是一件事 and 我也遇到 can wait.
        open_any = any(ticket.is_open for ticket in tickets) or len(text) <= SHORT_ANSWER
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
            known=await self._known(text, understanding),
            judged=await self._meant(text, tickets),
            current=self._office.county.catalogue.current,
        )

    async def _do(self, scene: Scene, conversation: Conversation) -> None:
        step = decide_step(scene)
        if step.do is not Do.NEW_MATTER:
            known = scene.known if step.do is Do.ANSWER_KNOWN else None
            reasons = (("knowledge", known.reason),) if known else ()
            await self._work.add_prediction(
                PredictionRecord(self._item.id, None, scene.understanding, reasons, self._now)
            )
        if step.do is Do.SAY:
            await self._say(step.say)
        elif step.do is Do.REFER and step.referral:
            await self._refer(step.referral)
        elif step.do is Do.ANSWER_KNOWN and scene.known:
            await self._answer_known(scene.known)
        elif step.do is Do.JUDGE_KNOWN and scene.judged:
            await self._judge_by_words(scene.judged, scene.text)
        elif step.do is Do.NEW_MATTER:
            await self._new_matter(scene, step, conversation)
        elif step.do is Do.ASK_SPLIT:
            await self._ask_split(scene.understanding)
        elif step.do is Do.SPLIT:
            await self._split(scene.understanding)
        elif step.do is Do.ANSWER_SAME and step.question:
            first, second = step.question.options
            await self._resume(step.question, (first if step.say == "same" else second).value)
        elif step.do is Do.ANSWER_SPLIT and step.question:
            await self._answer_split(step.question, step.say)
        elif step.do is Do.ASK_NEW_OR_MORE:
            await self._ask_new_or_more(step.tickets)
        elif step.do is Do.ASK_WHICH:
            await self._which(scene, step)
        elif step.do is Do.PROGRESS:
            await self._progress(step.tickets)
        elif step.do is Do.ANSWER_PLACE and step.ticket and step.question:
            place = NOWHERE if step.cannot_say else scene.place
            await self._answer_place(step.ticket, step.question, place, scene.text)
        elif step.ticket is not None:
            secret = scene.understanding.confidential
            await self.act(str(step.do), step.ticket, scene.text, secret=secret)

    async def _which(self, scene: Scene, step: Step) -> None:
        if step.say == "place" and await self._are_parts(step.tickets):
            for question, ticket in scene.place_questions:
                await self._answer_place(ticket, question, scene.place, scene.text)
        else:
            await self._ask_which(step)

    async def _are_parts(self, tickets: tuple[Ticket, ...]) -> bool:
        """Parts of one message: a place that is said for one of them is said for all."""
        history = await self._work.events(tickets[0].number)
        known = {tickets[0].number, *siblings_in(history)}
        return all(ticket.number in known for ticket in tickets)

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
        main = await open_one_of(self._work, self._office, matter)
        if main is None:
            await open_ticket(self._work, self._office, matter)
        else:
            await self._offer_same(matter, main)

    async def _offer_same(self, matter: Matter, main: Ticket) -> None:
        """A neighbour's open ticket is about this: +1, or a ticket of one's own?"""
        await self._work.add_prediction(
            PredictionRecord(self._item.id, None, matter.understanding, (), self._now)
        )
        say = self._office.wording.say
        count = 1 + len(await self._work.merged_into(main.number))
        slots = {
            "place": self._office.place_name(main),
            "matter": self._office.matter_name(main),
            "count": str(count),
        }
        options = [
            Option(say("button_me_too"), main.number),
            Option(say("button_another"), NEW),
        ]
        await self._ask(About.SAME, options, "ask_same", slots=slots)

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

    async def _location(self, conversation: Conversation) -> None:
        where = self._inbound.location
        if where is None:
            return
        located = self._office.near(where)
        if located is None:
            await self._say("location_no_fix")
            return
        if located.inside_county is False:
            await self._say("location_outside")
        text = f"{words_of(self._inbound)} {self._office.area_words(located)}".strip()
        bound = await self._replied_to()
        tickets = await self._tickets()
        open_tickets = tuple(t for t in tickets if t.is_open)
        if bound is None and len(open_tickets) == 1:
            bound = open_tickets[0]
        if bound is not None and bound.is_open:
            await self._bind(bound)
            if not await self._place_from(bound, located, text):
                await self._remark(bound, EventName.SUPPLEMENTED, text, "location_kept")
        elif open_tickets:
            await self._ask_new_or_more(open_tickets)
        else:
            point = Attachment(POINT + text, "application/geo")
            await self._work.add_attachment(self._inbound.address, self._item.id, None, point)
            pin = Pin(where.longitude, where.latitude, self._now)
            await self._work.save_conversation(replace(conversation, pin=pin))
            if located.inside_county is not False:
                await self._say("location_needs_words")

    async def _place_from(self, ticket: Ticket, located: Located, text: str) -> bool:
        """A point that answers a question for the place: what lies there becomes the buttons.

        A point is never an answer by itself: the writer may stand somewhere else. False when
        nothing was asked, or nothing is known near it.
        """
        codes = tuple(found.code for found in located.ranked)
        questions = await self._work.open_questions(self._inbound.address.key)
        asked = [q for q in questions if q.about is About.PLACE and q.ticket == ticket.number]
        if not asked or not codes:
            return False
        heard = life.remark(ticket, EventName.SUPPLEMENTED, "resident", text, self._now)
        await self._work.append_events(ticket.number, [heard])
        await close_place_questions(self._work, self._office, ticket, "📍")
        level: AskLevel = "township" if all(self._is_township(c) for c in codes) else "village"
        await ask_place(self._work, self._office, ticket, Ask(level, codes))
        return True

    def _is_township(self, code: str) -> bool:
        division = self._office.county.tree.get(code)
        return division is not None and division.level == "township"
