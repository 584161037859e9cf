"""Turns of small purchases and of concessions: letters, calendars, ceilings by year, wishes that ask nothing."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import fact, naming, piece, value
from template_builders import absent, disputed, known, read_whole

from achats_check.facts.roles import with_role

_CLAUSE, _APPRENTICES = "social.condition_execution", "social.apprentissage"
_ORIGIN = "specifications.provenance_imposee"


@pytest.mark.parametrize(
    "wish",
    [
        "La ville est attentive à l'emploi d'apprentis par les entreprises.",
        "Le syndicat est sensible à l'embauche de travailleurs handicapés et d'apprentis.",
        "Vous pouvez indiquer, sans que cela soit noté, si vous employez des apprentis.",
        "Les candidats peuvent faire état de leur recours à des apprentis, à titre d'information.",
    ],
)
def test_a_wish_asks_nothing(wish: str) -> None:
    """What a buyer is sensitive to, or lets bidders tell, is no clause."""
    read = known(read_whole(("RC", f"# 7 - Contenu de l'offre\n{wish}\n")))
    assert _CLAUSE not in read
    assert _APPRENTICES not in read


def test_a_buyer_sensitive_to_it_may_ask_it() -> None:
    """The same words beside a demand silence nothing."""
    clause = "La ville, attentive à l'emploi des jeunes, impose au titulaire le recours à deux apprentis."
    assert known(read_whole(("CCAP", f"# 9 - Clause sociale\n{clause}\n")))[_APPRENTICES] is True


@pytest.mark.parametrize(
    "referral",
    [
        "Le CCAG-FCS (arrêté du 30 mars 2021) s'applique à tout ce qui n'est pas prévu au présent document.",
        "Le CCAG-FCS approuvé par l'arrêté du 30 mars 2021 régit ce que le présent cahier ne prévoit pas.",
        "Le CCAG-FCS (arrêté du 30 mars 2021) n'est pas joint au dossier.",
    ],
)
def test_what_a_relative_clause_denies_is_not_the_general_terms(referral: str) -> None:
    """They apply to what nothing else settles, and are known to everyone."""
    assert known(read_whole(("CCP", referral)))["ccag_2021"] is True


@pytest.mark.parametrize(
    ("step", "name", "day"),
    [
        ("30 juin 2026\tDate limite de remise des offres", "date_limite_offres", date(2026, 6, 30)),
        ("Mardi 30 juin 2026, 12 h\tDate limite de réception des plis", "date_limite_offres", date(2026, 6, 30)),
        ("2 juin 2026\tDemande de devis adressée à trois entreprises", "date_lancement", date(2026, 6, 2)),
    ],
)
def test_a_calendar_whose_days_stand_first(step: str, name: str, day: date) -> None:
    """The day of a step is that of its row, never that of the row below."""
    assert value(f"# Calendrier\nDate\tÉtape\n{step}\n15 juillet 2026\tRéunion de négociation\n", name) == day


def test_a_letter_dated_with_the_day_of_the_week() -> None:
    """It is the day the letter is sent."""
    letter = "LETTRE DE CONSULTATION\nValombre, le jeudi 12 mars 2026\nMadame, Monsieur,\n"
    assert value(letter, "date_lancement") == date(2026, 3, 12)


def test_a_letter_that_is_the_contract_too() -> None:
    """Its title says both."""
    document = with_role(piece("LETTRE DE CONSULTATION ET CAHIER DES CHARGES\nMadame, Monsieur,", "AUTRE"), naming())
    assert (document.role, document.also) == ("CCP", ("RC",))


@pytest.mark.parametrize(
    ("rows", "ceiling"),
    [
        ("1re année\t9 000 €\n2e année (reconduction)\t9 000 €\nTotal\t18 000 €", 18000),
        ("Période 1\t9 000 €\nPériode 2\t12 000 €", "unknown"),
        ("Du 1er mars 2026 au 28 février 2027\t9 000 €\nDu 1er mars 2027 au 29 février 2028\t9 000 €", "unknown"),
    ],
)
def test_a_ceiling_of_each_year(rows: str, ceiling: object) -> None:
    """That of one year is not that of the contract, which the total gives."""
    assert value(f"# Montants\nPériode\tMaximum HT\n{rows}\n", "valeur_maximale_ht") == ceiling


@pytest.mark.parametrize(
    "sentence",
    [
        "Aucun avis d'appel à la concurrence n'a été publié.",
        "Aucune publicité préalable n'est faite.",
        "Le présent marché est passé sans publicité ni mise en concurrence préalables (article R. 2122-8).",
    ],
)
def test_a_purchase_without_notice(sentence: str) -> None:
    """It is told in so many words."""
    assert value(sentence, "procedure.publicite") == ("aucune",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Aucun avis d'attribution ne sera publié.",
        "Marché négocié sans publicité ni mise en concurrence avec le lauréat du concours (article R. 2122-6).",
        "Des prestations similaires pourront être confiées par un marché passé sans publicité ni mise en concurrence.",
    ],
)
def test_another_notice_or_another_purchase(sentence: str) -> None:
    """What is not published is the result, or what may come later."""
    assert value(sentence, "procedure.publicite") == "unknown"


def test_the_address_of_the_buyers_site_is_no_publication() -> None:
    """Where the file is, and not where the notice is published."""
    text = "Les documents du marché sont disponibles à l'adresse du profil d'acheteur."
    assert value(text, "procedure.publicite", "AAPC") == "unknown"


def test_no_notice_and_a_notice() -> None:
    """Two pieces that say both are disputed, and not added up."""
    facts = read_whole(
        ("RC", "# Publicité\nAucun avis de marché n'a été publié."),
        ("AAPC", "# Organes de publication\nBOAMP"),
    )
    assert "procedure.publicite" in disputed(facts)


def test_articles_that_are_goods() -> None:
    """Only an article of a text makes a sentence of a line."""
    table = "# Choix de l'offre\nCritères\tPoints\nPrix\t60\nQualité des articles\t25\nDélai\t15\n"
    criteria = fact(table, "criteres").value
    assert isinstance(criteria, tuple)
    assert [(item["nom"], item["poids"]) for item in criteria][1] == ("Qualité des articles", 25)


def test_criteria_ranked_by_bullets_and_numbers() -> None:
    """A bullet before the number, a parenthesis cut at the end of a line."""
    text = (
        "# Critères\nLes offres sont jugées selon les critères suivants, par ordre décroissant d'importance :\n"
        "- 1. Intérêt financier de l'offre ;\n- 2. Programme de travaux (chapitres B et\n3) ;\n"
        "- 3. Performance environnementale (chapitre D).\n"
    )
    assert value(text, "environnement.critere") is True


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Le délai global d'exécution est de 5 mois, période de préparation de 1 mois non comprise.", 6),
        ("Le délai global d'exécution est de 5 mois, période de préparation de 1 mois comprise.", 5),
    ],
)
def test_a_time_to_perform_without_its_preparation(sentence: str, months: int) -> None:
    """Both together are the time to perform."""
    assert value(sentence, "delai_execution_mois", "CCAP") == months


def test_two_times_to_perform_that_both_tell_of_the_preparation() -> None:
    """The one with it and the one without it, of the same figure, disagree."""
    signed = ("AE", "Le délai global d'exécution est de 5 mois, y compris 1 mois de préparation.")
    clauses = ("CCAP", "Le délai global d'exécution est de 5 mois, période de préparation de 1 mois non comprise.")
    facts = read_whole(signed, clauses)
    assert "delai_execution_mois" in disputed(facts)
    assert known(facts)["pieces.duree_concordante"] is False


def test_the_length_of_a_concession() -> None:
    """A notice that differs from the contract is told."""
    notice = ("AAPC", "Durée de la concession : 144 mois à compter du 1er janvier 2026.")
    contract = ("CCP", "# Durée\nLe contrat est conclu pour une durée de dix (10) ans.")
    assert "duree_mois" in disputed(read_whole(notice, contract))


@pytest.mark.parametrize(
    ("text", "role", "name", "read"),
    [
        (
            "Le contrat porte sur des services spécifiques et relève du 2° de l'article R. 3126-1.",
            "RC",
            "concession.procedure_simplifiee",
            True,
        ),
        (
            "Le contrat de concession ne relève pas du 2° de l'article R. 3126-1.",
            "RC",
            "concession.procedure_simplifiee",
            None,
        ),
        (
            "Le concessionnaire indique la part des services qu'il compte confier à des artisans.",
            "RC",
            "concession.part_tiers_demandee",
            True,
        ),
        (
            "Le candidat chiffre la proportion des services confiés à des tiers, en particulier des artisans.",
            "RC",
            "concession.part_tiers_demandee",
            True,
        ),
        (
            "# Rapport annuel du délégataire\nLe délégataire y joint un volet sur l'insertion par l'activité.",
            "CCP",
            "concession.rapport_annuel",
            True,
        ),
        ("Feutre effaçable Velleda, pointe fine", "CCTP", "specifications.marque_sans_equivalent", True),
        ("Feutre effaçable Velleda ou équivalent", "CCTP", "specifications.marque_sans_equivalent", None),
        ("La buvette n'est pas une restauration collective.", "RC", "restauration.collective", None),
        ("La société, qui déclare être une PME, exécute le marché.", "AE", "titulaire.pme", True),
        ("Si le titulaire déclare être une PME, l'avance est portée à 30 %.", "AE", "titulaire.pme", None),
        ("Tuiles du Berry ; toute autre provenance sera refusée.", "CCTP", _ORIGIN, True),
        ("Les légumes proviennent d'exploitations situées dans le département.", "CCTP", _ORIGIN, True),
        ("Les légumes proviennent de préférence d'exploitations situées dans le département.", "CCTP", _ORIGIN, None),
        (
            "L'élimination des déchets de chantier se fait conformément à l'article 36 du CCAG Travaux.",
            "CCAP",
            "environnement.renvoi_seul",
            True,
        ),
    ],
)
def test_what_is_said_in_passing(text: str, role: str, name: str, read: object) -> None:
    """Each fact, or what only looks like it."""
    assert known(read_whole((role, text))).get(name) is read


def test_a_share_told_to_bidders_in_other_words_is_not_absent() -> None:
    """What a bidder says of small firms may be the share that is asked of it."""
    rules = "Le candidat dit quelle place son offre fait aux petites et moyennes entreprises."
    assert "concession.part_tiers_demandee" not in absent(read_whole(("RC", rules)))


def test_hours_told_in_all_and_on_average() -> None:
    """What each financial year takes is a part of the whole."""
    clause = "Le volume est de 4 000 heures d'insertion, à raison de 400 heures en moyenne par exercice."
    assert known(read_whole(("CCAP", f"# Clause d'insertion\n{clause}\n")))["social.heures_insertion"] == 4000
