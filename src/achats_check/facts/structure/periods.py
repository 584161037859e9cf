"""How many periods a contract has, and whether they are worth the same: what a total over its duration is made of."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate
from achats_check.facts.structure.renewals import never_renewed, renewal_count
from achats_check.facts.structure.scan import sentence, text_of
from achats_check.facts.terms import Subject, found
from achats_check.facts.text import Reading

PERIODS = "duree.periodes"
"""Candidates that serve to multiply only: the first period and its renewals."""
ALIKE = "valeur.periodes_identiques"
"""Candidates that serve to multiply only: the amounts of a renewal are those of the first period."""
_CONFIDENCE = 0.85


def find(reading: Reading, renewals: Subject, values: Subject) -> Iterator[Candidate]:
    """Yield ``duree.periodes`` and ``valeur.periodes_identiques``."""
    text = text_of(reading)
    for index in text.having("reconduc", "reconduit", "renouvel"):
        folded = text.folded[index]
        count = 0 if never_renewed(folded, renewals) else renewal_count(folded)
        if count is not None:
            evidence = reading.evidence(text.blocks[index])
            yield Candidate(PERIODS, count + 1, evidence, _CONFIDENCE)
    for index in text.announced(values["identiques"]):
        folded = text.folded[index]
        match = found(values["identiques"], folded)
        if match is not None:
            yield Candidate(
                ALIKE, True, reading.evidence(text.blocks[index], *sentence(folded, *match.span())), _CONFIDENCE
            )
