"""Names of buyers: the category each tells, and those that tell an organisation only."""

from __future__ import annotations

from achats_check.facts.terms import Subject, held, opening
from achats_check.patterns import compiled

_CATEGORIES = (
    ("etat", r"^(?:monsieur |madame )?(?:la |le |l')?(?:prefecture|prefete? |ministere|sous-prefecture|etat\b)"),
    ("etablissement_public_local", (
        r"parc naturel regional|syndicat (?:mixte|intercommunal|intercommunautaire|departemental|des eaux|d'energie"
        r"|de traitement|de gestion|d'amenagement|de bassin|de rivieres?\b"
        r"|d'assainissement|pour )|\bsi(?:vom|vu|ctom|rtom|ctm|aep|vos)\b|\bs(?:mic|mec|ic|ir)tom\b"
        r"|\bccas\b|\bcias\b|centre (?:inter)?communal d'action sociale|\bsdis\b"
        r"|service (?:departemental|territorial)(?:-metropolitain)? d'incendie|caisse des ecoles|lycee|college "
        r"|regie (?!regional)|\bepcc\b|centre de gestion|etablissement public (?:territorial|foncier|local"
        r"|de cooperation culturelle)|\bpetr\b"
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
        r"office public (?:de l'habitat|d'habitat)|\boph\b|\bopac\b|societe anonyme d'hlm|s\.?a\.? d'? ?h\.?l\.?m"
        r"|\bh\.?l\.?m\b|\b[a-z]+ habitat\b|entreprise sociale pour l'habitat"
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
_ACRONYM = r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&'’ .-]{3,40}"
_LONGEST = 300
"""Code points of a name that are read: a field of a notice may hold anything."""


def category_of(name: str) -> str | None:
    """Return the category that a folded buyer's name says, or None."""
    said = name[:_LONGEST]
    return next((category for category, pattern in _CATEGORIES if compiled(pattern).search(said)), None)


def is_organisation(name: str, words: Subject) -> bool:
    """Say whether a folded name opens like that of an association, a company or a chamber, category unknown."""
    return opening(words["organisations"], name) is not None and held(words["pas_un_nom"], name) is None


def is_owner(line: str, words: Subject) -> bool:
    """Say whether a folded line of a cover is the name of a landlord, a developer or a group of hospitals."""
    return opening(words["proprietaires"], line[:_LONGEST]) is not None


def is_brand(name: str, folded: str, words: Subject) -> bool:
    """Say whether the name after the label of the owner is an acronym or a brand, and no town under another form.

    Args:
        name: The name as written.
        folded: The same, folded.
        words: What tells a brand, a town, and what is no name.
    """
    if category_of(folded) or held(words["pas_un_nom"], folded) or held(words["d_une_collectivite"], folded):
        return False
    return bool(
        compiled(_ACRONYM).fullmatch(name) or held(words["enseignes"], folded) or is_organisation(folded, words)
    )
