"""A bug of ours: told as such, with a code of its own, so that no script takes it for a verdict."""

from __future__ import annotations

from achats_check.errors import ProgramFault, described

CRASH_CODE = 70
"""What sysexits.h calls an internal software error; none of the codes of a verdict or of an input at fault."""


def crash_message(error: Exception) -> str:
    """Return one French sentence that says where the program failed, and what to do."""
    what, more = described(error), ""
    if isinstance(error, ProgramFault):
        what, more = error.what, f", avec le fichier {error.kept},"
    said = f"Erreur du programme ({what}) : ce n'est pas un verdict."
    return f"{said} Signaler ce message{more} à qui maintient achats-check."
