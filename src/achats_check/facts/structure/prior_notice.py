"""The prior information notice that a printed notice cites, when both are dated and far enough apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from achats_check.facts.candidate import Candidate
from achats_check.facts.french import dates
from achats_check.facts.structure.scan import said, text_of
from achats_check.facts.terms import Subject, each
from achats_check.facts.text import Reading

_REACH = 30
_LEAST, _MOST = 35, 366
"""Days between both notices, for the first to shorten the time to answer the second."""


def find(reading: Reading, sent: Sequence[Candidate], terms: Subject) -> Iterator[Candidate]:
    """Yield ``avis.preinformation``; never false, for another prior notice may be the good one.

    Args:
        reading: The notice.
        sent: The days it says it was sent.
        terms: What says dates.
    """
    days = {item.value for item in sent if isinstance(item.value, date)}
    if len(days) != 1:
        return
    text, day_sent = text_of(reading), next(iter(days))
    for index in text.announced(terms["preinformations"]):
        for match in each(terms["preinformations"], text.folded[index]):
            prior = next((d for d in dates(text.folded[index]) if match.end() <= d.start <= match.end() + _REACH), None)
            if prior is not None and _LEAST <= (day_sent - prior.value).days <= _MOST:
                span = (match.start(), prior.end)
                yield said(reading, "avis.preinformation", True, text.blocks[index], span, 0.88)
