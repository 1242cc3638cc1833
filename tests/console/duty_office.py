"""The cadres' pages on the services of a whole town, on a Monday at nine."""

from __future__ import annotations

from fastapi import FastAPI

from console import work_router
from tests.services.town import Town
from tests.webchat.stand_ins import Pictures


def town_app(town: Town, *cadres: str) -> FastAPI:
    """The pages; the one-time code of each of these cadres is their own id."""
    codes = {cadre: cadre for cadre in cadres}

    async def redeem(code: str) -> str | None:
        return codes.get(code)

    app = FastAPI()
    app.include_router(
        work_router(
            town.receive,
            town.store.desk,
            town.store.mailbox,
            town.store.wakeups,
            Pictures(),
            office=lambda: town.office,
            redeem=redeem,
            secret="only for tests",
            clock=lambda: town.now,
        )
    )
    return app
