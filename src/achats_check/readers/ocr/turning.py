"""Pages that were scanned on their side, or upside down, turned upright."""

from typing import NamedTuple

from achats_check.patterns import compiled

_TURN = compiled(r"Rotate: (90|180|270)\b")
_SURENESS = compiled(r"Orientation confidence: (\d+(?:\.\d+)?)")
_HEAD = compiled(r"P5 (\d+) (\d+) 255\n")
_LEAST_SURE = 2.0
"""Tesseract's own sureness under which a page may as well be upright."""


class Turned(NamedTuple):
    """A picture once it is turned."""

    data: bytes
    """A PGM file."""
    down: int
    """Its rows."""


def upright(picture: bytes, answer: str) -> Turned | None:
    """Return a page turned as tesseract says it must be; None when it stands upright, or may.

    Args:
        picture: A PGM file.
        answer: What tesseract says of its orientation.
    """
    turn, sureness = _TURN.search(answer), _SURENESS.search(answer)
    head = _HEAD.match(picture[:40].decode("latin-1"))
    if turn is None or sureness is None or float(sureness[1]) < _LEAST_SURE or head is None:
        return None
    across, down = int(head[1]), int(head[2])
    dots = picture[head.end() :]
    if turn[1] == "180":
        return _pgm(dots[::-1], across, down)
    if turn[1] == "90":
        return _pgm(b"".join(dots[column::across][::-1] for column in range(across)), down, across)
    return _pgm(b"".join(dots[column::across] for column in reversed(range(across))), down, across)


def _pgm(dots: bytes, across: int, down: int) -> Turned:
    return Turned(b"P5 %d %d 255\n%s" % (across, down, dots), down)
