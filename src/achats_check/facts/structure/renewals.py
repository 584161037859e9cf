"""Renewals: how many, how long each, or that there are none."""

from __future__ import annotations

from collections.abc import Container

from achats_check.facts.french import durations, number_in_letters, whole_months
from achats_check.facts.structure.scan import Text
from achats_check.facts.terms import Subject, held
from achats_check.patterns import compiled

_TIMES = r"(?:reconduct|reconduit|renouvel)[^.\n]{0,80}?\b(\d|1[0-2]|une?|deux|trois|quatre|cinq) ?(?:\(\w+\) ?)?fois\b"
"""What counts renewals beyond doubt: "une reconduction possible de 3 fois" is three, not one."""
_NUMBERED = (
    r"nombre[^.\n]{0,40}?(?:reconductions?|renouvellements?)[^.\n]{0,20}?(?:a|de|:|est) "
    r"(\d{1,2}\b|une?\b|deux|trois|quatre)"
    r"|(?<!\d\.)\b(\d|1[0-2]|une?|deux|trois|quatre|cinq) ?(?:\(\w+\) ?)?"
    r"(?:reconductions?|renouvellements?|periodes? de reconduction)\b"
)
_RATE = r"(?!une? fois (?:l'an|par (?:an|mois|semaine|jour|semestre|trimestre))\b)"
"""Before a number that is no rate: « la liste est mise à jour une fois l'an »."""
_COUNT = (
    rf"(?:reconduct\w*|reconduit\w*|renouvel\w*)[^.\n]{{0,80}}?\b{_RATE}(\d|1[0-2]|un|une|deux|trois|quatre"
    r"|cinq) ?(?:\(\w+\) ?)?(?:fois|periodes?|x\b|reconductions)"
    rf"|(?<!objet d')(?<!\d\.)\b{_RATE}(\d|1[0-2]|un|une|deux|trois|quatre|cinq) ?(?:\(\w+\) ?)?"
    r"(?:fois(?! l[ea] (?:prime|montant|valeur|prix|cotisation))|reconductions?|renouvellements?"
    r"|periodes? de reconduction|periodes? supplementaires)"
    r"|objet d'(une) (?:reconduction|prolongation)(?: \w+)?,? "
    r"(?:d'une duree|pour une (?:nouvelle |meme )?(?:duree|periode))"
    r"|nombre[^.\n]{0,40}?reconductions?[^.\n]{0,20}?(?:a|de|:|est) (\d{1,2}\b|une?\b|deux|trois|quatre)"
)


_OPTIONAL = (
    r"[ (+](\d|une?|deux|trois|quatre) ?(?:\(\w{1,8}\) ?)?(?:periodes?|phases?|durees?)"
    r" (?:optionnelle|conditionnelle|supplementaire|complementaire|additionnelle)s?\b[^.\n\d]{0,40}?"
    r"(?=\b(?:\d{1,2}|un|deux|trois|quatre|six|douze|dix-huit|vingt-quatre) ?(?:\(\w+\) ?)?(?:ans?|mois)\b)"
)
"""So many optional periods, before how long each is: « 4 mois fermes + 2 périodes optionnelles de »."""
_LENGTH = r"(?:\d{1,2}|une?|deux|trois|quatre|six|douze|dix-huit|vingt-quatre) ?(?:\(\w+\) ?)?(?:ans?|mois)\b"
_THEN = (
    rf"\bpuis (?:(?:de|pour|encore|d'une (?:periode|duree) de) ){{0,2}}(?={_LENGTH}"
    r"[^.;\n]{0,20}\b(?:au plus|maxim|supplementaire|option|reconduc|renouvel))"
)
"""One further length, told in the same breath: « vingt-quatre mois, puis douze mois au plus »."""
_SO_MANY_TIMES = (
    rf"\b(?:puis|et|\+|suivie? de) (?:encore )?(\d|une?|deux|trois|quatre) ?(?:\(\d\) ?)?(?:fois|x) (?={_LENGTH})"
)
"""So many further lengths: « un an, puis trois fois un an »."""
_RENEWED_LENGTH = rf"\b{_LENGTH}[^.;:\n\d]{{0,60}}\b(?:reconduct|reconduit|renouvel)"
_LONGEST = 120
"""Months beyond which a first period and as many more are no contract's: what was read is the whole already."""
_FAR = 200
_LENGTH_WITHIN = 45
"""Characters after what announces a renewal where its length starts: "expresse pour une nouvelle période d'un an"."""
_POSSIBLE = r"possibilite de (?:reconduction|renouvellement) (?:d'une? an(?:nee)?\b(?! sur)|de \d{1,2} (?:mois|ans?)\b)"
"""One renewal, and how long it is."""


def optional_months(passage: str, start: int) -> int:
    """Return the months of the optional periods told in a passage after a first one that ends at ``start``, or 0."""
    times = compiled(_SO_MANY_TIMES).search(passage, start, start + _FAR)
    if times is not None:
        each = next(durations(passage[times.end() : times.end() + 30]), None)
        count = int(times[1]) if times[1].isdigit() else number_in_letters(times[1]) or 0
        return count * whole_months(each.months) if each else 0
    then = compiled(_THEN).search(passage, start, start + _FAR)
    if then is not None:
        further = next(durations(passage[then.end() : then.end() + 30]), None)
        return whole_months(further.months) if further else 0
    more = compiled(_OPTIONAL).search(passage, start, start + _FAR)
    each = next(durations(passage[more.end() : more.end() + 30]), None) if more else None
    if more is None or each is None or compiled(r"compren|compri|\bdont\b|inclu").search(passage, start, more.end()):
        return 0
    count = int(more[1]) if more[1].isdigit() else number_in_letters(more[1]) or 0
    return count * whole_months(each.months)


