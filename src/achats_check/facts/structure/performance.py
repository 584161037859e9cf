"""The time to perform, which is not the duration of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.lots import lot_numbers, row_lot
from achats_check.facts.codes import lot_number
from achats_check.facts.french import Duration, durations
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.structure.delays_by_lot import find_by_lot, told_in_sentence
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.terms import Subject, Term, each, held
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_TITLE = LINE_START + (
    r"(?:delais?(?: (?:global|general|contractuel|d'execution|de realisation"
    r"|d[eu]s? (?:travaux|chantier|prestations)))?"
    r"|duree d(?:es|u) (?:travaux|chantier))\W{0,3}"
)
_OF_WORKS = r"execution|realisation|travaux|chantier|prestations"
_OTHER_DELAYS = r"factur|pai?ement|\bpaye|mandat|reglement|recours|validite|question|reponse|garantie|livr|jours\b"
"""What a delay of, under a title that says no more than "Délai", is not the time to perform."""
_LOT = r"\blot (?:n ?° ?)?0?(\d{1,2}) ?[:–-] ?"
_OF_ONE_LOT = (
    r"\bdelais? (?:[\w']{1,15} ){0,5}?(?:du|pour le|au titre du|propre au) lot\b"
    r"|^\W{0,4}(?:pour|concernant|s'agissant du|quant au) (?:le )?lot\b"
)
"""What gives a time to one lot: "à compter du démarrage du lot 2" only tells when the time of all starts."""
_OF_SOME_LOT = r"\b(?:du|de ce|ce|chaque|propres? aux?|propres? au) lots?\b(?! ?(?:n ?° ?)?\d)"
_LITERALS = (
    *("d'execution", "l'execution", "de realisation", "la realisation", "dans un delai", "dans le delai", "duree d"),
    *(
        "dispose d'un delai",
        "delai global",
        "delai total",
        "delai general",
        "duree totale d",
        "duree globale d",
        "travaux dur",
        "se deroul",
    ),
    *("ises en", "ise en", "isee en", "utes en", "ute en", "utee en", "eves en", "eve en", "evee en", "ines en"),
    *("pour executer", "pour realiser", "duree prev", "s'etal", "s'echelonn"),
)
"""One of them is in every passage that gives a time to perform."""
_PREPARATION = r"preparation[^.\n]{0,60}\b(?:\d{1,3}|un|deux|trois|quatre) ?(?:\(\w+\) ?)?(?:mois|semaines?|jours?)\b"

_PREPARED_FIRST = (
    r"\bpreparation(?: du chantier| des travaux)? ?(?:\(|d'|de |:|etant de |fixee a ){0,2}"
    r"(?P<before>[^.;,()\n]{0,16}?\b(?:mois|semaines?|jours?)\b)[^.;,\n]{0,30}"
    r"\b(?:non (?:comprise?|incluse?)|en sus|en plus)\b"
)
"""The time to prepare that comes before the one told: both together are the time to perform."""
_WHOLE = (
    r"\bsoit (?P<total>[^.;,\n]{0,30}?\b(?:ans?|mois|semaines?|jours?)\b(?: calendaires| ouvres)?)"
    r" (?:au total|en tout|pour l'ensemble|pour les \w+ tranches|toutes tranches|tranches comprises)"
)
"""The sum of several lengths, told as the one of the whole."""
_LONGEST = 800
"""Characters of a sentence that gives the time of each lot, semicolons between them."""


def find(reading: Reading, words: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``delai_execution_mois``."""
    yield Sought("delai_execution_mois", ("délai d'exécution",))
    text = text_of(reading)
    for index in text.having("mois", "semaine", "jour"):
        folded = text.folded[index]
        if not any(literal in folded for literal in _LITERALS) or "ou delai d'execution" in folded:
            continue
        shared = list(_shared_out(reading, text, index, words))
        yield from shared
        told = None if shared else _told(folded, words["delais"])
        if told is None:
            continue
        match, spell, (first, last) = told
        total = _total(folded[first:last])
        spell = total or spell
        if held(words["leurres_de_delai"], folded[first:last]):
            continue
        spell = spell._replace(months=spell.months + _preparation(folded[first:last]))
        reason = _partial(text, index, folded[first:last])
        if reason:
            yield missed(reading, "delai_execution_mois", text.blocks[index], (first, last), reason)
            continue
        whole = total is not None or "global" in match.group() or "ensemble" in folded[first:last]
        scope = _scope(text, index, folded[first:last])
        yield said(
            reading,
            "delai_execution_mois",
            spell.months,
            text.blocks[index],
            (first, last),
            0.9 if whole else 0.8,
            scope,
        )
    yield from _under_title(reading, text)
    yield from find_by_lot(reading, text)


