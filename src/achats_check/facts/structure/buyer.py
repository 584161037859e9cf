"""Who buys: name, SIRET and category of the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import is_siret
from achats_check.facts.structure.buyer_lines import body_start, case_shift, rest_below
from achats_check.facts.structure.buyer_names import (
    category_of,
    is_brand,
    is_organisation,
    is_owner,
    is_proper,
    kind_beside,
)
from achats_check.facts.structure.scan import Text, labelled_by, missed, said, text_of
from achats_check.facts.terms import Subject, any_of, held, opening
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import ACHETEUR
from achats_check.patterns import compiled

_NAME_ENDS = (
    r"[\t\n;,(]|(?<!\b[a-z])\.|\.{2}| - |siret|represente|ci-apres|(?<!\bdes)(?: n ?°)?\s\d{1,4}(?: ?bis"
    r"| ?ter| ?quater)?,? (?:rue|av"
    r"|bd|bld|boulevard|route|place|quai|chemin|allee|impasse|cours|square|esplanade|parvis|zac\b|za\b|rond"
    r"|(?:grand['e]?|petite|haute|basse|vieille) ?rue\b|grand['e]? ?place\b|faubourg|fbg\b|mail\b|montee\b"
    r"|sentier\b|ruelle\b|promenade\b|lotissement\b|lieu[ -]dit\b|le bourg\b)"
    r"|\b(?:bp|cs) ?\d|(?<=\w) (?:rue|avenue|boulevard|place|quai|chemin|allee|impasse) d(?:e|u|es)\b"
    r"|\b(?:tel|fax|telephone|courriel)\b|\bhotel d[ue] (?:ville|departement|la region)|(?<=\w )mairie(?: d|\s*$)"
    r"|\bcentre administratif|\bservices? (?:techniques?|des marches)"
    r"|\s\d{2} ?\d{3}(?: [a-z]|\s*$)|\s\d{5}(?=[a-z])|(?<=\w )etablissement public de sante\b"
)
_PURCHASE = (
    r"(?<! la)(?<! le)(?<! les)(?<! de)(?<! des)(?<! du)(?<! et)(?<!\bgip)(?<!\bspl)(?<!\bsem)"
    r" (?:(?:construction|restructuration|rehabilitation"
    r"|renovation|amenagement|creation|extension|travaux|fourniture|entretien|restauration|maintenance) d|etude\b"
    r"|objet d|dossier de consultation|marches? (?:de|public)|reglement de|cahier des)"
)
"""What stands beside a name on a line of a cover, and is bought."""
_OFFICIAL = r"nom(?: et adresses?)? officiel|identification de l'(?:organisme|acheteur)|denomination"
"""The label of a field of a notice, which holds a name whatever it says."""
_LEAD_IN = r"(?:(?:organisme de securite sociale|etablissement|nom)\s*:\s*|est(?:\s*:\s*|\s+)(?:la |le |l'))"
"""What a label may be followed by, before the name."""
_INITIALS = r"(?!XX|NC|SO)[A-Z]{3,10}"
"""The initials of an organisation, alone beside the label of the buyer."""
_GOES_ON = r"(?:\bet|\bet (?:de )?(?:la|le|les|l'))\s*$"
"""The end of a line that the next one completes: what this one names is a part of another name."""
_TOWN = r"\s*(?:la |le |l')?(?:commune|ville|mairie) d(?:e|u|es|')\b(?!.*\b(?:paris|lyon|marseille)\b)"
"""A town, whose name never ends on a number; three have arrondissements that are called by theirs."""
_HOUSE = r"(?: n ?°)?\s\d{1,4}(?: ?bis| ?ter| ?quater)?\s*$"
"""The number of a house, or of a département, that a cut left after a name."""
_CUT_NAME = r"\s*(?:commune|ville|mairie) d(?:e|'|u|es)(?: la| l')?\s*"
"""The line of a town whose name stands on the next."""
_MAYOR = (
    r"(?:represent|ordonnateur|pouvoir adjudicateur|signataire|habilit)[^\n]{0,80}"
    r"\b(?:monsieur|madame|m\.|mme)[^\n:]{0,40}"
    r"\bmaire (d(?:e la |e l'|e |u |es |')[a-z][a-z' -]{2,40}?)(?=\s*(?:$|[,;.(\n]| - |\d))"
)
_OF_ANOTHER = r"president|vice-|delegue|adjoint|titulaire|candidat"
"""A mayor who signs as the president of something else, or the elected who are not the mayor."""
_COVER = 30
_OPENING = 4
"""A name that starts further does not open its line."""
_LINE = 120
"""Longest line of a cover that is a name, when no address follows it."""

_KIND_TOLD = (
    r"\b(?:est|constitue) (?:un )?(?P<sorte>etablissement public (?:foncier |scientifique |culturel )?"
    r"(?:national|de l'etat)[^.;]{0,40}(?:industriel|administratif))"
)
_OF_THE_STATE = ("epic_etat", "epa_etat")
_LOCAL_TOLD = (
    r"\best un etablissement public[^.;]{0,80}?\b(?:rattache a|cree par|issu de|dependant de) "
    r"(?:la |l'|une? )?(?:communaute|commune|ville|agglomeration|metropole|departement|region|collectivite)\b"
)
"""A body that a local authority made, whatever its name looks like: "un établissement public rattaché à la commune"."""
_BUYER = (
    r"^\W{0,3}(?:[\d.]{1,6}\s?[-).:]?\s?)?(?:l'|le |la )"
    r"(?!titulaire|exploitant|delegataire|operateur|candidat|occupant)"
)
"""How a sentence about the buyer opens."""


def find(reading: Reading, words: Subject) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``acheteur.nom``, ``acheteur.categorie`` and ``acheteur.siret``."""
    yield Sought("acheteur.nom", ("acheteur", "pouvoir adjudicateur", "maître d'ouvrage", "page de garde"))
    yield Sought(
        "acheteur.categorie", ("région", "département", "commune", "communauté", "centre hospitalier", "ministère")
    )
    text = text_of(reading)
    yield from _labelled_names(reading, text, words)
    yield from _names_on_cover(reading, text, words)
    yield from _mayors(reading, text)
    yield from _kinds_told(reading, text, words)
    yield from _sirets(reading, text, words)


