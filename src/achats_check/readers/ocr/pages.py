"""Pictures of pages read by tesseract: as many at once as there are processors, each picture once for all."""

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from achats_check import private_folder
from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.ocr.tesseract import LANGUAGE, find_tesseract, orientation, recognise
from achats_check.readers.ocr.turning import upright
from achats_check.readers.ocr.words import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from achats_check.readers.pdf.shapes import Line

_SUFFIX = ".ocr"
_KEPT = 2000
"""Answers kept from one run to the next."""
_SOME_LINES = 10
"""Lines of an answer under which a page holds next to nothing, and is not worth turning."""


class Picture(NamedTuple):
    """A page drawn in grey."""

    number: int
    """Number of the page, from 1."""
    data: bytes
    """A PGM file."""
    dpi: int
    height: float
    """Height of the page in points."""


class PageLines(NamedTuple):
    """A page that was read."""

    number: int
    height: float
    lines: "list[Line]"


class Recognition(NamedTuple):
    """What recognition gave of a piece."""

    pages: list[PageLines]
    """The pages that could be read, in order."""
    trouble: str = ""
    """Why none could be, in French, or ""."""


def recognised(pictures: "Iterable[Picture]") -> Recognition:
    """Read pictures of pages, up to `guards.MAX_OCR_PAGES`.

    Args:
        pictures: The pages, drawn when they are asked for: a few are held at once.
    """
    drawn = iter(pictures)
    first = next(drawn, None)
    if first is None:
        return Recognition([])
    try:
        program = find_tesseract()
    except ReadError as error:
        return Recognition([], str(error))
    found = [page for page in _read_all(program, first, drawn) if page.lines]
    private_folder.keep_newest(_SUFFIX, _KEPT)
    return Recognition(found)


def _read_all(program: str, first: Picture, others: "Iterator[Picture]") -> "Iterator[PageLines]":
    """Yield the pages in order, those that could not be read without lines."""
    workers = os.cpu_count() or 1
    waiting: deque[Future[PageLines]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        picture: Picture | None = first
        count = 0
        while picture is not None and count < guards.MAX_OCR_PAGES:
            count += 1
            waiting.append(pool.submit(_read, program, picture))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
            picture = next(others, None)
        for future in waiting:
            yield future.result()


def _read(program: str, picture: Picture) -> PageLines:
    """Read a page as it lies, or turned upright when it makes no sense."""
    table = _kept(_name(picture, "words"), lambda: recognise(program, picture.data, picture.dpi))
    found = lines(table, picture.height, picture.dpi)
    if not found and len(table.splitlines()) > _SOME_LINES:
        turned = upright(picture.data, _kept(_name(picture, "way"), lambda: orientation(program, picture.data)))
        if turned is not None:
            height = turned.down * 72 / picture.dpi
            again = picture._replace(data=turned.data, height=height)
            table = _kept(_name(again, "words"), lambda: recognise(program, again.data, again.dpi))
            return PageLines(picture.number, height, lines(table, height, picture.dpi))
    return PageLines(picture.number, picture.height, found)


def _kept(name: str, ask: "Callable[[], str | None]") -> str:
    """Return an answer of tesseract, asked for once; "" when it has none, which is asked for again next time."""
    kept = private_folder.read(name)
    if kept is not None:
        return kept.decode("utf-8", "replace")
    answer = ask()
    if answer is None:
        return ""
    private_folder.write(name, answer.encode())
    return answer


def _name(picture: Picture, what: str) -> str:
    """Return the name under which what is known of a picture is kept."""
    from hashlib import sha256

    digest = sha256(f"{what}|{LANGUAGE}|{picture.dpi}|".encode())
    digest.update(picture.data)
    return f"{digest.hexdigest()[:40]}{_SUFFIX}"
