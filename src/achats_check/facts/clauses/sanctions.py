"""Penalties that name the article of a clause and not its subject: "Manquement à l'article 9 : 150 €"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.clauses.reach import CLAUSES
from achats_check.facts.clauses.sentences import denied, sentence
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_CITED = compiled(
    r"\barticles? (?:n ?° ?)?(\d{1,2}(?:\.\d{1,2}){0,3}(?:(?:, | et | ou | a )\d{1,2}(?:\.\d{1,2}){0,3}){0,6})"
    r"(?! ?(?:du|de la|des) (?:ccag|code|loi|decret|arrete|reglement))"
)
_NUMBER = compiled(r"\d{1,2}(?:\.\d{1,2}){0,3}")
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
    if not articles:
        return
    for block in reading.document.blocks:
        text = texts[block.index]
        if "article" not in text or block.kind == "title" or block.kind in IGNORED_KINDS:
            continue
        for match in _CITED.finditer(text):
            left, right = sentence(text, match.start(), match.end())
            told = text[left:right] + "\n" + headings.above(block.index)
            if not _PENALTY.search(told) or denied(text, match.start(), match.end()):
                continue
            for family in sorted(f for f, own in articles.items() if _holds(own, _NUMBER.findall(match[1]))):
                yield Candidate(f"{family}.penalites", True, reading.evidence(block, left, right), CONFIDENCE)


def _articles(results: Sequence[Candidate | NearMiss]) -> dict[str, set[str]]:
    """Return the numbers of the articles where each family has a clause."""
    found: dict[str, set[str]] = {}
    for result in results:
        article = result.evidence.location.article.rstrip(".")
        clause = isinstance(result, Candidate) and result.name in CLAUSES and result.value is True
        if clause and article and isinstance(result, Candidate) and result.confidence >= _SURE:
            found.setdefault(result.name.partition(".")[0], set()).add(article)
    return found


def _holds(articles: set[str], cited: Sequence[str]) -> bool:
    """Tell whether an article cited is one of these, or holds one of them."""
    return any(own == number or own.startswith(number + ".") for own in articles for number in cited)
