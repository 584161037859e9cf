"""Extractors of the structured facts, one module per family: words of tender documents, not law."""

from achats_check.facts.structure import (
    buyer,
    cpv,
    criteria,
    days,
    duration,
    kind,
    lots,
    performance,
    periods,
    printed_notice,
    procedure,
    subject,
    value,
    variants,
)

FAMILIES = (
    subject.find,
    kind.find,
    cpv.find,
    buyer.find,
    procedure.find,
    days.find,
    duration.find,
    periods.find,
    performance.find,
    lots.find,
    printed_notice.find,
    value.find,
    criteria.find,
    variants.find,
)
"""Every extractor, each a function of a Reading that yields candidates, near misses and words sought."""
