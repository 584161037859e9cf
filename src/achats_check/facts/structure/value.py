"""What the purchase is worth: the estimate of the whole need, and the ceiling of a framework."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import lot_number
from achats_check.facts.french import Amount, amounts, bare_amount, durations, percents
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_DECOYS = (
    (r"creance|nantissement|cession", "montant d'une créance cédée"),
    (r"sous[- ]trait", "somme due à un sous-traitant"),
    (r"\bprimes?\b|recompense|indemnite", "prime ou indemnité"),
    (r"chiffre d'affaires|\bca\b", "chiffre d'affaires demandé"),
    (r"assur[ae]|sinistre|garantie|franchise|dommage", "montant d'assurance ou de garantie"),
    (r"penalite|retenue|refaction", "pénalité ou retenue"),
    (r"\bavances?\b|seuil", "seuil d'une avance ou d'une procédure"),
    (r"enveloppe|cout previsionnel des travaux|part[^.\n]{0,40} affectee aux travaux|faisabilite", "budget de travaux"),
    (r"augmentation|modification|avenant|reexamen", "clause de modification"),
    (r"recouvrement|capital|redevance|caution|frais de", "autre somme"),
    (
        r"(?:part|partie|poste)s? (?:\w+ ){0,4}a bons? de commandes?|part (?:variable|fixe|forfaitaire)"
        r"|tranches? (?:optionnelle|conditionnelle|ferme)|cette tranche|(?:pour|a) la part\b",
        "montant d'une partie du marché seulement",
    ),
    (
        r"par (?:candidat|soumissionnaire|concurrent|equipe)|\bcandidats?\b|memoire technique",
        "somme propre à un candidat",
    ),
    (r"\bmarches de travaux", "budget de travaux"),
    (r"\bentre [\d .,]{3,20} ?(?:€|eur)[^.\n]{0,12} et [\d .,]{3,20} ?(?:€|eur)", "fourchette, et non montant"),
    (r"par commande|bon de commande (?:est|sera|ne)|commande minim|franco", "montant d'une commande"),
)
_CEILING = (
    r"(?:montant|valeur|plafond|seuil)s? (?:\w+ ){0,3}?(?:maxim\w+|plafond)|maximum\b|maximal\b|plafond\b|plafonne"
)
_ESTIMATE = (
    r"(?:valeur|montant|besoin|marche|accord[- ]cadre|consultation|prestations|budget)[^.\n]{0,60}?(?:estim"
    r"|previsionnel|evalu)\w*|(?:estimation|estimee? a)"
)
_PERIOD = (
    r"\bannuel|par an\b|/ ?an\b|chaque annee|pour (?:une|la premiere) annee|par periode|periode initiale"
    r"|premiere periode|chaque (?:periode|reconduction)|par reconduction"
)
_WHOLE = (
    r"duree (?:totale|globale|maximale|du marche|de l'accord)|toute la duree|ensemble de la duree"
    r"|reconductions? (?:comprise|incluse)|toutes periodes|sur \d ans"
)
_ALL_LOTS = r"ensemble des lots|tous lots|lots confondus|lot unique"

_TOTAL = (
    r"\b(?:total|global|cumul)(?:e|ee)? (?:ht )?(?:du (?:present )?(?:marche|contrat|besoin)|de l'accord"
    r"|de la consultation)|\btotal general|\bcumulee?\b"
)
_LOT = r"\b(?:lots? (?:n ?° ?|no ?)?(\d{1,2}|[a-z]\d)\b)"
_SEVERAL = (
    r"lots? (?:n ?° ?)?\d{1,2}\s?(?:,|et|ou|a|/|&|-)\s?(?:le )?(?:lot )?(?:n ?° ?)?\d"
    r"|\d\s?(?:,|et|ou|&)\s?(?:le )?lot \d"
)
_COLUMNS = (("valeur_maximale_ht", "maxim"), ("valeur_estimee_ht", "estim"))
"""Facts a table of lots gives, and what the header of their column holds."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``valeur_estimee_ht``, ``valeur_maximale_ht`` and ``accord_cadre.maximum_fixe``."""
    yield Sought("valeur_estimee_ht", ("valeur estimée", "montant estimé", "estimé à hauteur de"))
    yield Sought("valeur_maximale_ht", ("montant maximum", "plafond"))
    yield Sought("accord_cadre.maximum_fixe", ("maximum", "sans maximum", "quantité maximale"))
    text = text_of(reading)
    yield from _amounts(reading, text, "valeur_maximale_ht", _CEILING, ("maxim", "plafond"))
    yield from _amounts(reading, text, "valeur_estimee_ht", _ESTIMATE, ("estim", "previsionnel", "evalue"))
    yield from _tables(reading, text)
    yield from _fixed(reading, text)


