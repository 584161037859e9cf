"""Who buys: name, SIRET and category of the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import is_siret
from achats_check.facts.structure.buyer_names import category_of, is_brand, is_organisation, is_owner
from achats_check.facts.structure.scan import Text, labelled, missed, said, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import ACHETEUR
from achats_check.patterns import compiled

_LABEL = (
    r"(?:(?:nom|designation|denomination)(?: et adresses?)?(?: officiel\w*)? (?:de l'acheteur"
    r"|de l'organisme(?: acheteur)?"
    r"|du pouvoir adjudicateur|du maitre d'ouvrage)(?: public)?|(?:le )?pouvoir adjudicateur"
    r"|(?:l')?acheteur(?: public)?|organisme(?: acheteur)?|(?:le )?maitre d'? ?ouvrage|(?:la )?maitrise d'? ?ouvrage"
    r"|noms? et adresses?|entite adjudicatrice"
    r"|(?:la )?personne publique|collectivite"
    r"|identification de l'acheteur"
    r"|(?:le )?coordonn?ateur du groupement(?: de commandes)? est)"
)
_BUYERS = (
    r"acheteur|adjudicat|maitre d'? ?ouvrage|coordon|collectivite|\b(?:commune|ville|mairie|departement|region"
    r"|metropole|communaute|syndicat|ministere|prefecture|universite|etablissement public|centre hospitalier)\b"
)
_OTHERS = (
    r"titulaire|candidat|sous-traitant|co-?traitant|mandataire|soumissionnaire|prestataire|signataire|raison sociale"
    r"|operateurs? economiques?|membres? d[ue]s? groupement|maitr(?:e|ise) d'oe?uvre|assistan|comptable|tresor"
)
"""Whose number stands on a line, under a title, or after a label."""
_OTHER_LABEL = r"(?:l')?(?:assistan\w+|maitre d'oe?uvre|conducteur d'operation|mandataire|comptable)\b"
"""Another label right after that of the buyer: two columns read as one, whose name comes first is not said."""
_FOR_ANOTHER = r",? ?\b(?:agissant|mandataire|mandatee?|au nom et pour|pour le compte)\b"
"""What follows the name of who buys for somebody else, whose category is not told."""
_NAME_ENDS = (
    rf"[\t\n;,(]|(?<!\b[a-z])\.|\.{{2}}| - |siret|represente|ci-apres|{_FOR_ANOTHER}|\s\d{{1,4}}(?: ?bis"
    rf"| ?ter)?,? (?:rue|av"
    r"|bd|bld|boulevard|route|place|quai|chemin|allee|impasse|cours|square|esplanade|parvis|zac\b|za\b|rond)"
    r"|\b(?:bp|cs) ?\d"
    r"|\b(?:tel|fax|telephone|courriel)\b|\bhotel d[ue] (?:ville|departement|la region)|(?<=\w )mairie d"
    r"|\bcentre administratif|\bservices? (?:techniques?|des marches)"
    r"|\s\d{2} ?\d{3}(?: [a-z]|\s*$)|(?<=\w )etablissement public de sante\b"
)
_PURCHASE = (
    r"(?<! la)(?<! le)(?<! les)(?<! de)(?<! des)(?<! du)(?<! et)(?<!\bgip)(?<!\bspl)(?<!\bsem)"
    r" (?:(?:construction|restructuration|rehabilitation"
    r"|renovation|amenagement|creation|extension|travaux|fourniture|entretien|restauration|maintenance) d|etude\b"
    r"|objet d|dossier de consultation|marches? (?:de|public)|reglement de|cahier des)"
)
"""What stands beside a name on a line of a cover, and is bought."""
_GENERIC = (
    r"(?:la |le |l')?(?:syndicat(?: mixte| intercommunal| departemental)?|communaute (?:de communes|urbaine"
    r"|d'agglomeration)"
    r"|centre hospitalier|universite|lycee|commune|association|etablissement public|office public de l'habitat|mairie"
    r"|chambre de commerce et d'industrie|groupement de commandes|metropole|region|departement|ville)"
)
"""A kind of buyer without its name, which stands elsewhere."""
_GOES_ON = r"(?:\bet|\bet (?:de )?(?:la|le|les|l'))\s*$"
"""The end of a line that the next one completes: what this one names is a part of another name."""
_UNDER_MINISTRY = (
    r"\b(?:creps|crous|lycee|college|universite|universitaires|ecole|institut|rectorat|academie|musee|centre (?:de"
    r"|national|regional|international)|etablissement public|agence)\b"
)
"""Who buys under the name of the ministry that stands at the head of its pieces."""
_CUT_NAME = r"\s*(?:commune|ville|mairie) d(?:e|'|u|es)(?: la| l')?\s*"
"""The line of a town whose name stands on the next."""
_COVER = 30
_LINE = 120
"""Longest line of a cover that is a name, when no address follows it."""


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``acheteur.nom``, ``acheteur.categorie`` and ``acheteur.siret``."""
    yield Sought("acheteur.nom", ("acheteur", "pouvoir adjudicateur", "maître d'ouvrage", "page de garde"))
    yield Sought(
        "acheteur.categorie", ("région", "département", "commune", "communauté", "centre hospitalier", "ministère")
    )
    text = text_of(reading)
    yield from _labelled_names(reading, text)
    yield from _names_on_cover(reading, text)
    yield from _sirets(reading, text)


