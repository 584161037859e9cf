"""Rates of the advance and of the retention, and whose they are: "5 % ; 20 % si le titulaire est une PME".

A rate is that of small firms, of the others or of everyone by the condition that stands beside it, before or after:
words alone do not tell, since "20 % pour les PME, 5 % pour les autres" and "5 %, et pour les PME 20 %" hold the same.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.matching import Search
from achats_check.facts.clauses.values import number
from achats_check.facts.lexicon_records import Entry
from achats_check.facts.text import Reading
from achats_check.model.fact import Evidence
from achats_check.patterns import compiled

_SUBJECTS = {
    "avance": ("avance_taux", "avance_taux_pme"),
    "retenue": ("retenue_garantie_taux", "retenue_garantie_taux_pme"),
}
_NAMED = {
    "avance": compiled(r"(?<!d')(?<!a l')(?<!en )(?<!par )\bavances?\b|\bd'(?:une )?avance\b(?=[^.;]{0,60}(?:%|cent))"),
    "retenue": compiled(r"\bretenues? de garantie\b|^\W{0,3}(?:article )?[a-h]?[\divx.-]{0,8}\W{0,4}retenue$"),
}
_NAMES = compiled(r"\bavances?\b|\bretenues? de ")
_HIGHEST = {"avance": Decimal(60), "retenue": Decimal(5)}
"""Percent beyond which a rate is that of something else: the law allows no more."""
_LETTERS = r"un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt(?:[- ]cinq)?|trente|quarante|cinquante"
_RATE = compiled(
    rf"(?<![\d,./])(?:(?P<figures>\d{{1,3}}(?:[.,]\d{{1,2}})?) {{0,3}}(?:%|pour ?cents?\b|p\. ?cent\b|centiemes?\b)"
    rf"|\b(?P<letters>{_LETTERS}) {{1,2}}(?:pour {{0,2}}cents?|centiemes?)\b)"
    r"(?: {0,2}\( {0,2}(?:\d{1,3}(?:[.,]\d{1,2})?|[a-z -]{2,20}) {0,2}(?:%|pour {0,2}cents?)? {0,2}\))?"
)
_SENTENCE = compiled(r"[.!?\n](?=\s)(?<!\b[lrdn]\.)(?<!\bart\.)")
_SMALL = r"(?:petites? (?:et|ou) (?:\w{2,12} )?moyennes?|\bp\.?m\.?e\b\.?s?|\btpe\b|micro-?entreprises?|\bartisans?\b)"
_OTHERS = (
    r"\b(?:aux |les |des |tou(?:t|te|s|tes) )?autres (?:cas|titulaires?|entreprises?|operateurs?|candidats?)\b"
    r"|\b(?:pour|aux|que) (?:tou(?:s|tes) )?(?:les )?autres\b|\bautre (?:entreprise|titulaire|cas)\b|\bsinon\b"
    r"|\b(?:cas|hypothese) (?:contraire|inverse)\b|\ba defaut\b|\bgrandes? entreprises?\b"
    rf"|\b(?:non[- ]|hors |autres? que (?:une |les |des )?|n'est pas (?:une )?|ne sont pas (?:des )?){_SMALL}"
)
_EVERYONE = compiled(
    r"\b(?:quelle que soit|sans (?:distinction|condition|consideration) d[e']|independamment d[e'])[^.;]{0,40}"
    rf"(?:taille|categorie|statut|qualite)|\bqu'ils? soi(?:t|ent) (?:ou non )?(?:une |des )?{_SMALL}(?: ou non)?"
    rf"|\b{_SMALL},? ou non\b|\b(?:y compris|dont) (?:pour |a )?(?:une |les |des )?{_SMALL}"
    rf"|\b(?:meme taux|le meme|identique)[^.;]{{0,40}}(?:{_SMALL}|taille)"
)
_WHOSE = compiled(rf"(?P<others>{_OTHERS})|(?P<small>{_SMALL})")
_GOES_ON = compiled(
    r"[^.;]{0,80}?[,:(] ?(?:pour|si|s'il|lorsqu\w*|quand|aux?|dans|en)\b|\W{0,3}(?:et|ou|mais|tandis|alors|sauf)\b"
)
"""What stands before whose the next rate is: "5 % et, pour les PME, 20 %"."""
_ANOTHER = compiled(
    r"\b(?:rembours\w*|resorb\w*|attei\w+|entre|de 65|tva|interets?|moratoires?|majoree?s?|penalites?|avancement"
    r"|(?<!d')execut\w+|excede\w*|exceder|superieure?s?|inferieure?s?|depass\w+|au-dela|seuil|plafon\w+|augment\w+"
    r"|realis\w+|precompt\w*|dedui\w*|recuper\w*|garantie a premiere|caution\w*|en (?:deca|dessous) d\w*"
    r"|acomptes? de|sous-trait\w+ de|revis\w+|hausse|rabais|marge)\b\W*"
    r"(?:[\w'-]+ ){0,5}$|\b(?:entre|de) \d[\d,]{0,5} ?%? (?:et|a) $"
    r"|\bgaranties?\b[^.;,%]{0,40}\b(?:exig|demand|requi|constitu|fourni|necessair|du)\w*[^.;,%]{0,50}$"
)
_OF_ANOTHER = compiled(
    r"\W{0,2}(?:d'avancement|d'execution|des prestations (?:executees|realisees)|de (?:l'avance|la retenue|son montant)"
    r"|du montant (?:de l'avance|de la retenue|garanti)|de (?:tva|penalites?|hausse)|des? interets)\b"
)
_ANSWERS = compiled(
    r"\W{0,6}(?:[a-z]?[\d.]{1,6}\W{1,3})?(?:ce|le|son|leur|dans|pour|lorsqu\w*|si|s'il|toutefois|par exception|les pme"
    r"|les (?:petites|autres)|taux|elle|celle-ci|il|sinon|a defaut|une? (?:pme|petite|autre)|pme|autres?|\d)\b"
)
_CHANGED = compiled(r"\b(?:doubl|tripl|major|renonc|refus|demand|exoner|dispens)\w*")
_UNCERTAIN = compiled(
    r"\b(?:pourra|pourrait|peut) (?:\w+ )?(?:etre )?(?:port|fix|accord|vers|major|relev|ramen|demand|octroy)\w*|[☐□❏❑❒]"
)
_OF_LOTS = compiled(r"\blots? (?:n ?°? ?)?\d|\bautres lots\b")
_OFF = compiled(
    r"\b(?:penalites?|parts? d[eu]|confiee?s?|prix|revis\w+|tva|interets?|assurances?|resiliation|indemnites?)\b"
)
_CONFIDENCE = 0.87
_LONGEST = 900
"""Characters of a paragraph beyond which it is a page glued together."""
GENERAL, SMALL, EVERYONE = "general", "small", "everyone"


class _Told(NamedTuple):
    """A rate, and whose it is."""

    whose: str
    value: Decimal
    evidence: Evidence
    stated: bool
    """Its condition is written beside it."""


def settle_rates(
    reading: Reading,
    texts: Sequence[str],
    entries: Sequence[Entry],
    search: Search,
    found: Sequence[Candidate | NearMiss],
) -> Iterator[Candidate | NearMiss]:
    """Yield what was found, the rates that their conditions tell in place of those that words alone gave.

    Args:
        reading: The document.
        texts: Folded text by block.
        entries: Facts looked for in this piece.
        search: Its matches: a rate that no condition tells is not read where a decoy stands.
        found: What the lexicon reads in it.
    """
    told: list[tuple[str, _Told]] = []
    sought = {entry.fact for entry in entries}
    settled: set[tuple[str, int]] = set()
    read = {(item.name, item.evidence.location.block) for item in found if isinstance(item, Candidate)}
    for subject, run in _runs(reading, texts):
        rates = list(_rates_of(reading, subject, run))
        own = {said.block for said in run}
        known = {name for name, block in read if block in own}
        for name, rate in _decided(subject, rates).items():
            alone = name not in known and own.isdisjoint(search.spoilt(name))
            if name in sought and (rate.stated or alone):
                told.append((name, rate))
                settled |= {(name, block) for block in own}
    for item in found:
        if (item.name, item.evidence.location.block) not in settled:
            yield item
    for name, rate in told:
        yield Candidate(name, rate.value, rate.evidence, _CONFIDENCE)


class _Sentence(NamedTuple):
    """A sentence of a block."""

    block: int
    start: int
    end: int
    text: str
    """Folded, on one line."""


def _runs(reading: Reading, texts: Sequence[str]) -> Iterator[tuple[str, list[_Sentence]]]:
    """Yield the sentences that are about one subject, together, by article."""
    if _NAMES.search(reading.joined) is None:
        return
    titled = ""
    runs: dict[str, list[_Sentence]] = {}
    for block in reading.document.blocks:
        text = texts[block.index]
        if block.kind != "title" and not titled and _NAMES.search(text) is None:
            continue
        text = compiled(r"\s").sub(" ", text)
        if block.kind == "title":
            yield from runs.items()
            runs, titled = {}, _subject(text)
            if _RATE.search(text) is None:
                continue
        within = titled
        first = not any(runs.values())
        for start, end in _sentences(text) if len(text) <= _LONGEST else ():
            said = text[start:end]
            named = _subject(said) if _NAMES.search(said) else ""
            if named:
                within = named
            elif _NAMES.search(said) or not within or _OFF.search(said) or not (first or _ANSWERS.match(said)):
                within = titled
                continue
            first = False
            runs.setdefault(within, []).append(_Sentence(block.index, start, end, said))
    yield from runs.items()


def _subject(text: str) -> str:
    """Return the one subject that a folded text names, "" when it names none or two."""
    named = [subject for subject, pattern in _NAMED.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else ""


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _SENTENCE.finditer(text):
        yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _rates_of(reading: Reading, subject: str, run: Sequence[_Sentence]) -> Iterator[_Told | None]:
    """Yield each rate of a run with whose it is; None where a sentence may be read in two ways."""
    for said in run:
        evidence = reading.evidence(reading.document.blocks[said.block], said.start, said.end)
        for whose, value, stated in _told(said.text, _HIGHEST[subject]):
            yield None if value is None else _Told(whose, value, evidence, stated)
        if _EVERYONE.search(said.text):
            yield _Told(EVERYONE, Decimal(0), evidence, True)


def _told(said: str, highest: Decimal) -> Iterator[tuple[str, Decimal | None, bool]]:
    """Yield whose each rate of a sentence is, with its value; None for a value that may be somebody else's."""
    rates = [match for match in _RATE.finditer(said) if _is_rate(said, match, highest)]
    if _OF_LOTS.search(said) or (rates and _UNCERTAIN.search(said)):
        yield GENERAL, None, False
    if not rates:
        return
    whose: list[set[str]] = [set() for _ in rates]
    for word in () if _EVERYONE.search(said) else _WHOSE.finditer(said):
        owner = _owner(said, rates, word.start(), word.end())
        if owner is not None:
            whose[owner].add(GENERAL if word["others"] else SMALL)
    for match, conditions in zip(rates, whose, strict=True):
        value = None if len(conditions) > 1 else _value(match)
        yield next(iter(conditions), GENERAL), value, bool(conditions)


