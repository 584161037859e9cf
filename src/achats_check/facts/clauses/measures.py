"""Figures that stand in an environmental clause, whatever they measure: "la part ne descend pas sous 80 %".

No word announces a figure; where it stands tells what it is. So it is looked for in the sentences that ask, and in the
lines that their clause goes over, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.clauses.reach import Reach
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.clauses.signs import SIGN_READ
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

MEASURE = "environnement.mesure"
_DEMANDS = frozenset({"environnement.condition_execution", "environnement.specification", "environnement.reemploi"})
_SURE = 0.7
_CONFIDENCE = 0.68
_FIGURE = compiled(
    r"(?<![\d.,/-])\d[\d ,.]{0,8} ?"
    r"(?:%|° ?c\b|(?:kg|g|mg|tonnes?|litres?|l|m3|km|kilometres?|[kmg]?wh|lm|ppm|kelvins?|[km]o)\b(?!'))"
    r"|\b\w+ pour ?cents?\b"
    r"|(?<!\w)(?:un tiers|deux tiers|la moitie|un quart|trois quarts)\b"
    r"|\b(?:une?|deux|trois) (?:\w+ ){1,2}sur (?:deux|trois|quatre|cinq|dix|vingt)\b"
)
_OTHER_FIGURE = compiled(
    r"penalit|\d ?(?:€|euros?\b)|\bprix\b|\bavance\b|acompte|\btva\b|retenue|\bcriteres?\b|\bnotee?s?\b|ponder"
    r"|garantie a premiere|revis(?:ion|e)|\bstere|montant"
)
"""What else a sentence counts: a penalty, a price, the weight of a criterion."""
_OTHER_WORDS = (
    *("penalit", "€", "euro", "prix", "avance", "acompte", "tva", "retenue", "critere", "note", "ponder"),
    *("garantie", "revisi", "stere", "montant"),
)
"""One of them stands in whatever ``_OTHER_FIGURE`` finds; most paragraphs hold none, and are slow to search."""
_COUNT = compiled(
    r"(?<=\s)(?<!article )(?<!articles )(?<!lot )(?<!lots )(?<!annexe )(?<!norme )(?<!iso )(?<!° )(?<!\b[lr]\. )"
    r"(?!(?:19|20)\d\d\b)\d{1,6}\b"
    r"|\b(?:deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|trente)\b"
)
"""A number that names neither an article, nor a lot, nor a standard, nor a year, and that may measure the clause."""


def find_measures(
    reading: Reading, texts: Sequence[str], reach: Reach, results: Sequence[Candidate | NearMiss]
) -> Iterator[Candidate | NearMiss]:
    """Yield the first figure of each line of an environmental clause, as its measure, and a number that may be one.

    Args:
        reading: The document.
        texts: Folded text by block.
        reach: How far its clauses go.
        results: What its passages say, the demands among them; nothing is yielded when they tell a measure.
    """
    if any(isinstance(result, Candidate) and result.name == MEASURE for result in results):
        return
    spans = set(_sentences_of_demands(texts, results))
    for block in reading.document.blocks:
        index = block.index
        if reach.holds(MEASURE, index) and block.kind not in {"title", *IGNORED_KINDS}:
            spans.add((index, 0, len(texts[index])))
    for index, start, end in sorted(spans):
        block = reading.document.blocks[index]
        figure = _first(_FIGURE, texts[index], start, end)
        if figure is not None:
            yield Candidate(MEASURE, True, reading.evidence(block, *figure), _CONFIDENCE)
            continue
        number = _first(_COUNT, texts[index], start, end)
        if number is not None:
            yield NearMiss(MEASURE, reading.evidence(block, *number), SIGN_READ, undecided=True)


def _first(pattern: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the first sentence with a figure that counts nothing else."""
    for match in pattern.finditer(text, start, end):
        left, right = sentence(text, match.start(), match.end())
        if not _counts_else(text, left, right):
            return left, right
    return None


def _counts_else(text: str, left: int, right: int) -> bool:
    return any(word in text for word in _OTHER_WORDS) and _OTHER_FIGURE.search(text, left, right) is not None


def _sentences_of_demands(
    texts: Sequence[str], results: Sequence[Candidate | NearMiss]
) -> Iterator[tuple[int, int, int]]:
    """Yield the sentences that ask, each as its block and its span."""
    for result in results:
        place = result.evidence.location
        if (
            isinstance(result, Candidate)
            and result.name in _DEMANDS
            and result.value is True
            and result.confidence >= _SURE
            and place.block is not None
        ):
            yield place.block, *sentence(texts[place.block], place.start or 0, place.end or len(texts[place.block]))
