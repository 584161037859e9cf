"""The figures that several pieces give: agreement in different forms is agreement."""

from __future__ import annotations

import pytest
from coherence_builders import dossier, said, sure, verdict
from facts_builders import piece

from achats_check.model.fact import FactSet

DUREE, LOTS, VALEUR = "pieces.duree_concordante", "pieces.nombre_lots_concordant", "pieces.valeur_concordante"
HEURES, CRITERES = "pieces.heures_concordantes", "pieces.criteres_concordants"
DATE, PROCEDURE = "pieces.date_limite_concordante", "pieces.procedure_concordante"

PRICE_60 = "Les critères de jugement des offres sont pondérés :\nPrix\t60 %\nValeur technique\t40 %"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Le marché est conclu pour une durée de 36 mois.", "La durée du marché est de 3 ans."),
        (
            "La durée maximale, toutes périodes confondues, est de 3 ans.",
            "Le marché est exécuté du 1er janvier au 31 décembre 2026, renouvelable deux fois ; il s'achèvera au"
            " 31 décembre 2028.",
        ),
        (
            "Le marché est conclu pour une période initiale de 12 mois, reconductible 2 fois pour 12 mois.",
            "La durée maximale du marché est de 36 mois.",
        ),
        (
            "Le marché est conclu pour une durée de 12 mois.",
            "Le marché est conclu pour une période initiale de 12 mois, reconductible tacitement 3 fois par période"
            " de 12 mois. La durée maximale, toutes périodes confondues, est de 48 mois.",
        ),
    ],
)
def test_durations_agree_in_different_forms(one: str, other: str) -> None:
    """Years and months, dates and years, an initial period and the longest duration."""
    facts = dossier(RC=one, CCAP=other)
    assert verdict(facts, DUREE) is True
    assert verdict(dossier(RC=other, CCAP=one), DUREE) is True


def test_two_durations_are_told_with_their_places() -> None:
    """Both values, both pieces, both articles; each side is quoted."""
    facts = dossier(
        RC="# 3 Durée\nLa durée maximale, toutes périodes confondues, est de 12 mois.",
        CCAP="# 2 Durée\nLa durée maximale, toutes périodes confondues, est de 24 mois.",
    )
    assert verdict(facts, DUREE) is False
    assert sure(facts, DUREE)
    assert said(facts, "duree").replace("\xa0", " ") == "12 mois au RC (art. 3, p. 1) ; 24 mois au CCAP (art. 2, p. 1)"
    fact = facts.get(DUREE)
    assert fact is not None
    assert [(e.role, e.value) for e in fact.evidence] == [("RC", 12), ("CCAP", 24)]
    assert all("mois" in e.quote for e in fact.evidence)


def test_what_may_be_a_part_is_only_a_doubt() -> None:
    """A piece that gives both lengths, or a time to perform, may only be split otherwise."""
    longest = "# 3 Durée\nLa durée maximale, toutes périodes confondues, est de {} mois."
    both = longest.format(48) + "\nAprès une période de 36 mois, les prix sont révisés."
    facts = dossier(RC=both, CCAP=longest.format(36) + "\nIl n'est pas reconductible.")
    assert verdict(facts, DUREE) is False
    assert not sure(facts, DUREE)
    works = longest.format(14) + "\nLe délai d'exécution des travaux est de 12 mois."
    facts = dossier(RC=works, CCAP=longest.format(10))
    assert verdict(facts, DUREE) is False
    assert not sure(facts, DUREE)
    assert sure(dossier(RC=longest.format(24), CCAP=longest.format(12)), DUREE)


def test_renewals_that_differ_are_no_initial_period() -> None:
    """A piece that speaks of its renewals gives its longest duration: 24 is not the start of 36."""
    facts = dossier(
        RC="Le marché est conclu pour une période initiale de 12 mois, reconductible 1 fois pour 12 mois.",
        CCAP="Le marché est conclu pour une période initiale de 24 mois, reconductible 1 fois pour 12 mois.",
    )
    assert verdict(facts, DUREE) is False


