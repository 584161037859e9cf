"""Penalties that name the article of a clause and not its subject: "Manquement à l'article 9 : 150 €"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.clauses.reach import CLAUSES
from achats_check.facts.clauses.sentences import denied, sentence
from achats_check.facts.text import Reading
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

_ONE = r"(?:(?:[ivx]{1,5}|[a-h])[.-]?)?\d{1,2}(?!\d)(?:[.-]\d{1,2}(?!\d)){0,3}"
"""The number of an article: "9.2", "III-3", "C.6"."""
_ARTICLES = rf"\barticles? (?:n ?° ?)?({_ONE}(?:(?:, | et | ou | a ){_ONE}){{0,6}})"
_CCTP = r" ?du (?:cctp|c\.c\.t\.p)"
_CITED = compiled(rf"{_ARTICLES}(?!{_CCTP}| ?(?:du|de la|des) (?:ccag|code|loi|decret|arrete|reglement))")
_CITED_OF_CCTP = compiled(rf"{_ARTICLES}{_CCTP}")
_SANCTIONED = "penalites.articles_du_cctp"
"""Candidates that serve to join the penalty of one piece and the clause of another only."""
_UNSEEN = "pénalité d'un article du CCTP, qui n'est pas au dossier"
_NUMBER = compiled(_ONE)
_LETTERED = compiled(r"([a-z])(?=\d)")
_PENALTY = compiled(r"\bpenalites?\b|\bsomme forfaitaire\b|\bsanctions?\b")
_SURE = 0.7
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
    articles = _articles(results)
    for cited, evidence in _penalties(reading, texts, headings, _CITED) if articles else ():
        for family in _families(articles, cited):
            yield Candidate(f"{family}.penalites", True, evidence, CONFIDENCE)
    for cited, evidence in _penalties(reading, texts, headings, _CITED_OF_CCTP):
        yield Candidate(_SANCTIONED, cited, evidence, CONFIDENCE)


def with_sanctions_of_cctp(
    found: Sequence[Candidate | NearMiss | Sought],
) -> list[Candidate | NearMiss | Sought]:
    """Add the penalties of the CCAP that cite the article of the CCTP where a clause stands.

    Args:
        found: What every piece of a dossier says. Without a CCTP, nothing tells what the article is about.
    """
    sanctions = [item for item in found if isinstance(item, Candidate) and item.name == _SANCTIONED]
    if not any(isinstance(item, Candidate) and item.evidence.role == "CCTP" for item in found):
        families = ("social", "environnement")
        return [*found, *(NearMiss(f"{f}.penalites", s.evidence, _UNSEEN, True) for f in families for s in sanctions)]
    told = [i for i in found if isinstance(i, Candidate) and i.name in CLAUSES and i.evidence.role == "CCTP"]
    articles = _articles(told)
    made = [
        item._replace(name=f"{family}.penalites", value=True)
        for item in sanctions
        for family in _families(articles, item.value if isinstance(item.value, tuple) else ())
    ]
    return [*found, *made]


def _penalties(
    reading: Reading, texts: Sequence[str], headings: Headings, cited: re.Pattern[str]
) -> Iterator[tuple[tuple[str, ...], Evidence]]:
    """Yield the articles that a penalty cites, and its sentence."""
    for block in reading.document.blocks:
        text = texts[block.index]
        if "article" not in text or block.kind == "title" or block.kind in IGNORED_KINDS:
            continue
        for match in cited.finditer(text):
            left, right = sentence(text, match.start(), match.end())
            told = text[left:right] + "\n" + headings.above(block.index)
            if _PENALTY.search(told) and not denied(text, match.start(), match.end()):
                yield tuple(map(_spelled, _NUMBER.findall(match[1]))), reading.evidence(block, left, right)


def _families(articles: Mapping[str, set[str]], cited: Sequence[object]) -> list[str]:
    return sorted(family for family, own in articles.items() if _holds(own, [str(number) for number in cited]))


def _articles(results: Sequence[Candidate | NearMiss]) -> dict[str, set[str]]:
    """Return the numbers of the articles where each family has a clause."""
    found: dict[str, set[str]] = {}
    for result in results:
        article = result.evidence.location.article.rstrip(".")
        clause = isinstance(result, Candidate) and result.name in CLAUSES and result.value is True
        if clause and article and isinstance(result, Candidate) and result.confidence >= _SURE:
            found.setdefault(result.name.partition(".")[0], set()).add(_spelled(article))
    return found


def _spelled(number: str) -> str:
    """Spell the number of an article one way: "III-3" and "C6" are "iii.3" and "c.6"."""
    return _LETTERED.sub(r"\1.", number.lower().replace("-", "."))


def _holds(articles: set[str], cited: Sequence[str]) -> bool:
    """Tell whether an article cited is one of these, or holds one of them."""
    return any(own == number or own.startswith(number + ".") for own in articles for number in cited)
