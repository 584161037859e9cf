"""Notices printed in the European form used until 2023, whose section « II.2) » comes back for each lot."""

from collections.abc import Sequence

from achats_check.facts.codes import lot_number
from achats_check.patterns import compiled

_SECTION = (
    r"\W*(?:section )?(?P<number>(?:iii|ii|iv|vi|v|i)"
    r"(?:(?:\.\d{1,2}){1,2}(?=\s|$|[).:](?!\d))|(?=\s?[).:](?!\d)|\s*$)))"
)
_NAMED = r"\W*(?:ii\.2\)?[^\n]{0,8}\bdescription\b[^\n]{0,12}\b)?lot n ?[°o]? ?:? ?0*(\d{1,3})\b"
"""What may stand over the rubrics of a lot: « II.2) Description – Lot nº 3 », « Lot nº 3 »."""
_ENDED = r"\blot n ?[°o]? ?: ?0*(\d{1,3})\b"
"""The end of « II.2.1) Intitulé : Secteur Nord. Lot nº : 1 », in its line or one of the next two."""
_DESCRIPTION, _TITLE = "ii.2", "ii.2.1"
_FAR = 40
"""Lines between a rubric and the title of its lot: a description may take many."""


def lot_of_section(texts: Sequence[str], index: int) -> str | None:
    """Return the lot whose section of an old form holds a line; None outside of them, and in any other text.

    Args:
        texts: Folded text of each block.
        index: The line.
    """
    for above in range(index, max(-1, index - _FAR), -1):
        section = compiled(_SECTION).match(texts[above])
        if section is None:
            continue
        if section["number"] in (_DESCRIPTION, _TITLE):
            return _lot_of_title(texts, above, section["number"])
        if not section["number"].startswith(f"{_DESCRIPTION}."):
            return None
    return None


def _lot_of_title(texts: Sequence[str], index: int, number: str) -> str | None:
    """Return the lot that opens a section: told by its first title, by its second, or by the line above this one."""
    ended = compiled(_ENDED).search("\n".join(texts[index : index + 3])) if number == _TITLE else None
    over = index if number == _DESCRIPTION else max(0, index - 1)
    told = ended or compiled(_NAMED).match(texts[over])
    return lot_number(told[1]) if told is not None else None
