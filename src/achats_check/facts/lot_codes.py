"""The codes of lots in European forms, « LOT-0003 », told as a sentence names a lot: « lot 3 »."""

from __future__ import annotations

import re

from achats_check.patterns import compiled

_CODE = r"\blot-0{1,3}(\d{1,3})\b"
_SECOND = "lot-0002"
"""A purchase that is not divided has a « LOT-0001 » all the same, which is no lot."""


def with_plain_lots(folded: str) -> str:
    """Return a folded text of the same length, the codes of its lots become their plain names.

    Args:
        folded: Folded text of a whole document.
    """
    return compiled(_CODE).sub(_plain, folded) if _SECOND in folded else folded


def _plain(code: re.Match[str]) -> str:
    return f"lot {code[1]}".ljust(len(code.group()))
