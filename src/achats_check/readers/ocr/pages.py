"""Pages being recognised: as many at once as there are processors, each kept for the next time by its picture."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, NamedTuple

from achats_check import private_folder
from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.ocr.tesseract import LANGUAGE, find_tesseract, recognise
from achats_check.readers.ocr.words import lines

if TYPE_CHECKING:
    from achats_check.readers.pdf.shapes import Line

_SUFFIX = ".ocr"
_KEPT = 2000
"""Pages kept from one run to the next."""


class Recognised(NamedTuple):
    """A page that was read."""

    number: int
    height: float
    lines: list[Line]


class Pages:
    """The pages of one piece that are handed to tesseract.

    Attributes:
        trouble: Why none can be, in French, or "".
    """

    def __init__(self) -> None:
        self.trouble = ""
        self._asked = False
        self._numbers: list[int] = []
        self._found: list[tuple[int, float, Future[list[Line]]]] = []
        try:
            self._program = find_tesseract()
        except ReadError as error:
            self.trouble = str(error)
            return
        workers = os.cpu_count() or 1
        self._room = BoundedSemaphore(2 * workers)
        self._pool = ThreadPoolExecutor(workers)

    @property
    def is_open(self) -> bool:
        """Whether one more page would be read; asking tells that there is one."""
        self._asked = True
        return not self.trouble and len(self._found) < guards.MAX_OCR_PAGES

    def add(self, number: int, picture: bytes, dpi: int, height: float) -> None:
        """Hand over a page, waiting until one is done when many are under way: pictures are large.

        Args:
            number: Its number, from 1.
            picture: The page drawn in grey, as a PGM file; b"" for a page that cannot be drawn, which stays unread.
            dpi: Dots per inch of the picture.
            height: Height of the page in points.
        """
        if not picture:
            return
        self._room.acquire()
        future = self._pool.submit(self._recognise, picture, dpi, height)
        future.add_done_callback(lambda _: self._room.release())
        self._found.append((number, height, future))

    def read(self) -> list[Recognised]:
        """Return the pages that could be read, in order, once all are done."""
        if self.trouble:
            return []
        done = [Recognised(number, height, future.result()) for number, height, future in self._found]
        self._pool.shutdown()
        if done:
            private_folder.keep_newest(_SUFFIX, _KEPT)
        read = [page for page in done if page.lines]
        self._numbers = [page.number for page in read]
        return read

    def notes(self) -> tuple[str, ...]:
        """Return what recognition did to the piece, once it is over, in French."""
        if self.trouble and self._asked:
            return (f"Reconnaissance de caractères impossible : {self.trouble}",)
        if not self._numbers:
            return ()
        shown = ", ".join(map(str, self._numbers[:20])) + (" …" if len(self._numbers) > 20 else "")
        return (
            f"{len(self._numbers)} page(s) lue(s) par reconnaissance de caractères : {shown}. "
            "Ce qui y est lu est moins sûr : rien n'y est reproché ni tenu pour absent.",
        )

    def _recognise(self, picture: bytes, dpi: int, height: float) -> list[Line]:
        name = _name(picture, dpi)
        kept = private_folder.read(name)
        table = kept.decode("utf-8", "replace") if kept is not None else None
        if table is None:
            table = recognise(self._program, picture, dpi)
            if table is None:
                return []
            private_folder.write(name, table.encode())
        return lines(table, height, dpi)


def _name(picture: bytes, dpi: int) -> str:
    """Return the name under which the words of a picture are kept."""
    from hashlib import sha256

    digest = sha256(f"{LANGUAGE}|{dpi}|".encode())
    digest.update(picture)
    return f"{digest.hexdigest()[:40]}{_SUFFIX}"