def _labelled_names(reading: Reading, text: Text) -> Iterator[Candidate]:
    for literal in ("acheteur", "adjudicat", "ouvrage", "personne publique", "collectivite", "coordon", "et adresse"):
        for index, start, end in labelled(text, literal, _LABEL):
            nested = compiled(_LABEL).match(text.folded[index], start)
            told = compiled(r"(?:organisme de securite sociale|etablissement|nom)\s*:\s*").match(
                text.folded[index], start
            )
            if told is not None:
                start, nested = told.end(), None
            if nested is not None or compiled(_OTHER_LABEL).match(text.folded[index], start):
                continue
            yield from _named(reading, text, index, start, end, 0.92, labelled_so=True)


def _names_on_cover(reading: Reading, text: Text) -> Iterator[Candidate]:
    starts = compiled(
        r"\s*(?:monsieur |madame )?(?:la |le |l')?(?:mairie|ville|commune|region"
        r"|conseil (?:regional|departemental|general"
        r"|d'etat)|departement|communaute|agglomeration d"
        r"|metropole|eurometropole|centre hospitalier|chu |hopital|hospices|office public|prefecture"
        r"|prefete? d|ministere"
        r"|universite|syndicat|sivom|ccas|centre (?:inter)?communal|lycee|sdis|service departemental d'incendie"
        r"|etablissement public|agence |crous|centre regional des|centre national|institut national"
        r"|assistance publique"
        r"|ecole (?:nationale|normale)|office (?:national|francais)"
        r"|oph |opac |sa d'hlm|societe anonyme d'hlm|habitat (?:du|de|des|en) "
        r"|[a-z' ]{3,40} - (?:societe anonyme|sa) d'hlm"
        r"|s\.?d\.?i\.?s\b|parc (?:national|naturel)|voies navigables|caisse des ecoles|si[cr]tom|sm[ei][cr]tom|petr )"
    )
    found: list[Candidate] = []
    for index in range(min(_COVER, len(text.blocks))):
        folded = text.folded[index]
        if index and compiled(_GOES_ON).search(text.folded[index - 1]):
            continue
        short = len(folded) <= _LINE or (
            len(folded) <= 2 * _LINE and compiled(_NAME_ENDS).search(folded, 0, _LINE) is not None
        )
        if short and starts.match(folded) and text.is_body(index):
            found += _named(reading, text, index, 0, len(folded), 0.75)
            if compiled(_CUT_NAME).fullmatch(folded):
                found.append(
                    said(reading, "acheteur.categorie", "commune", text.blocks[index], (0, len(folded)), 0.7, ACHETEUR)
                )
    cover = range(min(_COVER, len(text.blocks)))
    placed = any(text.folded[index].strip().startswith(("arrondissement d", "canton d")) for index in cover)
    ruled = any(compiled(_UNDER_MINISTRY).search(text.folded[index]) for index in cover)
    towns = [item for item in found if item.value == "commune"]
    if towns and (any(is_owner(text.folded[index]) for index in cover) or _owned_by_a_brand(text, towns)):
        own = {item.evidence.location for item in towns}
        found = [item for item in found if item.evidence.location not in own]
    yield from (item for item in _without_places(found, placed=placed) if not (ruled and _is_ministry(item)))


