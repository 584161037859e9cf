"""Covers whose lines are cut, or put side by side: what is nobody's name, no object and no whole title."""

from __future__ import annotations

import pytest
from facts_builders import fact, naming, piece, value

from achats_check.facts.roles import recognise
from achats_check.facts.text import fold
from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    "text",
    [
        "Maître d'ouvrage : Assistant à maître d'ouvrage : Commune de Sauveterre SIVOM des Trois Vallées",
        "Maître d'ouvrage : Maître d'œuvre : Commune de Sauveterre Agence Haute Ligne",
        "Pouvoir adjudicateur : Conducteur d'opération : Ville de Sauveterre Société d'équipement du Val",
    ],
)
def test_labels_side_by_side_name_nobody(text: str) -> None:
    """Two columns read as one line: whose name comes first is not said."""
    assert fact(text, "acheteur.nom", "CCAP", ACHETEUR).status == "unknown"
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).status == "unknown"


def test_a_buyer_named_before_who_helps_it_is_read() -> None:
    """The label of the other follows the name."""
    text = "Maître d'ouvrage : Commune de Sauveterre\nMaître d'œuvre : Agence Haute Ligne"
    assert fact(text, "acheteur.nom", "CCAP", ACHETEUR).value == "Commune de Sauveterre"


@pytest.mark.parametrize("town", ["COMMUNE DE", "Ville de", "MAIRIE D'", "Commune de la"])
def test_a_town_cut_in_two_lines_keeps_its_departement_from_buying(town: str) -> None:
    """Its name goes on with the line below."""
    text = f"Département des Collines\n{town}\nSAUVETERRE\nCahier des clauses administratives particulières"
    assert fold(str(fact(text, "acheteur.nom", "CCAP", ACHETEUR).value)) == fold(f"{town} SAUVETERRE")
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).value == "commune"


def test_a_departement_alone_on_the_cover_buys() -> None:
    """No town stands beside it."""
    text = "Département des Collines\nCahier des clauses administratives particulières"
    assert fact(text, "acheteur.categorie", "CCAP", ACHETEUR).value == "departement"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Syndicat d'aménagement des trois rivières", "etablissement_public_local"),
        ("Syndicat de bassin de la Claire", "etablissement_public_local"),
        ("Syndicat de rivière du Haut Val", "etablissement_public_local"),
    ],
)
def test_the_syndicates_of_rivers_are_local_establishments(name: str, category: str) -> None:
    """Named by what they do."""
    assert fact(f"Acheteur : {name}", "acheteur.categorie", "RC", ACHETEUR).value == category


def test_a_syndicate_of_owners_is_no_local_establishment() -> None:
    """It is no public buyer."""
    text = "Acheteur : Syndicat des copropriétaires de la résidence du Bassin"
    assert fact(text, "acheteur.categorie", "RC", ACHETEUR).status == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "OBJET DU MARCHÉ ET DÉSIGNATION DES PARTIES",
        "Objet du marché : et lieu d'exécution",
        "Objet du marché ou de la consultation",
    ],
)
def test_a_heading_with_two_names_is_no_object(text: str) -> None:
    """What follows "et" or "ou" goes on with the heading."""
    assert value(text, "objet", "CCAP") == "unknown"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Partie 2 - Cahier des Clauses\nAdministratives Particulières\nEntretien des espaces verts", "CCAP"),
        ("Pièce n° 3 : Cahier des clauses\nTechniques particulières\nEntretien des espaces verts", "CCTP"),
        ("2. Règlement de la\nconsultation\nEntretien des espaces verts", "RC"),
    ],
)
def test_a_numbered_title_cut_in_two_is_read_whole(text: str, role: str) -> None:
    """The number of the piece stands before."""
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == role