def _is_rate(said: str, match: re.Match[str], highest: Decimal) -> bool:
    value = _value(match)
    before = said[: match.start()].rpartition(";")[2]
    another = _ANOTHER.search(before[-70:]) or _OF_ANOTHER.match(said, match.end())
    return value is not None and 0 < value <= highest and another is None


def _value(match: re.Match[str]) -> Decimal | None:
    return number((match["figures"] or match["letters"]).replace(".", ","))


def _owner(said: str, rates: Sequence[re.Match[str]], start: int, end: int) -> int | None:
    """Return the rank of the rate that a condition goes with, None when it goes with none of them."""
    later = next((rank for rank, rate in enumerate(rates) if rate.start() >= end), len(rates))
    before = said[rates[later - 1].end() : start] if later else ""
    if later == len(rates):
        return None if ";" in before or _CHANGED.search(said, rates[-1].end()) else later - 1
    after = said[end : rates[later].start()]
    if not later:
        return None if ";" in after or _CHANGED.search(after) else 0
    if ";" in after:
        return None if ";" in before else later - 1
    return later if ";" in before or _GOES_ON.match(before) else later - 1


def _decided(subject: str, rates: Sequence[_Told | None]) -> dict[str, _Told]:
    """Return the rate of each fact of a subject; nothing when some sentence or two rates leave a doubt."""
    told = [rate for rate in rates if rate is not None]
    everyone = [rate for rate in told if rate.whose == EVERYONE]
    decided = {}
    for name, whose in zip(_SUBJECTS[subject], (GENERAL, SMALL), strict=True):
        own = [rate for rate in told if rate.whose == whose]
        if len({rate.value for rate in own}) == 1:
            decided[name] = max(own, key=lambda rate: rate.stated)
    general, small = (decided.get(name) for name in _SUBJECTS[subject])
    if len(told) < len(rates) or len({rate.value for rate in told if rate.whose == GENERAL}) > 1:
        return {}
    if general and everyone and small is None:
        small = decided[_SUBJECTS[subject][1]] = general._replace(evidence=everyone[0].evidence)
    if general and small:
        return {name: rate._replace(stated=True) for name, rate in decided.items()}
    return decided
