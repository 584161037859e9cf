"""What is bought: the object of the contract, in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.kind import kind_of_object
from achats_check.facts.structure.scan import Text, labelled_by, said, text_of
from achats_check.facts.structure.subject_lines import is_cut, lines_below
from achats_check.facts.terms import Subject, any_of, found, held, opening
from achats_check.facts.text import Reading, fold
from achats_check.patterns import compiled

_CONTRACT = (
    r"[\s\"«]*(?:(?:appel (?:public )?a (?:la )?concurrence|mise en concurrence|consultation|appel d'offres)"
    r" (?:pour|relati(?:f|ve) a|portant sur|concernant|en vue de) ?(?:la |l'|le |les )?)?"
    r"(?:(?:marche|consultation|accord[- ]cadre|affaire|dossier|projet)(?: public)? (?:n ?°|numero) ?"
    r"[a-z0-9/_. -]{1,20}?(?: ?: ?| - ))?"
    r"(?:(?:rc|ccap|cctp|ccp|aapc|reglement de (?:la )?consultation|dce)\s?[-:]\s?)?"
    r"(?:marches? (?:public )?de (?:services?|fournitures?|travaux|prestations)\s?[:-]\s?)?"
    r"(?:(?:marches? (?:public )?|contrats? )(?:de |d'|relatif a |pour )(?:la |l'|le |les )?"
    r"|(?:delegation|concession) de services?(?: publics?)? (?:pour|relative a) (?:la |l'|le |les )?)?"
    r"(?:(?:fournitures(?: courantes)? (?:et|ou) (?:de |prestations de )?services|prestations (?:de services"
    r"|intellectuelles))[\s:-]+(?=[a-z]{4}))?"
)
"""What may stand before the purchase on a cover: "Marché de services : ", "Marché public de la "."""
_BELOW = (
    r"[ :]*|(?:les |des |aux )?(?:prestations|travaux|fournitures|services)(?: \w+){0,2}"
    r" (?:ci-(?:dessous|apres)|suivante?s)(?: \w+){0,2}\s*:\s*"
)
"""What sends to the lines below: nothing more, or « les prestations ci-dessous désignées : »."""
_KIND_ONLY = (
    r"\s*(?:marches? |accords?[- ]cadres? )?(?:publics? )?(?:de |d')?(?:travaux|fournitures?(?: courantes)?|services"
    r"|prestations? (?:de services?|intellectuelles?)|etudes?|maitrise d'oe?uvre|conception ?[-,]? ?realisation)?"
    r"(?:,? (?:et|de|ou) (?:de )?(?:services|fournitures))?"
    r"(?: (?:et|ou) (?:de )?services)?(?:(?: -)? (?:de la |de l'|du )?(?:commune|ville|mairie|communaute|departement"
    r"|region|syndicat|metropole)\b(?:(?! - )[^\n])*)?\s*"
    r"(?:(?:passe|conclu|soumis|lance|(?:a|en|selon) (?:la |une )?procedure)[^\n]*)?"
)
_CONCLUDED = (
    r"(?:(?:la |l')?(?:passation|conclusion|attribution) (?:d'un|du) (?:marche|contrat|accord[- ]cadre)"
    r"(?: public)?(?: (?:de|d')[\w ]{3,20}?)? (?:en vue d[e'] ?(?:realiser |executer )?"
    r"|pour(?: la realisation de)? ?|relatif a(?:ux?)? |portant sur |ayant pour objet )"
    r"(?:les |la |le |l'|des |un |une )?"
    r"|(?:la )?designation d'un (?:prestataire|titulaire|operateur)(?: de services?)?"
    r" (?:pour|charge de|en charge de) (?:les |la |le |l'|des |un |une )?)"
)
"""« La conclusion d'un marché pour … »: what is done to buy, before what is bought."""
_HANGING = r"[\s,]+(?:pour|de|du|des|d'|et|ou|a|au|aux|en|dans|sur|par|avec|la|le|les|l')$"
"""A word that led to a line that is not read."""
_TAIL = r" (?:etablie?|passee?|lancee?|prise?) en application d"
"""What the piece says of itself after the object."""
_BEFORE_LIST = r",? (?:comprenant|comprend|a savoir|notamment|comprenant notamment|comprend notamment)[ ,:]*$"
"""The words that announce the list of the parts, at the end of what is bought."""
_RUNNING = r"\b(?:cctp|ccap|ccp|rc|dce|c\.c\.t\.p\.?|c\.c\.a\.p\.?)\b.{0,24}\d"
"""What runs at the head of pages: the name of the piece, a date, a page."""
_ADDRESS = r"\b(?:bp|b\.p|cs) ?\d|\bcedex\b|\btel\b ?[.:]|\bfax\b"
_COVER = 25
_MAX = 300


