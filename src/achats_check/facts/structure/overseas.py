"""Whether a purchase is made in a territory overseas where notices have rules of their own."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.structure.scan import said, text_of
from achats_check.facts.terms import Subject, held
from achats_check.facts.text import Reading, fold

_COVER = 30
"""Paragraphs of a piece above which addresses are those of the buyer, or of what is bought."""
_CONFIDENCE = 0.88


def find(reading: Reading, words: Subject) -> Iterator[Candidate]:
    """Yield ``outre_mer`` from an address of the cover, or of the article that names the buyer.

    Further down, a bidder, a court or one site of many has its own address, which tells nothing of the buyer.
    """
    text = text_of(reading)
    for index in text.announced(words["outre_mer"]):
        if index >= _COVER and not held(words["parties"], fold(text.blocks[index].heading)):
            continue
        for term in words["outre_mer"]:
            match = term.search(text.folded[index])
            if match is not None:
                yield said(reading, "outre_mer", term.value, text.blocks[index], match.span(), _CONFIDENCE)