@pytest.mark.parametrize(
    ("other", "agree"),
    [
        ("Le délai global d'exécution de l'ensemble des travaux est de 8 mois.", True),
        ("Le délai global d'exécution de l'ensemble des travaux est de 10 mois.", False),
        ("Le délai global d'exécution est de 9 mois.\nIl comprend un délai de 8 mois après la préparation.", True),
    ],
)
def test_times_to_perform_are_a_doubt_only(other: str, agree: bool) -> None:
    """Works have a preparation, a time by lot, a time in all."""
    facts = dossier(RC="# 2 Délai\nLe délai d'exécution des travaux est de 8 mois.", CCAP=f"# 3 Délai\n{other}")
    assert verdict(facts, DUREE) is agree
    assert agree or not sure(facts, DUREE)


def test_the_durations_of_two_lots_do_not_disagree() -> None:
    """Two CCTP of two lots may each have their duration."""
    one = piece("La durée du marché est de 12 mois.", "CCTP", "lot1.docx")
    other = piece("La durée du marché est de 24 mois.", "CCTP", "lot2.docx")
    assert verdict(dossier(one, other), DUREE) != False  # noqa: E712  # absent or unknown, never a disagreement


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Les prestations sont réparties en 3 lots.", "Le marché est divisé en trois lots.", True),
        ("Le marché n'est pas alloti.", "Le marché est passé en lot unique.", True),
        ("Les prestations sont réparties en 3 lots.", "Les prestations sont réparties en 4 lots.", False),
        ("Le marché n'est pas alloti.", "Les prestations sont réparties en 4 lots.", False),
    ],
)
def test_lots_are_counted_alike(one: str, other: str, agree: bool) -> None:
    """A number in letters, an undivided contract, and real differences."""
    assert verdict(dossier(RC=one, CCAP=other), LOTS) is agree


def test_one_lot_of_several_is_only_a_doubt() -> None:
    """A lot put out again alone, in pieces written for all of them."""
    three = dossier(RC="Les prestations sont réparties en 3 lots.", CCAP="Les prestations sont réparties en 4 lots.")
    one = dossier(RC="Le marché est passé en lot unique.", CCAP="Les prestations sont réparties en 4 lots.")
    assert verdict(one, LOTS) is False
    assert [sure(three, LOTS), sure(one, LOTS)] == [True, False]


def test_a_price_schedule_by_lots_is_compared() -> None:
    """A schedule with a lot more than the rules is a doubt, never an accusation."""
    schedule = "Bordereau des prix\nLot 1 : Gros œuvre\nLot 2 : Menuiserie\nLot 3 : Peinture"
    facts = dossier(RC="Les travaux sont répartis en 2 lots.", PRIX=schedule)
    assert verdict(facts, LOTS) is False
    assert not sure(facts, LOTS)
    assert verdict(dossier(RC="Les travaux sont répartis en 3 lots.", PRIX=schedule), LOTS) is True


def test_a_schedule_for_one_lot_says_nothing() -> None:
    """The schedule of lot 2 alone is no count of the lots."""
    facts = dossier(RC="Les travaux sont répartis en 2 lots.", PRIX="Bordereau des prix\nLot 2 : Menuiserie")
    assert verdict(facts, LOTS) in ("absent", "unknown")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Le montant estimé du marché est de 100 000 € HT.", "La valeur estimée du besoin est de 0,1 M€ HT.", True),
        ("Le montant estimé du marché est de 100 000 € HT.", "Le montant estimé du marché est de 120 000 € HT.", False),
        # a ceiling and an estimate are not the same thing
        ("Le montant estimé du marché est de 100 000 € HT.", "Le montant maximum est de 120 000 € HT.", "absent"),
        # a yearly amount is not a total, a tax-included amount without a rate is nothing
        ("Le montant maximum total est de 100 000 € HT.", "Le montant maximum annuel est de 25 000 € HT.", "absent"),
        ("Le montant maximum total est de 100 000 € HT.", "Le montant maximum est de 120 000 € TTC.", "absent"),
    ],
)
def test_amounts_compare_with_the_same_kind(one: str, other: str, expected: object) -> None:
    """Estimates with estimates, ceilings with ceilings, whole with whole."""
    assert verdict(dossier(RC=one, CCAP="# 1 Objet\nServices.", AE=other), VALEUR) == expected


