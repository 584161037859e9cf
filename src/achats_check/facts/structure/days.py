"""Dates of the procedure: the deadline, and the launch when a piece states it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.french import Day, dates
from achats_check.facts.structure import prior_notice
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.terms import Subject, Term, each, held
from achats_check.facts.text import Reading, fold
from achats_check.patterns import compiled

_LIMIT, _LAUNCH, _SENT = "date_limite_offres", "date_lancement", "avis.date_envoi"
_IN_SENTENCES = (
    (_LIMIT, "limites", 0.93),
    (_LIMIT, "remises", 0.85),
    (_LAUNCH, "envois", 0.9),
    (_LAUNCH, "lancements", 0.9),
    (_LAUNCH, "publications", 0.75),
)
"""What each rubric announces, and how surely: what is sent is published some days later, and the sending wins."""
_FORM = 0.85
_TITLED = 0.86
"""How sure the day is that opens the article on the deadline."""
_DAY_AND_STEP = 2
"""Cells of a row of a calendar."""
_ONLY_A_DAY = (
    r"\W{0,3}(?:le |au plus tard |avant )?(?:(?:lun|mar|mercre|jeu|vendre|same)di )?"
    r"(?:\W{0,3}(?:a )?\d{1,2} ?(?:h|:)\w{0,8})?\W{0,3}"
)
"""What may stand beside the day in its cell: that of the week, and the hour."""
_REACH = 60
_UNDER = 3
_RUBRIC = 160
"""Characters before an announcement where a notice may say that it is that of a former one."""
_HEAD, _GREETING = 20, 40
"""Blocks above which a letter greets, and characters of the line that does."""
_DATED = r"[^\W\d][^\d,\n]{1,40}, le (?:(?:lun|mar|mercre|jeu|vendre|same)di )?(\d{1,2}(?:er)? [^\W\d]{3,9} \d{4})\.?"
_DATED_LETTER = 0.7
"""How sure the day of a letter is: less than any that says what it is the day of."""
_BEFORE_AN_HOUR = (
    r"\b(?:avant|au plus tard|jusqu'au|pour)(?: le)? (?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi) )?"
    r"\d{1,2}(?:er)?[ /.-][^\n.;]{2,20}\d{4},? ?(?:a|avant)? ?\d{1,2} ?(?:h|:\d)"
)
_AN_HOUR = (
    r"\W{0,3}(?:le )?(?:[a-z]{5,8} )?\d{1,2}(?:er)?[ /.-][^\n.;]{2,12}\d{4},? ?(?:a )?\d{1,2} ?(?:h\w*|:\d)"
    r"[ \d]{0,3}(?:\W{0,3}$|,? sur\b|\. )"
)
"""A line that is a day and an hour, and perhaps where."""


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the dates of the procedure, and whether a prior information notice came before, which they tell."""
    found = list(_dates(reading, terms))
    yield from found
    sent = [item for item in found if isinstance(item, Candidate) and item.name == _SENT]
    yield from prior_notice.find(reading, sent, terms)