def _owned_by_a_brand(text: Text, towns: Sequence[Candidate]) -> bool:
    """Say whether the label of the owner names somebody else than the towns of the cover: where one builds."""
    told = {word for town in towns for word in compiled(r"[a-z]{4,}").findall(fold(town.evidence.quote))}
    for literal in ("ouvrage", "acheteur", "adjudicat"):
        for index, start, end in labelled(text, literal, _LABEL):
            folded = text.folded[index]
            if index >= 2 * _COVER or compiled(_OTHER_LABEL).match(folded, start):
                continue
            cut = compiled(_NAME_ENDS).search(folded, start, end)
            end = cut.start() if cut else end
            name = folded[start:end].strip(" :-")
            if told.isdisjoint(compiled(r"[a-z]{4,}").findall(name)) and is_brand(
                text.blocks[index].text[start:end].strip(" :-–"), name
            ):
                return True
    return False


def _is_ministry(candidate: Candidate) -> bool:
    return fold(candidate.evidence.quote).strip().startswith("ministere")


def _without_places(found: Sequence[Candidate], *, placed: bool) -> Iterator[Candidate]:
    """A town's cover opens with its département, a département's with the school: neither of these buys.

    Nor does one that an arrondissement or a canton stands beside (``placed``), which says where the buyer is.
    """
    categories = {str(c.value) for c in found if c.name == "acheteur.categorie"}
    territories = {"departement", "region"}
    local = categories & {"commune", "epci", "metropole", "etablissement_sante", "bailleur_social"}
    for candidate in found:
        quote = fold(candidate.evidence.quote)
        territory = category_of(quote) in territories and "conseil" not in quote
        school = compiled(r"lycee|college").search(quote) is not None
        if not (territory and (local or placed)) and not (school and categories & territories):
            yield candidate


def _named(
    reading: Reading, text: Text, index: int, start: int, end: int, confidence: float, *, labelled_so: bool = False
) -> Iterator[Candidate]:
    folded = text.folded[index]
    official = compiled(r"\s*nom officiel\s*:\s*").match(folded, start, end)
    start = official.end() if official else start
    cut = compiled(rf"{_NAME_ENDS}|{_PURCHASE}").search(folded, start, end)
    whole, end = end, cut.start() if cut else end
    name = folded[start:end].strip(" :-")
    category = category_of(name) or category_of(folded[start:whole] if folded[end : end + 3] == " - " else "")
    if compiled(_FOR_ANOTHER).match(folded, end):
        category = None
    if (
        (category is None and not (labelled_so and is_organisation(name)))
        or not 4 <= len(name) <= 110
        or compiled(_CUT_NAME).fullmatch(name)
        or "…" in name
        or compiled(
            r"\b(?:est|sont|sera|doit|peut|comprend|concerne|a pour|lance|souhaite|organise|procede|passe|engage)\b"
        ).search(name)
    ):
        return
    glued = compiled(r"[a-zà-ÿ](?=[A-ZÉÈ][a-zà-ÿ]|\d{5})").search(text.blocks[index].text, start, end)
    end = glued.end() if glued else end
    raw = " ".join(text.blocks[index].text[start:end].split()).strip(" :-–")
    span = (start, end)
    if not compiled(_GENERIC).fullmatch(name):
        yield said(reading, "acheteur.nom", raw, text.blocks[index], span, confidence, ACHETEUR)
    if category is not None:
        yield said(reading, "acheteur.categorie", category, text.blocks[index], span, confidence - 0.02, ACHETEUR)


def _sirets(reading: Reading, text: Text) -> Iterator[Candidate | NearMiss]:
    """The number of the buyer; of several, the coordinator's, else none: a group is no contradiction."""
    found: dict[str, tuple[int, tuple[int, int], float]] = {}
    coordinators: set[str] = set()
    for index in text.having("siret"):
        confidence = _is_buyer_s(text, index, reading.role)
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


def _is_buyer_s(text: Text, index: int, role: str) -> float:
    """Return how sure the number of a line is the buyer's: 0 beside, or under, the name of somebody else."""
    own = text.folded[index]
    if compiled(_OTHERS).search(own):
        return 0.0
    around = fold(text.blocks[index].heading) + "\n" + (text.folded[index - 1] if index else "")
    named = compiled(_BUYERS).search(own) or compiled(_BUYERS).search(around)
    if not named and compiled(_OTHERS).search(around):
        return 0.0
    return 0.85 if named or role in ("AAPC", "RC") else 0.65


def _is_coordinator(text: Text, index: int, start: int) -> bool:
    before = text.folded[index][:start]
    if compiled(r"coordon|membre").search(before) is None and index:
        before = text.folded[index - 1]
    return "coordon" in before and "membre" not in before
