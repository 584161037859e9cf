"""Articles on one paragraph, their title before a full stop or a colon: "12.1 Clause sociale. Le titulaire …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate
from achats_check.facts.clauses.articles import asks_of_someone, speaks, where
from achats_check.facts.clauses.matching import Search
from achats_check.facts.clauses.numbered_titles import SENTENCE
from achats_check.facts.clauses.sentences import denied
from achats_check.facts.lexicon_records import Entry
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE
from achats_check.patterns import compiled

_TITLE = compiled(
    r"\W{0,3}(?:art(?:icle|\.)?\s{0,2})?(?:[a-z]?[.\-]?\d{1,2}(?:[.\-]\d{1,2}){0,4}|[ivx]{1,4}(?=[\s.)\-]))?"
    r"\s{0,2}(?:bis|ter)?\s{0,2}[-.):]{0,3}\s{0,2}"
    r"\"?\s?(?P<titre>[^.:;\t?!]{6,90}?)\s?\"?\s?(?:[.:]|\s-)\s{1,3}(?P<corps>\S)"
)
_OF_OFFERS = compiled(
    r"\b(?:candidats?|candidatures?|soumissionnaires?|memoire|offres?|(?:sous-)?criteres?|notation|notee?s?)\b"
)
_SHORTEST = 30
_LESS_SURE = 0.05
"""A title that nothing sets apart is a little less surely one."""


def find_run_in(reading: Reading, texts: list[str], entries: Sequence[Entry], search: Search) -> Iterator[Candidate]:
    """Yield what paragraphs ask that open with a title the lexicon knows.

    Args:
        reading: The document.
        texts: Folded text by block.
        entries: Facts looked for in this piece.
        search: Its matches: a paragraph with a negation or a decoy of the fact is left to the patterns.
    """
    for index, titled in search.announced((entry, entry.title_words) for entry in entries):
        block, text = reading.document.blocks[index], texts[index]
        head = _TITLE.match(text) if block.kind == "paragraph" else None
        if head is None or SENTENCE.search(head["titre"]):
            continue
        body = text[head.start("corps") :]
        if len(body) < _SHORTEST or not asks_of_someone(body) or _OF_OFFERS.search(body) or denied(body, 0, 40):
            continue
        for entry in titled:
            known = compiled(entry.titles).match(head["titre"])
            if known is None or not speaks(entry.fact, body) or index in search.spoilt(entry.fact):
                continue
            evidence = reading.evidence(block)
            for scope in where(body, head["titre"]) if entry.by_lot else (MARCHE,):
                yield Candidate(entry.fact, True, evidence, entry.title_confidence - _LESS_SURE, scope)
