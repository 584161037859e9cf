"""What covers and first articles of tenders say in ways that were misread: kinds, objects, lots, values, buyers."""

from __future__ import annotations

import pytest
from facts_builders import fact, lexicon, naming, piece, terms, value, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MARCHÉS PUBLICS DE TRAVAUX", "travaux"),
        ("Marchés publics de travaux - Règlement de la consultation", "travaux"),
        ("CCTP relatif aux travaux de pose d'un portail", "travaux"),
        ("Objet du marché : Mise en accessibilité de la salle des fêtes", "travaux"),
        ("Objet du marché : Mise en séparatif du réseau de la rue Haute", "travaux"),
        ("Objet du marché : Création d'un bassin de rétention", "travaux"),
        ("Objet du marché : Création de vestiaires au stade", "travaux"),
        ("Le marché a pour objet l'exécution de prestations de propreté urbaine.", "services"),
        ("Objet du marché : Refonte du site internet de la ville", "services"),
    ],
)
def test_the_kind_of_purchase_is_told(text: str, kind: str) -> None:
    """By the title of the papers, or by how the object opens."""
    assert value(text, "type") == kind


@pytest.mark.parametrize(
    "text",
    [
        "Le maître d'œuvre assiste la commune pour la passation des marchés publics de travaux.",
        "Le CCTP définit les prestations relatives aux travaux des autres titulaires.",
        "Objet du marché : Création d'un fonds documentaire sur l'histoire locale",
        "Objet du marché : Création d'un service de garde d'enfants",
        "Objet du marché : Mise en conformité au règlement général sur la protection des données",
    ],
)
def test_works_of_others_and_other_creations_are_no_works(text: str) -> None:
    """Works contracts that the purchase only prepares, and what is created without building."""
    assert value(text, "type") != "travaux"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Les stipulations du présent CCAP concernent les prestations ci-dessous désignées :\n"
            "Taille des arbres d'alignement des avenues",
            "Taille des arbres d'alignement des avenues",
        ),
        (
            "MARCHÉ PUBLIC DE MAÎTRISE D'ŒUVRE\nMaîtrise d'œuvre\nReconstruction de la passerelle du Moulin",
            "Reconstruction de la passerelle du Moulin",
        ),
        (
            "MARCHÉ PUBLIC DE FOURNITURES COURANTES ET SERVICES COMMUNE D'EXEMPLE\nLivraison de repas aux écoles",
            "Livraison de repas aux écoles",
        ),
        ("Objet du marché : Entretien des fontaines |", "Entretien des fontaines"),
        (
            "MARCHÉ PUBLIC DE MAÎTRISE D'ŒUVRE\nMaîtrise d'œuvre - Commune d'Exemple - Restauration du lavoir",
            "Maîtrise d'œuvre - Commune d'Exemple - Restauration du lavoir",
        ),
        (
            "La présente consultation concerne :\nACCORD-CADRE DE PAIN Le présent accord-cadre a pour objet "
            "la livraison de pain aux écoles.",
            "Livraison de pain aux écoles",
        ),
    ],
)
def test_the_object_is_what_is_bought(text: str, expected: str) -> None:
    """Not what announces it, nor its kind with the name of the buyer."""
    assert value(text, "objet", "CCAP") == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Les travaux sont décomposés en « 3 » lots attribués séparément.", 3),
        ('Les prestations sont réparties en "4" lots.', 4),
        ("Accord-cadre alloti (trois lots), mono-attributaire par lot.", 3),
        ("Le marché est divisé en cinq lots multi-attributaires.", 5),
    ],
)
def test_the_number_of_lots_is_read(text: str, count: int) -> None:
    """Between quotation marks, or beside how many holders each lot has."""
    assert value(text, "nombre_lots") == count
    assert value(text, "alloti") is True


def test_a_number_of_lots_for_one_holder_is_not_that_of_the_contract() -> None:
    """What one tenderer may win."""
    assert value("Les offres comportent deux lots au maximum par attributaire.", "nombre_lots") == "unknown"


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("Les prestations feront l'objet d'un marché unique.", False),
        ("L'ensemble des travaux fait l'objet d'un seul marché unique.", False),
        ("Chaque lot fera l'objet d'un marché unique.", "unknown"),
        ("Les lots attribués à un même candidat feront l'objet d'un marché unique.", "unknown"),
    ],
)
def test_a_single_contract_is_not_divided(text: str, divided: object) -> None:
    """Unless it gathers the lots of one holder."""
    assert value(text, "alloti") == divided


def test_the_value_of_the_old_european_form_is_read() -> None:
    """ "Valeur hors TVA" stands under the label of the whole value; that of a lot is not the market's."""
    text = "II.1.5) Valeur totale estimée :\nValeur hors TVA : 640 000 euros\nII.2.6) Valeur estimée :\n{}"
    assert value(text.format("Valeur hors TVA : 90 000 euros"), "valeur_estimee_ht", "AAPC") == 640000


