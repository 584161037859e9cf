"""Whether the contract is divided, in how many lots, which ones, and why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import lot_number
from achats_check.facts.french import number_in_letters
from achats_check.facts.line_starts import LINE_START
from achats_check.facts.structure.choices import EMPTY, TICKED
from achats_check.facts.structure.lots_inline import inline_lots, lots_apart, stacked_lots
from achats_check.facts.structure.lots_roman import in_figures
from achats_check.facts.structure.scan import Text, labelled, missed, said, sentence, text_of
from achats_check.facts.terms import Subject, found, held, opening, saying
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_LOT = (
    r"\s*[-•*☐□☒☑]?\s*lots?(?:\(s\))?(?: ?n ?° ?| no ?| numero | ?: ?| )(\d{1,3}|[a-z]\d{1,2}"
    r"|(?:[a-z]|x{0,2}(?:i[xv]|v?i{1,3}|v))(?=\s*[:-]))\b\s*(?:[:\t–-]|\.(?!\d))?\s*(?=\S)"
)
_BARE = r"\s*(\d{1,2}|[a-z]\d{1,2})(?:\s*[-:.)\t]\s*|\s+)(?=[^\d\s,.%€])"
_TITLE = r"\s*(?:article )?[\d.]{1,6}\s?[-–.):]?\s*(?:(?:liste|description) des )?lots?(?: et montants?)?\s?:?\s*"
"""A numbered title that only a table makes a list of lots."""
_DIVISION = LINE_START + r"(?:allotissement|(?:division|decomposition|decoupage) en lots|lots)\W{0,3}"
_THIS = r"\b(?:la|le|du|au|les|des|aux) presente?s? [a-z]"
"""« La présente consultation », « le présent marché »."""
_ARTICLE = r"\s*([a-z]?)(\d{1,2})\b"
_RESERVED = r"\s*[-–:,(]\s*(?:(?:lot|marche) )?reservee?\b"
_NAME_END = (
    rf"\t| [-–,] (?=(?:montant )?(?:maxim|minim|plafon)\w*[^\n]{{0,30}}\d)"
    rf"|\n| \.\.| [-–(] ?(?:codes? )?cpv\b|;\s*$|\.\s*$| \((?=[^()\n]{{0,60}}(?:€|\beur))|{_RESERVED}"
)


def find(reading: Reading, terms: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``alloti``, ``nombre_lots``, ``non_allotissement.motif`` and the ``objet`` of each lot."""
    yield Sought("alloti", ("alloti", "allotissement", "décomposition en lots", "lot unique"))
    yield Sought(
        "non_allotissement.motif",
        ("n'est pas alloti en raison de", "prestations indissociables", "prestations homogènes"),
    )
    text = text_of(reading)
    yield from _undivided(reading, text, terms)
    yield from _divided(reading, text, terms)
    yield from _listed(reading, text, terms)
    if reading.role != "AE":
        for index, count in lots_apart(text):
            whole = (0, len(text.folded[index]))
            yield said(reading, "nombre_lots", count, text.blocks[index], whole, 0.62)
            yield said(reading, "alloti", True, text.blocks[index], whole, 0.7)


def _undivided(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate | NearMiss]:
    undivided = tuple(saying(terms["alloti"], False))
    for index in text.announced(undivided):
        folded = text.folded[index]
        match = found(undivided, folded)
        if match is None:
            continue
        span = sentence(folded, *match.span())
        if "en cas d" in folded[max(0, match.start() - 30) : match.start()]:
            yield from _ticked(reading, text, index, span)
            continue
        reason = _of_another(folded, span[0], *match.span(), terms)
        if reason:
            yield missed(reading, "alloti", text.blocks[index], span, reason)
            continue
        yield said(reading, "alloti", False, text.blocks[index], span, 0.93)
        yield said(reading, "nombre_lots", 1, text.blocks[index], span, 0.85)
        yield from _reason(reading, text, index, terms)
    for index in text.having("lots", "allotissement"):
        if text.blocks[index].kind == "title" and compiled(_DIVISION).fullmatch(text.folded[index]):
            yield from _denied_below(reading, text, index, terms)


def _denied_below(reading: Reading, text: Text, title: int, terms: Subject) -> Iterator[Candidate]:
    """Read "Non. Les applications reposent sur un socle commun…" right under the title "Division en lots"."""
    for index in text.following(title, 1):
        denied = compiled(r"\W{0,3}(?:non|aucune?|neant)\s*(?:[.,;:]|$)").match(text.folded[index])
        if denied is not None:
            yield said(reading, "alloti", False, text.blocks[index], denied.span(), 0.9)
            yield said(reading, "nombre_lots", 1, text.blocks[index], denied.span(), 0.85)
            yield from _reason(reading, text, index, terms)


def _of_another(folded: str, first: int, start: int, end: int, terms: Subject) -> str | None:
    """Say why what is not divided is a lot, another contract, or one that might be; None for this contract."""
    reason: str | None = held(terms["avant_un_autre"], folded[first:start])
    return reason or opening(terms["apres_un_autre"], folded, end)


