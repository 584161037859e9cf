"""Whose an amount is: a lot's, the market's, a year's or the whole duration's."""

from __future__ import annotations

from achats_check.facts.codes import lot_number
from achats_check.facts.french import Amount, amounts
from achats_check.facts.structure.scan import Text
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

PERIOD = (
    r"\bannuel|par an(?:nee)?\b|/ ?an\b|chaque annee|pour (?:une|la premiere) annee|par periode|periode initiale"
    r"|premiere periode|chaque (?:periode|reconduction)|par reconduction|periode (?:de (?:12|douze) mois|d'un an)"
)
UNEQUAL = r"\bpuis\b|(?:annees|periodes) suivantes|premieres? annees?"
"""A part that is worth something else than the others."""
FIRST_PERIOD = r"premiere periode|periode initiale"
EACH_PERIOD = r"par periode|chaque (?:periode|reconduction)|par reconduction"
YEAR = r"\bannuel|par an(?:nee)?\b|/ ?an\b|chaque annee|periode (?:de (?:12|douze) mois|d'un an)"
WHOLE = (
    r"duree (?:totale|globale|maximale|du marche|de l'accord)|toute la duree|ensemble de la duree"
    r"|reconductions? (?:comprise|incluse)|toutes periodes|sur \d ans"
)
ALL_LOTS = r"ensemble des lots|tous lots|lots confondus|lot unique"
_TOTAL = (
    r"\b(?:total|global|cumul)(?:e|ee)? (?:estimee? )?(?:hors (?:tva|taxes?)\b|h\.?t\.?\s?:)"
    r"|\b(?:total|global|cumul)(?:e|ee)? (?:ht )?(?:du (?:present )?(?:marche|contrat|besoin)|de l'accord"
    r"|de la consultation)|\btotal general|\bcumulee?\b"
)
_LOT = r"\b(?:lots? (?:n ?° ?|no ?)?(\d{1,2}|[a-z]\d)\b)"
_SEVERAL = (
    r"lots? (?:n ?° ?)?\d{1,2}\s?(?:,|et|ou|a|/|&|-)\s?(?:le )?(?:lot )?(?:n ?° ?)?\d"
    r"|\d\s?(?:,|et|ou|&)\s?(?:le )?lot \d"
)

_SENTENCE = r"\b(?:est|sont|sera|seront|comporte\w*|fait|font)\b[^\n]*\.\s*$"


def scope_of_amount(text: Text, index: int, amount: Amount, label: int | None) -> Scope | None:
    """Return the lot, or all lots, named nearest to the amount: beside it, then above; None for several together.

    Args:
        text: The document.
        index: Block of the amount.
        amount: The amount in that block.
        label: Block of the label it stands under, when it stands alone.
    """
    folded = text.folded[index]
    own = own_lot(folded, amount)
    if own is not None:
        return own
    stop = compiled(r"[.;](?=\s)").search(folded, amount.end - 1)  # the amount may end with the full stop of "HT."
    after = folded[amount.end : stop.start() if stop else None]
    if compiled(ALL_LOTS).search(after):
        return MARCHE
    first = label if label is not None else index
    total = compiled(_TOTAL).search("\n".join(text.folded[first : index + 1])) is not None
    served = False
    for rank in range(index, max(0, first - 2) - 1, -1):
        line = folded[: amount.start] if rank == index else text.folded[rank]
        named = list(compiled(rf"{_LOT}|(?:{ALL_LOTS})").finditer(line)) if "lot" in line else []
        if named and compiled(_SEVERAL).search(line, max(0, named[-1].start() - 8), named[-1].end() + 8):
            return None
        if rank < index or named:
            served = served or _serves(line if rank < index else line[named[-1].end() :])
        if rank < index and len({found[1] for found in named}) > 1:
            return MARCHE if total else None
        if named:
            return Scope("lot", lot_number(named[-1][1])) if named[-1][1] and not (total and served) else MARCHE
    return MARCHE


def _serves(line: str) -> bool:
    """Say whether a line has told what it has to say of its lot, so that the total below is that of all lots."""
    if compiled(_SENTENCE).search(line):
        return True
    least = "minim" in line and "maxim" not in line
    return not least and next(amounts(line), None) is not None and not compiled(PERIOD).search(line)


def own_lot(folded: str, amount: Amount) -> Scope | None:
    """Return the lot of "50 000 € HT pour le lot 1", what follows the amount telling whose it is."""
    match = compiled(rf"[ ,]*(?:\([^()\n]{{0,40}}\) ?)?(?:pour|au titre du|sur|concernant)(?: le)? {_LOT}").match(
        folded, amount.end
    )
    return Scope("lot", lot_number(match[1])) if match else None
