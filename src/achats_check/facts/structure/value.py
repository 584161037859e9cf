"""What the purchase is worth: the estimate of the whole need, and the ceiling of a framework."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.french import Amount, amounts, durations, percents
from achats_check.facts.old_form import lot_of_section
from achats_check.facts.structure.partial_value import announcement, part_of_duration
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.structure.value_forms import in_forms
from achats_check.facts.structure.value_scope import of_a_part, own_lot, scope_of_amount
from achats_check.facts.structure.value_tables import in_broken_tables, in_tables
from achats_check.facts.structure.value_twins import without_twins
from achats_check.facts.terms import Subject, Term, found, held, opening
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE
from achats_check.patterns import compiled

_OPENING = 6000
"""Letters of a piece that tell what is bought."""
_TOTAL_LABEL = (
    r"\W*(?:ii\.\d\.\d\)? ?|(?:art(?:icle|\.)? )?[a-h]?\.?[\d.]{1,6}\s?[-).:/]{0,3} ?)?(?:valeur totale estimee"
    r"|estimation(?: (?:du (?:marche|besoin|montant)|globale|financiere|previsionnelle))?)\s*:?[\s|]*"
)
"""The label of the old form, where each lot has a « Valeur estimée » of its own, and a title over an amount."""
_COUNTED = r"\bnombre (?:maxim|total|de)"
"""A ceiling that is no amount: « Nombre maximal de renouvellements : 2 »."""
_LABEL_OF_LOT = r"\W*ii\.2\.6\)? ?valeur estimee\s*:?[\s|]*"
_MOST_AMOUNTS = 100
"""Amounts read in one block: a text that repeats itself more is noise, or hostile."""
_NEXT = r"[^.\n]{0,40}[;,/] ?"
"""Between the amounts of a list, each followed by its lot."""
_OF_WHICH = r"\b(?:dont|soit|a savoir|repartie?s?)\b"
"""After the amount of the market, what opens those of its lots."""
_UNDER_ITS_LOT = r"[^.;\n€]{0,60}[;,/(] ?(?:et |dont |soit )?(?:pour )?(?:le )?lot (?:n ?° ?)?\d{1,2} ?[:=] ?"
"""Between two amounts, the name of the lot of the second: "(lot 1 : 90 000 € ; lot 2 : 60 000 €)"."""
_OF_A_LOT = r"(?:lots? ?)?(?:n ?° ?)?\d{1,2}\b(?! ?[\d,.%€])"
"""How a row of a table of lots opens: its amount is that of its lot, which ``in_tables`` reads."""
_SUMMED = (
    r"\bsoit (?:un (?:total|montant|maximum) (?:\w+ )?de )?\d[\d .,]{2,14} ?(?:€|euros?|k€|m€)[^.;\n]{0,60}"
    r"\b(?:reconduc|renouvel|au total|duree (?:totale|maximale)|toutes (?:les )?periodes"
    r"|(?:[2-6]|deux|trois|quatre|cinq) ans)"
)
"""After a yearly amount, that of all the years: "soit 400 000 € HT sur quatre ans"."""
_BOUND = r"minim|(?<!duree )maxim"
_YEARLY = "montant d'une année ou d'une période, dont le nombre n'est pas dans le même passage"
_OF_THIS_CONTRACT = (
    r"\b(?:valeur|montant|estimation)(?: (?:totale|estimee?|previsionnelle?|globale)){0,2} du present"
    r" (?:marche|accord[- ]cadre|contrat)\b(?!s? de travaux)"
)
"""An estimate that says whose it is: the budget of works told before it, or by its title, is another amount."""
_OF_EACH = r"\b(?:chaque|chacun des|par) lots?\b"
_OF_LOTS = (rf"{_OF_EACH}|\b(?:ce|le present) lot\b", _OF_EACH)
"""An amount of lots that nothing names; "ce lot" is named by the field of a notice, where there is one."""


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``valeur_estimee_ht``, ``valeur_maximale_ht`` and ``accord_cadre.maximum_fixe``."""
    yield Sought("valeur_estimee_ht", ("valeur estimée", "montant estimé", "estimé à hauteur de"))
    yield Sought("valeur_maximale_ht", ("montant maximum", "plafond"))
    yield Sought("accord_cadre.maximum_fixe", ("maximum", "sans maximum", "quantité maximale"))
    text = text_of(reading)
    yield from without_twins(_values(reading, text, terms), text)
    yield from _fixed(reading, text, terms)