def _amounts(
    reading: Reading, text: Text, name: str, pattern: str, literals: tuple[str, ...]
) -> Iterator[Candidate | NearMiss]:
    for index in text.having(*literals):
        folded = text.folded[index]
        match = compiled(pattern).search(folded)
        sums = list(amounts(folded)) if match else []
        while match is not None:
            first, last = sentence(folded, *match.span())
            amount = next((a for a in sums if match.end() - 1 <= a.start <= last), None)
            if amount is not None and amount.start - match.end() <= 150:
                yield from _amount(
                    reading, text, name, index, (min(first, match.start()), max(last, amount.end)), amount
                )
                last = max(last, amount.end)
                yield from _of_other_lots(reading, text, name, index, (match.start(), last), amount, sums)
            elif amount is None and name == "valeur_maximale_ht" and len(folded) - match.end() <= 60:
                yield from _below(reading, text, index)
            match = compiled(pattern).search(folded, max(last, match.end()))


def _of_other_lots(
    reading: Reading, text: Text, name: str, index: int, span: tuple[int, int], first: Amount, sums: list[Amount]
) -> Iterator[Candidate | NearMiss]:
    """Read "… 50 000 € HT pour le lot 1 et 40 000 € HT pour le lot 2": one word, an amount for each lot."""
    folded = text.folded[index]
    told = {_scope(text, index, first, None)}
    for amount in sums:
        between = folded[first.end : amount.start]
        if not first.end <= amount.start < span[1] or compiled(rf"minim|{_CEILING}").search(between):
            continue
        scope = _own_lot(folded, amount) or (_scope(text, index, amount, None) if "lot" in between else None)
        if scope is not None and scope.kind == "lot" and told.isdisjoint({scope, MARCHE}):
            told.add(scope)
            yield from _amount(reading, text, name, index, span, amount)


def _below(reading: Reading, text: Text, index: int) -> Iterator[Candidate | NearMiss]:
    """A label alone, its amount on one of the next lines ("Maximum € HT" then "21 000,00 €")."""
    if text.blocks[index].kind == "row":
        return
    for later in text.following(index, 2):
        folded = text.folded[later].strip()
        amount = next(amounts(text.folded[later]), None)
        if "minim" in folded:
            continue
        if amount is not None and len(folded) <= amount.end - amount.start + 45:
            span = (0, len(text.folded[later]))
            yield from _amount(reading, text, "valeur_maximale_ht", later, span, amount, label=index)
            return


def _amount(
    reading: Reading, text: Text, name: str, index: int, span: tuple[int, int], amount: Amount, label: int | None = None
) -> Iterator[Candidate | NearMiss]:
    block = text.blocks[index]
    passage = text.folded[index][span[0] : span[1]]
    context = "\n".join(text.folded[max(0, (index if label is None else label) - 2) : index + 1])
    around = text.folded[index][max(0, span[0] - 160) : span[1]] if span[0] else context[-600:]
    reason = _decoy(text, f"{fold(block.heading)}\n{around}", passage, name)
    value = None if reason else _without_tax(amount, passage, context)
    if reason is None and value is None:
        reason = "montant toutes taxes comprises sans taux indiqué"
    if reason is None and value is not None:
        value, reason = _over_duration(value, passage, context)
    scope = _scope(text, index, amount, label)
    if scope is None or (scope == MARCHE and compiled(r"\b(?:chaque|chacun des|par) lots?\b").search(passage)):
        reason = reason or "montant de chacun de plusieurs lots, ou de plusieurs ensemble"
    if reason is not None or value is None or scope is None:
        yield missed(reading, name, block, span, reason or "")
        return
    yield said(
        reading,
        name,
        value,
        block,
        span,
        0.9 if amount.tax == "HT" else 0.82,
        scope,
    )


