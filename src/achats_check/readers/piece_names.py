"""The names of files as people wrote them: encodings undone, separators alike, nothing that a terminal obeys."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath
from unicodedata import category, normalize

INSIDE = "!/"
"""What stands between an archive and what it holds: « dossier.zip!/RC/RC.pdf »."""
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ°’‘«»–—…€²³µ§ ")
_WRONG_READINGS = ("cp1252", "latin-1", "cp850", "cp437", "mac_roman")
"""Encodings in which UTF-8 bytes are mistakenly read."""
_OLD_ENCODINGS = ("cp850", "cp437", "cp1252", "mac_roman")
"""Encodings of the names in archives made before, or without, UTF-8, the most usual in France first."""
_IGNORED = re.compile(r"(?:\.|~\$|\$recycle\.bin$|__macosx$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def is_ignored(name: str) -> bool:
    """Say whether a file or a folder is left by a system or an editor, and nobody's piece."""
    return _IGNORED.match(name) is not None


def repaired(name: str) -> str:
    """Return a name with its accents: "AmÃ©nagement" and "Am├®nagement" are "Aménagement".

    A name that was not garbled comes back as it was, accents composed, control and direction marks taken out.
    """
    if any("\udc80" <= letter <= "\udcff" for letter in name):  # bytes of a disk that are no UTF-8
        return decoded(os.fsencode(name))
    if not name.isascii():
        name = _read_again(name)
    return "".join(c for c in normalize("NFC", name) if category(c) not in ("Cc", "Cf", "Zl", "Zp", "Cs"))


def decoded(raw: bytes) -> str:
    """Return the name that the bytes of an archive hold, whatever encoding the tool that made it used."""
    try:
        return repaired(raw.decode("utf-8"))
    except UnicodeDecodeError:
        readings = [raw.decode(encoding, "replace") for encoding in _OLD_ENCODINGS]
        return repaired(max(readings, key=_plausibility))


def parts_of(name: str) -> tuple[str, ...]:
    """Return the folders and the file of a name in an archive, without drive, root, or steps upwards."""
    inside = re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/"))
    return tuple(part for part in inside.split("/") if part not in ("", ".", ".."))


def ordinary_suffix(name: str) -> str:
    """Return the extension, which the readers look at, when it is one that any disk takes."""
    suffix = PurePosixPath(name).suffix
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) < 10 else ""


def _read_again(name: str) -> str:
    """Undo, at most twice, the reading of UTF-8 bytes in another encoding."""
    for _ in range(2):
        better = [found for encoding in _WRONG_READINGS if (found := _undone(name, encoding))]
        if not better:
            break
        name = max(better, key=_plausibility)
    return name


def _undone(name: str, encoding: str) -> str:
    try:
        found = name.encode(encoding).decode("utf-8")
    except UnicodeError:
        return ""
    return found if found != name and _plausibility(found) >= 0 else ""


def _plausibility(name: str) -> int:
    """Count the letters of French beyond ASCII, less what is none."""
    return sum(1 if letter in _FRENCH else -2 for letter in normalize("NFC", name) if ord(letter) > 127)
