"""How long: the longest duration, renewals included, and apart from it the time to perform."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import lot_number
from achats_check.facts.french import dates, durations, months_between, number_in_letters
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_CONTRACT = r"(?:marches?(?: public)?|contrat|accord[- ]cadre|mission|prestations|convention|periode initiale)"
_MAXIMUM = (
    r"duree (?:maximale|maximum|totale|globale)(?! (?:d[eu]s? (?:la |les )?reconduction|des? travaux"
    r"|de validite|de garantie|du chantier))"
    r"|toutes (?:periodes|reconductions) confondues|(?:reconductions?|renouvellements?|periodes) (?:compris|inclus)"
    r"|sans (?:pouvoir|que)[^.\n]{0,40}(?:exceder|depasser|excede|depasse)|duree[^.\n]{0,60} (?:ne (?:peut"
    r"|pourra|saurait)|n'exce)[^.\n]{0,30}(?:exceder|depasser)?"
    r"|montant[^.\n]{0,60}duree maximale|\bsoit (?=[^.\n]{0,40}(?:au total|en tout|maxim))"
)
_INITIAL = (
    rf"{_CONTRACT}[^.\n]{{0,40}} (?:est|sera|sont|prend)[^.\n]{{0,60}}(?:conclu|passe|etabli|valable"
    rf"|attribue|fixee?|signe)[^.\n]{{0,80}}"
    rf"|(?:presente? )?{_CONTRACT}[^.\n]{{0,20}} (?:a|aura) une duree[^.\n]{{0,30}}"
    rf"|duree[^.\n]{{0,30}} (?:initiale|ferme|previsionnelle|d'execution)?[^.\n]{{0,30}}{_CONTRACT}[^.\n]{{0,80}}"
    r"|(?:prend|prendra) effet [^.\n]{0,80}(?:s'acheve|prend fin|se termine|expire|jusqu'au)[^.\n]{0,40}"
    r"|periode (?:initiale|ferme)[^.\n]{0,40}|pour une (?:duree|periode) (?:initiale |ferme "
    r"|globale )?(?:de|d')|^(?:la )?duree(?: / delai)?\s*:?\s"
)
_NOT_CONTRACT = (
    r"validite des offres|sous[- ]traitance|garantie|preparation|conservation|similaires|dernier|exercices"
    r"|preavis|prealable|delai de paiement"
    r"|delai global|avant la fin|bon de commande est|confidentialite|assurance|periode de suspension"
    r"|penalite|retard|ordre de service n|marches subsequents|nouveaux marches"
    r"|entre \d+ et|duree (?:\w+ )?(?:des|de) (?:travaux|etudes)|exced\w* la duree"
    r"|tranches? (?:ferme|optionnelle|conditionnelle)|phases? \d"
)
_BOX = (
    r"\s*(?:[\d.]{1,8} ?[-).]? ?)?(?:duree(?: ?/ ?delai)?(?: du (?:marche|contrat)"
    r"| de l'accord[- ]cadre)?)(?:\s*[:\t]\s*|\s+)(?=\d|un\b|deux|trois|quatre)"
)
_TITLE = r"\W*(?:article )?[\divx.]*\s?[-.):]*\s*duree(?: (?:du|de l'|de la|d'execution)[^\n]{0,40})?\W*$"
_RENEW = r"reconduc|reconduit|renouvel"
_NEVER = (
    r"(?:n'est|ne sera|ne seront|ne peut|ne pourra|n'ont|n'a) pas (?:etre |susceptible de |prevu de "
    r"|tacitement ){0,2}(?:reconduc|reconduit|renouvel)"
    r"|ne (?:peut|pourra|saurait|peuvent) (?:en aucun cas )?(?:etre|faire l'objet d'(?:une"
    r"|aucune)) (?:reconduc|reconduit|renouvel)"
    r"|(?:reconductible|renouvelable|reconduit|reconduction)\s*[:?]?\s*(?:☐ ?oui\s*)?[☒☑✓✔] ?non"
    r"|(?:non|ni|sans|aucune) (?:reconduc|renouvel)"
    r"|(?:reconduction|renouvellement)s?\s*[:\t]\s*(?:sans|non|aucune)"
    r"|reconduction[^.\n]{0,30}sans objet"
)
_COUNT = (
    r"(?:reconduct\w*|reconduit\w*|renouvel\w*)[^.\n]{0,80}?\b(\d{1,2}|un|une|deux|trois|quatre"
    r"|cinq) ?(?:\(\w+\) ?)?(?:fois|periodes?|x\b|reconductions)"
    r"|\b(\d{1,2}|un|une|deux|trois|quatre|cinq) ?(?:\(\w+\) ?)?(?:fois|reconductions?|renouvellements?"
    r"|periodes? de reconduction|periodes? supplementaires)"
    r"|nombre[^.\n]{0,40}reconductions?[^.\n]{0,20}(?:a|de|:|est) (\d|une?|deux|trois|quatre)"
)
_DELAY = (
    r"(?:delai|duree) (?:global |previsionnel(?:le)? |maximal |maximum |total )?(?:d'execution"
    r"|de realisation)(?: global)?(?: (?:des|de|du|de l'ensemble|global)[^.\n]{0,60})?[^.\n]{0,40}?(?:est|sera"
    r"|:|fixe)"
)

_ITS_LOT = r"[ ,]*(?:pour|concernant|s'agissant de) (?:le )?lot (?:n ?° ?)?(\d{1,2})\b(?!\s*(?:,|et|a)\s*(?:lot )?\d)"
_OF_LOT = (
    r"\W{0,3}(?:(?:pour|concernant) )?(?:le |la duree du |du )?(?:marche relatif au )?lot (?:n ?° ?)?(\d{1,2})\b"
    r"(?!\s*(?:,|et|a|au)\s*(?:le )?(?:lot )?(?:n ?° ?)?\d)"
)

_LOT_S_OWN = r"\bduree (?:\w+ ){0,2}du lot (?:n ?° ?)?(\d{1,2})\b(?!\s*(?:,|et|a|au)\s*(?:du )?(?:lot )?\d)"


class Spell(NamedTuple):
    """A length of time read in a block."""

    months: int
    block: Block
    start: int
    end: int
    scope: Scope = MARCHE


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``duree_mois`` and ``delai_execution_mois``."""
    yield Sought("duree_mois", ("durée du marché", "période initiale", "reconduction", "toutes périodes confondues"))
    yield Sought("delai_execution_mois", ("délai d'exécution",))
    text = text_of(reading)
    yield from _contract(reading, text)
    yield from _performance(reading, text)


