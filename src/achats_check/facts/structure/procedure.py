"""How the contract is awarded: procedure, articles invoked, supports of publicity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.old_articles import procedures_told
from achats_check.facts.structure.scan import Text, labelled_by, missed, said, sentence, text_of
from achats_check.facts.terms import Subject, Term, each, found, held, opening, saying
from achats_check.facts.text import Reading, fold
from achats_check.patterns import compiled

_COVER = 30
"""Paragraphs of a piece that may say no more than an article."""
_SHORT = 120
"""Letters of a line that is a label, or an entry under one."""
_UNUSED = r"[:\t]\s{0,3}(?:non|neant|sans objet)\W{0,3}$"
"""The answer of a support that is not used: "Presse spécialisée : non"."""
_WITHOUT_NOTICE, _NO_SUPPORT = "sans_publicite_ni_mise_en_concurrence", ("aucune",)
"""The procedure that its own name says to have no publicity, and the support that stands for none."""
_AFTER_A_NOTICE = r"concours|laureat|2122-[267]\b|infructueu|similaires"
"""What tells that a notice was published before: a contest, a call without result, the first contract of a kind."""
_SURE = 0.85
"""Confidence from which a procedure is that of the purchase, and not one that a piece only names."""
_OPENING = 12
"""Letters, those of a number, before a procedure that opens its paragraph."""
_CITES = r",? ?\(?(?:(?:au titre|en application|au sens) )?(?:d(?:e |es |e l'))?(?:articles? )[lr]\.? ?\d{4}-\d"
"""Articles right after it, which it is awarded by: "Appel d'offres ouvert des articles L. 2124-2 et R. 2161-2"."""
_ARTICLE = (
    r"\b([lrd])\.? ?(\d{4}[-.]\d{1,3}(?:-\d{1,2})?)(?:(?: ?\d ?°)?,? (?:a|au) (?:[lrd]\.? ?(\d{4}[-.]\d{1,3})"
    r"|(\d{1,3}))(?![\d°]))?"
)


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``procedure.type``, ``procedure.fondement`` and ``procedure.publicite``."""
    yield Sought("procedure.type", tuple(dict.fromkeys(term.value.replace("_", " ") for term in terms["types"])))
    text = text_of(reading)
    yield from _types(reading, text, terms)
    yield from _in_boxes(reading, text, terms)
    yield from _articles_alone(reading, text, terms)
    yield from _publicity(reading, text, terms)


def _types(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate | NearMiss]:
    partnerships = tuple(saying(terms["types"], "partenariat_innovation"))
    partnership = any(held(partnerships, text.folded[index]) for index in text.announced(partnerships))
    for index in text.announced(terms["types"]):
        folded = text.folded[index]
        for term in terms["types"]:
            kind, match = term.value, term.search(folded)
            if match is None:
                continue
            span = sentence(folded, *match.span())
            passage = folded[span[0] : span[1]]
            reason = _not_of_the_purchase(folded, match, passage, terms)
            if partnership and kind == "procedure_avec_negociation":
                reason = "déroulement du partenariat d'innovation"
            if reason:
                yield missed(reading, "procedure.type", text.blocks[index], span, reason)
                continue
            confidence = _confidence(text, index, folded, match, terms)
            if partnership and kind == "partenariat_innovation":
                confidence = max(confidence, 0.85)
            yield said(reading, "procedure.type", kind, text.blocks[index], span, confidence)
            if kind == _WITHOUT_NOTICE and confidence >= _SURE and not compiled(_AFTER_A_NOTICE).search(passage):
                yield said(reading, "procedure.publicite", _NO_SUPPORT, text.blocks[index], span, 0.8)
            yield from _grounds(reading, text, index, confidence)


