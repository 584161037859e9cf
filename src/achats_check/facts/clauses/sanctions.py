"""Penalties that name the article of a clause and not its subject: "Manquement à l'article 9 : 150 €"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.clauses.reach import CLAUSES
from achats_check.facts.clauses.sentences import denied, sentence
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Document
from achats_check.model.fact import MARCHE, Evidence, Scope
from achats_check.patterns import compiled

_ONE = r"(?:(?:[ivx]{1,5}|[a-h])[.-]?)?\d{1,2}(?!\d)(?:[.-]\d{1,2}(?!\d)){0,3}"
"""The number of an article: "9.2", "III-3", "C.6"."""
_DOTTED = r"(?:(?:[ivx]{1,5}|[a-h])[.-])?\d{1,2}(?:[.-]\d{1,2}(?!\d)){1,3}"
_LIST = rf"({_ONE}(?:(?:, | et | ou | a ){_ONE}){{0,6}})(?!(?:[.-]|, | et | ou | a )?\d)"
_ARTICLES = rf"\b(?:articles?|art\.) ?(?:n ?° ?)?{_LIST}"
_OTHERWISE = (
    r"(?:§|\b(?:paragraphes?|points?|clauses?|alineas?)|\bau titre d[eu]|\bobligations? d[eu]"
    rf"|\b(?:prevu|vise|fixe|defini|mentionne|stipule)e?s? (?:au|a)) ?(?:n ?° ?)?({_DOTTED})(?![.-]?\d)"
)
"""The number of an article that another word than "article" introduces: "l'heure due au titre du 4.6"."""
_LETTERED_ONE = r"(?:[ivx]{1,5}|[a-h])[.-]\d{1,2}(?!\d)(?:[.-]\d{1,2}(?!\d)){0,3}"
_BRACKETED = (
    rf"\((?:art\. ?)?((?:{_DOTTED}|{_LETTERED_ONE})(?:(?:, | et | ou | a )(?:{_DOTTED}|{_LETTERED_ONE})){{0,6}})\)"
)
"""The number of an article between brackets: "Taux non atteint (D.1)"."""
_CCTP = r" ?du (?:cctp|c\.c\.t\.p)"
_CITED = compiled(
    rf"(?:{_ARTICLES}|(?<!cctp )(?<!cctp, ){_OTHERWISE}|{_BRACKETED})"
    rf"(?!{_CCTP}| ?(?:du|de la|des) (?:ccag|code|loi|decret|arrete|reglement))"
)
_CITED_OF_CCTP = compiled(
    rf"(?:{_ARTICLES}|{_OTHERWISE}){_CCTP}"
    rf"|\bcctp,? ?\(?(?:articles? |art\. ?|paragraphe |point |§ ?)?({_ONE})(?! ?(?:€|%|euros?\b|heures?\b|jours?\b))"
)
_OWN = compiled(rf"\W{{0,3}}({_DOTTED}|{_LETTERED_ONE})(?:\s?[-.):])?\s")
"""The number that opens a paragraph, closer to its text than the title above: "8.1 - Une part des tâches …"."""
_SANCTIONED = "penalites.articles_du_cctp"
"""Candidates that serve to join the penalty of one piece and the clause of another only."""
_UNSEEN = "pénalité d'un article du CCTP, qui n'est pas au dossier"
_NUMBER = compiled(_ONE)
_LETTERED = compiled(r"([a-z])(?=\d)")
_PENALTY = r"\bpenalites?\b|\bsomme forfaitaire\b|\bsanctions?\b"
_SURE = 0.7
_HEAD = 24
_Articles: TypeAlias = dict[str, dict[str, set[Scope]]]
"""By family, the numbers of the articles that hold its clauses, and the lots that each is for."""
CONFIDENCE = 0.8


def find_sanctions(
    reading: Reading, texts: Sequence[str], headings: Headings, results: Sequence[Candidate | NearMiss]
) -> Iterator[Candidate]:
    """Yield the penalty of each family whose clause stands in an article that a penalty cites.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
        results: What its passages say, the clauses among them.
    """
    articles = _articles(results, (reading.document,))
    for cited, evidence in _penalties(reading, texts, headings, _CITED) if articles else ():
        for family, scope in _families(articles, cited):
            yield Candidate(f"{family}.penalites", True, evidence, CONFIDENCE, scope)
    for cited, evidence in _penalties(reading, texts, headings, _CITED_OF_CCTP):
        yield Candidate(_SANCTIONED, cited, evidence, CONFIDENCE)


def with_sanctions_of_cctp(
    found: Sequence[Candidate | NearMiss | Sought], documents: Sequence[Document]
) -> list[Candidate | NearMiss | Sought]:
    """Add the penalties of the CCAP that cite the article of the CCTP where a clause stands.

    Args:
        found: What every piece of a dossier says. Without a CCTP, nothing tells what the article is about.
        documents: The pieces.
    """
    sanctions = [item for item in found if isinstance(item, Candidate) and item.name == _SANCTIONED]
    if not any(isinstance(item, Candidate) and item.evidence.role == "CCTP" for item in found):
        families = ("social", "environnement")
        return [*found, *(NearMiss(f"{f}.penalites", s.evidence, _UNSEEN, True) for f in families for s in sanctions)]
    told = [i for i in found if isinstance(i, Candidate) and i.name in CLAUSES and i.evidence.role == "CCTP"]
    articles = _articles(told, documents) if sanctions else {}
    made = [
        item._replace(name=f"{family}.penalites", value=True, scope=scope)
        for item in sanctions
        for family, scope in _families(articles, item.value if isinstance(item.value, tuple) else ())
    ]
    return [*found, *made]


def _penalties(
    reading: Reading, texts: Sequence[str], headings: Headings, cited: re.Pattern[str]
) -> Iterator[tuple[tuple[str, ...], Evidence]]:
    """Yield the articles that a penalty cites, and its sentence."""
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind == "title" or block.kind in IGNORED_KINDS:
            continue
        titled = headings.say(block.index, _PENALTY)
        for match in cited.finditer(text) if titled or compiled(_PENALTY).search(text) else ():
            left, right = sentence(text, match.start(), match.end())
            told = titled or compiled(_PENALTY).search(text, left, right)
            if told and not denied(text, match.start(), match.end()):
                numbers = next(filter(None, match.groups()))
                yield tuple(map(_spelled, _NUMBER.findall(numbers))), reading.evidence(block, left, right)


def _families(articles: _Articles, cited: Sequence[object]) -> list[tuple[str, Scope]]:
    """Return the families whose clause is in an article cited, for its lots when it is theirs only."""
    numbers = [str(number) for number in cited]
    found = []
    for family, own in sorted(articles.items()):
        scopes = {scope for number, held in own.items() if _holds(number, numbers) for scope in held}
        found += [(family, scope) for scope in sorted({MARCHE} if MARCHE in scopes else scopes)]
    return found


def _articles(results: Sequence[Candidate | NearMiss], documents: Sequence[Document]) -> _Articles:
    """Return the numbers of the articles where each family has a clause, and whose it is."""
    by_path = {document.path: document for document in documents}
    found: _Articles = {}
    for result in results:
        if not isinstance(result, Candidate) or result.name not in CLAUSES or result.value is not True:
            continue
        number = _number(result.evidence, by_path.get(result.evidence.document))
        if number and result.confidence >= _SURE:
            family = found.setdefault(result.name.partition(".")[0], {})
            family.setdefault(number, set()).add(result.scope)
    return found


def _number(evidence: Evidence, document: Document | None) -> str:
    """Return the number of the paragraph of a passage, else that of its article."""
    block = evidence.location.block
    own = _OWN.match(fold(document.blocks[block].text[:_HEAD])) if document and block is not None else None
    return _spelled(own[1] if own else evidence.location.article.rstrip("."))


def _spelled(number: str) -> str:
    """Spell the number of an article one way: "III-3" and "C6" are "iii.3" and "c.6"."""
    return _LETTERED.sub(r"\1.", number.lower().replace("-", "."))


def _holds(own: str, cited: Sequence[str]) -> bool:
    """Tell whether an article is one of those cited, or in one of them."""
    return any(own == number or own.startswith(number + ".") for number in cited)
