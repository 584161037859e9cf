"""Reservations that wording alone cannot settle: a category per lot in one sentence, contrary articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.lots import lot_numbers
from achats_check.facts.clauses.undecided import PRINTED_OPTIONS
from achats_check.facts.text import fold
from achats_check.model.fact import MARCHE
from achats_check.patterns import compiled

_FACT = "reservation.categorie"
_ARTICLES = compiled(r"\b2113-1[2-6](?:-1)?\b")
_OPTION_OF_FORMS = compiled(r"ateliers? proteges? et (?:a |aux )?(?:des )?operateurs? economiques? \w+")
_ONE_OR_BOTH = ("handicap", "insertion", "handicap_et_insertion")
_OF_THE_FORM = "rubrique d'un formulaire, cochée pour l'un des lots : elle ne dit pas que tout le marché est réservé"
_PRINTED = 0.65
"""How sure both categories are when the option of a form names them, the same whichever of them is meant."""
_SEGMENT = compiled(r"\blots?\b[^.;]{0,60}?\breserve(?:e|s|es)?\b")
_KINDS = (
    ("penitentiaire", compiled(r"2113-13-1|penitentiaire|detenu")),
    ("ess", compiled(r"2113-15|economie sociale|\bess\b")),
    (
        "handicap",
        compiled(
            r"2113-12|adaptee|\besat\b|\bea\b|handicap|aide par le travail|ateliers? proteg"
            r"|secteurs? (?:du travail )?(?:adapte|protege)|milieu protege"
        ),
    ),
    (
        "insertion",
        compiled(
            r"2113-13\b(?!\s?-)|insertion par l'activite|(?:structures?|entreprises?|associations?"
            r"|chantiers?)[^.;]{0,30} d'insertion|\bs?iae\b|\beiti?\b|defavorise"
        ),
    ),
)


def settle_reservations(results: list[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
    """Give each lot of a sentence its own category, and set a sentence that names every category aside."""
    of_lots = any(_reserves_a_lot(result) for result in results)
    for result in results:
        if of_lots and _is_printed_of_all(result):
            yield NearMiss(_FACT, result.evidence, _OF_THE_FORM, undecided=True)
            continue
        if not isinstance(result, Candidate) or result.name != _FACT or result.value == "aucune":
            yield result
            continue
        segments = _segments(fold(result.evidence.quote))
        own = [kinds for lots, kinds in segments if result.scope.id in lots] if len(segments) > 1 else []
        yield from _settled(result, own[0] if own else kinds_named(fold(result.evidence.quote)))


def _reserves_a_lot(result: Candidate | NearMiss) -> bool:
    return (
        isinstance(result, Candidate) and result.name == _FACT and result.scope != MARCHE and result.value != "aucune"
    )


def _is_printed_of_all(result: Candidate | NearMiss) -> bool:
    """Tell whether the rubric of a form, ticked for one of the lots, would reserve the whole market."""
    if not isinstance(result, Candidate) or result.name != _FACT or result.scope != MARCHE:
        return False
    told = fold(result.evidence.quote)
    return _OPTION_OF_FORMS.search(told) is not None and _ARTICLES.search(told) is None


def kinds_named(text: str) -> frozenset[str]:
    """Return the categories a folded text reserves to: the articles it cites, the structures named after the verb."""
    verb = text.find("reserv")
    told = " ".join(_ARTICLES.findall(text)) + " " + text[max(verb, 0) :]
    return frozenset(kind for kind, pattern in _KINDS if pattern.search(told))


def _segments(text: str) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    starts = [m.start() for m in _SEGMENT.finditer(text)]
    ends = [*starts[1:], len(text)][: len(starts)]
    parts = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    return [(lot_numbers(part), kinds_named(part)) for part in parts]


def _settled(result: Candidate, kinds: frozenset[str]) -> Iterator[Candidate | NearMiss]:
    if "ess" in kinds and len(kinds) > 1 and re.search(r"2113-15", fold(result.evidence.quote)):
        yield NearMiss(_FACT, result.evidence, PRINTED_OPTIONS, undecided=True)
    elif kinds == {"handicap", "insertion"} and result.value in _ONE_OR_BOTH:
        told = fold(result.evidence.quote)
        printed = _OPTION_OF_FORMS.search(told) is not None and _ARTICLES.search(told) is None
        sure = min(result.confidence, _PRINTED) if printed else result.confidence
        yield result._replace(value="handicap_et_insertion", confidence=sure)
    elif result.value == "handicap_et_insertion" and len(kinds) == 1:
        yield result._replace(value=next(iter(kinds)))
    else:
        yield result