def _labelled_names(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    for index, start, end in labelled_by(text, words["etiquettes"]):
        folded = text.folded[index]
        told = compiled(_LEAD_IN).match(folded, start)
        start = told.end() if told else start
        nested = told is None and opening(words["etiquettes"], folded, start)
        if not nested and not opening(words["autres_etiquettes"], folded, start):
            yield from _named(reading, text, index, start, end, 0.92, words, labelled_so=True)


def _names_on_cover(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    found: list[Candidate] = []
    for index in range(min(_COVER, len(text.blocks))):
        folded = text.folded[index]
        if index and compiled(_GOES_ON).search(text.folded[index - 1]):
            continue
        ended = len(folded) <= 2 * _LINE and _end(folded, 0, _LINE, words) is not None
        start = body_start(folded)
        short = len(folded) <= _LINE or ended or _run_on(text, index, start, words) is not None
        lead = compiled(r"\s*(?:monsieur |madame )?(?:la |le |l')?").match(folded, start)
        at = lead.end() if lead else start
        sure = opening(words["organismes"], folded, at) is not None
        if short and text.is_body(index) and (sure or opening(words["pages_de_garde"], folded, at)):
            found += _named(reading, text, index, start, len(folded), 0.75, words, labelled_so=sure)
            if compiled(_CUT_NAME).fullmatch(folded):
                found.append(
                    said(reading, "acheteur.categorie", "commune", text.blocks[index], (0, len(folded)), 0.7, ACHETEUR)
                )
    cover = range(min(_COVER, len(text.blocks)))
    placed = any(text.folded[index].strip().startswith(("arrondissement d", "canton d")) for index in cover)
    ruled = any(held(words["sous_un_ministere"], text.folded[index]) for index in cover)
    towns = [item for item in found if item.value == "commune"]
    if towns and (any(is_owner(text.folded[index], words) for index in cover) or _owned_by_a_brand(text, towns, words)):
        own = {item.evidence.location for item in towns}
        found = [item for item in found if item.evidence.location not in own]
    yield from (item for item in _without_places(found, words, placed=placed) if not (ruled and _is_ministry(item)))


def _mayors(reading: Reading, text: Text) -> Iterator[Candidate]:
    """The town whose mayor signs: "Représentant : Madame Brun, maire de Valombre"; nothing when two mayors do."""
    found: dict[str, tuple[int, tuple[int, int], str]] = {}
    for index in text.having("maire d"):
        match = compiled(_MAYOR).search(text.folded[index]) if index < 2 * _COVER else None
        if match is not None and compiled(_OF_ANOTHER).search(text.folded[index]) is None:
            raw = text.blocks[index].text[slice(*match.span(1))].strip(" :-–")
            found.setdefault(fold(raw), (index, match.span(1), raw))
    for index, span, raw in found.values() if len(found) == 1 else ():
        yield said(reading, "acheteur.nom", f"Commune {raw}", text.blocks[index], span, 0.64, ACHETEUR)
        yield said(reading, "acheteur.categorie", "commune", text.blocks[index], span, 0.62, ACHETEUR)


def _owned_by_a_brand(text: Text, towns: Sequence[Candidate], words: Subject) -> bool:
    """Say whether the label of the owner names somebody else than the towns of the cover: where one builds."""
    told = {word for town in towns for word in compiled(r"[a-z]{4,}").findall(fold(town.evidence.quote))}
    for index, start, end in labelled_by(text, words["etiquettes"]):
        folded = text.folded[index]
        if index >= 2 * _COVER or opening(words["autres_etiquettes"], folded, start):
            continue
        cut = _end(folded, start, end, words)
        end = end if cut is None else cut
        name, written = folded[start:end].strip(" :-"), text.blocks[index].text[start:end].strip(" :-–")
        if told.isdisjoint(compiled(r"[a-z]{4,}").findall(name)) and is_brand(written, name, words):
            return True
    return False


def _run_on(text: Text, index: int, start: int, words: Subject) -> int | None:
    """Return where the name ends that opens a whole page run together on one line, None on any other line."""
    raw = text.blocks[index].text
    shift = case_shift(raw[start : start + _LINE], words) if start < _OPENING and len(raw) > 2 * _LINE else None
    return None if shift is None else start + shift


def _end(folded: str, start: int, end: int, words: Subject) -> int | None:
    """Return where a name ends that starts there: before an address, a number, or whom it buys for."""
    cuts = (
        compiled(_NAME_ENDS).search(folded, start, end),
        compiled(any_of(words["pour_un_autre"])).search(folded, start, end),
    )
    return min((cut.start() for cut in cuts if cut), default=None)


def _before_a_number(folded: str, start: int, end: int) -> int:
    """Return where the name of a town ends, without the beginning of its address."""
    house = compiled(_HOUSE).search(folded, start, end) if compiled(_TOWN).match(folded, start, end) else None
    return house.start() if house else end


def _is_ministry(candidate: Candidate) -> bool:
    return fold(candidate.evidence.quote).strip().startswith("ministere")


def _without_places(found: Sequence[Candidate], words: Subject, *, placed: bool) -> Iterator[Candidate]:
    """A town's cover opens with its département, a département's with the school: neither of these buys.

    Nor does one that an arrondissement or a canton stands beside (``placed``), which says where the buyer is.
    """
    categories = {str(c.value) for c in found if c.name == "acheteur.categorie"}
    territories = {"departement", "region"}
    local = categories & {"commune", "epci", "metropole", "etablissement_sante", "bailleur_social"}
    for candidate in found:
        quote = fold(candidate.evidence.quote)
        told = {category_of(quote, words), category_of(fold(str(candidate.value)), words), str(candidate.value)}
        territory = not told.isdisjoint(territories) and "conseil" not in quote
        school = compiled(r"lycee|college").search(quote) is not None
        if not (territory and (local or placed)) and not (school and categories & territories):
            yield candidate


def _named(
    reading: Reading,
    text: Text,
    index: int,
    start: int,
    end: int,
    confidence: float,
    words: Subject,
    *,
    labelled_so: bool = False,
) -> Iterator[Candidate]:
    folded = text.folded[index]
    doubled = compiled(r"\s*nom officiel(?:\s*:\s*|(?=[a-z]))").match(folded, start, end)
    start = doubled.end() if doubled else start
    bought = compiled(_PURCHASE).search(folded, start, end)
    ends = (
        _end(folded, start, end, words),
        bought and bought.start(),
        _run_on(text, index, start, words),
    )
    whole, end = end, min([end, *(cut for cut in ends if cut is not None)])
    end = _before_a_number(folded, start, end)
    rest = rest_below(text, index, folded[start:end].strip(" :-"), words) if end == len(folded.rstrip()) else ""
    name = f"{folded[start:end].strip(' :-')} {fold(rest)}".strip()
    category = category_of(name, words) or (
        category_of(folded[start:whole], words) if folded[end : end + 3] == " - " else None
    )
    if opening(words["pour_un_autre"], folded, end):
        category = None
    initials = compiled(_INITIALS).fullmatch(text.blocks[index].text[start:whole].strip(" :")) is not None
    official = labelled_so and compiled(_OFFICIAL).search(folded, 0, start) is not None
    written = text.blocks[index].text[start:end].strip(" :-–")
    if category is None and labelled_so and (is_organisation(name, words) or is_proper(written, name, words)):
        category = kind_beside(folded, end, words)
    sort = compiled(any_of(words["sortes"])).fullmatch(name) is not None
    known = initials or is_organisation(name, words) or (official and is_proper(written, name, words))
    if (
        (category is None and not (labelled_so and known))
        or not 3 + (not initials) <= len(name) <= (_LINE if sort else 110)
        or compiled(_CUT_NAME).fullmatch(name)
        or "…" in name
        or held(words["verbes"], name)
    ):
        return
    glued = compiled(r"[a-zà-ÿ](?=[A-ZÉÈ][a-zà-ÿ]|\d{5})").search(text.blocks[index].text, start, end)
    end = glued.end() if glued else end
    raw = f"{' '.join(text.blocks[index].text[start:end].split()).strip(' :-–')} {rest}".strip()
    span = (start, end)
    if not sort:
        yield said(reading, "acheteur.nom", raw, text.blocks[index], span, confidence, ACHETEUR)
    if category is not None:
        yield said(reading, "acheteur.categorie", category, text.blocks[index], span, confidence - 0.02, ACHETEUR)


def _kinds_told(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate]:
    """Read "L'agence est un établissement public de l'État à caractère administratif", truer than what a name looks."""
    for index in text.having("etablissement public"):
        local = compiled(_LOCAL_TOLD).search(text.folded[index])
        if local and compiled(_BUYER).search(text.folded[index]):
            span, kind = local.span(), "etablissement_public_local"
            yield said(reading, "acheteur.categorie", kind, text.blocks[index], span, 0.9, ACHETEUR)
        match = compiled(_KIND_TOLD).search(text.folded[index])
        category = category_of(match["sorte"], words) if match else None
        if (
            match
            and category in _OF_THE_STATE
            and compiled(_BUYER).search(fold(text.blocks[index].text[: match.end()]))
        ):
            yield said(reading, "acheteur.categorie", category, text.blocks[index], match.span(), 0.97, ACHETEUR)


def _sirets(reading: Reading, text: Text, words: Subject) -> Iterator[Candidate | NearMiss]:
    """The number of the buyer; of several, the coordinator's, else none: a group is no contradiction."""
    found: dict[str, tuple[int, tuple[int, int], float]] = {}
    coordinators: set[str] = set()
    for index in _lines_of_sirets(text, reading.role):
        confidence = _is_buyer_s(text, index, reading.role, words)
        for match in compiled(r"(?<!\d)\d{3} ?\d{3} ?\d{3} ?\d{5}(?!\d)").finditer(text.folded[index]):
            digits = match.group().replace(" ", "")
            if confidence and is_siret(digits):
                found.setdefault(digits, (index, match.span(), confidence))
                coordinators.update([digits] if _is_coordinator(text, index, match.start()) else [])
    kept = set(found) if len(found) == 1 else coordinators if len(coordinators) == 1 else set()
    for digits, (index, span, confidence) in found.items():
        if digits in kept:
            yield said(reading, "acheteur.siret", digits, text.blocks[index], span, confidence, ACHETEUR)
        else:
            yield missed(reading, "acheteur.siret", text.blocks[index], span, "un des acheteurs d'un groupement")


def _lines_of_sirets(text: Text, role: str) -> Iterator[int]:
    """Yield the lines that say "SIRET", and the one below when it is the number that a form announces there.

    The forms of notices have a "Numéro national d'identification", which is that number in France.
    """
    for index in text.having("national d'identification") if role == "AAPC" else ():
        yield index
    for index in text.having("siret"):
        yield index
        below = text.folded[index + 1] if index + 1 < len(text.folded) else ""
        if "identification" in below and "siret" not in below:
            yield index + 1


def _is_buyer_s(text: Text, index: int, role: str, words: Subject) -> float:
    """Return how sure the number of a line is the buyer's: 0 beside, or under, the name of somebody else."""
    own = text.folded[index]
    if held(words["siret_d_un_autre"], own):
        return 0.0
    around = fold(text.blocks[index].heading) + "\n" + (text.folded[index - 1] if index else "")
    named = held(words["siret_de_l_acheteur"], own) or held(words["siret_de_l_acheteur"], around)
    if not named and held(words["siret_d_un_autre"], around):
        return 0.0
    return 0.85 if named or role in ("AAPC", "RC") else 0.65


def _is_coordinator(text: Text, index: int, start: int) -> bool:
    before = text.folded[index][:start]
    if compiled(r"coordon|membre").search(before) is None and index:
        before = text.folded[index - 1]
    return "coordon" in before and "membre" not in before
