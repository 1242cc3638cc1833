"""Reads posters as a phone and a person do: from pixels and from the text of the page."""

from __future__ import annotations

from types import TracebackType

import pypdfium2
import zxingcpp
from PIL import Image

_MM = 25.4 / 72


class Printed:
    """A PDF that is open until the block is left."""

    def __init__(self, content: bytes) -> None:
        self._document = pypdfium2.PdfDocument(content)

    def __enter__(self) -> Printed:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[int, int]:
        """Width and height in whole millimetres."""
        width, height = self._document[page].get_size()
        return round(width * _MM), round(height * _MM)

    def text(self, page: int) -> str:
        """The words of a page without any white space."""
        text = self._document[page].get_textpage().get_text_range()
        return "".join(text.split())

    def image(self, page: int, dots: int = 150) -> Image.Image:
        """The page in grey, as a black-and-white printer has it."""
        return self._document[page].render(scale=dots / 72).to_pil().convert("L")

    def codes(self, page: int, dots: int = 150) -> dict[str, float]:
        """The QR codes of a page with the length of their upper edge in millimetres."""
        found = zxingcpp.read_barcodes(self.image(page, dots), zxingcpp.BarcodeFormat.QRCode)
        return {
            code.text: (code.position.top_right.x - code.position.top_left.x) / dots * 25.4
            for code in found
        }

    def printed_box(self, page: int) -> tuple[float, float, float, float]:
        """How far everything dark or grey stays from the left, upper, right and lower edge, mm."""
        image = self.image(page, 72).point(lambda value: 255 if value < 250 else 0)
        left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
        edges = (left, top, image.width - right, image.height - bottom)
        return tuple(edge * _MM for edge in edges)  # type: ignore[return-value]