def _values(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate | NearMiss]:
    for term in terms["plafonds"]:
        yield from _amounts(reading, text, terms, "valeur_maximale_ht", term)
    for term in terms["estimations"]:
        yield from _amounts(reading, text, terms, "valeur_estimee_ht", term)
    yield from in_tables(reading, text, terms)
    yield from in_broken_tables(reading, text, terms)
    yield from in_forms(reading, text, terms)


def _amounts(reading: Reading, text: Text, terms: Subject, name: str, term: Term) -> Iterator[Candidate | NearMiss]:
    for index in text.announced((term,)):
        folded = text.folded[index]
        match = term.search(folded)
        sums = list(islice(amounts(folded), _MOST_AMOUNTS)) if match else []
        if name == "valeur_estimee_ht":
            yield from _estimated_after(reading, text, terms, index, sums)
            yield from _also_estimated(reading, text, terms, index, sums)
        while match is not None:
            first, last = sentence(folded, *match.span())
            last = len(folded) if len(text.blocks[index].cells) == 2 else last
            after = (a for a in sums if match.end() - 1 <= a.start <= last)
            amount = next((a for a in after if not _tells_minimum(folded[match.end() : a.start])), None)
            if amount is not None and amount.start - match.end() <= 150:
                yield from _amount(
                    reading, text, terms, name, index, (min(first, match.start()), max(last, amount.end)), amount
                )
                last = max(last, amount.end)
                yield from _of_other_lots(reading, text, terms, name, index, (match.start(), last), amount, sums)
            elif amount is None and _is_label(text, index, name, match.end()):
                yield from _below(reading, text, terms, index, name)
            match = term.search(folded, max(last, match.end()))


def _tells_minimum(between: str) -> bool:
    """Say whether an amount is told as a minimum since its label: « minimum et maximum : un minimum de 10 € »."""
    return between.rfind("minim") > between.rfind("maxim")


def _is_label(text: Text, index: int, name: str, end: int) -> bool:
    """Say whether a line without amount, its ceiling or estimate told up to ``end``, is the label of one below."""
    folded = text.folded[index]
    if name == "valeur_maximale_ht":
        return len(folded) - end <= 60 and compiled(_COUNTED).search(folded) is None
    if compiled(_LABEL_OF_LOT).fullmatch(folded):
        return lot_of_section(text.folded, index) is not None
    return compiled(_TOTAL_LABEL).fullmatch(folded) is not None


def _estimated_after(
    reading: Reading, text: Text, terms: Subject, index: int, sums: list[Amount]
) -> Iterator[Candidate | NearMiss]:
    """Read "Budget : 780 000 € HT estimés pour 4 ans": the amount first."""
    folded = text.folded[index]
    for amount in sums:
        first = max(0, amount.start - 60)
        told = found(terms["avant_une_estimation"], folded[first : amount.start])
        if told is not None and opening(terms["apres_une_estimation"], folded, amount.end):
            span = sentence(folded, first + told.start(), amount.end)
            yield from _amount(reading, text, terms, "valeur_estimee_ht", index, span, amount)


