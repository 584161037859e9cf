"""Durations in the section that a printed notice has for each lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure.printed_notice import lot_at
from achats_check.facts.structure.renewals import renewal_months
from achats_check.facts.structure.scan import Text
from achats_check.facts.structure.spells import Spell
from achats_check.facts.terms import Subject
from achats_check.model.fact import MARCHE, Scope

_RUBRIC = 5
"""Lines of the rubric of an old form that tells the duration of a lot, then its renewals."""


def of_section(text: Text, spell: Spell) -> Spell:
    """Return a length told with its renewals under the lot whose section, in either European form, holds it."""
    return _of(spell, lot_of_section(text.folded, spell.block.index) or lot_at(text, spell.block.index))


def in_sections(text: Text, spells: Sequence[Spell], renewals: Subject) -> Iterator[Spell]:
    """Yield first periods, those of the section of a lot in the old form with the renewals that it tells.

    Args:
        text: The document.
        spells: First periods, wherever they stand.
        renewals: What says that a contract is never renewed, and what is not about that.
    """
    for spell in spells:
        lot = lot_of_section(text.folded, spell.block.index)
        rubric = range(spell.block.index, spell.block.index + _RUBRIC)
        months, spoken = renewal_months(text, spell.months, renewals, rubric) if lot else (None, False)
        told = spell._replace(months=spell.months + months, whole=True) if spoken and months is not None else spell
        yield _of(told, lot)


def _of(spell: Spell, lot: str | None) -> Spell:
    return spell if lot is None or spell.scope != MARCHE else spell._replace(scope=Scope("lot", lot))