def _ticked(reading: Reading, text: Text, index: int, span: tuple[int, int]) -> Iterator[Candidate | NearMiss]:
    """The form of the AE prints "(en cas de non allotissement)": only its tick says something."""
    folded = text.folded[index]
    if any(tick in folded for tick in "☒☑✓✔"):
        yield said(reading, "alloti", False, text.blocks[index], (0, len(folded)), 0.8)
    else:
        yield missed(reading, "alloti", text.blocks[index], span, "rubrique d'un formulaire, sans case cochée")


def _reason(reading: Reading, text: Text, index: int, terms: Subject) -> Iterator[Candidate]:
    nearby = [index, *([index - 1] if index else []), *text.following(index, 2)]
    for near in nearby:
        folded = text.folded[near]
        same_part = near >= index or text.blocks[near].heading == text.blocks[index].heading
        match = found(terms["motivations"], folded)
        if match is None or not same_part or text.blocks[near].kind == "title":
            continue
        if near > index and not compiled(r"allot|lots|prestation|coordination|travaux").search(folded):
            continue
        first, last = sentence(folded, *match.span())
        words = " ".join(text.blocks[near].text[first:last].split())
        if len(words) > 25:
            yield said(reading, "non_allotissement.motif", words, text.blocks[near], (first, last), 0.9)
            if held(terms["indistinctes"], folded, first, last):
                yield said(reading, "prestations_distinctes", False, text.blocks[near], (first, last), 0.85)
            return


