"""The procedure that articles of texts since repealed tell: the code of 2006, the decree of 2016.

Read alone, when no word names the procedure: models keep articles that are no longer those of their purchase.
"""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.terms import Subject
from achats_check.patterns import compiled

_TEXTS = (
    (r"code des marches publics|\bcmp\b", "articles_2006"),
    (r"decret (?:n ?° ?)?2016-360", "articles_2016"),
)
"""Each text as pieces name it, with the rubric of what its articles tell."""
_CITED = (
    r"\barticles? ((?:\d+(?:e|eme|er)?\b|\bal(?:inea)?s?\b\.?|[\s,;°()/-]|\b(?:a|et|i{1,3}|iv)\b){1,80})"
    r"(?:du |de l'|des )?$"
)
"""A list of articles right before the text they are of, and nothing else."""
_DETAILS = r"\d+ ?(?:e|eme|er|°) ?al\w*\.?|al\w*\.? ?\d+|(?<=\d)[ -]+i[iv]{0,2}\b(?:[-. ]?\d ?°?)?|\b\d ?°|(?<=\d)-\d+"
"""Paragraphs of an article: "33 3e al.", "35-I-1°"."""
_WITHOUT_COMPETITION = r"\b35[ -]*(?:ii|2)\b"
_BEFORE = 100
_WIDEST = 10
"""Articles of a range that still tells something: "26 à 80" tells everything."""


def procedures_told(folded: str, terms: Subject) -> Iterator[tuple[str, int, int]]:
    """Yield (procedure, start, end) for each citation of a repealed text that tells one procedure and no other.

    Args:
        folded: A folded block.
        terms: What the articles of each text tell, on the list of their numbers.
    """
    for name, rubric in _TEXTS:
        for match in compiled(name).finditer(folded):
            start = max(0, match.start() - _BEFORE)
            cited = compiled(_CITED).search(folded[start : match.start()])
            if cited is None or compiled(_WITHOUT_COMPETITION).search(cited[1]):
                continue
            numbers = " ".join(map(str, sorted(_numbers(cited[1]))))
            kinds = [term.value for term in terms[rubric] if term.search(numbers)]
            if len(kinds) == 1:
                yield kinds[0], start + cited.start(), match.end()


def _numbers(cited: str) -> set[int]:
    """Return the articles of a list, ranges unfolded; none when a range is too wide to tell anything."""
    plain = compiled(_DETAILS).sub(" ", cited)
    found: set[int] = set()
    for match in compiled(r"(\d{1,3})(?:\s*(?:a|-)\s*(\d{1,3}))?").finditer(plain):
        first, last = int(match[1]), int(match[2] or match[1])
        if last - first > _WIDEST:
            return set()
        found |= set(range(first, last + 1))
    return found
