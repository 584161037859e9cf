"""Where the name of a buyer starts and ends on a cover whose lines were run together or cut."""

from __future__ import annotations

from achats_check.facts.structure.scan import Text
from achats_check.facts.terms import Subject, any_of
from achats_check.facts.text import fold
from achats_check.patterns import compiled

_PAGE = r"\s*\d{1,2} (?=[a-z]{3})"
"""The number of the page, before the name."""
_TERRITORY = r"\s*(?:departement|region) (?:de la |de l'|des |du |de |d')"
_BODY = r"(?<!la)(?<!le)(?<!de)(?<!du)(?<!des)\s(?=(?:commune|communaute|ville|mairie|metropole|syndicat)\b)"
"""A body that a line names after its territory: "Département du Nord Ville de Lille"."""
_HANGING = r"(?:^|\s)(?:de la|de l'|de|du|des|d'|la|le|les|l'|et|&)$"
_LINKED = r"\s*(?:de|du|des|&|en)\b|\s*d'"
_SHORT_LINE = 60


def body_start(folded: str) -> int:
    """Return where the name of a body starts on a line of a cover, past the number of its page and its territory."""
    page = compiled(_PAGE).match(folded)
    start = page.end() if page else 0
    territory = compiled(_TERRITORY).match(folded, start)
    body = compiled(_BODY).search(folded, territory.end()) if territory else None
    return body.end() if body else start


def case_shift(raw: str, words: Subject) -> int | None:
    """Return where a name ends that opens a run-on line, told by its letters: "VILLE DE BRENNE Règlement de …".

    Args:
        raw: The line as written, from the start of the name.
        words: What tells a kind of buyer without its name, which ends nothing.
    """
    parts = [(word.start(), word.group()) for word in compiled(r"\S+").finditer(raw)]
    if not parts:
        return None
    loud = _is_loud(parts[0][1])
    for rank, (start, word) in enumerate(parts[1:], 1):
        if loud:
            shifts = compiled(r"[A-ZÀ-Þ][a-zà-ÿ]{3}").match(word) is not None
        else:
            shifts = _is_loud(word) and any(_is_loud(after) for _, after in parts[rank + 1 : rank + 3])
        name = fold(raw[:start]).strip(" :-")
        if shifts and not (compiled(_HANGING).search(name) or compiled(any_of(words["sortes"])).fullmatch(name)):
            return start
    return None


def _is_loud(word: str) -> bool:
    """Tell a word in capitals, of three letters at least."""
    return word.isupper() and sum(map(str.isalpha, word)) >= 3


def rest_below(text: Text, index: int, name: str, words: Subject) -> str:
    """Return the line that goes on with a name cut at the end of its own ("Communauté de communes du"), or ""."""
    hanging = compiled(_HANGING).search(name) is not None
    if not hanging and compiled(any_of(words["sortes"])).fullmatch(name) is None:
        return ""
    below = next(text.following(index, 1), None)
    if below != index + 1 or text.blocks[below].kind == "row":
        return ""
    folded = text.folded[below]
    if len(folded) > _SHORT_LINE or compiled(r"[:\t]|\d").search(folded) or not folded.strip():
        return ""
    return " ".join(text.blocks[below].text.split()) if hanging or compiled(_LINKED).match(folded) else ""