def find(reading: Reading, words: Subject, natures: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the object of the contract, and the ``type`` its first words tell."""
    yield Sought("objet", ("objet du marché", "la présente consultation concerne", "a pour objet"))
    text = text_of(reading)
    told = [*_in_boxes(reading, text, words), *_in_sentences(reading, text, words)]
    for item in told or (_on_cover(reading, text, words) if reading.role not in ("AUTRE", "PRIX") else ()):
        yield item
        yield from _kind(text, item, natures)


def _kind(text: Text, item: Candidate, natures: Subject) -> Iterator[Candidate]:
    """The kind of purchase, from the first words of its object."""
    where = item.evidence.location
    kind = kind_of_object(text.folded[where.block or 0], where.start, natures)
    if kind is not None:
        confidence = min(0.75, item.confidence)
        yield Candidate("type", kind, item.evidence._replace(value=kind), confidence)


def _in_boxes(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    for index, start, end in labelled_by(text, words["etiquettes"]):
        raw = text.blocks[index].text
        if held(words["annonces"], text.folded[index]) or opening(words["etiquettes"], text.folded[index], start):
            continue
        stated = text.folded[index][:start].rstrip().endswith(":")
        named = raw[start:end].lstrip(' «"“-')[:1].isupper() and text.blocks[index].kind != "title"
        if compiled(_KIND_ONLY).fullmatch(text.folded[index], start):
            yield from _past_the_kind(reading, text, index, words)
        elif stated or named:
            yield from _object(reading, text, index, start, 0.85, words)
    for index in text.announced(words["etiquettes_finales"]):
        if held(words["etiquettes_finales"], text.folded[index]) and not opening(
            words["etiquettes"], text.folded[index]
        ):
            later = next((below for below in text.following(index, 3) if _has_words(text, below)), None)
            if later is not None:
                yield from _object(reading, text, later, 0, 0.85, words)


def _has_words(text: Text, index: int) -> bool:
    """Tell a line from a rule drawn with signs."""
    return compiled(r"[a-z]{3}").search(text.folded[index]) is not None


def _past_the_kind(reading: Reading, text: Text, index: int, words: Subject) -> Iterator[Candidate]:
    """The purchase a few lines below its label, past its kind and its procedure ("Marché de travaux", "MAPA")."""
    for below in text.following(index, 3):
        folded = text.folded[below]
        lead = compiled(_CONTRACT).match(folded)
        start = lead.end() if lead else 0
        if opening(words["ouvertures"], folded, start) and not compiled(_KIND_ONLY).fullmatch(folded):
            yield from _object(reading, text, below, start, 0.8, words)
            return


def _in_sentences(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    for index in text.announced(words["annonces"]):
        match = found(words["annonces"], text.folded[index])
        if match is None or compiled(r"\blots? (?:n ?° ?)?\d").search(match.group()):
            continue
        clauses = compiled(any_of(words["clauses"])).match(text.folded[index], match.end())
        if clauses is not None:
            yield from _object(reading, text, index, clauses.end(), 0.8, words)
        elif not compiled(_BELOW).fullmatch(text.folded[index], match.end()):
            yield from _object(reading, text, index, match.end(), 0.9, words)
        else:
            for later in text.following(index, 1):
                if not held(words["annonces"], text.folded[later]):
                    yield from _object(reading, text, later, 0, 0.9, words)


def _on_cover(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    """The first line of the cover that opens like a purchase, when no article says the object."""
    for index in range(min(_COVER, len(text.blocks))):
        folded = text.folded[index].strip()
        if folded.startswith("sommaire") or compiled(r"s ?o ?m ?m ?a ?i ?r ?e\s*$").match(folded):
            return
        if text.blocks[index].kind == "row" or not text.is_body(index) or len(folded) > 250:
            continue
        folded = text.folded[index]
        if index and is_cut(text.folded[index - 1]) and text.blocks[index].text.lstrip()[:1].islower():
            continue  # the end of a title that opens above
        lead = compiled(_CONTRACT).match(folded)
        start = lead.end() if lead else 0
        if opening(words["acteurs"], folded, start) or compiled(rf"{_ADDRESS}|{_RUNNING}").search(folded, start):
            continue
        if opening(words["ouvertures"], folded, start) and not compiled(_KIND_ONLY).fullmatch(folded):
            yield from _object(reading, text, index, start, 0.7, words)
            return


def _object(
    reading: Reading, text: Text, index: int, start: int, confidence: float, words: Subject
) -> Iterator[Candidate]:
    folded = text.folded[index]
    stop = compiled(
        r"\.(?=\s|$)|\n|\t|;| (?=les prestations (?:definies|sont|seront)|lieux?(?:\(x\))? d'execution"
        r"|la procedure de (?:consultation|passation))"
        r"| - (?=(?:accords?[- ]cadres?|marches?|procedure|appel d'offres|consultation|lots? (?:n ?° ?)?\d)\b)"
    ).search(folded, start)
    end = min(len(folded) if stop is None else stop.start(), start + _MAX)
    skipped = compiled(rf"[\s:,•-]*(?:{_CONCLUDED})?(?:de (?=la |l')|de |d')?").match(folded, start)
    start = skipped.end() if skipped else start
    told = folded[start:end].strip(" :-•")
    if (
        len(told) < 10
        or told.endswith("pour objet")
        or not compiled(r"[a-z]{3}.*[\s'-][a-z]{3}").search(told)
        or opening(words["pas_un_objet"], told)
        or "...." in told
        or told.startswith("...")
        or "xxx" in told
    ):
        return
    announced = compiled(_BEFORE_LIST).search(folded, start, end)
    stop = stop or announced
    end = announced.start() if announced else end
    start = _after_article(text, index, start, end)
    below = lines_below(text, index, start) if stop is None else []
    own = text.blocks[index].text[start:end]
    lines = [own.rstrip(" :") if below else own, *below]
    said_so = _whole(" ".join(" ".join(lines).split()).strip(" :-•|"))
    said_so = said_so[:1].upper() + said_so[1:]
    yield said(reading, "objet", said_so, text.blocks[index], (start, end), confidence)


def _whole(said_so: str) -> str:
    """Leave out the words that hang at the end of an object, which led to what is not there."""
    tail = compiled(_TAIL).search(fold(said_so))
    said_so = said_so[: tail.start()].strip(" :-•|,") if tail else said_so
    while hanging := compiled(_HANGING).search(fold(said_so)):
        said_so = said_so[: hanging.start()].strip(" :-•|,")
    quoted = compiled(r"[«“\"\s]*([^«»“”\"]+)[»”\"\s]*").fullmatch(said_so)
    return quoted[1].strip() if quoted else said_so


def _after_article(text: Text, index: int, start: int, end: int) -> int:
    """Skip the article a sentence needed ("l'entretien"), not that of a name ("Le Bourg") nor of a title.

    Where other articles answer it ("le nettoyage et le lavage"), it stays: the object must be read aloud.
    """
    folded = text.folded[index]
    article = compiled(r"(?:l'|les |la |le |des |une? )").match(folded, start)
    if article is None or not text.blocks[index].text[article.end() :][:1].islower():
        return start
    others = r"des\b" if article.group() == "des " else r"les?\b|la\b|l'|une?\b"  # "des" may be "de les"
    answered = compiled(rf"(?:,| et| ou| ainsi que) (?:{others})").search(folded, start, end)
    return start if answered else article.end()
