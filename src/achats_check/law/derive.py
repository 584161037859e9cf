"""Facts computed from other facts: the value compared with thresholds, the family of procedure, the presumptions.

Each derivation fills a fact that nothing states; a declared or read fact is never replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from achats_check.law import derive_articles as articles
from achats_check.law import derive_buyer as buyer
from achats_check.law import derive_clauses as clauses
from achats_check.law import derive_criteria as criteria
from achats_check.law import derive_publicity as publicity
from achats_check.law import derive_regime as regime
from achats_check.law import derive_value as value
from achats_check.law.context import Context
from achats_check.model.fact import (
    ABSENT,
    ACHETEUR,
    CONFLICT,
    DECLARED,
    DERIVED,
    GRANT,
    KNOWN,
    MARCHE,
    STRUCTURED,
    UNKNOWN,
    Evidence,
    Fact,
    FactSet,
    Scope,
    Search,
    Value,
)
from achats_check.vocabulary import FactSpec

Derivation = Callable[[Context], Value | None]

INPUTS: dict[str, tuple[str, ...]] = {
    "nombre_lots": ("lots",),
    "alloti": ("nombre_lots",),
    "valeur_besoin_ht": ("valeur_estimee_ht", "valeur_maximale_ht"),
    "famille_achats.total_12_mois": ("famille_achats.commandes_12_mois",),
    "conventionnement.beneficiaire": ("conventionnement.initiative",),
    "procedure.famille": ("procedure.type",),
    **dict.fromkeys(publicity.TOLD_BY, ("procedure.publicite",)),
    "procedure.exception_dispense": ("procedure.fondement",),
    "regime": ("procedure.fondement", "outre_mer"),
    "innovant": ("procedure.fondement",),
    "accord_cadre.maximum_fixe": ("valeur_maximale_ht",),
    "lots.nombre_decrits": ("lots", "alloti"),
    "lots.valeur_totale_ht": ("valeur_estimee_ht",),
    "execution.liste_publiee": ("execution.date_liste_publiee",),
    "petits_lots.cumul_part": ("petit_lot", "valeur_estimee_ht"),
    "lots.taille_accessible": ("valeur_estimee_ht", "type"),
    "services_sociaux_specifiques": ("cpv",),
    "cpv_reservable_ess": ("cpv",),
    "reservation.mois_depuis_precedent": ("reservation.titulaire_precedent.date_attribution",),
    "reservation.duree_mois": ("duree_mois",),
    "non_allotissement.motif_admis": ("non_allotissement.motif",),
    "delai_offres_jours": ("date_lancement", "date_limite_offres"),
    "criteres_somme": ("criteres",),
    "criteres.echelle": ("criteres",),
    "criteres.prix_seul": ("criteres",),
    "criteres.prix_et_delai_seuls": ("criteres",),
    "criteres.indiques": ("criteres",),
    "criteres.plusieurs": ("criteres",),
    "criteres.ponderes": ("criteres",),
    "environnement.critere": ("criteres",),
    "environnement.critere_poids": ("criteres",),
    "environnement.cout_cycle_vie": ("criteres",),
    "social.critere": ("criteres",),
    "social.critere_poids": ("criteres",),
    "labels.exiges": ("labels",),
    "labels.equivalence_admise": ("labels",),
    "labels.commerce_equitable": ("labels",),
    "social.heures_insertion": ("social.ratio_heures", "valeur_estimee_ht"),
    "social.heures_calcul": ("social.ratio_heures", "valeur_estimee_ht"),
    "social.organes_manquants": clauses.SOCIAL_FACTS,
    "social.organes_presents": clauses.SOCIAL_FACTS,
    "environnement.organes_manquants": clauses.ENVIRONMENT_FACTS,
    "environnement.organes_presents": clauses.ENVIRONMENT_FACTS,
    "chiffre_affaires_minimal_ratio": ("chiffre_affaires_minimal_ht", "valeur_estimee_ht"),
    "acheteur.entite_adjudicatrice": ("acheteur.categorie", "objet"),
    "acheteur.entreprise_publique": ("acheteur.categorie",),
}
"""What each derived fact is computed from, to tell people what to provide."""

ORDER: tuple[tuple[str, Derivation], ...] = (
    ("nombre_lots", value.lot_count),
    ("alloti", value.divided_in_lots),
    ("non_allotissement.motif_admis", value.reason_of_the_law),
    ("services_sociaux_specifiques", value.social_services),
    ("cpv_reservable_ess", value.reservable_to_ess),
    ("contrat", value.contract_kind),
    ("regime", regime.governing_book),
    ("conventionnement.beneficiaire", value.beneficiary_kind),
    ("procedure.exception_dispense", articles.other_dispense),
    ("innovant", articles.innovative),
    ("accord_cadre.maximum_fixe", articles.ceiling_fixed),
    ("lots.nombre_decrits", articles.described_lots),
    ("lots.valeur_totale_ht", articles.value_of_all_lots),
    ("execution.liste_publiee", articles.list_published),
    ("acheteur.entite_adjudicatrice", buyer.buys_for_a_network),
    ("acheteur.entreprise_publique", buyer.public_undertaking),
    ("valeur_besoin_ht", value.value_of_need),
    ("famille_achats.total_12_mois", value.family_total),
    ("procedure.famille", value.procedure_family),
    *((name, publicity.appeared_in(supports)) for name, supports in publicity.TOLD_BY.items()),
    ("delai_offres_jours", publicity.days_to_answer),
    ("reservation.duree_mois", value.reserved_duration),
    ("reservation.mois_depuis_precedent", value.months_since_previous),
    ("criteres_somme", criteria.total_weight),
    ("criteres.echelle", criteria.scale),
    ("criteres.prix_seul", criteria.price_alone),
    ("criteres.prix_et_delai_seuls", criteria.price_and_delay_alone),
    ("criteres.indiques", criteria.stated),
    ("criteres.plusieurs", criteria.several),
    ("criteres.ponderes", criteria.weighted),
    ("environnement.critere", criteria.environmental),
    ("environnement.critere_poids", criteria.environmental_weight),
    ("environnement.cout_cycle_vie", criteria.life_cycle_cost),
    ("social.critere", criteria.social),
    ("social.critere_poids", criteria.social_weight),
    ("labels.exiges", criteria.label_required),
    ("labels.equivalence_admise", criteria.equivalence_accepted),
    ("labels.commerce_equitable", criteria.fair_trade),
    ("social.heures_insertion", clauses.hours_of_ratio),
    ("social.heures_calcul", clauses.reckoning_of_hours),
    ("social.organes_manquants", clauses.social_missing),
    ("social.organes_presents", clauses.social_present),
    ("environnement.organes_manquants", clauses.environmental_missing),
    ("environnement.organes_presents", clauses.environmental_present),
    ("chiffre_affaires_minimal_ratio", value.turnover_ratio),
    ("petits_lots.cumul_part", value.small_lots_share),
    ("lots.taille_accessible", value.lot_within_reach),
)
"""Derived facts in the order they are computed: each may use those before it."""

FIGURES = frozenset({"dispense.livres", "petits_lots.procedure_adaptee"})
"""Dated parameters that derivations read: the others change no derived fact."""

UNSETTLED: dict[str, Callable[[Context], bool]] = {
    "regime": regime.ordinary_book_unsettled,
    "procedure.exception_dispense": articles.other_dispense_unsettled,
}
"""Facts presumed in the ordinary case, and what says that the case may not be ordinary: then they stay unknown."""


def derive(context: Context) -> FactSet:
    """Return the facts of a context completed with those that can be computed or presumed."""
    facts = context.facts
    vocabulary = context.book.vocabulary
    lots = [Scope("lot", lot) for lot in facts.lots]
    disputed = any(fact.status == CONFLICT for fact in facts)
    for name, derivation in ORDER:
        spec = vocabulary[name]
        for scope in _held_by(spec, lots):
            if not _fillable(facts.get(name, scope)) or _told_for_all(spec, scope, facts):
                continue
            seen = Context(context.book, facts, context.day, scope)
            found = _found(name, derivation, seen) if disputed else derivation(seen)
            if found is None and _absent_with_inputs(name, seen):
                facts = facts.merged(Fact(name, scope, spec.none_value, ABSENT, DERIVED, search=_search_of(name, seen)))
            if found is not None and not (scope.kind == "lot" and found == seen.known(name)):
                facts = facts.merged(_derived(name, scope, found, seen))
    return facts.merged(*_presumptions(context, facts))


def _held_by(spec: FactSpec, lots: list[Scope]) -> list[Scope]:
    """Return the scopes that a derived fact is computed for."""
    for scope in (ACHETEUR, GRANT):
        if scope.kind in spec.scopes:
            return [scope]
    return [MARCHE, *(lots if "lot" in spec.scopes else ())]


def _found(name: str, derivation: Derivation, context: Context) -> Value | None:
    """Return what is derived; from a fact the pieces dispute, what each of its values gives when all give the same.

    Two rival lists of criteria are both lists of criteria: the dispute is told by itself, not as their absence.
    """
    inputs = [context.fact(source) for source in INPUTS.get(name, ()) if source in context.book.vocabulary]
    disputed = [fact for fact in inputs if fact.status == CONFLICT]
    if len(disputed) != 1:
        return derivation(context)
    found = [derivation(_supposing(context, disputed[0], value)) for value in disputed[0].candidates]
    return found[0] if all(value == found[0] for value in found) else None


def _supposing(context: Context, fact: Fact, value: Value | None) -> Context:
    facts = context.facts.merged(fact._replace(value=value, status=KNOWN))
    return Context(context.book, facts, context.day, context.scope)


def _fillable(fact: Fact | None) -> bool:
    """A fact that is unknown may be filled; one that was looked for and is absent may not."""
    return fact is None or fact.status == UNKNOWN


def _told_for_all(spec: FactSpec, scope: Scope, facts: FactSet) -> bool:
    """What was said of the whole market holds for a lot that has nothing of its own to compute another value from."""
    whole = facts.get(spec.name) if scope.kind == "lot" and spec.inherited else None
    if whole is None or _fillable(whole) or whole.origin == DERIVED:
        return False
    return not any(facts.get(source, scope) for source in INPUTS.get(spec.name, ()))


_ABSENT_WITH = {"chiffre_affaires_minimal_ratio": "chiffre_affaires_minimal_ht"}
"""A derived fact that is absent as soon as one of its inputs is."""


def _absent_with_inputs(name: str, context: Context) -> bool:
    return name in _ABSENT_WITH and context.fact(_ABSENT_WITH[name]).status == ABSENT


def _search_of(name: str, context: Context) -> Search | None:
    return context.fact(_ABSENT_WITH[name]).search


def _derived(name: str, scope: Scope, found: Value, context: Context) -> Fact:
    sources = [_source(source, context) for source in INPUTS.get(name, ()) if source in context.book.vocabulary]
    known = [fact for fact in sources if fact.status in {KNOWN, ABSENT, CONFLICT}]
    evidence: tuple[Evidence, ...] = tuple(e for fact in known for e in _carrying(fact, name, found))
    confidence = min((fact.confidence for fact in known), default=0.9)
    search = next((fact.search for fact in known if fact.status == ABSENT), None)
    return Fact(name, scope, found, KNOWN, DERIVED, confidence, evidence, search=search)


_SUMS = frozenset({"criteres_somme"})
"""Derived facts that every passage of their source is a part of."""


def _carrying(fact: Fact, name: str, found: Value) -> tuple[Evidence, ...]:
    """Return the first passage of a source; of an amount taken over as it is, all, as each may be a part of a sum."""
    summed = name in _SUMS or (isinstance(found, Decimal) and found == fact.value)
    return fact.evidence if summed else fact.evidence[:1]


def _source(name: str, context: Context) -> Fact:
    """Return the fact a derived one rests on; an organ of a clause may be written for one lot only."""
    return (clauses.shown(context, name) if name in clauses.SHOWN_BY_LOT else None) or context.fact(name)


def _presumptions(context: Context, facts: FactSet) -> Iterable[Fact]:
    """Presume the ordinary case where the vocabulary gives one and nothing says otherwise."""
    for name, spec in context.book.vocabulary.items():
        if spec.default is None or (name in UNSETTLED and UNSETTLED[name](Context(context.book, facts, context.day))):
            continue
        scopes = [Scope("lot", lot) for lot in facts.lots] if "lot" in spec.scopes else []
        for scope in [*scopes, *([] if spec.scopes == ("lot",) else [MARCHE])]:
            own = facts.get(name, scope)
            if _fillable(own) and not (scope.kind == "lot" and spec.inherited):
                yield Fact(name, scope, spec.default, KNOWN, DERIVED, 0.9, search=own.search if own else None)


def declared_throughout(fact: Fact, context: Context) -> bool:
    """Say whether a fact rests on declarations only, through what it is derived from."""
    if fact.origin != DERIVED:
        return fact.origin in {DECLARED, STRUCTURED}
    sources = [context.fact(name) for name in INPUTS.get(fact.name, ()) if name in context.book.vocabulary]
    known = [source for source in sources if source.status != UNKNOWN and source.name != fact.name]
    return all(declared_throughout(source, context) for source in known)