def test_the_article_of_a_piece_is_not_its_title() -> None:
    """A numbered article cites the piece that it completes."""
    text = "Note de service\nArticle 2 - Cahier des charges\nIl est consulté sur place."
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == "AUTRE"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Objet du marché : Restauration des berges de la Claire", "travaux"),
        ("Objet du marché : Restauration hydromorphologique du cours d'eau de la Claire", "travaux"),
        ("Objet du marché : Restauration scolaire des écoles de la Claire", "autre"),
        ("Objet du marché : Restauration d'archives et de registres du bassin", "autre"),
    ],
)
def test_the_restoration_of_rivers_is_works(text: str, kind: str) -> None:
    """Meals and old papers are restored otherwise."""
    assert (value(text, "type") == "travaux") is (kind == "travaux")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Les lots sont des accords-cadres mono-attributaires.", "accord_cadre"),
        ("Tous les lots seront des accords-cadres à marchés subséquents.", "accord_cadre"),
        ("Les lots n° 1 et 2 sont des accords-cadres, les autres des marchés à prix forfaitaire.", "unknown"),
        ("Les lots ne sont pas des accords-cadres à bons de commande.", "unknown"),
        ("Les lots ne sont pas des accords-cadres.", "marche"),
    ],
)
def test_lots_that_are_framework_agreements_tell_the_form(text: str, form: str) -> None:
    """Said of the lots, and not denied: one kind of framework denied leaves another."""
    assert value(text, "forme") == form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le présent marché a pour objet, le lavage des vitres des écoles.", "Lavage des vitres des écoles"),
        (
            "Le marché a pour objet l'exécution de travaux 9\nObjet : Réfection de la cour de l'école du Moulin",
            "Réfection de la cour de l'école du Moulin",
        ),
    ],
)
def test_an_object_has_no_comma_before_it_and_says_what_is_done(text: str, expected: str) -> None:
    """A comma after "a pour objet"; an entry of contents that says no more than "travaux"."""
    assert value(text, "objet", "CCAP") == expected


def test_the_kind_is_told_behind_the_comma() -> None:
    """As it would be without it."""
    assert value("Le présent marché a pour objet, la maintenance des portes automatiques.", "type") == "services"


def test_an_object_that_begins_with_execution_is_kept() -> None:
    """When it says of what."""
    text = "Le marché a pour objet l'exécution de travaux de voirie rue du Moulin."
    assert "voirie" in str(value(text, "objet", "CCAP"))


@pytest.mark.parametrize(
    ("text", "divided"),
    [
        ("Le présent marché est décomposé en lots, selon les deux secteurs de la ville.", True),
        ("Les prestations sont réparties en lots géographiques.", True),
        ("Lorsque le marché est décomposé en lots, le candidat remet une offre par lot.", "unknown"),
        ("Si les prestations sont réparties en lots, chaque lot est signé.", "unknown"),
        ("Le marché n'est pas décomposé en lots.", False),
    ],
)
def test_a_contract_told_divided_without_a_number_is_divided(text: str, divided: object) -> None:
    """And not in a supposition."""
    assert value(text, "alloti") == divided


@pytest.mark.parametrize(
    "address",
    [
        " 49 GRANDE RUE 39999 SAUVETERRE",
        " 49 Grande Rue",
        " 49 grand'rue",
        " 49\nGrande Rue",
        " 49",
        " n° 4 bis rue Basse",
        " 1 le Bourg",
        ", 5 faubourg Saint-Jean",
        " 5 faubourg Saint-Jean",
        " 12 quater montée du Château",
    ],
)
@pytest.mark.parametrize("lead", ["", "Acheteur : "])
def test_a_town_keeps_nothing_of_its_address(lead: str, address: str) -> None:
    """Neither the number of the house, nor that of the département, is of its name."""
    found = fact(f"{lead}VILLE DE SAUVETERRE{address}", "acheteur.nom", "RC", ACHETEUR)
    assert found.value == "VILLE DE SAUVETERRE"
    assert found.evidence[0].quote == "VILLE DE SAUVETERRE"


@pytest.mark.parametrize(
    "name",
    [
        "SDIS 49",
        "Université Paris 8",
        "Conseil départemental 49",
        "Mairie de Lyon 3",
        "Mairie de Paris 12e arrondissement",
        "Communauté de communes des 4 chemins",
        "Communauté de communes des 2 montées",
    ],
)
def test_a_number_that_is_of_the_name_stays(name: str) -> None:
    """Of what is called by its number, it is the name."""
    assert fact(f"Acheteur : {name}", "acheteur.nom", "RC", ACHETEUR).value == name