def _dates(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``date_limite_offres``, ``date_lancement``, and ``avis.date_envoi``, which only the notice itself dates."""
    yield Sought(
        _LAUNCH, ("envoyé à la publication le", "date d'envoi de l'avis", "date de lancement de la consultation")
    )
    yield Sought(_LIMIT, ("date limite de réception des offres", "date limite de remise des plis"))
    text = text_of(reading)
    notice = reading.role == "AAPC"
    printed = notice and not any(block.kind == "field" for block in text.blocks)  # a field tells when its own was sent
    for name, rubric, confidence in _IN_SENTENCES:
        for index in text.announced(terms[rubric]):
            matches = each(terms[rubric], text.folded[index])
            days = _after(reading, text, index, name, matches, confidence, terms)
            yield from _sent(days, terms) if printed and rubric == "envois" else days
    yield from _on_lines(reading, text, _LIMIT, terms["lignes_de_remise"], terms)
    yield from _under_title(reading, text, terms)
    if notice:
        lines = _on_lines(reading, text, _LAUNCH, terms["ligne_d_envoi"], terms)
        yield from _sent(lines, terms) if printed else lines
    if "RC" in reading.roles:
        yield from _of_a_letter(reading, text)
    yield from _proxies(reading, text)


def _sent(launches: Iterator[Candidate], terms: Subject) -> Iterator[Candidate]:
    """Yield the days a notice says it is sent, or another one it cites was, which launch the consultation too."""
    for launch in launches:
        yield launch
        if held(terms["autres_avis"], fold(launch.evidence.quote)) is None:
            yield launch._replace(name=_SENT)


def _on_lines(reading: Reading, text: Text, name: str, labels: tuple[Term, ...], terms: Subject) -> Iterator[Candidate]:
    """Yield what the lines of a form say that open with a label."""
    for index in text.announced(labels):
        opening = (term.match(text.folded[index]) for term in labels)
        yield from _after(reading, text, index, name, filter(None, opening), _FORM, terms)


def _under_title(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    """Yield "avant le 12 mars 2026 à 17 h" under a title about answers: the hour tells the deadline from other days."""
    for title in text.announced(terms["titres_de_remise"]):
        if text.blocks[title].kind != "title" or held(terms["titres_de_remise"], text.folded[title]) is None:
            continue
        for index in text.following(title, _UNDER):
            folded, block = text.folded[index], text.blocks[index]
            own = block.heading == text.blocks[title].text
            match = (compiled(_BEFORE_AN_HOUR).search(folded) or compiled(_AN_HOUR).match(folded)) if own else None
            day = next(dates(match.group()), None) if match else None
            span = (0, 0) if match is None else sentence(folded, *match.span())
            if match is not None and day is not None and held(terms["autres_etapes"], folded, *span) is None:
                yield said(reading, _LIMIT, day.value, block, match.span(), _TITLED)


def _of_a_letter(reading: Reading, text: Text) -> Iterator[Candidate]:
    """Yield the day a letter of consultation is sent: "Valombre, le 12 mars 2026", above « Madame, Monsieur »."""
    for greeting in text.having("madame, monsieur", "madame, messieurs", "messieurs,"):
        if greeting > _HEAD or len(text.folded[greeting].strip()) > _GREETING:
            continue
        for index in range(greeting):
            dated = compiled(_DATED).fullmatch(text.folded[index].strip())
            day = next(dates(dated[1]), None) if dated else None
            if day is not None:
                yield said(reading, _LAUNCH, day.value, text.blocks[index], (0, len(text.folded[index])), _DATED_LETTER)
        return


def _after(
    reading: Reading,
    text: Text,
    index: int,
    name: str,
    announcements: Iterator[re.Match[str]],
    confidence: float,
    terms: Subject,
) -> Iterator[Candidate]:
    """Yield the date of the first announcement, not of another step, that one follows or stands below."""
    folded = text.folded[index]
    for match in announcements:
        if _of_another_step(folded, match, terms) or _of_candidates(folded, match):
            continue
        counted = held(terms["comptees_depuis"], folded, 0, match.start()) is not None
        end = match.end() + _REACH
        stop = compiled(r"\.\s+[a-z]").search(folded, match.end()) if counted else None
        days = [d for d in dates(folded) if match.start() <= d.start <= (min(end, stop.start()) if stop else end)]
        if days:
            put_off = held(terms["reports"], folded, match.start(), days[0].start) is not None
            day = days[-1] if put_off else days[0]
            yield said(reading, name, day.value, text.blocks[index], (match.start(), day.end), confidence)
            return
        day_before = _in_first_cell(text, index, match)
        if day_before is not None:
            span = (day_before.start, match.end())
            yield said(reading, name, day_before.value, text.blocks[index], span, confidence)
            return
        if len(folded) - match.end() <= 25 and not counted:
            titled = text.blocks[index].kind == "title" and name == _LIMIT
            yield from _below(reading, text, index, name, _TITLED if titled else confidence - 0.03)
            return


def _in_first_cell(text: Text, index: int, match: re.Match[str]) -> Day | None:
    """Return the day of a row "30 juin 2026 | Date limite de remise", in a calendar whose steps stand beside it."""
    cells = text.blocks[index].cells
    if len(cells) < _DAY_AND_STEP or match.start() <= len(cells[0]):
        return None
    first = text.folded[index][: len(cells[0])]
    day = next(dates(first), None)
    alone = day is not None and compiled(_ONLY_A_DAY).fullmatch(first[: day.start] + first[day.end :])
    return day if alone else None


def _of_candidates(folded: str, match: re.Match[str]) -> bool:
    return "candidatures" in folded[match.start() : match.end() + 20] and "offres" not in folded


def _of_another_step(folded: str, match: re.Match[str], terms: Subject) -> bool:
    """Tell whether a date is that of a visit, of questions, of samples, of a former notice or of an older contract."""
    start = match.start()
    if held(terms["avis_d_avant"], folded, max(0, start - _RUBRIC), start) is not None:
        return True
    day = next((d.start for d in dates(folded) if d.start >= start), start + 2 * _REACH)
    return held(terms["autres_etapes"], folded, start, min(day, start + 2 * _REACH)) is not None


def _below(reading: Reading, text: Text, index: int, name: str, confidence: float) -> Iterator[Candidate]:
    for later in text.following(index, 1):
        day = next(dates(text.folded[later]), None)
        if day is not None and day.start <= 40:
            yield said(reading, name, day.value, text.blocks[later], (day.start, day.end), confidence)


def _proxies(reading: Reading, text: Text) -> Iterator[NearMiss]:
    for index in text.having("mois zero", "mois de reference"):
        reason = "mois d'établissement des prix, qui n'est pas la date de lancement"
        yield missed(reading, _LAUNCH, text.blocks[index], (0, len(text.folded[index])), reason)
        return