def _in_boxes(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """The form of a notice: "Type de procédure : Ouverte"."""
    for index, start, end in labelled_by(text, terms["etiquettes"]):
        kind = opening(terms["formulaires"], text.folded[index][start:end].strip(" .:☒☑"))
        if kind is not None:
            yield said(reading, "procedure.type", kind, text.blocks[index], (start, end), 0.88)


def _not_of_the_purchase(folded: str, match: re.Match[str], passage: str, terms: Subject) -> str | None:
    """Say why the procedure that a sentence names is not that of the whole purchase, None when it is."""
    reason: str | None = held(terms["leurres"], passage)
    before = folded[max(0, match.start() - 50) : match.start()]
    return reason or held(terms["citations"], before) or held(terms["certains_lots"], passage)


def _confidence(text: Text, index: int, folded: str, match: re.Match[str], terms: Subject) -> float:
    before = folded[max(0, match.start() - 160) : match.start()]
    heading = fold(text.blocks[index].heading) + "\n" + (text.folded[index - 1] if index else "")
    around = (max(0, match.start() - 14), match.end() + 20)
    if held(terms["annonces"], before) or held(terms["presentes"], folded, *around):
        return 0.95
    if match.start() <= 40 and held(terms["titres"], heading):
        return 0.92
    if len(folded) <= 120 and (index < 30 or match.start() < 12):
        return 0.85
    if match.start() <= _OPENING and compiled(_CITES).match(folded, match.end()):
        return 0.85
    return 0.65


def articles(folded: str) -> tuple[str, ...]:
    """Return the articles of the code cited in a folded text, ranges unfolded ("R.2161-2 à 5"): "R2161-2"…"""
    found: list[str] = []
    for match in compiled(_ARTICLE).finditer(folded):
        number, last = match[2].replace(".", "-"), (match[3] or match[4] or "").replace(".", "-")
        found.append(f"{match[1].upper()}{number}")
        found += _range(match[1].upper(), number, last)
    return tuple(dict.fromkeys(found))


def _range(letter: str, first: str, last: str) -> list[str]:
    if not last or first.count("-") != 1:
        return []
    section, _, start = first.partition("-")
    if "-" in last and not last.startswith(section):
        return []
    stop = int(last.rpartition("-")[2])
    return [f"{letter}{section}-{n}" for n in range(int(start) + 1, stop + 1)] if stop - int(start) <= 15 else []


def _grounds(reading: Reading, text: Text, index: int, confidence: float) -> Iterator[Candidate]:
    if confidence < 0.8:
        return
    for near in (index, *text.following(index, 1)):
        cited = articles(text.folded[near])
        if cited and (near == index or compiled(r"soumis|application|articles?").search(text.folded[near])):
            yield said(
                reading, "procedure.fondement", cited, text.blocks[near], (0, len(text.folded[near])), confidence - 0.05
            )
            return


def _articles_alone(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """The words outrank the articles, which are sometimes wrong: read alone they say little."""
    for index in text.having("2123-1", "2161-"):
        folded = text.folded[index]
        if not held(terms["annonces"], folded) or held(terms["leurres"], folded):
            continue
        kinds = {opening(terms["articles"], article.lower()) for article in articles(folded)} - {None}
        if len(kinds) == 1:
            yield said(reading, "procedure.type", kinds.pop(), text.blocks[index], (0, len(folded)), 0.62)
    for index in text.having("code des marches publics", "cmp", "2016-360"):
        folded = text.folded[index]
        for kind, start, end in procedures_told(folded, terms):
            alone = index < _COVER and not compiled(r"[a-z]{3}").search(folded[:start])
            if (alone or held(terms["annonces"], folded, 0, start)) and not held(terms["leurres"], folded):
                yield said(reading, "procedure.type", kind, text.blocks[index], (0, end), 0.6)


_BUT = " mais "
"""Where a sentence turns from the supports that are used to the one that is not."""
_ONLY_THERE = r"\b(?:exclusivement|uniquement|seulement|seul support|aucun autre support)\b"
"""A piece that names the profile alone may leave the other supports to the notice, unless it says there is none."""
_LISTED = 4
"""Lines of a list of supports that are read under its label."""


def _under_a_label(text: Text, index: int, terms: Subject) -> bool:
    """Say whether a line names supports under a title or a label that announces them, or beside it."""
    folded = text.folded[index]
    if held(terms["organes"], folded):
        return True
    if len(folded) > _SHORT:
        return False
    for above in range(index - 1, max(-1, index - 1 - _LISTED), -1):
        if held(terms["organes"], text.folded[above]):
            return len(text.folded[above]) <= _SHORT
        if not any(term.search(text.folded[above]) for term in terms["publicite"]):
            break
    return held(terms["organes"], fold(text.blocks[index].heading)) is not None


def _published(term: Term, folded: str, terms: Subject) -> bool:
    """Say whether a line puts the notice on a support that it names."""
    return any(_puts(term, folded, match.span(), terms) for match in each((term,), folded))


def _puts(term: Term, folded: str, span: tuple[int, int], terms: Subject) -> bool:
    """Tell a support from one that is refused, and a profile that has the notice from one that has the documents."""
    left, right = sentence(folded, *span)
    told = folded[left:right].strip()
    if term.value == "profil_acheteur" and (
        not held(terms["avis_au_profil"], told) or held(terms["dossier_au_profil"], told)
    ):
        return False
    turn = folded.find(_BUT, span[1], right)
    left = max(left, folded.rfind(_BUT, left, span[0]))
    return not held(terms["refus_de_publicite"], folded, left, right if turn < 0 else turn)


def _publicity(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    for index in text.announced(terms["sans_avis"]):
        told = found(terms["sans_avis"], text.folded[index])
        if told is not None:
            span = sentence(text.folded[index], *told.span())
            yield said(reading, "procedure.publicite", _NO_SUPPORT, text.blocks[index], span, 0.85)
    for index in text.announced(terms["publicite"]):
        folded = text.folded[index]
        if not (held(terms["publications"], folded) or _under_a_label(text, index, terms)):
            continue
        if held(terms["leurres_de_publicite"], folded) or compiled(_UNUSED).search(folded):
            continue
        supports = tuple(dict.fromkeys(term.value for term in terms["publicite"] if _published(term, folded, terms)))
        alone = supports == ("profil_acheteur",) and reading.role != "AAPC"
        if not supports or (alone and not compiled(_ONLY_THERE).search(folded)):
            continue
        yield said(reading, "procedure.publicite", supports, text.blocks[index], (0, len(folded)), 0.8)
