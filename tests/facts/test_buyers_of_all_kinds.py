"""Buyers that no usual word names: associations, companies, chambers; and names that are only parts of others."""

from __future__ import annotations

import pytest
from facts_builders import fact, value

from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    "name",
    [
        "Association Les Genêts du Vernay",
        "SPL Rives et Coteaux",
        "GIP Restauration du Vernay",
        "SEM Chaleur du Vernay",
        "Chambre de commerce et d'industrie des Collines",
        "Office de tourisme du Vernay",
        "Caisse primaire des Collines",
    ],
)
def test_an_organisation_is_named_without_a_category(name: str) -> None:
    """Nothing tells which rules of the public buyers are its own."""
    assert value(f"Pouvoir adjudicateur : {name}", "acheteur.nom", "RC", ACHETEUR) == name
    assert fact(f"Pouvoir adjudicateur : {name}", "acheteur.categorie", "RC", ACHETEUR).status != "known"


@pytest.mark.parametrize(
    "text",
    [
        "Pouvoir adjudicateur : Monsieur le Président",
        "Maître d'ouvrage : Syndicat mixte",
        "COMMUNE DE …",
        "Pouvoir adjudicateur : voir article 3",
        "Agence Haute Ligne, architectes",
        "Maître d'ouvrage : Opération de réhabilitation de vingt logements",
        "Pouvoir adjudicateur : Agencement du hall d'accueil",
        "Acheteur : Sa propre initiative",
    ],
)
def test_what_is_no_name_names_nobody(text: str) -> None:
    """A signatory, a kind alone, a blank of a form, somebody else on a cover, a word that opens like another."""
    assert fact(text, "acheteur.nom", "RC", ACHETEUR).status != "known"


def test_who_buys_for_another_tells_no_category() -> None:
    """The town is the principal; the company signs."""
    text = "Maître d'ouvrage : SPL Rives et Coteaux, agissant au nom et pour le compte de la commune de Vernay"
    assert value(text, "acheteur.nom", "RC", ACHETEUR) == "SPL Rives et Coteaux"
    assert fact(text, "acheteur.categorie", "RC", ACHETEUR).status != "known"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maître d'ouvrage : Commune de Vernay 12 rue des Lilas 99000 VERNAY", "Commune de Vernay"),
        ("Maître d'ouvrage : S.A. d'H.L.M. des Collines", "S.A. d'H.L.M. des Collines"),
        ("Ville de Vernay Services techniques", "Ville de Vernay"),
        (
            "Ville de Vernay Pôle des achats Service juridique et de la commande publique Hôtel de Ville 87, "
            "avenue des Lilas "
            "99000 VERNAY CEDEX",
            "Ville de Vernay Pôle des achats Service juridique et de la commande publique",
        ),
        ("Communauté de communes du Vernay ETUDE DIAGNOSTIQUE DES RESEAUX", "Communauté de communes du Vernay"),
        ("Mairie de Vernay Objet de la consultation : tonte", "Mairie de Vernay"),
        (
            "Syndicat mixte d'entretien et de restauration des rivières du Vernay",
            "Syndicat mixte d'entretien et de restauration des rivières du Vernay",
        ),
        ("Mairie de VernayPlace du Marché99000 VERNAY", "Mairie de Vernay"),
    ],
)
def test_a_name_ends_where_its_address_begins(text: str, name: str) -> None:
    """Numbers of streets, services, and not the dots of an abbreviation."""
    assert value(text, "acheteur.nom", "CCAP", ACHETEUR) == name


def test_a_departement_beside_its_arrondissement_is_a_place() -> None:
    """The cover of a piece whose buyer is only a picture."""
    text = "Département des Collines\nArrondissement de Vernay\nCahier des clauses techniques particulières"
    assert fact(text, "acheteur.categorie", "CCTP", ACHETEUR).status != "known"


def test_the_end_of_a_name_is_no_other_buyer() -> None:
    """ "Syndicat pour le collège et la / Commune de Vernay": the town is a part of the name."""
    text = "Réalisation des équipements sportifs pour le collège et la\nCommune de Vernay\nCCTP"
    assert fact(text, "acheteur.categorie", "CCTP", ACHETEUR).status != "known"


def test_the_ministry_of_a_school_does_not_buy() -> None:
    """It stands at the head of the pieces of those under it; alone, it buys."""
    school = "Ministère de l'Education nationale\nLycée du Vernay\nCahier des clauses particulières"
    assert value(school, "acheteur.nom", "CCP", ACHETEUR) == "Lycée du Vernay"
    alone = "Ministère de la Transition écologique\nCahier des clauses particulières"
    assert value(alone, "acheteur.categorie", "CCP", ACHETEUR) == "etat"


@pytest.mark.parametrize(
    ("told", "name", "category"),
    [
        ("Rives du Vernay (communauté d'agglomération)", "Rives du Vernay", "epci"),
        ("Vernay Agglo, 3 rue des Lices", "Vernay Agglo", "epci"),
        (
            "Les Eaux du Vernay, syndicat mixte fermé, 3 rue des Lices",
            "Les Eaux du Vernay",
            "etablissement_public_local",
        ),
        (
            "Office des phares du Vernay (OPV), établissement public administratif de l'État, 3 rue des Lices",
            "Office des phares du Vernay",
            "epa_etat",
        ),
    ],
)
def test_the_kind_of_a_buyer_is_told_beside_its_name(told: str, name: str, category: str) -> None:
    """In parentheses or after a comma, its initials between."""
    text = f"Le pouvoir adjudicateur : {told}"
    assert value(text, "acheteur.nom", "RC", ACHETEUR) == name
    assert value(text, "acheteur.categorie", "RC", ACHETEUR) == category


def test_another_body_beside_a_name_is_not_its_kind() -> None:
    """It has a name of its own."""
    told = "Pouvoir adjudicateur : SPL Rives et Coteaux, commune du Vernay"
    assert value(told, "acheteur.categorie", "RC", ACHETEUR) == "unknown"


@pytest.mark.parametrize(
    ("cover", "territory"),
    [
        ("RÈGLEMENT DE LA CONSULTATION\nPort des Alizés\nQuai du Nord, 97133 SAINT-BARTHÉLEMY", "saint_barthelemy"),
        ("Collectivité territoriale de Saint-Pierre-et-Miquelon", "saint_pierre_et_miquelon"),
        ("Institut des lagons\nBP 12 - 98845 Nouméa Cedex", "nouvelle_caledonie"),
        ("Direction des phares\n98714 Papeete", "polynesie_francaise"),
        ("Commune de Valombre\n2 rue Saint-Barthélemy, 97400 Saint-Denis", "unknown"),
        ("Ville de Saint-Pierre\n97410 Saint-Pierre", "unknown"),
    ],
)
def test_a_territory_overseas_by_the_address_of_the_cover(cover: str, territory: str) -> None:
    """Its postal code and its town together; a street or another town of the name is none."""
    assert value(cover, "outre_mer", "RC") == territory


def test_an_address_overseas_further_down_is_that_of_another() -> None:
    """A site among many, past the cover; the article that names the buyer tells it wherever it stands."""
    many = "\n".join(f"Site n° {number} : entrepôt" for number in range(40))
    address = "Quai du Nord, 97133 Saint-Barthélemy"
    assert value(f"# 1 Sites\n{many}\n{address}", "outre_mer", "RC") == "unknown"
    named = f"# 1 Sites\n{many}\n# 2 Identification de l'acheteur\n{address}"
    assert value(named, "outre_mer", "RC") == "saint_barthelemy"
