"""How long: the longest duration, renewals included."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import lot_number
from achats_check.facts.french import dates, durations, months_between, whole_months
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.structure.duration_sections import in_sections, of_section
from achats_check.facts.structure.duration_tables import by_lot
from achats_check.facts.structure.renewals import optional_months, renewal_months
from achats_check.facts.structure.scan import Text, missed, said, sentence, text_of
from achats_check.facts.structure.spells import Spell
from achats_check.facts.terms import Subject, any_of, each, held
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_CONTRACT = r"(?:marches?(?: public)?|contrat|accord[- ]cadre|mission|prestations|convention|periode initiale)"
_PRONOUN = r"(?:il|elle|celui-ci|celle-ci) "
_ITS_SUBJECT = LINE_START + r"(?:l[ea] |l'|ces? |cette )(?:presente? )?(?!convention)" + _CONTRACT
_IN_MONTHS = LINE_START + r"duree (?:du (?:marche|contrat) )?\(?en mois\)?\s*:?\s*(\d{1,3})\b"
_WITHIN_A_LINE = r"(?<!offre )\bduree (?:du (?:marche|contrat) )?\(?en mois\)? ?: ?(\d{1,3})\b"
"""The same where a page puts several rubrics on one line, which then tell how long an offer holds too."""
_BOX = (
    LINE_START + r"(?:duree(?: ?/ ?delai)?(?: (?:ferme|initiale|previsionnelle))?"
    r"(?: du (?:marche|contrat)| de l'accord[- ]cadre| d'execution(?=[^\n]{0,120}(?:reconduc|renouvel)))?)"
    r"(?:\s*[:\t]\s*|\s+)"
    r"(?=\d|(?!entre\b)[a-z-]{2,12} ?(?:\(\d{1,3}\) )?(?:ans?|annees?|mois)\b)"
)
_TITLE = (
    LINE_START + r"(?:(?:la )?durees?(?: (?:du|de l'|de la|d'execution)[^\n]{0,40})?"
    r"(?: (?:et|-|/) (?:montants?|forme|reconductions?|renouvellements?))?|(?:pour |pendant )?combien de temps)\W*$"
)
_UNITS = (" an", "mois", "semaine", "jour")
_DAY_OR_YEARS = r"\d(?:an|[/.-]\d|\d{3})"
_RENEW = r"reconduc|reconduit|renouvel"
_RENEWED_FOR = r"(?:reconduit|reconduc|renouvel)[^.\n]{0,40} pour une (?:duree|periode)"
"""How long a renewal lasts, not the contract."""
_UNTIL_THEN = rf"\b(?:jusqu'au|au) \d{{1,2}}[^\n]{{0,60}}(?:{_RENEW})"
"""A first period told by its last day: the length that follows is that of each renewal."""
_SPAN = r"\d{1,2} ?(?:ans?|mois)\b"
_SUM = rf"\b{_SPAN}(?: fermes?)?(?: ?\+ ?\(?(?:\d ?(?:x|fois) ?)?{_SPAN}){{1,6}}"
_ITS_LOT = r"[ ,]*(?:pour|concernant|s'agissant de) (?:le )?lot (?:n ?° ?)?(\d{1,2})\b(?!\s*(?:,|et|a)\s*(?:lot )?\d)"
_OF_LOT = (
    r"\W{0,3}(?:(?:pour|concernant) )?(?:le |la duree du |du )?(?:marche relatif au )?lot (?:n ?° ?)?(\d{1,2})\b"
    r"(?!\s*(?:,|et|a|au)\s*(?:le )?(?:lot )?(?:n ?° ?)?\d)"
)

_LOT_S_OWN = r"\bduree (?:\w+ ){0,2}du lot (?:n ?° ?)?(\d{1,2})\b(?!\s*(?:,|et|a|au)\s*(?:du )?(?:lot )?\d)"


_LITERALS = (
    *("duree", "periode", "conclu", "valable", "renouvel", "reconduc", "reconduit", "effet"),
    *("passe pour", "compter d", "debut", "demarr", "commenc", "s'execut", "les annees 20"),
)
"""One of them is in every passage that says how long a contract lasts."""
_FROM = r"\b(?:(?:du|entre le|a compter du|partir du|effet)\b|(?:debut|demarr|commenc)\w)"
_PARTS = (
    r" ?(?::|\(|,? (?:dont|a savoir|soit|comprenant|decomposee?s? en)) ?"
    r"(?:une? (?:premiere )?periode (?:\w+ )?de )?"
)
"""Between the whole of a duration and the first of its parts."""
_YEARS = (
    rf"(?:{_CONTRACT}|entretien|fourniture)\b[^.\n]{{0,120}}\bpour les annees (20\d\d)"
    r"((?: ?(?:,|-|/|\bet\b|\ba\b) ?20\d\d){1,7})\b"
)
"""« Le marché est conclu pour les années 2026, 2027 et 2028 »."""
_AND_THEN = r"\b(?:puis|et|enfin|ou)(?: de nouveau| encore| enfin)? (?:jusqu'au|au|le) $"
"""Before the last day of each further renewal: « jusqu'au 31 mars 2027, puis jusqu'au 31 mars 2028 »."""
_PAST_YEARS = r"candidat|chiffre|bilan|reference|exercice|attest|compte"
_FROM_A_DAY = tuple(f"du {figure}" for figure in range(1, 10))


def find(reading: Reading, words: Subject, renewals: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``duree_mois``."""
    yield Sought("duree_mois", ("durée du marché", "période initiale", "reconduction", "toutes périodes confondues"))
    text = text_of(reading)
    yield from _contract(reading, text, words, renewals)