@pytest.mark.parametrize(("yearly", "expected"), [("20 000", True), ("25 000", False)])
def test_a_total_is_compared_with_what_the_years_of_another_piece_make(yearly: str, expected: bool) -> None:
    """Where the duration is certain, and never as an accusation: the years may differ."""
    rules = "La durée du marché est de 48 mois.\nLe montant maximum du lot 2 est de 80 000 € HT sur toute la durée."
    contract = f"# 1 Montants\nLot\tMontant maximum annuel € HT\n2\t{yearly},00 €"
    facts = dossier(RC=rules, CCP=contract)
    assert verdict(facts, VALEUR) is expected
    assert not (sure(facts, VALEUR) and not expected)
    unknown_length = dossier(RC=rules.replace("La durée du marché est de 48 mois.\n", ""), CCP=contract)
    assert verdict(unknown_length, VALEUR) is not False


@pytest.mark.parametrize(("total", "expected"), [("150 000", True), ("180 000", False)])
def test_a_total_is_compared_with_the_sum_of_every_lot(total: str, expected: bool) -> None:
    """Only when the other piece gives each of the lots that are announced, and never as an accusation."""
    lots = "# 1 Montants\nLot\tMontant maximum € HT\nLot 1\t100 000\nLot 2\t50 000"
    rules = f"Les prestations sont réparties en 2 lots.\nLe montant maximum, tous lots confondus, est de {total} € HT."
    facts = dossier(RC=rules, CCAP=lots)
    assert verdict(facts, VALEUR) is expected
    assert not (sure(facts, VALEUR) and not expected)
    three = dossier(RC=rules.replace("en 2 lots", "en 3 lots"), CCAP=lots)
    assert verdict(three, VALEUR) is not False


def test_the_amount_of_one_lot_is_named() -> None:
    """A disagreement on one lot says which."""
    facts = dossier(
        RC="Le montant maximum du lot 2 est de 50 000 € HT.", AE="Le montant maximum du lot 2 est de 60 000 € HT."
    )
    assert said(facts, "valeur").replace("\xa0", " ").startswith("lot 2 : maximum de 50")


@pytest.mark.parametrize(
    ("other", "agree", "certain"),
    [
        ("Critères d'attribution : coût des prestations (60 %), qualité de l'offre (40 %).", True, True),
        ("Critères d'attribution : prix (40 %), valeur technique (60 %).", False, True),
        ("Critères d'attribution : prix (50 %), valeur technique (50 %).", False, True),
        ("Critères d'attribution : prix (60 %), délai (20 %), valeur technique (20 %).", False, False),
    ],
)
def test_criteria_compare_by_their_weights(other: str, agree: bool, certain: bool) -> None:
    """Other names agree, other weights do not, a finer list is only a doubt."""
    facts = dossier(AAPC=other, RC=PRICE_60)
    assert verdict(facts, CRITERES) is agree
    assert sure(facts, CRITERES) is certain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("600 heures d'insertion par an", "600 heures d'insertion par an", True),
        ("600 heures d'insertion par an", "1 800 heures d'insertion sur la durée totale du marché", True),
        ("600 heures d'insertion par an", "450 heures d'insertion par an", False),
        ("600 heures d'insertion sur la durée du marché", "450 heures d'insertion sur la durée du marché", False),
    ],
)
def test_hours_of_a_year_and_of_all_years(one: str, other: str, expected: bool) -> None:
    """A yearly figure and its total are not two figures."""
    facts = dossier(
        CCAP=f"# 5 Clause sociale d'insertion\nLe titulaire réserve au moins {one}.",
        AE=f"# 3 Insertion\nLe titulaire réserve au moins {other}.",
    )
    assert verdict(facts, HEURES) is expected


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("24 novembre 2025 à 12:00", "lundi 24/11/2025 à 12h00", True),
        ("24 novembre 2025 à 12 h", "24 novembre 2025", True),
        ("24 novembre 2025 à 12h00", "24 novembre 2025 à 17h00", False),
        ("24 novembre 2025", "25 novembre 2025", False),
        # a European form counts from the universal time: the offset of its date is no hour
        ("2025-11-24+01:00", "24 novembre 2025 à 12 h 00", True),
        ("2025-11-24+01:00 12:00:00+01:00", "24 novembre 2025 à 12 h 00", True),
        ("2025-11-24+01:00 12:00:00+01:00", "24 novembre 2025 à 17 h 00", False),
        ("2025-11-24Z", "24 novembre 2025 à 12 h 00", True),
        ("24/11/2025 12:00:00 (UTC+01:00)", "24 novembre 2025 à 12 h 00", True),
        # the hour of another place is not that of Paris, and nothing tells which one the other piece means
        ("24/11/2025 12:00:00 (UTC+04:00)", "24 novembre 2025 à 9 h 00 (heure de Paris)", True),
        ("24/11/2025 11:00 UTC", "24 novembre 2025 à 12 h 00", True),
        ("24 novembre 2025 à 12 h 00 (heure de La Réunion)", "24 novembre 2025 à 9 h 00", True),
        # neither a number nor a word that opens with its letter tells an hour
        ("24 novembre 2025 ; 3 hangars à visiter", "24 novembre 2025 à 12 h 00", True),
        ("24 novembre 2025 ; lot 1 : toiture", "24 novembre 2025 à 12 h 00", True),
    ],
)
def test_deadlines_agree_to_the_hour(one: str, other: str, agree: bool) -> None:
    """The day in words or in figures; the hour counts when both give one."""
    facts = dossier(AAPC=f"Date limite de réception des offres : {one}", RC=f"Date limite de remise des plis : {other}")
    assert verdict(facts, DATE) is agree


