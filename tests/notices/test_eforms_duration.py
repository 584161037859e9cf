"""Durations of eForms notices: coded or dated, with renewals told in numbers and in words."""

from __future__ import annotations

import pytest
from notices_builders import eforms, fact, facts, lot, period, renewals, value

from achats_check.model.fact import STRUCTURED, Scope


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (period("48"), 48),
        (period("4", "YEAR"), 48),
        (period("365", "DAY"), 12),
        (period("3", "WEEK"), 1),
        (period(start="2025-01-01+01:00", end="2027-12-31+01:00"), 36),
        (period(start="2024-05-31+02:00", end="2025-05-30+02:00"), 12),
        (period(start="2025-05-30", end="2024-05-31"), "unknown"),
        (period("0"), "unknown"),
        (period("12") + renewals("0"), 12),
        (period("12") + renewals("3", "Trois reconductions tacites de 12 mois."), 48),
        (period("12") + renewals("3", "3 x 1 an"), 48),
        (period("24") + renewals("1"), "unknown"),
        (period("14") + renewals("3", "Reconductible trois fois par période de douze mois."), 50),
        (period("12") + renewals("3", "Reconduit tacitement, sans que sa durée ne puisse excéder quatre ans."), 48),
        (period("24") + renewals("", "Reconductible 1 fois, pour une durée maximale de 48 mois."), 48),
        (period("12") + renewals("3", "Renouvelable 3 fois 1 an, sauf dénonciation 3 mois avant l'échéance."), 48),
        (period("12") + renewals("", "Reconductible trois fois pour une même durée."), 48),
        (period("10") + renewals("", "Période d'une année scolaire (dix mois) reconductible trois fois."), 40),
        (period("12") + renewals("", "Le marché n'est pas reconductible."), 12),
        (period("36") + renewals("", "Deux levées d'option d'un an chacune."), "unknown"),
        (period("12") + renewals("", "Deux levées d'option d'un an chacune."), 36),
        (period("36") + renewals("", "Une période de 12 mois renouvelable une fois (36 + 12 + 12)."), 60),
        (period("36") + renewals("", "3 ans + 1 an + 1 an."), 60),
        (period("36") + renewals("2", "Deux périodes d'un an."), "unknown"),
        (period("36") + renewals("2", "Période ferme de 36 mois, puis deux périodes d'un an."), 60),
        (period("97") + renewals("4", "4 x 1 an"), "unknown"),
        (period("24") + renewals("", "24 mois, reconductible 24 mois."), 48),
        (period("12") + renewals("", "Renouvelable au 1er janvier de chaque année en 2018, 2019 et 2020."), "unknown"),
        (period("12") + renewals("", "Prochaine consultation en 2030."), "unknown"),
    ],
)
def test_durations(project: str, expected: object) -> None:
    """The duration holds the renewals; when their length is not told, it is not known."""
    assert value(eforms(lot(project=project)), "duree_mois") == expected


def test_a_coded_duration_that_holds_the_renewals_is_not_lengthened() -> None:
    """87 months coded, and in words 6 years and 3 months, renewable for one year: 87 agree."""
    text = "Conclu pour une durée de 6 ans et 3 mois. Le marché est reconductible pour une année supplémentaire."
    found = fact(eforms(lot(project=period("87") + renewals("1", text))), "duree_mois")
    assert (found.status, found.value) == ("known", 87)


def test_renewals_in_a_description_only_leave_the_duration_open() -> None:
    """Nothing says whether 34 months hold the renewals or not."""
    described = lot(description="Marché reconductible 2 fois par période de 12 mois.", project=period("34"))
    assert fact(eforms(described), "duree_mois").origin != STRUCTURED


def test_the_renewal_of_equipment_is_no_renewal_of_the_contract() -> None:
    """ "Renouvellement des matériels" says nothing of the duration."""
    described = lot(
        description="Conduite, entretien et renouvellement des matériels défaillants.", project=period("60")
    )
    assert value(eforms(described), "duree_mois") == 60


def test_renewals_of_some_lots_are_theirs() -> None:
    """One text for all lots, which tells them apart: each has its own duration."""
    text = "Pour les lots 1 à 2 : reconductible trois fois un an. Pour le lot 3 : reconductible deux fois un an."
    spells = period("12") + renewals("", text)
    found = facts(eforms(*[lot(f"LOT-000{n}", str(n), f"Secteur {n}", project=spells) for n in (1, 2, 3)]))
    assert [value(found, "duree_mois", Scope("lot", n)) for n in "123"] == [48, 48, 36]
    assert value(found, "duree_mois") == 48


def test_the_first_period_told_in_words_is_no_other_duration() -> None:
    """Four months, renewed twice for three: "pour une durée de quatre mois" tells the first period only."""
    described = lot(
        description="Le marché est conclu pour une durée de quatre mois à compter de sa notification.",
        project=period("4") + renewals("2", "Deux périodes de trois mois."),
    )
    found = fact(eforms(described), "duree_mois")
    assert (found.status, found.value) == ("known", 10)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Option 1 : levée des réserves pour une durée de trois mois.", 27),
        ("Option 2 : le marché peut être porté à une durée totale de 48 mois.", "conflict"),
    ],
)
def test_the_length_of_an_option_is_not_that_of_the_contract(text: str, months: object) -> None:
    """Shorter than the contract, it is the option's own; longer, it contradicts the field."""
    option = f'<cac:ContractExtension><cbc:OptionsDescription languageID="FRA">{text}</cbc:OptionsDescription>'
    coded = period("27") + option + "</cac:ContractExtension>"
    assert value(eforms(lot(project=coded)), "duree_mois") == months


def test_the_whole_duration_is_read_beside_the_renewals() -> None:
    """The next sentence of the same field gives the total: the coded dates hold one renewal already."""
    text = (
        "Le marché est conclu pour 2 ans, reconduit tacitement pour la même durée, dans la limite de deux fois.\n"
        "La durée globale ne peut excéder 6 ans à compter du démarrage."
    )
    options = f'<cbc:OptionsDescription languageID="FRA">{text}</cbc:OptionsDescription>'
    extension = renewals("2").replace("<cac:ContractExtension>", f"<cac:ContractExtension>{options}")
    coded = period(start="2024-06-07", end="2028-06-06") + extension
    assert value(eforms(lot(project=coded)), "duree_mois") == 72