def _also_estimated(
    reading: Reading, text: Text, terms: Subject, index: int, sums: list[Amount]
) -> Iterator[Candidate | NearMiss]:
    """Read "Le maximum est de 780 000 € HT. Ce montant correspond aussi à la valeur estimée": one amount for both."""
    folded = text.folded[index]
    for amount in sums:
        told = next(filter(None, (term.match(folded, amount.end) for term in terms["aussi_une_estimation"])), None)
        if told is not None:
            _, last = sentence(folded, *told.span())
            yield from _amount(reading, text, terms, "valeur_estimee_ht", index, (amount.start, last), amount)


def _of_other_lots(
    reading: Reading,
    text: Text,
    terms: Subject,
    name: str,
    index: int,
    span: tuple[int, int],
    first: Amount,
    sums: list[Amount],
) -> Iterator[Candidate | NearMiss]:
    """Read "… 50 000 € HT pour le lot 1 et 40 000 € HT pour le lot 2": one word, an amount for each lot."""
    folded = text.folded[index]
    told = {scope_of_amount(text, index, first, None, terms)}
    last = first
    for amount in sums:
        between = folded[first.end : amount.start]
        listed = compiled(_NEXT).fullmatch(folded, last.end, amount.start) is not None
        titled = compiled(_UNDER_ITS_LOT).fullmatch(folded, last.end, amount.start) is not None
        if amount.start < first.end or not (amount.start < span[1] or listed or titled):
            continue
        if "minim" in between or held(terms["plafonds"], between):
            continue
        named = titled or ("lot" in between and amount.start < span[1])
        scope = own_lot(folded, amount) or (scope_of_amount(text, index, amount, None, terms) if named else None)
        parted = titled or MARCHE not in told or compiled(_OF_WHICH).search(between) is not None
        if scope is not None and scope.kind == "lot" and scope not in told and parted:
            told.add(scope)
            last = amount
            yield from _amount(reading, text, terms, name, index, (span[0], max(span[1], amount.end)), amount)


def _below(reading: Reading, text: Text, terms: Subject, index: int, name: str) -> Iterator[Candidate | NearMiss]:
    """A label alone, its amount on one of the next lines ("Maximum € HT" then "21 000,00 €")."""
    if text.blocks[index].kind == "row":
        return
    for later in text.following(index, 3):
        folded = text.folded[later].strip()
        amount = next(amounts(text.folded[later]), None)
        if "minim" in folded:
            continue
        if compiled(_OF_A_LOT).match(folded) and text.blocks[later].kind == "row":
            return
        if amount is not None and len(folded) <= amount.end - amount.start + 45:
            span = (0, len(text.folded[later]))
            yield from _amount(reading, text, terms, name, later, span, amount, label=index)
            return


def _amount(
    reading: Reading,
    text: Text,
    terms: Subject,
    name: str,
    index: int,
    span: tuple[int, int],
    amount: Amount,
    label: int | None = None,
) -> Iterator[Candidate | NearMiss]:
    block = text.blocks[index]
    passage = text.folded[index][span[0] : span[1]]
    context = "\n".join(text.folded[_article_start(text, index if label is None else label) : index + 1])
    own = held(terms["besoin_nomme"], passage) is not None
    around = text.folded[index][max(0, span[0] - 160) : span[1]] if span[0] or own else context[-600:]
    around = passage if compiled(_OF_THIS_CONTRACT).search(passage) else f"{fold(block.heading)}\n{around}"
    reason = _decoy(text, terms, around, passage, name)
    value = None if reason else _without_tax(amount, passage, context)
    if reason is None and value is None:
        reason = "montant toutes taxes comprises sans taux indiqué"
    above = announcement(text, index if label is None else label)
    told = passage if label is None else "\n".join([*text.folded[label:index], passage])
    if reason is None and value is not None:
        value, reason = _over_duration(value, told, above, terms)
        whole = _whole_after(passage, amount) if reason == _YEARLY else None
        value, reason = (whole, None) if whole is not None else (value, reason)
    scope = scope_of_amount(text, index, amount, label, terms)
    several = scope is None or (scope == MARCHE and compiled(_OF_LOTS[bool(block.pointer)]).search(passage))
    if several:
        reason = reason or "montant de chacun de plusieurs lots, ou de plusieurs ensemble"
    if reason is not None or value is None or scope is None:
        yield missed(reading, name, block, span, reason or "")
        part = part_of_duration(terms, told, above) if reason == _YEARLY else None
        if part is not None and scope is not None and not several:
            partial = _without_tax(amount, passage, context)
            yield from [] if partial is None else [said(reading, part[name], partial, block, span, 0.85, scope)]
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


