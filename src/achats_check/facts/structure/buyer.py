"""Who buys: name, SIRET and category of the buyer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.codes import is_siret
from achats_check.facts.structure.scan import Text, labelled, missed, said, text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import ACHETEUR
from achats_check.patterns import compiled

_CATEGORIES = (
    ("etat", r"^(?:monsieur |madame )?(?:la |le |l')?(?:prefecture|prefete? |ministere|sous-prefecture|etat\b)"),
    ("etablissement_public_local", (
        r"parc naturel regional|syndicat (?:mixte|intercommunal|intercommunautaire|departemental|des eaux|d'energie"
        r"|de traitement|de gestion|d'amenagement|de bassin|de rivieres?\b"
        r"|d'assainissement|pour )|\bsi(?:vom|vu|ctom|rtom|ctm|aep|vos)\b|\bs(?:mic|mec|ic|ir)tom\b"
        r"|\bccas\b|\bcias\b|centre (?:inter)?communal d'action sociale|\bsdis\b"
        r"|service (?:departemental|territorial)(?:-metropolitain)? d'incendie|caisse des ecoles|lycee|college "
        r"|regie (?!regional)|centre de gestion|etablissement public (?:territorial|foncier|local)|\bpetr\b"
    )),
    ("metropole", r"(?:eurometropole|metropole) (?:de |d'|du |europeenne|[a-z])|[a-z-]+ metropole\b"),
    ("epci", (
        r"(?:communaute|cte) (?:de communes|de cnes\b|d'agglomeration|d'agglo|urbaine)|\bcommunaute urbaine\b"
        r"|^(?:l')?agglomeration (?:de |d'|du |des )|^c[cu] |^ca .*\bagglo(?:meration)?\b"
    )),
    ("region", (
        r"(?:conseil )?region(?:al)? (?:de |d'|du |des |[a-z]+-?[a-z]*)|collectivite territoriale de (?:corse"
        r"|martinique|guyane)"
    )),
    ("departement", (
        r"departement (?:de |d'|du |des )|conseil (?:departemental|general)\b"
        r"|collectivite europeenne d'alsace"
    )),
    ("etablissement_sante", (
        r"centre hospitalier|\bchu\b|\bchr?u?\b|hopital|hopitaux|hospices civils|\behpad\b|\bgcs\b"
        r"|groupement hospitalier|assistance publique"
    )),
    ("bailleur_social", (
        r"office public (?:de l'habitat|d'habitat)|\boph\b|\bopac\b|societe anonyme d'hlm|s\.?a\.? d'?hlm"
        r"|\bhlm\b|\b[a-z]+ habitat\b|entreprise sociale pour l'habitat"
    )),
    ("etat", (
        r"prefecture|ministere|\bdirection (?:interregionale|interdepartementale|regionale)\b|\bdreal\b"
        r"|\bdrfip\b|\bdiro?\b|conseil d'etat|cour des comptes|service du commissariat|etat -|sgami"
    )),
    ("epa_etat", (
        r"universite|\bcrous\b|oe?uvres universitaires|\bcnrs\b|recherche scientifique|\binserm\b|\binrae\b|\binria\b"
        r"|\bensa?\b|ecole (?:nationale|normale)|\bars\b|agence regionale de sante|agence de l'eau|agence nationale"
        r"|france travail|pole emploi|caisse nationale|institut national|office francais|parc national|musee national"
        r"|meteo[- ]france|etablissement francais du sang"
    )),
    ("epic_etat", (
        r"\bepic\b|\bcea\b|commissariat a l'energie atomique"
        r"|\bonf\b|office national des forets|\bademe\b|\bbrgm\b|voies navigables|\bafpa\b"
        r"|\bsncf\b|\bratp\b|\bcnes\b"
    )),
    ("commune", r"(?:commune|ville|mairie) (?:de |d'|du |des |l'|la |le |les |[a-z]{3})"),
)  # fmt: skip
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
_CUT_NAME = r"\s*(?:commune|ville|mairie) d(?:e|'|u|es)(?: la| l')?\s*"
"""The line of a town whose name stands on the next."""
_COVER = 30


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


def category_of(name: str) -> str | None:
    """Return the category that a folded buyer's name says, or None."""
    return next((category for category, pattern in _CATEGORIES if compiled(pattern).search(name)), None)


def _labelled_names(reading: Reading, text: Text) -> Iterator[Candidate]:
    for literal in ("acheteur", "adjudicat", "ouvrage", "personne publique", "collectivite", "coordon", "et adresse"):
        for index, start, end in labelled(text, literal, _LABEL):
            nested = compiled(_LABEL).match(text.folded[index], start)
            if nested is not None or compiled(_OTHER_LABEL).match(text.folded[index], start):
                continue
            yield from _named(reading, text, index, start, end, 0.92)


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
        if len(folded) <= 120 and starts.match(folded) and text.is_body(index):
            found += _named(reading, text, index, 0, len(folded), 0.75)
            if compiled(_CUT_NAME).fullmatch(folded):
                found.append(
                    said(reading, "acheteur.categorie", "commune", text.blocks[index], (0, len(folded)), 0.7, ACHETEUR)
                )
    yield from _without_places(found)


def _without_places(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """A town's cover opens with its département, a département's with the school: neither of these buys."""
    categories = {str(c.value) for c in found if c.name == "acheteur.categorie"}
    territories = {"departement", "region"}
    local = categories & {"commune", "epci", "metropole", "etablissement_sante", "bailleur_social"}
    for candidate in found:
        quote = fold(candidate.evidence.quote)
        territory = category_of(quote) in territories and "conseil" not in quote
        school = compiled(r"lycee|college").search(quote) is not None
        if not (territory and local) and not (school and categories & territories):
            yield candidate


def _named(reading: Reading, text: Text, index: int, start: int, end: int, confidence: float) -> Iterator[Candidate]:
    folded = text.folded[index]
    official = compiled(r"\s*nom officiel\s*:\s*").match(folded, start, end)
    start = official.end() if official else start
    cut = compiled(r"[\t\n;,.(]| - |siret|represente|ci-apres").search(folded, start, end)
    whole, end = end, cut.start() if cut else end
    name = folded[start:end].strip(" :-")
    category = category_of(name) or category_of(folded[start:whole] if folded[end : end + 3] == " - " else "")
    if (
        category is None
        or not 4 <= len(name) <= 110
        or compiled(_CUT_NAME).fullmatch(name)
        or compiled(
            r"\b(?:est|sont|sera|doit|peut|comprend|concerne|a pour|lance|souhaite|organise|procede|passe|engage)\b"
        ).search(name)
    ):
        return
    raw = " ".join(text.blocks[index].text[start:end].split()).strip(" :-–")
    span = (start, end)
    yield said(reading, "acheteur.nom", raw, text.blocks[index], span, confidence, ACHETEUR)
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
