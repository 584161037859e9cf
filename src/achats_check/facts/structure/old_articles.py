"""The procedure that articles of texts since repealed tell: the code of 2006, the decree of 2016.

Read alone, when no word names the procedure: models keep articles that are no longer those of their purchase.
"""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.patterns import compiled

_TEXTS: tuple[tuple[str, tuple[tuple[str, frozenset[int], int, frozenset[int]], ...]], ...] = (
    (
        r"code des marches publics|\bcmp\b",
        (
            ("procedure_adaptee", frozenset({28, 30}), 1, frozenset()),
            ("appel_offres_ouvert", frozenset({57, 58, 59}), 2, frozenset({33})),
            ("appel_offres_restreint", frozenset({60, 61, 62, 63, 64}), 2, frozenset({33})),
            ("procedure_avec_negociation", frozenset({65, 66}), 2, frozenset({34, 35})),
            ("dialogue_competitif", frozenset({67}), 1, frozenset()),
        ),
    ),
    (
        r"decret (?:n ?° ?)?2016-360",
        (
            ("procedure_adaptee", frozenset({27, 28}), 1, frozenset()),
            ("appel_offres_ouvert", frozenset({66, 67, 68}), 2, frozenset({25})),
            ("appel_offres_restreint", frozenset({69, 70}), 2, frozenset({25})),
            ("procedure_avec_negociation", frozenset({71, 72, 73}), 2, frozenset({25, 26})),
            ("dialogue_competitif", frozenset({75, 76}), 2, frozenset({25, 26})),
        ),
    ),
)
"""For each text: the procedure, its own articles, how many of them tell it, and those beside which one is enough."""
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


def procedures_told(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield (procedure, start, end) for each citation of a repealed text that tells one procedure and no other.

    Args:
        folded: A folded block.
    """
    for name, meanings in _TEXTS:
        for match in compiled(name).finditer(folded):
            start = max(0, match.start() - _BEFORE)
            cited = compiled(_CITED).search(folded[start : match.start()])
            if cited is None or compiled(_WITHOUT_COMPETITION).search(cited[1]):
                continue
            numbers = _numbers(cited[1])
            kinds = [
                kind
                for kind, own, enough, beside in meanings
                if len(numbers & own) >= enough or (numbers & own and numbers & beside)
            ]
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
