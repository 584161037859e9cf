"""Dates of the procedure: the deadline, and the launch when a piece states it, never from a proxy."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.french import dates
from achats_check.facts.structure.scan import Text, missed, said, text_of
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_DEADLINE = (
    r"(?:dates?|jour)[^.\n]{0,20} limites? (?:de |d'|pour (?:la |le )?)?(?:reception|remise|depot|envoi"
    r"|reponse)?s?[^.\n]{0,12}"
    r"(?:offres|plis|propositions|candidatures et (?:des |les )?offres|projets|dossiers|prestations)?"
)
_HANDED = (
    r"(?:offres?|plis?|propositions?)[^.\n]{0,60}(?:devront|doivent|devra|doit|sont a|est a|seront|sera"
    r"|sont (?:remis|recu|depose|transmis|adresse)e?s?"
    r"|a (?:remettre|deposer|transmettre|envoyer|adresser))[^.\n]{0,80}(?:avant|au plus tard|pour) le"
    r"|reponses? a (?:remettre|deposer|transmettre|envoyer|adresser)[^.\n]{0,60}(?:avant|au plus tard|pour) le"
    r"|(?<!avant le )(?<!avant la )(?<!avant la date de )(?<!avant la date limite de )"
    r"\b(?:depot|remise|envoi|reception) des (?:plis|offres|propositions)"
    r"(?:(?!visite|question|echantillon)[^.\n]){0,25}(?:au plus tard|avant) le"
)
_HANDING = (
    r"^\W{0,3}(?:[\d.]{1,6}\s?[-).:/]*\s?)?(?:date (?:et heure )?de (?:la )?)?(?:remise|reception|depot)"
    r" des (?:offres|plis|propositions)"
    r"\s*(?:[:\t]\s*|$|(?=(?:le|avant le|au plus tard le) \d))"
    r"(?:(?:au plus tard|avant|pour|le|lundi|mardi|mercredi|jeudi|vendredi|samedi)\s+){0,4}"
    r"(?=\d{1,2}(?:er)?\s?(?:[./-]\s?\d|[a-z]{3,9}\.? \d{4})|$)"
)
"""A line of a form: "Remise des offres : 04.09.2026, 12:00", or its label alone; another word tells another step."""
_SENT = (
    r"(?:envoi (?:du present avis|de l'avis|a la publication|de la publication|au joue|au boamp)[^.\n]{0,60}"
    r"|(?:avis|annonce)[^.\n]{0,60}(?:envoyee?|transmise?)[^.\n]{0,40}|envoyee? (?:a la publication|pour publication"
    r"|au (?:boamp|joue))[^.\n]{0,30}"
    r"|date de (?:lancement de la consultation|publication de l'avis|mise en ligne de la consultation)[^.\n]{0,20})"
)
_SENT_LABEL = r"^\W{0,3}(?:[\d.]{1,6}\s?[-).:/]*\s?)?date d'envoi\s*[:\t]\s*(?=\d)"
"""A line of a notice, which is what is sent."""
_REACH = 60
_ANOTHER_STEP = (
    r"echantillon|maquette|\bvisites?\b|\bquestions?\b|renseignements"
    r"|(?<!ou des )(?<!ou les )(?<!ou )demandes? de participation"
    r"|(?:precedent|ancien)e?s? (?:marche|consultation|procedure)"
)
_COUNTED_FROM = r"\b(?:compter|partir|suivant|avant|apres|mois|jours)\b[^.\n]{0,12}$"
"""What is counted from a deadline, and is no label of one."""
_PUT_OFF = r"\breporte|\brepousse|\bprolonge"
"""The day that counts is then the last told."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``date_limite_offres`` and ``date_lancement``."""
    yield Sought(
        "date_lancement",
        ("envoyé à la publication le", "date d'envoi de l'avis", "date de lancement de la consultation"),
    )
    yield Sought("date_limite_offres", ("date limite de réception des offres", "date limite de remise des plis"))
    text = text_of(reading)
    yield from _after(reading, text, "date_limite_offres", _DEADLINE, ("limite",), 0.93)
    yield from _after(reading, text, "date_limite_offres", _HANDED, ("avant le", "plus tard le", "pour le"), 0.85)
    yield from _after(reading, text, "date_limite_offres", _HANDING, ("remise des", "reception des", "depot des"), 0.85)
    yield from _after(
        reading,
        text,
        "date_lancement",
        _SENT,
        ("envo", "transmis", "date de lancement", "date de publication", "mise en ligne"),
        0.9,
    )
    if reading.role == "AAPC":
        yield from _after(reading, text, "date_lancement", _SENT_LABEL, ("date d'envoi",), 0.85)
    yield from _proxies(reading, text)


def _after(
    reading: Reading, text: Text, name: str, pattern: str, literals: tuple[str, ...], confidence: float
) -> Iterator[Candidate]:
    for index in text.having(*literals):
        folded = text.folded[index]
        match = next((m for m in compiled(pattern).finditer(folded) if not _of_another_step(folded, m.start())), None)
        if match is None or ("candidatures" in folded[match.start() : match.end() + 20] and "offres" not in folded):
            continue
        end = match.end() + _REACH
        if compiled(_COUNTED_FROM).search(folded, 0, match.start()):
            stop = compiled(r"\.\s+[a-z]").search(folded, match.end())
            end = min(end, stop.start()) if stop else end
        days = [d for d in dates(folded) if match.start() <= d.start <= end]
        if days:
            day = days[-1] if compiled(_PUT_OFF).search(folded, match.start(), days[0].start) else days[0]
            yield said(reading, name, day.value, text.blocks[index], (match.start(), day.end), confidence)
        elif len(folded) - match.end() <= 25 and not compiled(_COUNTED_FROM).search(folded, 0, match.start()):
            yield from _below(reading, text, index, name, confidence - 0.03)


def _of_another_step(folded: str, start: int) -> bool:
    """Tell whether a deadline is that of a visit, of questions, of samples, or of an older contract."""
    day = next((d.start for d in dates(folded) if d.start >= start), start + 2 * _REACH)
    return compiled(_ANOTHER_STEP).search(folded, start, min(day, start + 2 * _REACH)) is not None


def _below(reading: Reading, text: Text, index: int, name: str, confidence: float) -> Iterator[Candidate]:
    for later in text.following(index, 1):
        day = next(dates(text.folded[later]), None)
        if day is not None and day.start <= 40:
            yield said(reading, name, day.value, text.blocks[later], (day.start, day.end), confidence)


def _proxies(reading: Reading, text: Text) -> Iterator[NearMiss]:
    for index in text.having("mois zero", "mois de reference"):
        reason = "mois d'établissement des prix, qui n'est pas la date de lancement"
        yield missed(reading, "date_lancement", text.blocks[index], (0, len(text.folded[index])), reason)
        return