def _divided(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    allotted = tuple(saying(terms["alloti"], True))
    telling = set(text.announced(allotted))
    for index in sorted(telling.union(text.announced(terms["compte"]))):
        folded = text.folded[index]
        told = found(allotted, folded) if index in telling else None
        supposed = told and held(terms["hypotheses"], folded[: told.start()])
        if told and not supposed and "en cas d" not in folded and not compiled(r"pas|non").search(folded):
            yield said(reading, "alloti", True, text.blocks[index], (0, len(folded)), 0.85)
        match = _counted(terms, folded)
        if match is None or _counts_something_else(folded, match, terms):
            continue
        word = next(group for group in match.groups() if group)
        count = int(word) if word.isdigit() else number_in_letters(word)
        if not count:
            continue
        span = sentence(folded, *match.span())
        yield said(reading, "nombre_lots", count, text.blocks[index], span, 0.93)
        if count > 1:
            yield said(reading, "alloti", True, text.blocks[index], span, 0.93)
    for index, start, _ in labelled(text, "allotissement", r"allotissement|decomposition en lots"):
        ticked = compiled(
            rf"[ {TICKED}]*(?:(oui)|non)\b(?!\s*[{EMPTY}{TICKED}]|\s(?:precise|renseigne|seulement))"
        ).match(text.folded[index], start)
        if ticked is not None:
            yield said(reading, "alloti", ticked[1] is not None, text.blocks[index], ticked.span(), 0.9)
    for index, start, end in labelled(text, "nombre de lots", r"nombre (?:total )?de lots"):
        number = compiled(r"\s*(\d{1,3})\b").match(text.folded[index], start)
        if number is not None and int(number[1]):
            yield said(reading, "nombre_lots", int(number[1]), text.blocks[index], (0, end), 0.9)
            if int(number[1]) > 1:
                yield said(reading, "alloti", True, text.blocks[index], (0, end), 0.9)


def _counts_something_else(folded: str, match: re.Match[str], terms: Subject) -> bool:
    """Say whether lots are those that a bidder may ask for or win, or plots of land; the next sentence says nothing."""
    first, last = sentence(folded, *match.span())
    around = folded[max(first, match.start() - 40) : min(last, match.end() + 25)]
    return held(terms["candidats"], around) is not None


def _counted(terms: Subject, folded: str) -> re.Match[str] | None:
    """Return the count of lots of a passage; of several, that of the sentence on this very consultation."""
    matches = [match for term in terms["compte"] for match in compiled(term.pattern).finditer(folded)]
    own = (match for match in matches if compiled(_THIS).search(folded, *sentence(folded, *match.span())))
    return (next(own, None) if len(matches) > 1 else None) or next(iter(matches), None)


def _listed(reading: Reading, text: Text, terms: Subject) -> Iterator[Candidate]:
    listed: dict[str, Candidate] = {}
    own = reading.document.lots if reading.role == "AE" else ()
    entries = [*_entries(text, terms), *inline_lots(text), *stacked_lots(text)]
    roman = in_figures({number for _, number, _, _ in entries})
    for index, number, start, end in entries:
        name = _name(text, index, start, end, terms)
        if name is None or roman.get(number, number) in listed or (own and number not in own):
            continue
        raw, end = name
        number = roman.get(number, number)
        listed[number] = said(reading, "objet", raw, text.blocks[index], (start, end), 0.9, Scope("lot", number))
    if reading.role == "AE" and len(listed) == 1:
        return
    yield from listed.values()
    if len(listed) > 1 and _follow(listed):
        first = next(iter(listed.values()))
        yield first._replace(name="nombre_lots", value=len(listed), scope=MARCHE, confidence=0.74)
        yield first._replace(name="alloti", value=True, scope=MARCHE, confidence=0.8)


def _follow(numbers: Iterable[str]) -> bool:
    """Say whether numbers go up by one from the first: a list with holes was read in part, and counts nothing."""
    ranks = [int(number) for number in numbers if number.isdigit()]
    return not ranks or (len(ranks) == max(ranks) - min(ranks) + 1 and min(ranks) <= 1)


def _entries(text: Text, terms: Subject) -> Iterator[tuple[int, str, int, int | None]]:
    """Yield (block, number of the lot, start of its name, None): "Lot 3 : Tonte", and lines under a header of lots."""
    for index in text.having("lot"):
        folded = text.folded[index]
        match = compiled(_LOT).match(folded)
        if match is not None and len(folded) <= 250:
            yield index, lot_number(match[1]), match.end(), None
            if _has_a_table(text, index):
                continue
        if len(folded) <= 160 and (held(terms["entetes"], folded) or _above_a_table(text, index)):
            yield from _lines_below(text, index)


def _has_a_table(text: Text, index: int) -> bool:
    """Tell whether the line that names a lot stands over a table, whose numbered rows are what the lot holds."""
    below = next(iter(text.following(index, 1)), None)
    return text.blocks[index].kind != "row" and below is not None and text.blocks[below].kind == "row"


def _above_a_table(text: Text, index: int) -> bool:
    """Tell whether a block is the title "2. Lots", and what comes next a table."""
    below = next(iter(text.following(index, 1)), None)
    return (
        below is not None
        and text.blocks[below].kind == "row"
        and compiled(_TITLE).fullmatch(text.folded[index]) is not None
    )


def _lines_below(text: Text, index: int) -> Iterator[tuple[int, str, int, int | None]]:
    table = text.blocks[index].table
    below = next(iter(text.following(index, 1)), None)
    if table is None and below is not None:
        table = text.blocks[below].table
    for later in text.following(index, 40):
        folded = text.folded[later]
        if later == below and _is_row_of_titles(text, later):
            continue
        match = compiled(_BARE).match(folded)
        padded = match is not None and len(match[1]) == 2
        if (
            match is None
            or len(folded) > 200
            or (text.blocks[later].kind == "title" and not padded)
            or text.blocks[later].table != table
            or _next_article(text.folded[index], match[1])
        ):
            if compiled(_LOT).match(folded):
                continue
            return
        yield later, lot_number(match[1]), match.end(), None


def _is_row_of_titles(text: Text, index: int) -> bool:
    """Tell whether a row opens a table with the titles of its columns, the first one "N°" or "Lot"."""
    cells = text.blocks[index].cells
    return (
        len(cells) > 1 and compiled(r"\W*(?:n ?°s?|numeros?|lots?(?: n ?°)?)\W*").fullmatch(fold(cells[0])) is not None
    )


def _next_article(header: str, number: str) -> bool:
    """Tell whether a line is numbered as the article after the header: "A2. Lots", or one of its lots, then "A3."."""
    lot = compiled(_LOT).match(header)
    if lot is not None and lot[1][:1].isalpha() != number[:1].isalpha():
        return True
    own, next_one = compiled(_ARTICLE).match(header), compiled(_ARTICLE).match(number)
    if own is None or next_one is None or not own[1]:
        return False
    return own[1] == next_one[1] and int(next_one[2]) > int(own[2])


def _name(text: Text, index: int, start: int, end: int | None, terms: Subject) -> tuple[str, int] | None:
    folded = text.folded[index]
    stop = compiled(_NAME_END).search(folded, start)
    end = min(end or len(folded), stop.start() if stop else len(folded))
    raw = " ".join(text.blocks[index].text[start:end].split()).strip(" :-–")
    words = folded[start:end].strip(" :-")
    if (
        not 3 <= len(words) <= 160
        or held(terms["generalites"], words)
        or not compiled(r"(?!xx)[a-z]{3}|(?:\b[a-z]\.){2}").search(words)
    ):
        return None
    if compiled(
        r"^[(,]|(?<!secteur )(?<!zone )(?<!quartier )\best\b(?! ?[-–/)]| ?$| et\b)"
        r"|\b(?:sont|sera|seront|doit|doivent|devra|comprend|peut)\b"
        r"|^(?:et|ou|a|au|aux|de|du|des|page|cctp|concerne|unique|technique)\b"
        r"|\barticles?(?: (?:\d|[lrd][. ]?\d|[ivx]{1,5}\b|premier)|$)|€|\bpage \d|\blots? ?(?:n ?° ?)?\d"
        r"|\bcandidats?\b|\boffres?\b"
    ).search(words):
        return None
    return raw, end
