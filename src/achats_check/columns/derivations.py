"""Derived facts in columns: the same computations as ``law.derive``, in the same order.

A table describes markets without their lots: what is computed from lots is unknown unless the table states it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from achats_check.columns.expression import NUMBER, TRUTH, Expressions, Node
from achats_check.columns.organs import Organs
from achats_check.columns.reading import SCALE
from achats_check.columns.record_derivations import RecordDerivations
from achats_check.law.derive import ORDER
from achats_check.law.derive_articles import (
    BOOK_DISPENSE,
    BOOKS,
    INNOVATION,
    OTHER_DISPENSES,
    SMALL_AMOUNT,
    UNSETTLED_ARTICLES,
)
from achats_check.law.derive_buyer import MAY_BE_UNDERTAKINGS, MAY_RUN_A_NETWORK
from achats_check.law.derive_publicity import TOLD_BY
from achats_check.law.derive_regime import BOOKS_OF_ARTICLES, LOCAL, ORDINARY_ARTICLES, OWN_LAW_OVERSEAS, STATE
from achats_check.law.derive_value import FORMAL

Lowest = Callable[[str, Mapping[str, Node]], Node]
"""The lowest figure that a parameter may have for each row, given the facts known so far."""


class Derivations:
    """Writes each derivation over the facts known so far, as ``law.derive`` computes it."""

    def __init__(
        self, expressions: Expressions, lists: Mapping[str, Any], facts: dict[str, Node], day: Node, lowest: Lowest
    ) -> None:
        self.e = expressions
        self.lists = lists
        self.facts = facts
        """Facts by name, as far as they are known; completed in place."""
        self.day = day
        self.lowest = lowest

    def derive(self) -> None:
        """Complete the facts that the table does not state."""
        writers = self._writers()
        for name, _ in ORDER:
            found = writers[name]() if name in writers else None
            if found is not None:
                self.facts[name] = self.e.coalesce([self.facts[name], found])

    def not_computed(self) -> frozenset[str]:
        """Return the derived facts that have no computation in columns: a rule that looks at one is refused."""
        return frozenset(name for name, _ in ORDER) - set(self._writers())

    def unsettled(self) -> dict[str, Node]:
        """Say of each presumption when it is not made, as ``law.derive`` says it."""
        return {
            "regime": self._book_unsettled(),
            "procedure.exception_dispense": self._dispense_unsettled(),
        }

    def _writers(self) -> dict[str, Callable[[], Node | None]]:
        return {
            **dict.fromkeys(_OF_LOTS, lambda: None),
            "alloti": lambda: self._above("nombre_lots", 1),
            "lots.nombre_decrits": lambda: self._when(self.e.negation(self.facts["alloti"]), self._number(0)),
            "non_allotissement.motif_admis": self._reason_of_the_law,
            "services_sociaux_specifiques": self._social_services,
            "cpv_reservable_ess": self._reservable,
            "contrat": lambda: self._when(self._is("forme", "concession"), self._named("contrat", "concession")),
            "regime": self._governing_book,
            "procedure.exception_dispense": self._other_dispense,
            "innovant": lambda: self._when(self._cites(INNOVATION), self.e.true),
            "accord_cadre.maximum_fixe": lambda: self._when(self._known("valeur_maximale_ht"), self.e.true),
            "execution.liste_publiee": lambda: self._when(self._known("execution.date_liste_publiee"), self.e.true),
            "acheteur.entite_adjudicatrice": self._network,
            "acheteur.entreprise_publique": self._undertaking,
            "valeur_besoin_ht": self._need,
            "famille_achats.total_12_mois": self._family_total,
            "procedure.famille": self._family,
            **{name: partial(self._appeared_in, supports) for name, supports in TOLD_BY.items()},
            "delai_offres_jours": self._days_to_answer,
            "reservation.duree_mois": self._reserved_duration,
            "reservation.mois_depuis_precedent": self._months,
            "social.heures_insertion": self._hours,
            "social.organes_manquants": lambda: self._organs().social_missing(),
            "social.organes_presents": lambda: self._organs().social_present(),
            "environnement.organes_manquants": lambda: self._organs().environmental_missing(),
            "environnement.organes_presents": lambda: self._organs().environmental_present(),
            "chiffre_affaires_minimal_ratio": self._turnover_ratio,
            **RecordDerivations(self.e, self.facts).writers(),
        }

    # --- Small words ---------------------------------------------------------------------------------------------

    def _when(self, condition: Node, value: Node) -> Node:
        return self.e.case([(condition, value)])

    def _is(self, name: str, *values: str) -> Node:
        return self.e.is_in(self.facts[name], values)

    def _known(self, name: str) -> Node:
        return self.e.known(self.facts[name])

    def _number(self, value: int) -> Node:
        return self.e.literal(value * SCALE, NUMBER)

    def _named(self, fact: str, value: str) -> Node:
        return self.e.literal(value, self.facts[fact].type)

    def _above(self, name: str, value: int) -> Node:
        return self.e.compare(">", self.facts[name], self._number(value))

    # --- Object, articles, procedure -----------------------------------------------------------------------------

    def _codes(self, op: str, values: Iterable[Any]) -> Node:
        return self.e.call(op, TRUTH, [self.facts["cpv"]], tuple(values))

    def _has_codes(self) -> Node:
        return self.e.negation(self.e.call("is_empty", TRUTH, [self.facts["cpv"]]))

    def _social_services(self) -> Node:
        table = self.lists["cpv_services_sociaux"]
        certain, probable = table["certains"], table["probables"]
        of_codes = self.e.case(
            [
                (self._codes("all_prefixed", certain), self.e.true),
                (self._codes("has_prefix", (*certain, *probable)), self.e.unknown),
            ],
            self.e.false,
        )
        spoken = self.e.call("has_word", TRUTH, [self.facts["objet"]], tuple(table["mots"]))
        return self.e.case(
            [
                (self._is("type", "travaux", "fournitures"), self.e.false),
                (self._has_codes(), of_codes),
                (self.e.negation(spoken), self.e.false),
            ]
        )

    def _reason_of_the_law(self) -> Node:
        lawful, convenient = (self._reason_speaks_of(part) for part in ("mots", "commodites"))
        return self.e.case([(self.e.negation(lawful), self.e.false), (self.e.negation(convenient), lawful)])

    def _reason_speaks_of(self, part: str) -> Node:
        words = tuple(self.lists["motifs_non_allotissement"][part])
        return self.e.call("has_word", TRUTH, [self.facts["non_allotissement.motif"]], words)

    def _reservable(self) -> Node:
        table = self.lists["cpv_reservables_ess"]
        within = (tuple(table["codes"]), tuple(tuple(bounds) for bounds in table["intervalles"]))
        first = self.e.call("first_within", TRUTH, [self.facts["cpv"]], within)
        every = self.e.call("all_within", TRUTH, [self.facts["cpv"]], within)
        return self._when(
            self._has_codes(), self.e.case([(self.e.negation(first), self.e.false), (every, self.e.true)])
        )

    def _cites(self, articles: Iterable[str]) -> Node:
        return self.e.call("has_item", TRUTH, [self.facts["procedure.fondement"]], tuple(sorted(articles)))

    def _appeared_in(self, supports: tuple[str, ...]) -> Node:
        return self.e.call("has_item", TRUTH, [self.facts["procedure.publicite"]], supports)

    def _other_dispense(self) -> Node:
        of_books = self.e.all_of([self._has_codes(), self._codes("all_prefixed", BOOKS)])
        books = self.e.any_of([self._cites((BOOK_DISPENSE,)), of_books])
        below = self.e.compare("<", self._value_of_books(), self.lowest("dispense.livres", self.facts))
        cheap_books = self.e.all_of([books, below])
        return self.e.case([(self._cites(OTHER_DISPENSES), self.e.true), (cheap_books, self.e.true)])

    def _value_of_books(self) -> Node:
        # A stated need of zero is no value: the estimate is then looked at.
        need = self.facts["valeur_besoin_ht"]
        stated = self._when(self.e.compare(">", need, self._number(0)), need)
        return self.e.coalesce([stated, self.facts["valeur_estimee_ht"]])

    def _dispense_unsettled(self) -> Node:
        no_value = self.e.negation(self.e.known(self._value_of_books()))
        unsettled = [
            self.e.is_true(self.facts["urgence"]),
            self.e.all_of([self.e.is_true(self._cites((BOOK_DISPENSE,))), no_value]),
            self.e.is_true(self._begins("procedure.fondement", UNSETTLED_ARTICLES)),
        ]
        small = self.e.is_true(self._cites((SMALL_AMOUNT,)))
        return self.e.all_of([self.e.negation(small), self.e.any_of(unsettled)])

    def _governing_book(self) -> Node:
        local = self.e.all_of([self._is("outre_mer", *OWN_LAW_OVERSEAS), self._is("acheteur.categorie", *LOCAL)])
        ordinary = self._begins("procedure.fondement", ORDINARY_ARTICLES)
        return self.e.case(
            [
                (local, self._named("regime", "hors_code")),
                (ordinary, self.e.null(self.facts["regime"].type)),
                *(
                    (self._begins("procedure.fondement", beginnings), self._named("regime", book))
                    for book, beginnings in BOOKS_OF_ARTICLES.items()
                ),
            ]
        )

    def _book_unsettled(self) -> Node:
        state = self._is("acheteur.categorie", *STATE)
        excluding = tuple(beginning for beginnings in BOOKS_OF_ARTICLES.values() for beginning in beginnings)
        overseas = self.e.all_of(
            [self.e.is_true(self._is("outre_mer", *OWN_LAW_OVERSEAS)), self.e.negation(self.e.is_true(state))]
        )
        maybe_state = self.e.negation(self.e.is_true(self.e.negation(state)))
        works = self.e.is_true(self._is("type", "travaux", "fournitures"))
        return self.e.any_of(
            [
                overseas,
                self.e.is_true(self._begins("procedure.fondement", excluding)),
                self.e.all_of([maybe_state, self._touches("objets_de_defense")]),
                self.e.all_of([self.e.negation(works), self._touches("objets_exclus")]),
            ]
        )

    def _touches(self, name: str) -> Node:
        table = self.lists[name]
        spoken = self.e.call("has_word", TRUTH, [self.facts["objet"]], tuple(table["mots"]))
        return self.e.any_of([self.e.is_true(self._codes("has_prefix", table["cpv"])), self.e.is_true(spoken)])

    def _begins(self, name: str, beginnings: Iterable[str]) -> Node:
        return self.e.call("has_prefix", TRUTH, [self.facts[name]], tuple(beginnings))

    def _family(self) -> Node:
        return self.e.case(
            [
                (
                    self._is("procedure.type", "sans_publicite_ni_mise_en_concurrence"),
                    self._named("procedure.famille", "dispense"),
                ),
                (self._is("procedure.type", "procedure_adaptee"), self._named("procedure.famille", "adaptee")),
                (self._is("procedure.type", *sorted(FORMAL)), self._named("procedure.famille", "formalisee")),
            ]
        )

    # --- Buyer ---------------------------------------------------------------------------------------------------

    def _network(self) -> Node:
        table = self.lists["objets_de_reseau"]
        category = self.facts["acheteur.categorie"]
        touched = self.e.any_of(
            [
                self.e.is_true(self._codes("has_prefix", table["cpv"])),
                self.e.call("has_word", TRUTH, [self.facts["objet"]], tuple(table["mots"])),
            ]
        )
        no_undertaking = self.e.is_true(self.e.negation(self.facts["acheteur.entreprise_publique"]))
        no_network = self.e.any_of(
            [self.e.negation(self._is("acheteur.categorie", *sorted(MAY_RUN_A_NETWORK))), no_undertaking]
        )
        other = self.e.all_of([self.e.known(category), no_network, self.e.negation(touched)])
        return self.e.case(
            [(self._is("acheteur.categorie", "entite_adjudicatrice"), self.e.true), (other, self.e.false)]
        )

    def _undertaking(self) -> Node:
        maybe = self._is("acheteur.categorie", *sorted(MAY_BE_UNDERTAKINGS))
        return self._when(self.e.negation(maybe), self.e.false)

    # --- Values and durations ------------------------------------------------------------------------------------

    def _need(self) -> Node:
        estimate, ceiling = self.facts["valeur_estimee_ht"], self.facts["valeur_maximale_ht"]
        both = self.e.all_of([self.e.known(estimate), self.e.known(ceiling)])
        not_a_plain_market = self.e.negation(self.e.is_true(self._is("forme", "marche")))
        largest = self.e.call("greatest", NUMBER, [estimate, ceiling])
        return self.e.case([(self.e.all_of([both, not_a_plain_market]), largest)], self.e.coalesce([estimate, ceiling]))

    def _family_total(self) -> Node:
        orders = self.e.call("sum", NUMBER, [self.facts["famille_achats.commandes_12_mois"]])
        return self.e.call("plus", NUMBER, [orders, self.facts["valeur_besoin_ht"]])

    def _days_to_answer(self) -> Node:
        sent, limit = self.facts["date_lancement"], self.facts["date_limite_offres"]
        days = self.e.call("days_between", NUMBER, [limit, sent])
        return self._when(self.e.compare(">", limit, sent), days)

    def _reserved_duration(self) -> Node:
        none = self._is("reservation.categorie", "aucune")
        return self._when(self.e.negation(none), self.facts["duree_mois"])

    def _months(self) -> Node:
        awarded = self.facts["reservation.titulaire_precedent.date_attribution"]
        return self.e.call("months_between", NUMBER, [self.day, awarded])

    def _turnover_ratio(self) -> Node:
        need = self.facts["valeur_besoin_ht"]
        ratio = self.e.call("ratio", NUMBER, [self.facts["chiffre_affaires_minimal_ht"], need])
        no_framework = self.e.negation(self._is("forme", "accord_cadre"))
        positive = self.e.compare(">", need, self._number(0))
        return self._when(self.e.all_of([no_framework, positive]), ratio)

    def _hours(self) -> Node:
        names = ("valeur_estimee_ht", "social.ratio_heures", "social.ratio_montant_ht")
        given = [self.facts[name] for name in names]
        each = [self.e.compare(">", value, self._number(0)) for value in given]
        return self._when(self.e.all_of(each), self.e.call("slices", NUMBER, given))

    def _organs(self) -> Organs:
        return Organs(self.e, self.facts)


_OF_LOTS = (
    "nombre_lots",
    "lots.valeur_totale_ht",
    "petits_lots.cumul_part",
    "lots.taille_accessible",
)
