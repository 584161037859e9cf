"""Clauses whose words stand elsewhere: in an annex, in a line left to fill in, or "le cas échéant".

The piece was read and tells nothing more; what it sends to another page is not absent for all that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.articles import Article
from achats_check.facts.clauses.resolving import OF_CONTEXT
from achats_check.facts.lexicon_records import Entry
from achats_check.facts.text import Reading
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

_CLAUSES = {
    "social.": ("social.condition_execution", "social.insertion"),
    "environnement.": ("environnement.condition_execution",),
    "reservation.": ("reservation.categorie",),
}
"""The clauses of each family: what sends them elsewhere sends every fact of the family."""
_OWN_PLACE = frozenset(
    {
        "social.objet_ou_specification",
        "social.politique_generale",
        "social.derogation_motif",
        "social.critere",
        "social.critere_poids",
        "environnement.critere",
        "environnement.critere_poids",
        "environnement.renvoi_seul",
        "environnement.cout_cycle_vie",
        "environnement.methode_cycle_vie",
    }
)
"""Facts of a family that no clause carries."""
_OTHER_CLAUSES = frozenset(
    {"social.egalite", "social.apprentissage"}
    | {"environnement.reemploi", "environnement.specification", "environnement.exigence_voisine"}
)
"""Facts of a family that are no detail of its clause."""
_ANNEX = r"\bannexes?\b"
_BLANK = r"\ba (?:completer|preciser|definir|renseigner)\b|\bx{3,}\b|\.{6,}|_{4,}"
_PERHAPS = r"\ble cas echeant\b"
_STOP = r"[.;\n](?=\s|$)(?<!\b[lrdn]\.)(?<!\bart\.)"
_OF_THE_OTHER = {
    "environnement.": (
        r"\binsertion\b|clauses? sociales?|\bheures\b",
        r"environnement|ecolog|dechet|carbone|emission|energ",
    ),
    "social.": (r"environnement|ecolog|dechet|carbone", r"insertion|socia(?:l|ux)|\bheures\b|emploi"),
}
"""What tells that the annex of a sentence is that of the other family, and what tells that it is of this one."""
_LONGEST_BLANK = 120
TO_SUPPLY = "renvoi à une annexe : la fournir si elle n'est pas au dossier"
TO_FILL_IN = "passage de modèle laissé à compléter"
PERHAPS = "« le cas échéant » : rien ne dit si la clause s'applique"


def find_elsewhere(
    reading: Reading,
    texts: list[str],
    entries: Sequence[Entry],
    articles: Sequence[Article],
    results: Sequence[Candidate | NearMiss],
) -> Iterator[NearMiss]:
    """Yield an undecided near miss for each fact that a passage sends elsewhere, when no passage tells it.

    Args:
        reading: The document.
        texts: Folded text by block.
        entries: Facts looked for in this piece.
        articles: Its articles.
        results: What its passages say.
    """
    told = {result.name for result in results if isinstance(result, Candidate)}
    for family, clauses in _CLAUSES.items():
        titles = [compiled(entry.titles) for entry in entries if entry.titles and entry.fact in clauses]
        own = [a for a in articles if any(title.search(texts[a.title.index]) for title in titles)]
        sent = next(_passages(family, reading, texts, own, [r for r in results if r.name in clauses]), None)
        if sent is None:
            continue
        yield from _family(family, *sent, entries, told)


def sent_with(
    clause: str, evidence: Evidence, reason: str, entries: Sequence[Entry], told: Set[str]
) -> Iterator[NearMiss]:
    """Yield an undecided near miss for each detail of a clause that is itself left open.

    Args:
        clause: Name of the fact that a passage leaves open; nothing follows when it is no clause.
        evidence: That passage.
        reason: Why it leaves it open, in French.
        entries: Facts looked for in this piece.
        told: Names of the facts that are told: when a clause of the family is, its details are looked for there.
    """
    for family, clauses in _CLAUSES.items():
        if clause in clauses and told.isdisjoint(set(clauses) - {clause}):
            yield from _family(family, evidence, reason, entries, {*told, clause, *_OTHER_CLAUSES})


def _family(
    family: str, evidence: Evidence, reason: str, entries: Sequence[Entry], told: Set[str]
) -> Iterator[NearMiss]:
    for entry in entries:
        if entry.fact.startswith(family) and entry.fact not in told and entry.fact not in _OWN_PLACE:
            yield NearMiss(entry.fact, evidence, reason, undecided=True)


def _passages(
    family: str,
    reading: Reading,
    texts: list[str],
    articles: Sequence[Article],
    results: Sequence[Candidate | NearMiss],
) -> Iterator[tuple[Evidence, str]]:
    for result in results:
        if isinstance(result, Candidate) and result.value is False:
            continue
        text = texts[result.evidence.location.block or 0]
        if isinstance(result, Candidate) and compiled(_ANNEX).search(text):
            yield result.evidence, TO_SUPPLY
        place = result.evidence.location
        perhaps = compiled(_PERHAPS).search(text, place.start, place.end)
        if perhaps and isinstance(result, NearMiss) and result.reason != OF_CONTEXT:
            yield result.evidence, PERHAPS
        if isinstance(result, NearMiss) and result.undecided:
            yield result.evidence, result.reason
    for article in articles:
        reason = _sent_elsewhere(family, article.text)
        if reason:
            yield reading.evidence(article.title), reason


def _sent_elsewhere(family: str, body: str) -> str:
    """Return why the article of a clause settles nothing, "" when it does."""
    if any(_is_of(family, told) for told in compiled(_STOP).split(body) if compiled(_ANNEX).search(told)):
        return TO_SUPPLY
    blank = len(body) <= _LONGEST_BLANK and compiled(_BLANK).search(body)
    return TO_FILL_IN if blank else ""


def _is_of(family: str, told: str) -> bool:
    """Tell whether the annex that a sentence names may be about a family: an article often holds the two."""
    other, own = _OF_THE_OTHER.get(family, ("", ""))
    return not other or compiled(other).search(told) is None or compiled(own).search(told) is not None