def _decoy(text: Text, around: str, passage: str, name: str) -> str | None:
    found = next((reason for pattern, reason in _DECOYS if compiled(pattern).search(around)), None)
    if found is None and "travaux" in passage and compiled(r"maitrise d'oe?uvre").search(text.joined, 0, 6000):
        return "budget de travaux d'un marché de maîtrise d'œuvre"
    if found is None and name == "valeur_estimee_ht" and compiled(r"minim|maxim").search(passage):
        return "minimum ou maximum, et non estimation"
    return found


def _without_tax(amount: Amount, passage: str, context: str) -> Decimal | None:
    if amount.tax != "TTC" and not (amount.tax == "" and "ttc" in passage and "ht" not in passage.split()):
        return amount.value
    rate = next(
        (p.value for p in percents(context) if p.value in (Decimal(20), Decimal(10), Decimal("5.5"), Decimal("2.1"))),
        None,
    )
    if rate is None or "tva" not in context:
        return None
    return (amount.value * 100 / (100 + rate)).quantize(Decimal("0.01"))


def _over_duration(value: Decimal, passage: str, context: str) -> tuple[Decimal | None, str | None]:
    """A yearly amount is multiplied only when its own passage gives the years; else nothing is known."""
    if not compiled(_PERIOD).search(passage) and not compiled(_PERIOD).search(
        context.rsplit("\n", 2)[-2] if "\n" in context else ""
    ):
        return value, None
    if compiled(_WHOLE).search(passage) and not compiled(r"\bannuel|par an\b|/ ?an\b").search(passage):
        return value, None
    if compiled(r"\bpuis\b|(?:annees|periodes) suivantes|premieres? annees?").search(passage):
        return None, "montants différents selon les années"
    years = [d.months / 12 for d in durations(passage) if d.unit == "an" and d.months > 12]
    if compiled(r"\bannuel|par an\b|/ ?an\b").search(passage) and len(years) == 1:
        return value * years[0], None
    return None, "montant d'une année ou d'une période, dont le nombre n'est pas dans le même passage"


def _scope(text: Text, index: int, amount: Amount, label: int | None) -> Scope | None:
    """The lot, or all lots, named nearest to the amount: beside it, then above; None for several lots together."""
    folded = text.folded[index]
    own = _own_lot(folded, amount)
    if own is not None:
        return own
    stop = compiled(r"[.;](?=\s)").search(folded, amount.end - 1)  # the amount may end with the full stop of "HT."
    after = folded[amount.end : stop.start() if stop else None]
    if compiled(_ALL_LOTS).search(after):
        return MARCHE
    first = label if label is not None else index
    above = [text.folded[rank] for rank in range(index - 1, max(0, first - 2) - 1, -1)]
    total = compiled(_TOTAL).search("\n".join(text.folded[first : index + 1])) is not None
    served = False
    for line in (folded[: amount.start], *above):
        named = list(compiled(rf"{_LOT}|(?:{_ALL_LOTS})").finditer(line)) if "lot" in line else []
        if named and compiled(_SEVERAL).search(line, max(0, named[-1].start() - 8), named[-1].end() + 8):
            return None
        served = served or _serves(line[named[-1].end() :] if named else line if line in above else "")
        if named:
            return Scope("lot", lot_number(named[-1][1])) if named[-1][1] and not (total and served) else MARCHE
    return MARCHE


def _serves(line: str) -> bool:
    """Say whether a line gives the lot above it its amount, so that the total below is that of all lots."""
    least = "minim" in line and "maxim" not in line
    return not least and next(amounts(line), None) is not None and not compiled(_PERIOD).search(line)


