"""Puts the web chat's addresses together for the composition."""

from __future__ import annotations

from fastapi import APIRouter

from bot.webchat.assets import Assets
from bot.webchat.intake import Intake, Receive
from bot.webchat.page import ChatPage
from bot.webchat.reading import Reading
from services.ports import Clock, Mailbox, MediaStore, Wakeups, Wording


def webchat_router(
    receive: Receive,
    mailbox: Mailbox,
    wakeups: Wakeups,
    media: MediaStore,
    wording: Wording,
    *,
    clock: Clock,
    county: str,
) -> APIRouter:
    """The residents' chat at `/`; `county` is the name that the page shows.

    The address of a chat is its key: serve it without an access log, or with one that cuts
    everything behind `/c/`.
    """
    assets = Assets.load()
    page = ChatPage(county, wording, assets)
    intake = Intake(receive, media, wording, clock, page)
    reading = Reading(mailbox, wakeups, media, page, intake)
    router = APIRouter(include_in_schema=False)
    router.add_route("/", reading.home, methods=["GET"])
    router.add_route("/c/{token}", reading.chat, methods=["GET"])
    router.add_route("/c/{token}/history", reading.history, methods=["GET"])
    router.add_route("/c/{token}/updates", reading.updates, methods=["GET"])
    router.add_route("/c/{token}/events", reading.events, methods=["GET"])
    router.add_route("/c/{token}/media/{media_id}", reading.file, methods=["GET"])
    router.add_route("/c/{token}/messages", intake.message, methods=["POST"])
    router.add_route("/c/{token}/files", intake.file, methods=["POST"])
    router.add_route("/c/{token}/location", intake.location, methods=["POST"])
    router.add_route("/c/{token}/say", intake.form, methods=["POST"])
    router.add_route("/chat-assets/{name}", assets.serve, methods=["GET"])
    return router