def _contract(reading: Reading, text: Text, words: Subject, renewals: Subject) -> Iterator[Candidate | NearMiss]:
    maxima: list[Spell] = []
    initials: list[Spell] = []
    spoken = text.having(*_LITERALS)
    for index in spoken:
        folded = text.folded[index]
        if not any(unit in folded for unit in _UNITS) and not compiled(_DAY_OR_YEARS).search(folded):
            continue  # the words around a length are slow to tell, and none stands here
        spell = _maximum(text, index, folded, words)
        if spell is not None:
            maxima.append(spell)
        else:
            initials += _initial(text, index, folded, words)
    bare = set(text.having(" mois", " an", " annees", *_FROM_A_DAY)).difference(spoken)
    initials += [spell for index in sorted(bare) if (spell := _under_title(text, index, text.folded[index], words))]
    own = list(by_lot(text))
    tables = {spell.block.table for spell in own}
    initials = [spell for spell in initials if spell.block.table is None or spell.block.table not in tables] + own
    initials = [lot for spell in initials for lot in lots_of(text.folded[spell.block.index], spell)]
    maxima = [lot for spell in maxima for lot in lots_of(text.folded[spell.block.index], spell)]
    maxima = [of_section(text, spell) for spell in maxima]
    initials = list(in_sections(text, initials, renewals))
    maxima += [spell for spell in initials if spell.whole]
    for spell in maxima:
        yield said(reading, "duree_mois", spell.months, spell.block, (spell.start, spell.end), 0.93, spell.scope)
    told = {spell.scope for spell in maxima}
    added = {months: renewal_months(text, months, renewals) for months in {spell.months for spell in initials}}
    for spell in initials:
        if spell.scope not in told and not (spell.scope == MARCHE and told):
            yield _with_renewals(reading, spell, *added[spell.months])


def lots_of(folded: str, spell: Spell) -> list[Spell]:
    """Return a spell under the lots its sentence names, each with its own length when they differ.

    Args:
        folded: Folded text of its block.
        spell: What was read, as if it were the whole market's.
    """
    passage = folded[spell.start : spell.end]
    found = list(durations(passage))
    own = [(d, compiled(_ITS_LOT).match(passage, d.end)) for d in found]
    named = [spell._replace(months=whole_months(d.months), scope=Scope("lot", lot_number(m[1]))) for d, m in own if m]
    if len(named) > 1:
        return named
    opening = compiled(_OF_LOT).match(passage) or compiled(_LOT_S_OWN).search(passage)
    if opening is None:
        return [spell] if not named or len(found) > 1 else [named[0]._replace(months=spell.months)]
    return [spell._replace(scope=Scope("lot", lot_number(opening[1])))]


def _maximum(text: Text, index: int, folded: str, words: Subject) -> Spell | None:
    for match in each(words["maximums"], folded):
        first, last = sentence(folded, *match.span())
        found = list(durations(folded[first:last]))
        whole = compiled(any_of(words["parties_comprises"])).sub("", folded[first:last])
        if not found or held(words["leurres"], whole):
            continue
        later = [d for d in found if d.start + first >= match.start()]
        if not later and not compiled(r"compris|inclus|confondues").search(folded[first:last]):
            continue
        later = later or found
        best = later[0] if "maxim" in match.group() or "totale" in match.group() else max(later, key=lambda d: d.months)
        return Spell(whole_months(best.months), text.blocks[index], first, last)
    ended = _summed(folded) or _detailed(folded) or _by_dates(folded) or _by_years(folded, words)
    return ended and Spell(ended[0], text.blocks[index], ended[1], ended[2])


