"""Extractors of the structured facts, one module per family: words of tender documents, not law."""

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure import (
    buyer,
    cpv,
    criteria,
    days,
    duration,
    kind,
    lots,
    overseas,
    performance,
    periods,
    printed_notice,
    procedure,
    subject,
    turnover_tables,
    value,
    variants,
)
from achats_check.facts.terms import Terms
from achats_check.facts.text import Reading


def read_structure(reading: Reading, terms: Terms) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what every extractor finds in a piece: candidates, near misses and words sought."""
    yield from subject.find(reading, terms["objet"], terms["nature"])
    yield from kind.find(reading, terms["nature"], terms["forme"])
    yield from cpv.find(reading)
    yield from buyer.find(reading, terms["acheteur"])
    yield from overseas.find(reading, terms["acheteur"])
    yield from procedure.find(reading, terms["procedure"])
    yield from days.find(reading, terms["dates"])
    yield from duration.find(reading, terms["duree"], terms["reconductions"])
    yield from periods.find(reading, terms["reconductions"], terms["valeur"])
    yield from performance.find(reading, terms["duree"])
    yield from lots.find(reading, terms["lots"])
    yield from printed_notice.find(reading, terms["nature"])
    yield from value.find(reading, terms["valeur"])
    yield from turnover_tables.find(reading)
    yield from criteria.find(reading, terms["criteres"])
    yield from variants.find(reading, terms["variantes"])
