"""Tesseract, one page a process and one thread a process: its own threads make it seven times slower."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

from achats_check.errors import ReadError
from achats_check.readers import guards

LANGUAGE = "fra"
_ADVICE = "Installer tesseract et ses données françaises (Debian, Ubuntu : tesseract-ocr et tesseract-ocr-fra)."
_ASK_SECONDS = 20


def find_tesseract() -> str:
    """Return the path of a tesseract that knows French.

    Raises:
        ReadError: It is not installed, or without its French data.
    """
    return _checked(os.environ.get("PATH", ""), os.environ.get("TESSDATA_PREFIX", ""))


@cache
def _checked(_path: str, _data: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError("La reconnaissance de caractères demande tesseract, qui n'est pas installé.", _ADVICE)
    try:
        done = subprocess.run(
            [program, "--list-langs"], capture_output=True, stdin=subprocess.DEVNULL, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadError("Le programme tesseract est installé et ne répond pas.", _ADVICE) from error
    if LANGUAGE.encode() not in (done.stdout + done.stderr).split():
        raise ReadError("Le programme tesseract est installé sans les données du français.", _ADVICE)
    return program


def recognise(program: str, picture: bytes, dpi: int) -> str | None:
    """Return what tesseract reads in a picture, as its table of words; None when it fails or takes too long.

    Args:
        program: Path of tesseract.
        picture: The picture, in any format tesseract knows.
        dpi: Dots per inch of the picture.
    """
    return _run(program, picture, ["-l", LANGUAGE, "--dpi", str(dpi), "tsv"])


def orientation(program: str, picture: bytes) -> str | None:
    """Return what tesseract says of the way a page is turned; None when it cannot tell."""
    return _run(program, picture, ["--psm", "0"])


def _run(program: str, picture: bytes, options: list[str]) -> str | None:
    try:
        done = subprocess.run(
            [program, "stdin", "stdout", *options],
            input=picture,
            capture_output=True,
            timeout=guards.OCR_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