def _contract(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    maxima: list[Spell] = []
    initials: list[Spell] = []
    for index in text.having("duree", "periode", "conclu", "valable", "renouvel", "reconduc", "reconduit", "effet"):
        folded = text.folded[index]
        spell = _maximum(text, index, folded)
        if spell is not None:
            maxima.append(spell)
        else:
            initials += _initial(text, index, folded)
    initials = [lot for spell in initials for lot in lots_of(text.folded[spell.block.index], spell)]
    maxima = [lot for spell in maxima for lot in lots_of(text.folded[spell.block.index], spell)]
    for spell in maxima:
        yield said(reading, "duree_mois", spell.months, spell.block, (spell.start, spell.end), 0.93, spell.scope)
    told = {spell.scope for spell in maxima}
    for spell in initials:
        if spell.scope not in told and not (spell.scope == MARCHE and told):
            yield from _with_renewals(reading, text, spell)


def lots_of(folded: str, spell: Spell) -> list[Spell]:
    """Return a spell under the lots its sentence names, each with its own length when they differ.

    Args:
        folded: Folded text of its block.
        spell: What was read, as if it were the whole market's.
    """
    passage = folded[spell.start : spell.end]
    found = list(durations(passage))
    own = [(d, compiled(_ITS_LOT).match(passage, d.end)) for d in found]
    named = [spell._replace(months=_whole(d.months), scope=Scope("lot", lot_number(m[1]))) for d, m in own if m]
    if len(named) > 1:
        return named
    opening = compiled(_OF_LOT).match(passage) or compiled(_LOT_S_OWN).search(passage)
    if opening is None:
        return [spell] if not named or len(found) > 1 else [named[0]._replace(months=spell.months)]
    return [spell._replace(scope=Scope("lot", lot_number(opening[1])))]


def _whole(months: Decimal) -> int:
    return int(months.to_integral_value(ROUND_CEILING))


def _maximum(text: Text, index: int, folded: str) -> Spell | None:
    for match in compiled(_MAXIMUM).finditer(folded):
        first, last = sentence(folded, *match.span())
        found = list(durations(folded[first:last]))
        if not found or compiled(_NOT_CONTRACT).search(folded[first:last]):
            continue
        later = [d for d in found if d.start + first >= match.start()]
        if not later and not compiled(r"compris|inclus|confondues").search(folded[first:last]):
            continue
        later = later or found
        best = later[0] if "maxim" in match.group() or "totale" in match.group() else max(later, key=lambda d: d.months)
        return Spell(_whole(best.months), text.blocks[index], first, last)
    ended = _by_dates(folded)
    return ended and Spell(ended[0], text.blocks[index], ended[1], ended[2])


def _by_dates(folded: str) -> tuple[int, int, int] | None:
    """ "du 1er janvier au 31 décembre 2026 … s'achèvera au 31 décembre 2028": from the first day to the last."""
    last_day = compiled(r"(?:s'achevera|prendra fin|se terminera|echeance|jusqu'au)[^.\n]{0,40}").search(folded)
    if last_day is None or not compiled(_RENEW).search(folded):
        return None
    days = _days(folded)
    ends = [d for d, start, _ in days if last_day.start() <= start <= last_day.end() + 5]
    months = months_between(days[0][0], ends[0]) if ends and len(days) > 1 else None
    return (months, days[0][1], days[-1][2]) if months else None


def _days(folded: str) -> list[tuple[date, int, int]]:
    """Return the dates, completing "du 1er janvier au 31 décembre 2026" with the year of the second."""
    found = [(d.value, d.start, d.end) for d in dates(folded)]
    half = compiled(r"\bdu (\d{1,2})(?:er)? (\w+) au (?=\d{1,2} \w+ \d{4})").search(folded)
    if half is None:
        return found
    whole = next(dates(f"{half[1]} {half[2]} {found[0][0].year}"), None) if found else None
    return [(whole.value, half.start(), half.end()), *found] if whole else found


def _initial(text: Text, index: int, folded: str) -> list[Spell]:
    box = compiled(_BOX).match(folded)
    if box is not None and text.blocks[index].kind != "title":
        span = next(durations(folded[box.end() :]), None)
        if span is not None:
            return [Spell(_whole(span.months), text.blocks[index], 0, box.end() + span.end)]
    for match in compiled(_INITIAL).finditer(folded):
        first, last = sentence(folded, *match.span())
        passage = folded[match.start() : last]
        if compiled(_NOT_CONTRACT).search(folded[first:last]) or compiled(
            r"duree de chaque|(?<!ou )delai d'execution"
        ).search(passage):
            continue
        passage = passage.replace("ou delai d'execution", "")
        spell = next((d for d in durations(passage) if d.start <= match.end() - match.start() + 60), None)
        if spell is not None and spell.months >= 1:
            extra = 12 if compiled(r" ?(?:plus|\+) (?:l'|une )annee").match(passage, spell.end) else 0
            more = compiled(r" ?(?:fermes? )?\+ ?(\d{1,2}) mois").match(passage, spell.end)
            extra += int(more[1]) if more else 0
            return [Spell(_whole(spell.months) + extra, text.blocks[index], first, last)]
        period = _period(folded[first:last])
        if period is not None:
            return [Spell(period, text.blocks[index], first, last)]
    titled = _under_title(text, index, folded)
    return [titled] if titled else []


def _under_title(text: Text, index: int, folded: str) -> Spell | None:
    """A duration that opens the article "Durée" ("Deux ans à compter de la notification")."""
    heading = fold(text.blocks[index].heading)
    if text.blocks[index].kind == "title" or not compiled(_TITLE).match(heading):
        return None
    spell = next(durations(folded[:40]), None)
    if spell is None or spell.start > 12 or compiled(_NOT_CONTRACT).search(folded):
        return None
    return Spell(_whole(spell.months), text.blocks[index], *sentence(folded, spell.start, spell.end))


def _period(passage: str) -> int | None:
    days = _days(passage)
    if len(days) < 2 or not compiled(r"\b(?:du|entre le|a compter du|partir du|effet)\b").search(passage):
        return None
    return months_between(days[0][0], days[1][0])


def _with_renewals(reading: Reading, text: Text, spell: Spell) -> Iterator[Candidate | NearMiss]:
    span = (spell.start, spell.end)
    renewals, spoken = _renewals(text, spell)
    if renewals is not None:
        yield said(
            reading, "duree_mois", spell.months + renewals, spell.block, span, 0.88 if spoken else 0.8, spell.scope
        )
    else:
        reason = "durée initiale : le nombre ou la durée des reconductions n'a pas été lu"
        yield missed(reading, "duree_mois", spell.block, span, reason)


def _renewals(text: Text, spell: Spell) -> tuple[int | None, bool]:
    """Return the months of all renewals (None when they are not told), and whether the piece speaks of them."""
    total: int | None = None
    spoken = False
    for index in text.having("reconduc", "reconduit", "renouvel"):
        folded = text.folded[index]
        if compiled(
            r"demande|prix|proposition|renouvellement d[eu]s? (?:\w+ )?(?:conduite|reseau|materiel|canalis"
            r"|equipement)"
        ).search(folded) and not compiled(_COUNT).search(folded):
            continue
        if compiled(_NEVER).search(folded):
            return 0, True
        if compiled(r"tranches? (?:conditionnelles?|optionnelles?)").search(folded):
            return None, True
        spoken = (
            spoken
            or compiled(r"\b(?:est|sera|peut|pourra|etre|tacite\w*|express\w*|fois|avec|\d+)\b").search(folded)
            is not None
        )
        found = _renewal_months(text, index, spell.months)
        if found is not None:
            total = found if total is None else max(total, found)
    return (total, True) if spoken else (0, False)


def _renewal_months(text: Text, index: int, initial: int) -> int | None:
    folded = text.folded[index]
    longest = compiled(r"duree (?:maximale|totale|globale) d[eu]s? (?:la |les )?reconductions?[^.\n]{0,20}").search(
        folded
    )
    whole = next(durations(folded[longest.start() :]), None) if longest else None
    if whole is not None:
        return _whole(whole.months)
    near = " ".join([folded, *(text.folded[i] for i in text.following(index, 2))])
    count = _count(near)
    each = _each(near)
    if (
        count is None
        and each is not None
        and compiled(r"reconductible|renouvelable|reconduit|renouvele").search(folded)
    ):
        count = (
            1 if compiled(r"une (?:nouvelle )?(?:periode|duree)|reconductible (?:pour )?\d").search(folded) else None
        )
    if count is None:
        return None
    return count * (each if each is not None else initial)


def _count(passage: str) -> int | None:
    match = compiled(_COUNT).search(passage)
    if match is None:
        return None
    word = next(g for g in match.groups() if g)
    return int(word) if word.isdigit() else number_in_letters(word)


def _each(passage: str) -> int | None:
    pattern = (
        r"duree de chaque[^.\n]{0,40}|chaque (?:periode|reconduction)[^.\n]{0,40}|fois[^.\n]{0,50}?(?:pour"
        r"|par|de)[^.\n]{0,40}|par periodes?[^.\n]{0,30}"
        r"|(?:reconduct\w*|renouvel\w*|reconduit\w*)[^.\n]{0,60}?(?:pour|de|x|par)? "
    )
    for match in compiled(pattern).finditer(passage):
        start = match.start()
        spell = next((d for d in durations(passage[start : match.end() + 30])), None)
        if spell is not None and spell.months >= 1:
            return _whole(spell.months)
    annual = compiled(r"(?:reconduct\w*|renouvel\w*)[^.\n]{0,40}(?:annuelle|chaque annee)|periodes? annuelles?").search(
        passage
    )
    return 12 if annual else None


def _performance(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    for index in text.having("d'execution", "de realisation"):
        folded = text.folded[index]
        match = compiled(_DELAY).search(folded)
        if match is None or "ou delai d'execution" in folded:
            continue
        first, last = sentence(folded, *match.span())
        spell = next(durations(folded[match.end() - 1 : last]), None)
        if spell is None or re.search(
            r"sous[- ]traitan|duree d'execution du (?:marche|contrat)|prolong|superieur|entre \d|estimee?",
            folded[first:last],
        ):
            continue
        if "pour ce lot" in folded or "bon de commande" in folded:
            yield missed(
                reading,
                "delai_execution_mois",
                text.blocks[index],
                (first, last),
                "délai d'un seul lot ou d'une commande",
            )
            continue
        whole = "global" in match.group() or "ensemble" in folded[first:last]
        yield said(
            reading, "delai_execution_mois", spell.months, text.blocks[index], (first, last), 0.9 if whole else 0.8
        )