_WHOLE = r",? (?:soit\b|sans (?:que|pouvoir|exceder|depasser)|dans la limite|au total|au plus)"
"""What opens the length of the whole contract, after that of a renewal or in its place."""


def renewal_months(
    text: Text, initial: int, terms: Subject, within: Container[int] | None = None
) -> tuple[int | None, bool]:
    """Return the months of all renewals (None when they are not told), and whether the piece speaks of them.

    Args:
        text: The document.
        initial: Months of the first period, which a renewal without a length of its own lasts.
        terms: What says that a contract is never renewed, and what is not about that.
        within: The only blocks that are heard; None for all.
    """
    told: dict[bool, int] = {}
    """Months of the renewals, by whether the piece says how long each one lasts."""
    spoken = False
    for index in text.having("reconduc", "reconduit", "renouvel"):
        if within is not None and index not in within:
            continue
        folded = text.folded[index]
        if held(terms["leurres"], folded) and not compiled(_COUNT).search(folded):
            continue
        if never_renewed(folded, terms):
            return 0, True
        if held(terms["tranches"], folded):
            return None, True
        spoken = (
            spoken
            or compiled(r"\b(?:est|sera|peut|pourra|etre|tacite\w*|express\w*|fois|avec|\d+)\b").search(folded)
            is not None
        )
        found = _told(text, index, initial)
        if found is not None:
            told[found[1]] = max(told.get(found[1], 0), found[0])
    return (told.get(True, told.get(False)), True) if spoken or told else (0, False)


def _told(text: Text, index: int, initial: int) -> tuple[int, bool] | None:
    """Return the months of all renewals told near a block, and whether each one's length is told too."""
    folded = text.folded[index]
    longest = compiled(r"duree (?:maximale|totale|globale) d[eu]s? (?:la |les )?reconductions?[^.\n]{0,20}").search(
        folded
    )
    whole = next(durations(folded[longest.start() :]), None) if longest else None
    if whole is not None:
        return whole_months(whole.months), True
    near = " ".join([folded, *(text.folded[i] for i in text.following(index, 2))])
    count = _count(near)
    each = _each(near)
    if (
        count is None
        and each is not None
        and compiled(rf"reconductible|renouvelable|reconduit|renouvele|{_POSSIBLE}").search(folded)
    ):
        once = compiled(rf"une (?:nouvelle )?(?:periode|duree)|reconductible (?:pour )?\d|{_POSSIBLE}").search(folded)
        count = 1 if once else None
    if count is None:
        return None
    if each is None and _first_period(folded) * (1 + count) == initial:
        return 0, True
    if each is None and initial * (1 + count) > _LONGEST:
        return None
    return count * (each if each is not None else initial), each is not None


def _first_period(folded: str) -> int:
    """Return the months that a sentence says to be renewed: "12 mois, reconductible 3 fois" makes the 48 of a form."""
    before = compiled(_RENEWED_LENGTH).search(folded)
    spell = next(durations(before[0]), None) if before else None
    return whole_months(spell.months) if spell is not None else 0


def _count(passage: str) -> int | None:
    match = compiled(_TIMES).search(passage) or compiled(_COUNT).search(passage)
    if match is None:
        return None
    word = next(g for g in match.groups() if g)
    return int(word) if word.isdigit() else number_in_letters(word)


def _each(passage: str) -> int | None:
    pattern = (
        r"(?:reconduc|reconduit|renouvel|option)[^.\n]{0,40}?\b(?:deux|trois|quatre|[2-9]) periodes (?:\w+ )?d(?:e |')"
        r"(?=\d|une?\b|deux|trois|quatre|six|douze)[^.\n]{0,20}"
        r"|durees? d(?:e chaque|es reconductions)[^.\n]{0,40}|chaque (?:periode|reconduction)[^.\n]{0,40}"
        r"|fois[^.\n]{0,50}?(?:pour"
        r"|par|de)[^.\n]{0,40}|par periodes?[^.\n]{0,30}"
        r"|(?:reconduct\w*|renouvel\w*|reconduit\w*)[^.\n]{0,60}?(?:pour|de|x|par)? "
    )
    for match in compiled(pattern).finditer(passage):
        start = match.start()
        end = match.end() + _LENGTH_WITHIN
        whole = compiled(_WHOLE).search(passage, start, end)
        for spell in durations(passage[start : whole.start() if whole else end]):
            if spell.months >= 1 and not _is_of_something_else(passage, start + spell.start, start + spell.end):
                return whole_months(spell.months)
    annual = compiled(r"(?:reconduct\w*|renouvel\w*)[^.\n]{0,40}(?:annuelle|chaque annee)|periodes? annuelles?").search(
        passage
    )
    return 12 if annual else None


def _is_of_something_else(passage: str, start: int, end: int) -> bool:
    """Say whether a length near a renewal is that of its notice ("deux mois avant le terme") or of the whole."""
    if compiled(r"[ ,]*(?:\w+ )?(?:avant|apres|de preavis|en tout|au total|au plus|au maximum)\b").match(passage, end):
        return True
    return compiled(r"(?:preavis|delai|total)[^.;,\n]{0,20}$").search(passage, max(0, start - 40), start) is not None


def never_renewed(passage: str, terms: Subject) -> bool:
    """Say whether a folded passage says that the contract is not renewed."""
    return held(terms["jamais"], passage) is not None


def renewal_count(passage: str) -> int | None:
    """Return the number of renewals that a folded passage gives in so many words, or None.

    "Trois périodes" counts renewals only beside the word, and a number of months counts nothing.
    """
    match = compiled(_TIMES).search(passage) or compiled(_NUMBERED).search(passage)
    if match is None:
        return None
    word = next(group for group in match.groups() if group)
    return int(word) if word.isdigit() else number_in_letters(word)