def _own_lot(folded: str, amount: Amount) -> Scope | None:
    """Return the lot of "50 000 € HT pour le lot 1", what follows the amount telling whose it is."""
    match = compiled(rf"[ ,]*(?:\([^()\n]{{0,40}}\) ?)?(?:pour|au titre du|sur|concernant)(?: le)? {_LOT}").match(
        folded, amount.end
    )
    return Scope("lot", lot_number(match[1])) if match else None


def _tables(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    """Rows under a header "Lot | Montant minimum | Montant maximum" or "Lot | Intitulé | Valeur estimée"."""
    for name, word in _COLUMNS:
        for index in text.having(word):
            column = _column(text, index, word)
            if column is None:
                continue
            block = text.blocks[index]
            if name == "valeur_maximale_ht":
                yield said(reading, "accord_cadre.maximum_fixe", True, block, (0, len(block.text)), 0.8)
            for later in range(index + 1, len(text.blocks)):
                if text.blocks[later].table != block.table:
                    break
                yield from _cell(reading, text, name, index, later, column)


def _column(text: Text, index: int, word: str) -> int | None:
    """Return the rank of the column of money that a header names, or None."""
    block = text.blocks[index]
    headers = [fold(cell) for cell in block.cells]
    column = next((rank for rank, cell in enumerate(headers) if word in cell), None)
    if column is None or block.table is None or len(headers) < 2 or compiled(r"quantit|ttc").search(headers[column]):
        return None
    return column if compiled(r"€|eur|\bht\b|montant|valeur").search(text.folded[index]) else None


def _cell(
    reading: Reading, text: Text, name: str, header: int, index: int, column: int
) -> Iterator[Candidate | NearMiss]:
    cells = text.blocks[index].cells
    if len(cells) != len(text.blocks[header].cells):
        return
    value = bare_amount(fold(cells[column]).replace("ht", "").strip())
    if value is None or value <= 0:
        return
    start = sum(len(cell) + 1 for cell in cells[:column])
    span = (start, start + len(cells[column]))
    context = "\n".join(text.folded[max(0, header - 2) : header + 1])
    if compiled(_PERIOD).search(context) and not compiled(_WHOLE).search(context):
        yield missed(reading, name, text.blocks[index], span, "montant d'une année ou d'une période")
        return
    number = compiled(r"\s*(?:lot )?(?:n ?° ?)?(\d{1,2}|[a-z]\d)\b(?! ?\d{3})").match(text.folded[index])
    lonely = compiled(_ALL_LOTS + r"|total").search(text.folded[index])
    if name == "valeur_estimee_ht" and not number and not lonely:
        return
    scope = Scope("lot", lot_number(number[1])) if number and not lonely else MARCHE
    yield said(reading, name, value, text.blocks[index], (0, len(text.blocks[index].text)), 0.88, scope)


def _fixed(reading: Reading, text: Text) -> Iterator[Candidate]:
    for index in text.having("maxim"):
        folded = text.folded[index]
        absent = compiled(
            r"sans (?:montant )?(?:minimum,? (?:ni|et|ou) (?:sans )?)?maximum|(?:pas|aucun) (?:de "
            r"|montant )?maximum|ni (?:de |montant )?maximum"
        ).search(folded)
        if absent is not None and not compiled(r"\bavec\b|mais").search(absent.group()):
            yield said(
                reading, "accord_cadre.maximum_fixe", False, text.blocks[index], sentence(folded, *absent.span()), 0.9
            )
            continue
        stated = compiled(
            r"(?:avec|un|et)(?: un)?(?: montant| seuil)? (?:minimum et (?:un )?(?:montant )?)?maximum"
            r"|(?:montant|quantite|valeur)s? maxim[^.\n]{0,80}\d"
        ).search(folded)
        span = sentence(folded, *stated.span()) if stated else (0, 0)
        if stated is not None and not _decoy(
            text, folded[max(0, span[0] - 160) : span[1]], folded, "accord_cadre.maximum_fixe"
        ):
            yield said(reading, "accord_cadre.maximum_fixe", True, text.blocks[index], span, 0.85)