def _summed(folded: str) -> tuple[int, int, int] | None:
    """ "12 mois + 3 x 12 mois", "(4 ans + 1 an + 1 an)": the months of the whole sum, and its span."""
    match = compiled(_SUM).search(folded)
    if match is None or compiled(rf" ?{_SPAN}").match(folded, match.end()):
        return None  # none, or one that lost a sign
    if compiled(r"garantie|preparation|conges|delai").search(folded, max(0, match.start() - 60), match.end() + 30):
        return None
    months = 0
    for part in match.group().split("+"):
        times = compiled(r"(\d{1,2}) ?(?:x|fois)").match(part.strip(" ("))
        spell = next(durations(part), None)
        months += (whole_months(spell.months) if spell else 0) * (int(times[1]) if times else 1)
    return months, match.start(), match.end()


def _detailed(folded: str) -> tuple[int, int, int] | None:
    """ "Quarante-huit mois : douze mois, suivis de trois reconductions": the whole comes first, then its parts."""
    if not compiled(_RENEW).search(folded):
        return None
    whole, first = next(pairwise(durations(folded)), (None, None))
    if whole is None or first is None or first.months >= whole.months:
        return None
    parts = compiled(_PARTS).fullmatch(folded, whole.end, first.start)
    return (whole_months(whole.months), *sentence(folded, whole.start, first.end)) if parts else None


def _by_years(folded: str, words: Subject) -> tuple[int, int, int] | None:
    """ "conclu pour les années 2026, 2027 et 2028", "2026 à 2028": whole years that follow one another."""
    match = compiled(_YEARS).search(folded) if "les annees 20" in folded else None
    told = folded[slice(*sentence(folded, *match.span()))] if match else ""
    if match is None or held(words["leurres"], told) or compiled(_PAST_YEARS).search(told):
        return None
    years = [int(match[1]), *(int(year) for year in compiled(r"20\d\d").findall(match[2]))]
    count = years[-1] - years[0] + 1
    follow = years == list(range(years[0], years[0] + len(years)))
    if count < 1 or not (follow or (len(years) == 2 and match[2].strip().startswith(("a ", "-")))):
        return None
    return 12 * count, match.start(), match.end()


def _by_dates(folded: str) -> tuple[int, int, int] | None:
    """ "du 1er janvier au 31 décembre 2026 … s'achèvera au 31 décembre 2028": from the first day to the last."""
    renewed = compiled(_RENEW).search(folded)
    if renewed is None:
        return None
    last_day = compiled(
        r"(?:s'achevera|prendra fin|se terminera|echeance|jusqu'au"
        r"|(?:pouvoir|que[^.\n]{0,30}) (?:depasser|exceder) le)[^.\n]{0,40}"
    ).search(folded, renewed.end())
    if last_day is None:
        return None
    days = _days(folded)
    ends = [d for d, start, _ in days if last_day.start() <= start <= last_day.end() + 5]
    if ends:
        ends += [d for d, start, _ in days if compiled(_AND_THEN).search(folded, last_day.end(), start) is not None]
    months = months_between(days[0][0], max(ends)) if ends and len(days) > 1 else None
    return (months, days[0][1], days[-1][2]) if months else None


def _days(folded: str) -> list[tuple[date, int, int]]:
    """Return the dates, completing "du 1er janvier au 31 décembre 2026" with the year of the second."""
    found = [(d.value, d.start, d.end) for d in dates(folded)]
    half = compiled(r"\bdu (\d{1,2})(?:er)? (\w+) au (?=\d{1,2} \w+ \d{4})").search(folded)
    if half is None:
        return found
    whole = next(dates(f"{half[1]} {half[2]} {found[0][0].year}"), None) if found else None
    return [(whole.value, half.start(), half.end()), *found] if whole else found


