"""Facts computed from other facts: what each derivation gives, and where it keeps silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.law.builders import DAY, bare_book, context, facts

from achats_check.examples import situation
from achats_check.law.context import Context
from achats_check.law.derive import FIGURES, declared_throughout, derive
from achats_check.law.loader import load_sources
from achats_check.model.fact import (
    ACHETEUR,
    CONFLICT,
    DECLARED,
    EXTRACTED,
    KNOWN,
    MARCHE,
    STRUCTURED,
    Evidence,
    Fact,
    FactSet,
    Location,
    Scope,
)
from achats_check.resources import rules_root

BOOK = bare_book()
REGION = {"acheteur.categorie": "region"}
RATIO = "chiffre_affaires_minimal_ratio"
D = Decimal


def lots(*described: dict[str, Any]) -> dict[str, Any]:
    """Return a market of lots numbered from 1."""
    return {"lots": [{"numero": rank, **lot} for rank, lot in enumerate(described, 1)]}


def small_lot(value: int) -> dict[str, Any]:
    """Return a market of 300 000 € in two lots, of which a small one."""
    return {"valeur_estimee_ht": 300_000} | lots({"valeur_estimee_ht": value, "petit_lot": True}, {})


def criteria(*described: tuple[str, int | None, str | None]) -> dict[str, Any]:
    """Return criteria: name, weight, nature."""
    held = [{"nom": name, "poids": weight, "nature": nature} for name, weight, nature in described]
    return {"criteres": [{key: value for key, value in item.items() if value is not None} for item in held]}


@pytest.mark.parametrize(
    ("declared", "name", "expected"),
    [
        # A market that is not divided has no lot to describe; a divided one has those that are described.
        ({"alloti": False}, "lots.nombre_decrits", 0),
        ({"nombre_lots": 1}, "lots.nombre_decrits", 0),
        ({"alloti": True}, "lots.nombre_decrits", None),
        ({"alloti": False} | lots({}, {}), "lots.nombre_decrits", 2),
        # More than one criterion.
        (criteria(("Prix", 100, "prix")), "criteres.plusieurs", False),
        (criteria(("Prix", None, None), ("Délai", None, None)), "criteres.plusieurs", True),
        ({"criteres": []}, "criteres.plusieurs", None),
        # Where a notice appeared, from the list of its supports.
        ({"procedure.publicite": ["profil_acheteur"]}, "avis.publie", True),
        ({"procedure.publicite": ["profil_acheteur"]}, "avis.publie_joue", False),
        ({"procedure.publicite": ["autre"]}, "avis.publie", False),
        ({"procedure.publicite": ["boamp_jal", "joue"]}, "avis.publie_boamp_jal", True),
        ({"procedure.type": "appel_offres_ouvert"}, "avis.publie", None),
        # The value compared with thresholds: the ceiling of a framework counts, the smaller of two never does.
        ({"valeur_estimee_ht": 100, "valeur_maximale_ht": 300}, "valeur_besoin_ht", 300),
        ({"valeur_estimee_ht": 300, "valeur_maximale_ht": 100}, "valeur_besoin_ht", 300),
        ({"valeur_estimee_ht": 100, "valeur_maximale_ht": 300, "forme": "marche"}, "valeur_besoin_ht", 100),
        ({"valeur_maximale_ht": 300}, "valeur_besoin_ht", 300),
        (
            {"nombre_lots": 2} | lots({"valeur_estimee_ht": 100}, {"valeur_maximale_ht": 50}),
            "valeur_besoin_ht",
            150,
        ),
        ({"nombre_lots": 3} | lots({"valeur_estimee_ht": 100}, {"valeur_estimee_ht": 50}), "valeur_besoin_ht", None),
        ({"nombre_lots": 2} | lots({"valeur_estimee_ht": 100}, {}), "valeur_besoin_ht", None),
        # Lots: one alone may be a passing mention.
        (lots({}), "nombre_lots", None),
        (lots({}, {}), "nombre_lots", 2),
        ({"nombre_lots": 1}, "alloti", False),
        ({"nombre_lots": 1} | lots({}), "alloti", False),
        ({"nombre_lots": 1, "lots": [{"numero": "20"}]}, "alloti", None),
        ({"nombre_lots": 2}, "alloti", True),
        # The base of a framework is not its value; a form that is not known may be one.
        ({"chiffre_affaires_minimal_ht": 300, "valeur_estimee_ht": 100}, "chiffre_affaires_minimal_ratio", None),
        (
            {"chiffre_affaires_minimal_ht": 300, "valeur_estimee_ht": 100, "forme": "accord_cadre"},
            "chiffre_affaires_minimal_ratio",
            None,
        ),
        (
            {"chiffre_affaires_minimal_ht": 300, "valeur_estimee_ht": 100, "forme": "marche"},
            "chiffre_affaires_minimal_ratio",
            3,
        ),
        # Orders of twelve months are added to this purchase, and only once it is known.
        (
            {"famille_achats": {"commandes_12_mois": [10, 20]}, "valeur_estimee_ht": 5},
            "famille_achats.total_12_mois",
            35,
        ),
        ({"famille_achats": {"commandes_12_mois": [10, 20]}}, "famille_achats.total_12_mois", None),
        # A small lot is strictly under the limit of its nature.
        (
            {"type": "services", "nombre_lots": 1} | lots({"valeur_estimee_ht": 79999}),
            "lots.taille_accessible",
            True,
        ),
        (
            {"type": "services", "nombre_lots": 1} | lots({"valeur_estimee_ht": 80000}),
            "lots.taille_accessible",
            False,
        ),
        ({"nombre_lots": 1} | lots({"valeur_estimee_ht": 90000}), "lots.taille_accessible", None),
        # Criteria.
        (criteria(("Prix", 40, "prix"), ("Délai", 40, "delai")), "criteres.echelle", 100),
        (criteria(("Prix", 60, "prix"), ("Délai", 60, "delai")), "criteres.echelle", 100),
        (criteria(("Prix", 40, "prix"), ("Délai", 39, "delai")), "criteres.echelle", None),
        (criteria(("Prix", 60, "prix"), ("Délai", 61, "delai")), "criteres.echelle", None),
        (criteria(("Prix", 60, "prix"), ("Délai", None, "delai")), "criteres_somme", None),
        (criteria(("Prix", 60, "prix"), ("Délai", None, "delai")), "criteres.ponderes", False),
        (criteria(("Prix", None, "prix")), "criteres.ponderes", True),
        (criteria(("Prix", 60, "prix"), ("Délai", 40, "delai")), "criteres.prix_et_delai_seuls", True),
        (criteria(("Prix", 60, "prix"), ("Délai", 40, None)), "criteres.prix_et_delai_seuls", None),
        (criteria(("Prix", 60, "prix"), ("Délai", 40, "delai")), "criteres.prix_seul", False),
        (criteria(("Insertion", 10, "social"), ("Emploi", 5, "social")), "social.critere_poids", 15),
        (criteria(("Insertion", 10, "social"), ("Emploi", None, "social")), "social.critere_poids", None),
        (criteria(("Prix", 60, "prix"), ("Valeur", 40, "technique")), "social.critere", None),
        (criteria(("Prix", 60, "prix"), ("Délai", 40, "delai")), "social.critere", False),
        (
            {"labels": [{"nom": "A", "equivalent_accepte": True}, {"nom": "B", "equivalent_accepte": False}]},
            "labels.equivalence_admise",
            False,
        ),
        ({"labels": [{"nom": "A", "equivalent_accepte": True}, {"nom": "B"}]}, "labels.equivalence_admise", None),
        ({"labels": [{"nom": "A", "equivalent_accepte": True}]}, "labels.equivalence_admise", True),
        # One euro over a share or a ratio is over it, however large the whole.
        ({"forme": "marche", "valeur_estimee_ht": 10**6, "chiffre_affaires_minimal_ht": 1_500_000}, RATIO, D("1.5")),
        ({"forme": "marche", "valeur_estimee_ht": 10**6, "chiffre_affaires_minimal_ht": 1_500_001}, RATIO, D("1.5001")),
        (small_lot(60_000), "petits_lots.cumul_part", 20),
        (small_lot(60_001), "petits_lots.cumul_part", D("20.01")),
        # Articles and books: strictly under the limit of the books; no other case is presumed.
        ({"procedure.fondement": ["R2122-3"]}, "procedure.exception_dispense", True),
        ({"procedure.fondement": ["R2122-8"]}, "procedure.exception_dispense", False),
        ({"cpv": ["22113000"], "valeur_estimee_ht": 89999}, "procedure.exception_dispense", True),
        ({"cpv": ["22113000"], "valeur_estimee_ht": 90000}, "procedure.exception_dispense", False),
        ({"cpv": ["22113000", "39000000"], "valeur_estimee_ht": 89999}, "procedure.exception_dispense", False),
        ({"procedure.fondement": ["R2122-9-1"]}, "innovant", True),
        ({"procedure.fondement": ["L2113-4"]}, "procedure.exception_dispense", True),
        ({"procedure.fondement": ["L2122-1"]}, "procedure.exception_dispense", None),
        ({"procedure.fondement": ["L2122-1", "R2122-8"]}, "procedure.exception_dispense", False),
        ({"procedure.fondement": ["Décret n° 2016-360, art. 30"]}, "procedure.exception_dispense", None),
        ({"procedure.fondement": ["R2122-9"]}, "procedure.exception_dispense", None),
        ({"procedure.fondement": ["R2122-9"], "valeur_estimee_ht": 89999}, "procedure.exception_dispense", True),
        ({"procedure.fondement": ["R2122-9"], "valeur_estimee_ht": 90000}, "procedure.exception_dispense", False),
        ({"urgence": True}, "procedure.exception_dispense", None),
        # The book of the code: told by its articles, open where the object or the place may leave the ordinary one.
        ({"procedure.fondement": ["R2123-1"]}, "regime", "ordinaire"),
        ({"procedure.fondement": ["L2511-1"]}, "regime", "livre_v"),
        ({"procedure.fondement": ["R2322-16"]}, "regime", "defense_securite"),
        ({"procedure.fondement": ["L2512-5", "R2123-1"]}, "regime", None),
        ({"objet": "Location de bureaux"}, "regime", None),
        ({"objet": "Location de bureaux", "type": "fournitures"}, "regime", "ordinaire"),
        ({"cpv": ["66113000"], "type": "services"}, "regime", None),
        ({"objet": "Munitions", "acheteur.categorie": "etat"}, "regime", None),
        ({"objet": "Munitions", "acheteur.categorie": "commune"}, "regime", "ordinaire"),
        ({"outre_mer": "nouvelle_caledonie", "acheteur.categorie": "commune"}, "regime", "hors_code"),
        ({"outre_mer": "nouvelle_caledonie", "acheteur.categorie": "etat"}, "regime", "ordinaire"),
        ({"outre_mer": "nouvelle_caledonie", "acheteur.categorie": "autre"}, "regime", None),
        ({"outre_mer": "saint_barthelemy", "acheteur.categorie": "commune"}, "regime", "ordinaire"),
        # Days to answer: from the launch, not from the sending of what may be a correction; a deadline that follows.
        ({"date_lancement": "2026-10-01", "date_limite_offres": "2026-10-31"}, "delai_offres_jours", 30),
        ({"avis.date_envoi": "2026-10-01", "date_limite_offres": "2026-10-11"}, "delai_offres_jours", None),
        ({"date_lancement": "2026-10-01", "date_limite_offres": "2026-10-01"}, "delai_offres_jours", None),
        # Whole months, the day of the month included.
        ({"reservation.titulaire_precedent.date_attribution": "2023-10-01"}, "reservation.mois_depuis_precedent", 36),
        ({"reservation.titulaire_precedent.date_attribution": "2023-10-02"}, "reservation.mois_depuis_precedent", 35),
        # Networks: the object must be known to say that it touches none.
        (REGION, "acheteur.entite_adjudicatrice", None),
        (REGION | {"objet": "Tonte des pelouses"}, "acheteur.entite_adjudicatrice", False),
        (REGION | {"objet": "Réseau de chaleur"}, "acheteur.entite_adjudicatrice", None),
        ({"acheteur.categorie": "autre", "objet": "Nettoyage"}, "acheteur.entite_adjudicatrice", None),
        ({"acheteur.categorie": "epic_etat", "objet": "Nettoyage"}, "acheteur.entite_adjudicatrice", None),
        (
            {"acheteur.categorie": "autre", "acheteur.entreprise_publique": False, "objet": "Nettoyage"},
            "acheteur.entite_adjudicatrice",
            False,
        ),
        (REGION | {"objet": "Entretien", "cpv": ["65000000"]}, "acheteur.entite_adjudicatrice", None),
    ],
)
def test_what_is_derived(declared: dict[str, Any], name: str, expected: Any) -> None:
    """Each derivation gives a value only when what it rests on settles it."""
    scope = ACHETEUR if "acheteur" in BOOK.vocabulary[name].scopes else MARCHE
    assert context(BOOK, declared).at(scope).known(name) == expected


def test_a_lone_lot_is_judged_by_the_codes_of_the_market() -> None:
    """The only lot of a market has its object; one among several may differ."""
    alone = context(BOOK, {"cpv": ["85311000"]} | lots({}))
    assert alone.at(Scope("lot", "1")).known("cpv_reservable_ess") is True
    several = context(BOOK, {"cpv": ["85311000"]} | lots({}, {"cpv": ["45000000"]}))
    assert several.at(Scope("lot", "1")).known("cpv_reservable_ess") is None
    assert several.at(Scope("lot", "2")).known("cpv_reservable_ess") is False


@pytest.mark.parametrize(("kind", "expected"), [("fournitures", False), ("travaux", False), ("services", None)])
def test_no_lot_of_supplies_or_works_is_a_service_reserved_to_the_ess(kind: str, expected: bool | None) -> None:
    """The list of the code holds services only, whatever the codes of the lots, that the notice does not give."""
    several = context(BOOK, {"type": kind, "cpv": ["85311000"]} | lots({}, {}))
    assert several.at(Scope("lot", "1")).known("cpv_reservable_ess") is expected


def test_what_is_told_of_the_market_holds_for_a_lot_that_says_nothing() -> None:
    """The criteria of the market say of a lot no more than of the market; those of the lot itself do."""
    whole = criteria(("Prix", 60, "prix"), ("Délai", 40, "delai")) | {"environnement.cout_cycle_vie": True}
    several = context(BOOK, whole | lots({}, criteria(("Prix", 100, "prix"))))
    assert several.at(Scope("lot", "1")).known("environnement.cout_cycle_vie") is True
    assert several.at(Scope("lot", "2")).known("environnement.cout_cycle_vie") is False


def test_weights_lost_in_a_table_are_no_fault() -> None:
    """When a piece gives only some weights, the others may have been lost in the reading; a declaration is whole."""
    some = criteria(("Prix", 60, "prix"), ("Délai", None, "delai"))
    read = Context(BOOK, derive(Context(BOOK, facts(BOOK, {}, read=some), DAY)), DAY)
    assert read.known("criteres.ponderes") is None
    none = criteria(("Prix", None, "prix"), ("Délai", None, "delai"))
    read = Context(BOOK, derive(Context(BOOK, facts(BOOK, {}, read=none), DAY)), DAY)
    assert read.known("criteres.ponderes") is False


def derived(*given: Fact) -> Context:
    """Return the context of facts as they are, completed."""
    return Context(BOOK, derive(Context(BOOK, FactSet(given), DAY)), DAY)


def test_a_derived_fact_is_as_sure_as_the_least_sure_it_rests_on() -> None:
    """A barely read value makes a barely known ratio, whatever else was declared."""
    seen = derived(
        Fact("chiffre_affaires_minimal_ht", MARCHE, Decimal(300), KNOWN, EXTRACTED, 0.4),
        Fact("valeur_estimee_ht", MARCHE, Decimal(100), KNOWN, DECLARED, 1.0),
        Fact("forme", MARCHE, "marche", KNOWN, DECLARED),
    )
    ratio = seen.fact("chiffre_affaires_minimal_ratio")
    assert (ratio.value, ratio.confidence) == (3, 0.4)


def test_a_sum_of_weights_shows_every_criterion() -> None:
    """Each is a part of it; what a criterion alone tells shows one passage."""
    rows = tuple(Evidence("RC.docx", "RC", quote, Location(block=n)) for n, quote in enumerate(("Prix 60", "Délai 30")))
    held = ({"nom": "Prix", "poids": D(60), "nature": "prix"}, {"nom": "Délai", "poids": D(30), "nature": "delai"})
    seen = derived(Fact("criteres", MARCHE, held, KNOWN, EXTRACTED, 0.9, rows))
    assert seen.fact("criteres_somme").evidence == rows
    assert seen.fact("criteres.prix_et_delai_seuls").evidence == rows[:1]


def test_a_derived_fact_is_declared_only_when_all_it_rests_on_is() -> None:
    """One input that was read is enough for the pieces to be speaking, not the buyer."""
    for origin, whole in ((EXTRACTED, False), (DECLARED, True)):
        seen = derived(
            Fact("chiffre_affaires_minimal_ht", MARCHE, Decimal(300), KNOWN, origin),
            Fact("valeur_estimee_ht", MARCHE, Decimal(100), KNOWN, DECLARED),
            Fact("forme", MARCHE, "marche", KNOWN, DECLARED),
        )
        assert declared_throughout(seen.fact("chiffre_affaires_minimal_ratio"), seen) is whole


def disputed(name: str, *values: Any) -> Fact:
    """Return a fact that two pieces dispute."""
    said = tuple(Evidence("RC.pdf", "RC", str(value), value=value) for value in values)
    return Fact(name, MARCHE, None, CONFLICT, EXTRACTED, evidence=said[:1], rivals=said[1:])


def test_a_disputed_fact_is_not_known() -> None:
    """Pieces that disagree give no single value; what both values give is known, what one gives is not."""
    seen = derived(disputed("nombre_lots", 2, 3))
    assert seen.known("nombre_lots") is None
    assert seen.candidates("nombre_lots") == (2, 3)
    assert seen.known("alloti") is True
    assert derived(disputed("nombre_lots", 1, 3)).known("alloti") is None


def test_two_rival_lists_of_criteria_are_both_lists_of_criteria() -> None:
    """A dispute on weights is not the absence of criteria, nor of their weights."""
    lists = [
        tuple({"nom": n, "poids": Decimal(w), "nature": k} for n, w, k in weights)
        for weights in ((("Prix", 60, "prix"), ("Qualité", 40, "technique")), (("Prix", 100, "prix"),))
    ]
    seen = derived(disputed("criteres", *lists))
    assert seen.known("criteres.indiques") is True
    assert seen.known("criteres_somme") == 100
    assert seen.known("criteres.prix_seul") is None
    assert [e.value for e in seen.fact("criteres.indiques").evidence] == [lists[0]]


def test_the_day_of_the_law_chooses_the_months() -> None:
    """The months of a previous award run to the day of the law, not to today."""
    given = {"reservation.titulaire_precedent.date_attribution": "2023-10-01"}
    assert context(BOOK, given, date(2024, 1, 1)).known("reservation.mois_depuis_precedent") == 3


@pytest.mark.parametrize(("sure", "limit", "expected"), [(0.75, 11, None), (0.75, 31, 30), (0.95, 11, 10)])
def test_the_day_a_notice_appeared_shortens_no_time_to_answer(sure: float, limit: int, expected: int | None) -> None:
    """The bulletin gives the day it printed, later than the sending: enough from that day is enough, little is open."""
    sent = Fact("date_lancement", MARCHE, date(2026, 10, 1), KNOWN, STRUCTURED, sure)
    due = Fact("date_limite_offres", MARCHE, date(2026, 10, limit), KNOWN, STRUCTURED, 0.95)
    assert derived(sent, due).known("delai_offres_jours") == expected


def test_the_figures_that_derivations_read_are_those_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No example of a rule derives from another dated figure: moving those changes none of its facts."""
    book, examples = load_sources(rules_root())
    read: set[str] = set()
    rows = Context.rows
    monkeypatch.setattr(Context, "rows", lambda self, name: (read.add(name), rows(self, name))[1])
    for example in (example for of_rule in examples.values() for example in of_rule):
        situation(example, book)
    assert read == FIGURES