def test_a_procedure_in_stages_has_two_deadlines() -> None:
    """Candidates first, offers later: two dates are a doubt only."""
    notice = "Procédure : appel d'offres restreint\nDate limite de réception des offres : 20 novembre 2026"
    facts = dossier(AAPC=notice, RC="Date limite de réception des offres : 27 novembre 2026")
    assert verdict(facts, DATE) is False
    assert not sure(facts, DATE)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Procédure : MAPA", True),
        ("Type de procédure : appel d'offres ouvert", False),
        # another purchase, another case: cited, not followed
        ("L'acheteur peut conclure un marché par une procédure avec négociation.", "absent"),
    ],
)
def test_procedures_are_compared_by_name(other: str, expected: object) -> None:
    """The words outrank the articles, and a procedure that is only evoked is none."""
    stated = "La consultation est passée selon une procédure adaptée ouverte."
    assert verdict(dossier(RC=stated, AAPC=other), PROCEDURE) == expected


def test_a_piece_that_says_two_things_agrees_with_either() -> None:
    """A rules document that evokes both procedures accuses no other piece."""
    facts = dossier(
        RC="La consultation est passée selon une procédure adaptée.\nMode de passation : appel d'offres ouvert",
        AAPC="Type de procédure : appel d'offres ouvert",
    )
    assert verdict(facts, PROCEDURE) is True


def test_the_forms_of_several_lots_do_not_disagree() -> None:
    """Each lot has its acte d'engagement, with its own ceiling; a notice and its correction differ on purpose."""
    forms = [
        piece(f"# 2 Montant\nLe montant maximum de l'accord-cadre est de {amount} € HT.", "AE", f"AE_lot{n}.docx")
        for n, amount in enumerate(("100 000", "50 000"), start=1)
    ]
    rules = piece("# 2 Montant\nLe montant maximum de l'accord-cadre est de 150 000 € HT.", "RC")
    assert verdict(dossier(*forms, rules), VALEUR) is not False
    notices = [
        piece(f"Date limite de réception des offres : {day} novembre 2026", "AAPC", f"avis{day}.docx")
        for day in (20, 27)
    ]
    rules = piece("Date limite de réception des offres : 27 novembre 2026", "RC")
    assert verdict(dossier(*notices, rules), DATE) is not False


def test_two_rules_documents_that_differ_are_told_apart_by_their_files() -> None:
    """An old RC left in the folder."""
    old, new = (
        piece(f"Date limite de réception des offres : {day} novembre 2026", "RC", f"dce/RC v{n}.docx")
        for n, day in enumerate((20, 27), start=1)
    )
    assert "RC v1.docx" in said(dossier(old, new), "date_limite")


def test_one_piece_alone_compares_nothing() -> None:
    """Nothing is said to agree because there was nothing to compare it with."""
    facts: FactSet = dossier(RC="La durée du marché est de 12 mois.")
    assert verdict(facts, "pieces.plusieurs") is False
    assert verdict(facts, DUREE) == "unknown"