def _initial(text: Text, index: int, folded: str, words: Subject) -> list[Spell]:
    counted = compiled(_IN_MONTHS).match(folded) or compiled(_WITHIN_A_LINE).search(folded)
    if counted is not None and _is_of_something_else(text, index, words):
        return []
    if counted is not None and int(counted[1]):
        return [Spell(int(counted[1]), text.blocks[index], 0, counted.end())]
    box = compiled(_BOX).match(folded)
    if box is not None and (text.blocks[index].kind != "title" or ":" in box.group()):
        span = next(durations(folded[box.end() :]), None)
        if span is not None:
            end = box.end() + span.end
            added = optional_months(folded, end)
            return [Spell(whole_months(span.months), text.blocks[index], 0, end, optional=added)]
    for match in each(words["durees"], folded):
        first, last = sentence(folded, *match.span())
        passage = folded[match.start() : last]
        renewed = compiled(_RENEWED_FOR).search(folded, first, match.end())
        if renewed is not None and not any(durations(folded[match.start() : renewed.start()])):
            continue
        if compiled(_PRONOUN).match(match.group()) and not _follows_contract(text, index, match.start(), words):
            continue
        if held(words["leurres"], folded[first:last]) or compiled(r"duree de chaque|(?<!ou )delai d'execution").search(
            passage
        ):
            continue
        passage = passage.replace("ou delai d'execution", "")
        spell = next((d for d in durations(passage) if d.start <= match.end() - match.start() + 60), None)
        if spell is not None and compiled(_UNTIL_THEN).search(passage, 0, spell.start):
            spell = None
        if spell is not None and spell.months >= 1:
            extra = 12 if compiled(r" ?(?:plus|\+) (?:l'|une )annee").match(passage, spell.end) else 0
            more = compiled(r" ?(?:fermes? )?\+ ?(\d{1,2}) mois").match(passage, spell.end)
            extra += int(more[1]) if more else 0
            added = optional_months(passage, spell.end)
            return [Spell(whole_months(spell.months) + extra, text.blocks[index], first, last, optional=added)]
        period = _period(folded[first:last])
        if period is not None:
            return [Spell(period, text.blocks[index], first, last)]
    titled = _under_title(text, index, folded, words)
    return [titled] if titled else []


def _is_of_something_else(text: Text, index: int, words: Subject) -> bool:
    """Say whether a bare length stands under a title on something else, such as how long an offer holds."""
    title = fold(text.blocks[index].heading).rsplit("\n", 1)[-1]
    above = text.folded[index - 1] if index else ""
    return any(held(words["leurres"], told) is not None for told in (title, above, text.folded[index]))


def _follows_contract(text: Text, index: int, start: int, words: Subject) -> bool:
    """Tell whether the sentence that a pronoun takes up is about the contract: a lease or an approval lasts too."""
    before = text.folded[index][:start].strip() or (text.folded[index - 1] if index else "")
    told = before[sentence(before, len(before) - 1, len(before) - 1)[0] :] if before else ""
    if compiled(_ITS_SUBJECT).match(told):
        return True
    return compiled(rf"{_CONTRACT}|\bduree\b").search(told) is not None and not held(words["autres_actes"], told)


def _under_title(text: Text, index: int, folded: str, words: Subject) -> Spell | None:
    """A duration, or its two days, that opens the article "Durée" ("Deux ans à compter de la notification")."""
    heading = fold(text.blocks[index].heading)
    above = text.folded[index - 1] if index and text.blocks[index - 1].kind == "paragraph" else ""
    heading = above if compiled(_TITLE).match(above) else heading
    if text.blocks[index].kind == "title" or not compiled(_TITLE).match(heading):
        return None
    at = _after_its_mark(folded)
    if compiled(r"du (?=\d)").match(folded, at) and not held(words["leurres"], folded):
        first, last = sentence(folded, at, at)
        period = _period(folded[first:last])
        return Spell(period, text.blocks[index], first, last) if period is not None else None
    spell = next((spell for spell in durations(folded[: at + 40]) if spell.start >= at), None)
    if spell is None or spell.start > at + 12 or held(words["leurres"], folded):
        return None
    first, last = sentence(folded, spell.start, spell.end)
    added = optional_months(folded[:last], spell.end)
    return Spell(whole_months(spell.months), text.blocks[index], first, last, optional=added)


def _after_its_mark(folded: str) -> int:
    """Return where a line starts after its tick or its number; "12 mois" has none."""
    opening = compiled(rf"[\s☒☑■✓✔]*(?:{LINE_START}(?!ans?\b|annees?\b|mois\b))?").match(folded)
    return opening.end() if opening else 0


def _period(passage: str) -> int | None:
    days = _days(passage)
    if len(days) < 2 or not compiled(_FROM).search(passage):
        return None
    return months_between(days[0][0], days[1][0])


def _with_renewals(reading: Reading, spell: Spell, renewals: int | None, spoken: bool) -> Candidate | NearMiss:
    span = (spell.start, spell.end)
    if renewals is None and not spell.optional:
        reason = "durée initiale : le nombre ou la durée des reconductions n'a pas été lu"
        return missed(reading, "duree_mois", spell.block, span, reason)
    months = spell.months + max(renewals or 0, spell.optional)
    sure = 0.88 if spoken else 0.8
    return said(reading, "duree_mois", months, spell.block, span, sure, spell.scope)