def _article_start(text: Text, index: int) -> int:
    """Return the first of the two blocks above that an amount is told with: what stands above its title is not."""
    first = max(0, index - 2)
    return next((rank for rank in range(index, first, -1) if text.blocks[rank].kind == "title"), first)


def _decoy(text: Text, terms: Subject, around: str, passage: str, name: str) -> str | None:
    found: str | None = held(terms["leurres"], around)
    if found is None and "travaux" in passage and _is_of_design(text, terms):
        return "budget de travaux d'un marché de maîtrise d'œuvre"
    if found is None and name == "valeur_estimee_ht" and compiled(_BOUND).search(passage):
        return "minimum ou maximum, et non estimation"
    return found


def _is_of_design(text: Text, terms: Subject) -> bool:
    """Say whether the design of works is what is bought, and not what the piece says of its architect."""
    if compiled(r"maitrise d'oe?uvre").search(text.joined, 0, _OPENING) is None:
        return False
    own = held(terms["de_maitrise_d_oeuvre"], text.joined, 0, _OPENING) is not None
    return own or held(terms["de_travaux"], text.joined, 0, _OPENING) is None


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


def _whole_after(passage: str, amount: Amount) -> Decimal | None:
    """Return what "soit 4 800 000 € HT si toutes les reconductions sont prononcées" makes of a yearly amount."""
    summed = compiled(_SUMMED).search(passage)
    whole = next(amounts(passage[summed.start() :]), None) if summed else None
    return whole.value if whole is not None and whole.value > amount.value and whole.tax != "TTC" else None


def _over_duration(value: Decimal, passage: str, above: str, terms: Subject) -> tuple[Decimal | None, str | None]:
    """A yearly amount is multiplied only when its own passage gives the years; else nothing is known."""
    if not of_a_part(passage, terms) and not of_a_part(above, terms):
        return value, None
    yearly = held(terms["annuel"], passage) is not None
    if not yearly and held(terms["duree_entiere"], passage):
        return value, None
    unequal: str | None = held(terms["inegales"], passage)
    if unequal is not None:
        return None, unequal
    if compiled(r"annuel[^.\n]{0,120}(?:€|eur\w*|ht) ?(?:h\.?t\.? ?)?sur (?:les )?\d{1,2} ?ans").search(passage):
        return None, "montant dit annuel et, à la fois, sur plusieurs années"
    years = [d.months / 12 for d in durations(passage) if d.unit == "an" and d.months > 12]
    if yearly and len(years) == 1:
        return value * years[0], None
    return None, _YEARLY


def _fixed(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    for index in text.announced((*terms["sans_maximum"], *terms["avec_maximum"])):
        folded = text.folded[index]
        absent = found(terms["sans_maximum"], folded)
        if absent is not None and not compiled(r"\bavec\b|mais").search(absent.group()):
            yield said(
                reading, "accord_cadre.maximum_fixe", False, text.blocks[index], sentence(folded, *absent.span()), 0.9
            )
            continue
        stated = found(terms["avec_maximum"], folded)
        span = sentence(folded, *stated.span()) if stated else (0, 0)
        if stated is not None and not _decoy(
            text, terms, folded[max(0, span[0] - 160) : span[1]], folded, "accord_cadre.maximum_fixe"
        ):
            yield said(reading, "accord_cadre.maximum_fixe", True, text.blocks[index], span, 0.85)
