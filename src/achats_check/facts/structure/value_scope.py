"""Whose an amount is: a lot's, the market's, a year's or the whole duration's."""

from __future__ import annotations

from achats_check.facts.codes import lot_number
from achats_check.facts.french import Amount, amounts
from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure.printed_notice import lot_at
from achats_check.facts.structure.scan import Text
from achats_check.facts.terms import Subject, held
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_LOT = r"\b(?:lots?[ -](?:n ?° ?|no ?)?0{0,3}(\d{1,2}|[a-z]\d)\b)"
_SEVERAL = (
    r"lots? (?:n ?° ?)?\d{1,2}\s?(?:,|et|ou|a|/|&|-)\s?(?:le )?(?:lot )?(?:n ?° ?)?\d"
    r"|\d\s?(?:,|et|ou|&)\s?(?:le )?lot \d"
)

_PARTS = ("annuel", "annee", "une_annee", "premiere_periode", "chaque_periode")
_SENTENCE = r"\b(?:est|sont|sera|seront|comporte\w*|fait|font)\b[^\n]*\.\s*$"


def of_a_part(passage: str, terms: Subject) -> bool:
    """Say whether a folded passage tells the amount of a part of the duration."""
    return any(held(terms[rubric], passage) for rubric in _PARTS)


def scope_of_amount(text: Text, index: int, amount: Amount, label: int | None, terms: Subject) -> Scope | None:
    """Return the lot, or all lots, named nearest to the amount: beside it, then above; None for several together.

    Args:
        text: The document.
        index: Block of the amount.
        amount: The amount in that block.
        label: Block of the label it stands under, when it stands alone.
        terms: What says the value.
    """
    folded = text.folded[index]
    own = own_lot(folded, amount)
    if own is not None:
        return own
    of_section = lot_of_section(text.folded, index) or lot_at(text, index)
    if of_section is not None:
        return Scope("lot", of_section)
    stop = compiled(r"[.;](?=\s)").search(folded, amount.end - 1)  # the amount may end with the full stop of "HT."
    after = folded[amount.end : stop.start() if stop else None]
    if held(terms["tous_les_lots"], after):
        return MARCHE
    first = label if label is not None else index
    total = held(terms["total_des_lots"], "\n".join(text.folded[first : index + 1])) is not None
    naming = "|".join((_LOT, *(term.pattern for term in terms["tous_les_lots"])))
    served = False
    for rank in range(index, max(0, first - 2) - 1, -1):
        line = folded[: amount.start] if rank == index else text.folded[rank]
        named = list(compiled(naming).finditer(line)) if "lot" in line else []
        if named and compiled(_SEVERAL).search(line, max(0, named[-1].start() - 8), named[-1].end() + 8):
            return None
        if rank < index or named:
            served = served or _serves(line if rank < index else line[named[-1].end() :], terms)
        if rank < index and len({found[1] for found in named}) > 1:
            return MARCHE if total else None
        if named:
            return Scope("lot", lot_number(named[-1][1])) if named[-1][1] and not (total and served) else MARCHE
    return MARCHE


def _serves(line: str, terms: Subject) -> bool:
    """Say whether a line has told what it has to say of its lot, so that the total below is that of all lots."""
    if compiled(_SENTENCE).search(line):
        return True
    least = "minim" in line and "maxim" not in line
    return not least and next(amounts(line), None) is not None and not of_a_part(line, terms)


def own_lot(folded: str, amount: Amount) -> Scope | None:
    """Return the lot of "50 000 € HT pour le lot 1" or "(lot 1)": what follows the amount tells whose it is."""
    naming = rf"\)?[ ,]*(?:\([^()\n]{{0,40}}\) ?)?(?:(?:pour|au titre du|sur|concernant)(?: le)? {_LOT}|\({_LOT} ?\))"
    match = compiled(naming).match(folded, amount.end)
    return Scope("lot", lot_number(match[1] or match[2])) if match else None
