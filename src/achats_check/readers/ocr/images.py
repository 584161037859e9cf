"""Pieces that are images (.png, .jpg, .tif…): one page a frame, read by character recognition when it is asked for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from achats_check.errors import ReadError
from achats_check.model.document import Document
from achats_check.readers import guards
from achats_check.readers.ocr.pages import Picture, recognised
from achats_check.readers.outline import cut_short, settle
from achats_check.readers.pdf.hyphens import Hyphens
from achats_check.readers.pdf.paragraphs import Joiner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ADVICE = "Fournir la pièce d'origine en .docx ou en .pdf, ou relancer avec --ocr (reconnaissance de caractères)."
_LEAST_DPI, _MOST_DPI = 70, 600
"""Dots per inch that a scanner may give; others are those of a screen or a mistake."""


def read_image(path: Path, ocr: bool = False) -> Document:
    """Read an image by character recognition.

    Raises:
        ReadError: Nobody asked for it, tesseract is missing, or nothing is written on the image.
    """
    if not ocr:
        raise ReadError("C'est une image : elle ne contient pas de texte.", _ADVICE)
    found = recognised(pictures(path))
    if found.trouble:
        raise ReadError("C'est une image : elle ne contient pas de texte.", found.trouble)
    count = _frame_count(path)
    joiner = Joiner(Hyphens("\n".join(line.text for page in found.pages for line in page.lines), count))
    for page in found.pages:
        joiner.page(page.number, list(page.lines))
    joiner.flush()
    if not joiner.drafts:
        raise ReadError("Aucun texte n'a été reconnu dans l'image.", "Fournir la pièce d'origine en .docx ou en .pdf.")
    numbers = tuple(page.number for page in found.pages)
    return Document(
        str(path),
        "image",
        settle(joiner.drafts),
        pages=count,
        unread_pages=tuple(sorted({*range(1, count + 1)} - {*numbers})),
        truncated=cut_short(joiner.drafts),
        ocr_pages=numbers,
    )


def pictures(path: Path) -> Iterator[Picture]:
    """Yield the frames of an image, in grey.

    Raises:
        ReadError: The image is damaged or too large.
    """
    from PIL import ImageSequence

    with _opened(path) as image:
        for number, frame in enumerate(ImageSequence.Iterator(image), 1):
            yield _picture(frame, number)


def _frame_count(path: Path) -> int:
    with _opened(path) as image:
        return int(getattr(image, "n_frames", 1))


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Give an image, and turn what its library raises into what is said of it."""
    import warnings

    from PIL import Image, UnidentifiedImageError

    damaged = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(path)
        with opened as image:
            yield image
    except damaged as error:
        raise ReadError("L'image est incomplète ou endommagée.", "La numériser de nouveau, en PDF.") from error


def _picture(frame: Any, number: int) -> Picture:
    width, height = frame.size
    if width * height > guards.MAX_PICTURE_DOTS:
        raise ReadError(
            f"L'image compte {width * height // 10**6} millions de points, plus que la limite.",
            "La réduire, ou la numériser de nouveau à 200 points par pouce.",
        )
    said = frame.info.get("dpi", (0, 0))
    dpi = round(float(said[-1])) if isinstance(said, tuple) and said else 0
    dpi = dpi if _LEAST_DPI <= dpi <= _MOST_DPI else guards.OCR_DPI
    if frame.mode.startswith("I"):
        frame = frame.convert("I").point(lambda shade: shade * (1 / 256))
    grey = frame.convert("RGBA") if "transparency" in frame.info or frame.mode in ("RGBA", "LA", "PA") else frame
    if grey.mode == "RGBA":
        from PIL import Image

        paper = Image.new("RGBA", grey.size, "white")
        paper.alpha_composite(grey)
        grey = paper
    data = grey.convert("L").tobytes()
    return Picture(number, b"P5 %d %d 255\n%s" % (width, height, data), dpi, height * 72 / dpi)