def _shared_out(reading: Reading, text: Text, index: int, words: Subject) -> Iterator[Candidate]:
    """Yield the time of each lot where one sentence gives them all, none of which is that of the market."""
    folded = text.folded[index]
    for match in each(words["delais"], folded):
        first, _ = sentence(folded, *match.span())
        stop = compiled(r"\.(?=\s|$)|\n").search(folded, match.end())
        last = min(stop.start() if stop else len(folded), first + _LONGEST)
        told = told_in_sentence(folded[match.start() : last])
        if told and held(words["leurres_de_delai"], folded[first:last]) is None:
            for scope, spell in told.items():
                yield said(
                    reading, "delai_execution_mois", spell.months, text.blocks[index], (first, last), 0.85, scope
                )
            return


def _scope(text: Text, index: int, passage: str) -> Scope:
    """Return the lot whose row or whose own sentence gives a time, else the market."""
    in_row = row_lot(text.blocks, text.blocks[index])
    if in_row is not None:
        return in_row
    named = lot_numbers(passage) if compiled(_OF_ONE_LOT).search(passage) else ()
    return Scope("lot", named[0]) if len(named) == 1 else MARCHE


def _told(folded: str, terms: Sequence[Term]) -> tuple[re.Match[str], Duration, tuple[int, int]] | None:
    """Return the first words of a block that a time follows in their sentence, this time, and the sentence."""
    for match in each(terms, folded):
        span = sentence(folded, *match.span())
        spells = list(durations(folded[match.end() - 1 : span[1]]))
        if spells:
            return None if "delais" in match.group() and _differ(spells) else (match, spells[0], span)
    return None


def _differ(spells: list[Duration]) -> bool:
    """Say whether the times told of several delays are not the same one."""
    return len({spell.months for spell in spells}) > 1


def _preparation(passage: str) -> Decimal:
    """Return the months of preparation that a sentence says to be left out: "préparation de 1 mois non comprise"."""
    apart = compiled(_PREPARED_FIRST).search(passage)
    spell = next(durations(apart["before"]), None) if apart else None
    return spell.months if spell is not None else Decimal(0)


def _total(passage: str) -> Duration | None:
    """Return the length told as that of the whole: "17 semaines pour l'une et 9 pour l'autre, soit 26 au total"."""
    told = compiled(_WHOLE).search(passage)
    return next(durations(told["total"]), None) if told else None


def _under_title(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Read "16 mois tous corps d'état" or "Lot 1 : sept mois" right under the title "Délai d'exécution"."""
    for index in text.having("delai", "duree d"):
        title = text.folded[index]
        if text.blocks[index].kind != "title" or compiled(_TITLE).fullmatch(title) is None:
            continue
        bare = compiled(_OF_WORKS).search(title) is None
        if reading.role == "RC" and bare:
            continue
        for later in text.following(index, 1):
            if bare and compiled(_OTHER_DELAYS).search(text.folded[later]):
                continue
            yield from _of_lots(reading, text, later)
            spell = next(durations(text.folded[later]), None)
            above = text.folded[later][: spell.start] if spell else ""
            opens = not above.strip(" :-") or compiled(LINE_START).fullmatch(above) is not None
            if spell is not None and opens and not _partial(text, later, text.folded[later]):
                span = sentence(text.folded[later], spell.start, spell.end)
                yield said(reading, "delai_execution_mois", spell.months, text.blocks[later], span, 0.85)


def _of_lots(reading: Reading, text: Text, index: int) -> Iterator[Candidate]:
    """Yield the time of each lot of "Lot 1 : sept mois. Lot 2 : cinq mois."."""
    for match in compiled(_LOT).finditer(text.folded[index]):
        spell = next(durations(text.folded[index][match.end() : match.end() + 40]), None)
        if spell is not None and spell.start <= 1:
            scope, span = Scope("lot", lot_number(match[1])), (match.start(), match.end() + spell.end)
            yield said(reading, "delai_execution_mois", spell.months, text.blocks[index], span, 0.85, scope)


def _partial(text: Text, index: int, passage: str) -> str:
    """Return why a time is that of a part of the contract only, "" when it is not."""
    unnamed = compiled(_OF_SOME_LOT).search(passage) and row_lot(text.blocks, text.blocks[index]) is None
    if unnamed or "pour ce lot" in text.folded[index] or "bon de commande" in text.folded[index]:
        return "délai d'un seul lot ou d'une commande"
    if compiled(r"\btranche ferme\b").search(passage) and not compiled(_WHOLE).search(passage):
        return "délai d'une tranche"
    works = compiled(r"d(?:'execution|e realisation) des travaux").search(passage)
    whole = compiled(r"\bglobal|\bcompris|\binclu|\bdont\b").search(passage)
    if works and not whole and compiled(_PREPARATION).search(text.around(index, 2, 2)):
        return "délai des travaux, la période de préparation à part"
    return ""
