"""Procedure, form, kind, dates, buyer, variants: the words and their decoys."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import fact, value

from achats_check.model.fact import ACHETEUR


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("La procédure de passation utilisée est : l'appel d'offres ouvert.", "appel_offres_ouvert"),
        ("Mode de passation\tProcédure adaptée ouverte", "procedure_adaptee"),
        ("La présente consultation est passée selon une procédure avec négociation.", "procedure_avec_negociation"),
        ("Le marché est passé en MAPA.", "procedure_adaptee"),
        ("Concours restreint de maîtrise d'œuvre", "concours"),
        ("Appel d'offres restreint", "appel_offres_restreint"),
        (
            "La consultation est passée en application de l'article R. 2123-1 du code de la commande publique.",
            "procedure_adaptee",
        ),
        (
            "La procédure de passation est la procédure adaptée, soumise aux articles R.2161-2 à R.2161-5.",
            "procedure_adaptee",
        ),
    ],
)
def test_the_procedure(text: str, kind: str) -> None:
    """The procedure."""
    assert value(text, "procedure.type") == kind


@pytest.mark.parametrize(
    "text",
    [
        "En application de l'article R. 2122-7, l'acheteur peut conclure un marché sans publicité ni mise "
        "en concurrence pour des prestations similaires.",
        "Le candidat indique ses références en appel d'offres ouvert.",
        "En cas d'infructuosité, il sera recouru à une procédure avec négociation.",
    ],
)
def test_another_procedure_is_not_that_of_the_purchase(text: str) -> None:
    """Another procedure is not that of the purchase."""
    assert value(text, "procedure.type") == "unknown"


def test_the_articles_of_the_procedure_unfold_their_ranges() -> None:
    """The articles of the procedure unfold their ranges."""
    text = (
        "La procédure de passation est l'appel d'offres ouvert. Elle est soumise aux articles L. 2124-2, R. "
        "2124-2 1° et R.2161-2 à R.2161-4."
    )
    assert value(text, "procedure.fondement") == ("L2124-2", "R2124-2", "R2161-2", "R2161-3", "R2161-4")


def test_where_the_notice_is_published() -> None:
    """Where the notice is published."""
    assert value("L'avis est publié au BOAMP et au JOUE.", "procedure.publicite", "AAPC") == ("boamp_jal", "joue")
    assert (
        value("En cas de publication d'une annonce au BOAMP, la référence suffit.", "procedure.publicite", "AE")
        == "unknown"
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("L'accord-cadre est conclu avec un seul opérateur.", "accord_cadre"),
        ("Type de contrat\tAccord-cadre", "accord_cadre"),
        ("Marché fractionné à bons de commande", "accord_cadre"),
        ("Il s'agit d'un marché ordinaire.", "marche"),
    ],
)
def test_the_form_of_the_contract(text: str, form: str) -> None:
    """The form of the contract."""
    assert value(text, "forme") == form


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Marché public de travaux", "travaux"),
        ("Type de marché\tFournitures", "fournitures"),
        ("Marché de prestations intellectuelles", "services"),
        ("Code CPV : 45112500-0", "travaux"),
        ("Le présent projet concerne les travaux d'aménagement de la salle des fêtes.", "travaux"),
        ("La présente consultation concerne : Entretien des espaces verts des collèges", "services"),
    ],
)
def test_the_kind_of_purchase(text: str, kind: str) -> None:
    """The kind of purchase."""
    assert value(text, "type") == kind


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Code CPV : 15890000-3", ("15890000",)),
        ("Codes CPV : 79713000 Gardiennage / 79714000 Surveillance", ("79713000", "79714000")),
        ("Code CPV : 45 11 25 00 - 0", ("45112500",)),
        ("Code CPV : 3112000-1", ("03112000",)),
        ("Code CPV : 1234567-8", ()),
        ("Téléphone 12345678 ; CPV sans objet", ()),
    ],
)
def test_cpv_codes(text: str, codes: tuple[str, ...]) -> None:
    """CPV codes."""
    assert value(text, "cpv") == (codes or "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "Date et heure limites de réception des offres :\nlundi 24 novembre 2025 à 12:00",
        "La date limite de remise des plis est fixée au 24/11/2025 à 12h00.",
        "Les offres devront parvenir à destination avant le 24 novembre 2025 à midi.",
    ],
)
def test_the_deadline(text: str) -> None:
    """The deadline."""
    assert value(text, "date_limite_offres") == date(2025, 11, 24)


def test_days_before_the_deadline_are_not_the_deadline() -> None:
    """Days before the deadline are not the deadline."""
    assert (
        value("Demandes au plus tard 10 jours avant la date limite de remise des plis.", "date_limite_offres")
        == "unknown"
    )


def test_the_launch_is_only_read_when_it_is_stated() -> None:
    """The launch is only read when it is stated."""
    assert value("Date d'envoi du présent avis : 3 mars 2026", "date_lancement", "AAPC") == date(2026, 3, 3)
    found = fact("Prix établis au mois zéro, novembre 2025. Consultation n° 25-0022 du 12/11/2025.", "date_lancement")
    assert found.status == "unknown"


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Région Exemple-Sud", "region"),
        ("Conseil départemental de l'Exemple", "departement"),
        ("Mairie de Sainte-Exemple", "commune"),
        ("Communauté d'agglomération du Grand Exemple", "epci"),
        ("Exemple Métropole", "metropole"),
        ("Centre hospitalier d'Exemple", "etablissement_sante"),
        ("Office public de l'habitat d'Exemple", "bailleur_social"),
        ("Préfecture de la région Exemple", "etat"),
        ("Ministère de l'Exemple", "etat"),
        ("Université d'Exemple", "epa_etat"),
    ],
)
def test_the_buyer_and_its_category(name: str, category: str) -> None:
    """The buyer and its category."""
    text = f"Pouvoir adjudicateur : {name}"
    assert value(text, "acheteur.nom", scope=ACHETEUR) == name
    assert value(text, "acheteur.categorie", scope=ACHETEUR) == category


def test_a_siret_passes_its_check() -> None:
    """A SIRET passes its check."""
    assert value("SIRET de la commune : 217 500 016 00019", "acheteur.siret", scope=ACHETEUR) == "21750001600019"
    assert value("SIRET de la commune : 217 500 016 00018", "acheteur.siret", scope=ACHETEUR) == "unknown"
    assert value("SIRET du titulaire : 217 500 016 00019", "acheteur.siret", scope=ACHETEUR) == "unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Variantes\tSans", "interdites"),
        ("Aucune variante n'est autorisée.", "interdites"),
        ("Les variantes ne sont pas autorisées.", "interdites"),
        ("Les variantes sont autorisées dans les conditions suivantes.", "autorisees"),
        ("Les candidats sont autorisés à présenter des variantes.", "autorisees"),
        ("Une variante exigée porte sur le mobilier, à chiffrer par tous les candidats dans leur offre.", "exigees"),
        ("Variante imposée\nSANS OBJET", "unknown"),
        ("2.3 - Variantes ............ Erreur ! Signet non défini.", "unknown"),
    ],
)
def test_variants(text: str, expected: str) -> None:
    """Variants."""
    assert value(text, "variantes") == expected


def test_the_technical_specification_does_not_decide_of_variants() -> None:
    """The technical specification does not decide of variants."""
    assert value("Les entreprises peuvent proposer des variantes.", "variantes", "CCTP") == "unknown"


def test_a_global_contract_and_a_subsequent_one() -> None:
    """A global contract and a subsequent one."""
    assert value("Le présent marché public global de performance porte sur des lycées.", "marche_global") is True
    assert value("Le marché est traité à prix global et forfaitaire.", "marche_global") == "unknown"
    assert (
        value("Le présent marché subséquent est passé sur le fondement de l'accord-cadre 2024-03.", "marche_subsequent")
        is True
    )
    assert value("L'accord-cadre donne lieu à des marchés subséquents.", "marche_subsequent") == "unknown"
