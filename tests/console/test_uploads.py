"""A picture that comes with a form: what is taken, what is refused, and that nothing is hidden."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from console.uploads import PICTURE_LIMIT
from tests.console.forms_found import form_for
from tests.console.open_county import GROUP, OpenCounty, open_county, photo
from tickets.states import State


@pytest.fixture
async def county(tmp_path: Path) -> AsyncIterator[OpenCounty]:
    async with open_county(tmp_path) as opened:
        yield opened


async def sent(
    county: OpenCounty, data: bytes, mime: str = "image/jpeg", **changes: str
) -> tuple[httpx.Response, str]:
    """The form of 办结 with a file in it."""
    number = (await county.town.open_lamp()).number
    await county.act(GROUP, number, "sign")
    form = form_for(await county.page(GROUP), number, "resolve")
    fields = form.filled(text="灯换好了") | changes
    client = await county.client(GROUP)
    files = {"photo": ("lamp.jpg", data, mime)}
    return await client.post(form.action, data=fields, files=files), number


def with_gps() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "secret place"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 90, 90)).save(out, "JPEG", exif=exif)
    return out.getvalue()


async def test_picture__is_written_anew_without_what_the_camera_noted(county: OpenCounty) -> None:
    answer, number = await sent(county, with_gps())
    assert answer.status_code == 303
    known = await county.town.store.desk.ticket(number)
    assert known is not None
    kept = await county.media.get(known[2][0])
    assert kept is not None and b"secret place" not in kept[0]
    assert not Image.open(io.BytesIO(kept[0])).getexif()


@pytest.mark.parametrize(
    ("data", "mime", "says"),
    [
        (b"<script>alert(1)</script>", "image/jpeg", "打不开"),
        (b"%PDF-1.4", "application/pdf", "请选照片"),
        (b"<svg/>", "image/svg+xml", "请选照片"),
    ],
)
async def test_what_is_no_picture__is_refused_and_nothing_happens(
    county: OpenCounty, data: bytes, mime: str, says: str
) -> None:
    answer, number = await sent(county, data, mime)
    assert answer.status_code == 422 and says in answer.text
    assert (await county.ticket(number)).state is State.SIGNED


async def test_too_large__is_refused_with_the_limit(county: OpenCounty) -> None:
    answer, number = await sent(county, b"\xff" * (PICTURE_LIMIT + 200_000))
    assert answer.status_code == 413 and "最大 10 MB" in answer.text
    assert (await county.ticket(number)).state is State.SIGNED


async def test_form_of_another_session__keeps_no_file(county: OpenCounty, tmp_path: Path) -> None:
    answer, _number = await sent(county, photo(), csrf="x")
    assert answer.status_code == 403
    assert list(tmp_path.glob("*.jpg")) == []


async def test_double_tap__is_one_closing_with_one_picture(county: OpenCounty) -> None:
    number = (await county.town.open_lamp()).number
    await county.act(GROUP, number, "sign")
    form = form_for(await county.page(GROUP), number, "resolve")
    client = await county.client(GROUP)
    for _ in range(2):
        files = {"photo": ("lamp.jpg", photo(), "image/jpeg")}
        await client.post(form.action, data=form.filled(text="换好了"), files=files)
    known = await county.town.store.desk.ticket(number)
    assert known is not None and len(known[2]) == 1
    assert known[0].state is State.RESOLVED


async def test_photo_form__needs_one(county: OpenCounty) -> None:
    number = (await county.town.open_lamp()).number
    await county.act(GROUP, number, "sign")
    form = form_for(await county.page(GROUP), number, "photo")
    client = await county.client(GROUP)
    answer = await client.post(form.action, data=form.filled())
    assert answer.status_code == 422 and "请选一张照片" in answer.text
