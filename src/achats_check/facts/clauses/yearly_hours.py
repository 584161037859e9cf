"""Hours of insertion told for a year: they are no total, and make one when the number of years is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.clauses.values import number
from achats_check.facts.structure.from_periods import YEARLY
from achats_check.patterns import compiled

_FACT = "social.heures_insertion"
OF_A_YEAR = "heures d'une année, dont le nombre n'est pas certain"
_YEAR = (
    r"(?:\bpar an(?:nee)?\b|/ ?an\b|\bannuel\w*|\bchaque annee\b|\bpar periode annuelle\b|\b(?:par|chaque) exercice\b)"
)
_FIGURE = r"(?<![\d,.])(\d{1,3}(?:[ .]\d{3})+|\d{1,6})(?:,\d{1,2})?(?! ?[%€\d])"
_AFTER = rf"[^.;,\d]{{0,80}}?{_YEAR}"
_BEFORE = rf"(?<!bilan )(?<!rapport )(?<!etat )(?<!suivi )(?<!releve ){_YEAR}[^.;\d]{{0,60}}$"
_OPENING = r"\W{0,3}(?:chaque annee|annuellement|par an)\b"
"""What opens a sentence and goes for all its figures."""
_LOT = r"\blots? (?:n ?° ?)?\d{1,2}\b"
_WHOLE = (
    r"duree (?:totale|globale|maximale|du marche|du contrat|de l'accord)|toute la duree|reconductions? comprise"
    r"|\b(?:sur|pendant|pour) (?:les |l'ensemble des |ces )?(?:\d{1,2}|deux|trois|quatre|cinq|six|sept|huit) "
    r"(?:ans|annees)\b"
)
_OF_HOURS = rf"\bheures?\b[^.;]{{0,80}}{_YEAR}|{_YEAR}[^.;]{{0,60}}\bheures?\b"


def of_a_year(results: Iterable[Candidate | NearMiss], texts: Sequence[str]) -> Iterator[Candidate | NearMiss]:
    """Yield results as they are, the hours that their sentence tells for a year under the name of a part.

    Args:
        results: What the passages of a piece say.
        texts: Folded text by block.
    """
    for result in results:
        if isinstance(result, Candidate) and result.name == _FACT and _yearly(result, texts):
            yield result._replace(name=YEARLY[_FACT])
            yield NearMiss(_FACT, result.evidence, OF_A_YEAR, undecided=True)
        else:
            yield result


def tells_hours_of_a_year(lines: Sequence[str]) -> bool:
    """Say whether the lines around a table of hours tell that they are those of a year."""
    return any(compiled(_OF_HOURS).search(line) and not compiled(_WHOLE).search(line) for line in lines)


def tells_a_year(cell: str) -> bool:
    """Say whether the folded title of a column tells that its figures are those of a year."""
    return compiled(_YEAR).search(cell) is not None


def _yearly(result: Candidate, texts: Sequence[str]) -> bool:
    here = result.evidence.location
    if here.block is None:
        return False
    text = texts[here.block]
    for figure in compiled(_FIGURE).finditer(text, here.start, here.end):
        if number(figure[1]) != result.value or not isinstance(result.value, Decimal):
            continue
        left, right = sentence(text, figure.start(), figure.end())
        after = compiled(_AFTER).match(text[figure.end() : right])
        before = compiled(_LOT).sub("lot", text[left : figure.start()])
        if not after and not compiled(_BEFORE).search(before) and not compiled(_OPENING).match(before):
            continue
        return compiled(_WHOLE).search(text[figure.start() : right]) is None
    return False