def test_the_value_under_the_label_of_a_lot_is_not_that_of_the_whole() -> None:
    """Only the total is."""
    text = "II.2.6) Valeur estimée :\nValeur hors TVA : 90 000 euros"
    assert value(text, "valeur_estimee_ht", "AAPC") == "unknown"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I.1) NOM ET ADRESSES\nCOMMUNE DE SAUVETERRE, Numéro national d'identification : 1", "COMMUNE DE SAUVETERRE"),
        ("Maîtrise d'ouvrage : Mairie de Sauveterre", "Mairie de Sauveterre"),
        ("1.1 Acheteur\nNom officiel : Commune de Sauveterre", "Commune de Sauveterre"),
    ],
)
def test_the_buyer_is_named_by_its_label(text: str, name: str) -> None:
    """Labels of notices and of covers."""
    assert fact(text, "acheteur.nom", "AAPC", ACHETEUR).value == name


def test_an_assistant_of_the_buyer_is_not_the_buyer() -> None:
    """ "Assistance à maîtrise d'ouvrage" names who helps it."""
    text = "Assistance à maîtrise d'ouvrage : Syndicat mixte d'ingénierie des vallées"
    assert fact(text, "acheteur.nom", "RC", ACHETEUR).status == "unknown"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Période : du 1er avril 2026 au 31 mars 2027", 12),
        ("Pour la période du 1er septembre 2026 au 31 août 2028", 24),
    ],
)
def test_the_period_of_a_cover_is_the_duration(text: str, months: int) -> None:
    """From its first day to its last."""
    assert value(text, "duree_mois", "CCP") == months


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Appel à la concurrence pour la fourniture de pain sous la forme d'un accord-cadre.", "accord_cadre"),
        ("Le marché est conclu par voie d'accord-cadre à prix unitaires.", "accord_cadre"),
        ("Le marché n'est pas passé sous la forme d'un accord-cadre.", "unknown"),
        ("Les acheteurs peuvent recourir à des achats sous la forme d'un accord-cadre.", "unknown"),
    ],
)
def test_the_form_of_the_contract_is_told_by_how_it_is_made(text: str, form: str) -> None:
    """Said of this contract, and not denied."""
    assert value(text, "forme") == form


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            'L\'ouvrage appartient à la catégorie "réutilisation ou réhabilitation de bâtiment" au sens du code.',
            "environnement.reemploi",
        ),
        (
            "La mission porte sur une opération de réhabilitation ou de réutilisation d'ouvrages existants.",
            "environnement.reemploi",
        ),
        ("Département d'Exemple, Direction de l'habitat et de la construction", "construction.batiment"),
        (
            "Suivi-animation d'un programme d'intérêt général : la réhabilitation de logements du parc privé est aidée",
            "construction.batiment",
        ),
    ],
)
def test_names_of_categories_and_offices_state_nothing(text: str, name: str) -> None:
    """A category of works of the code, the name of an office, works that others carry out with aid."""
    found = extract((piece(text, "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert found is None or found.status != "known" or found.value is False


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le titulaire favorise le réemploi des matériaux de dépose.", "environnement.reemploi"),
        ("Travaux de réhabilitation de la maison des associations.", "construction.batiment"),
        ("Travaux de démolition d'un pôle culturel et construction d'un bâtiment scolaire.", "construction.batiment"),
    ],
)
def test_what_they_name_elsewhere_is_still_read(text: str, name: str) -> None:
    """The decoys hide nothing else."""
    found = extract((piece(text, "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert found is not None
    assert found.value is True


@pytest.mark.parametrize(
    "text",
    [
        "Description des moyens mis en place par le candidat pour limiter l'empreinte carbone des prestations.",
        "Descriptif des mesures prises par le soumissionnaire afin de réduire les émissions de carbone du chantier.",
        "Les actions améliorant la performance du candidat en matière de tri des déchets et de véhicules propres.",
    ],
)
def test_what_a_criterion_asks_to_describe_binds_nobody(text: str) -> None:
    """The bidder describes it, to be marked; no article makes it an obligation of the contract."""
    found = extract((piece(text, "RC"),), vocabulary(), naming(), terms(), lexicon())[1].get(
        "environnement.condition_execution"
    )
    assert found is None or found.value is not True


@pytest.mark.parametrize(
    "text",
    [
        "Le titulaire réduit l'empreinte carbone des prestations par les mesures de la description technique.",
        "Le titulaire applique les mesures qu'il a décrites et réduit ses émissions de gaz à effet de serre.",
        "Le titulaire doit limiter les déchets et utiliser des véhicules propres, la performance étant mesurée.",
    ],
)
def test_what_the_holder_must_do_is_still_a_condition(text: str) -> None:
    """The decoy hides no obligation."""
    found = extract((piece(text, "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1].get(
        "environnement.condition_execution"
    )
    assert found is not None
    assert found.value is True


@pytest.mark.parametrize("last", [", comprenant,", " comprenant :", ", à savoir :", " comprend notamment :"])
def test_an_object_stops_before_its_list(last: str) -> None:
    """The words that announce the parts below name nothing."""
    text = f"Objet du marché : Taille des haies du parc municipal{last}\n- les haies du nord,\n- les haies du sud."
    assert value(text, "objet") == "Taille des haies du parc municipal"
