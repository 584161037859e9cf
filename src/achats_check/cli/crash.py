"""A bug of ours: told as such, with a code of its own, so that no script takes it for a verdict."""

from __future__ import annotations

from traceback import extract_tb

CRASH_CODE = 70
"""What sysexits.h calls an internal software error; none of the codes of a verdict or of an input at fault."""


def crash_message(error: Exception) -> str:
    """Return one French sentence that says where the program failed, and what to do."""
    frames = extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "achats_check" in frame.filename] or list(frames)
    where = f" dans {_short(ours[-1].filename)}, ligne {ours[-1].lineno}" if ours else ""
    what = f"{type(error).__name__}{where}"
    return f"Erreur du programme ({what}) : ce n'est pas un verdict. Signaler ce message à qui maintient achats-check."


def _short(filename: str) -> str:
    return filename.replace("\\", "/").rpartition("achats_check/")[2]
