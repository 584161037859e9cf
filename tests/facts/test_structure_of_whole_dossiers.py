"""Buyers, objects, lots and codes as whole dossiers tell them, beside what only stands in their place."""

from __future__ import annotations

import pytest
from facts_builders import piece, read, value

from achats_check.model.fact import ACHETEUR, Scope


@pytest.mark.parametrize(
    ("line", "category"),
    [
        (
            "Établissement public national à caractère administratif placé sous la tutelle du ministère des Sports",
            "epa_etat",
        ),
        ("Établissement public de l'État à caractère industriel et commercial", "epic_etat"),
        ("Établissement public local à caractère administratif", "etablissement_public_local"),
    ],
)
def test_a_line_that_tells_the_kind_of_an_establishment(line: str, category: str) -> None:
    """It tells the category and names nobody: a ministry only watches over it."""
    facts = read(piece(f"RÈGLEMENT DE LA CONSULTATION\n{line}\n# 1 Objet\n"))
    name, kind = facts.get("acheteur.nom", ACHETEUR), facts.get("acheteur.categorie", ACHETEUR)
    assert name is None or name.status != "known"
    assert kind is not None
    assert kind.value == category


def test_the_name_above_the_line_of_its_kind() -> None:
    """The establishment is named by its own line."""
    line = "Établissement public national à caractère administratif placé sous la tutelle du ministère des Sports"
    facts = read(piece(f"RÈGLEMENT DE LA CONSULTATION\nÉtablissement public du château de Valombre\n{line}\n"))
    name = facts.get("acheteur.nom", ACHETEUR)
    assert name is not None
    assert name.value == "Établissement public du château de Valombre"


def test_what_is_replaced_is_not_what_is_bought() -> None:
    """The object is the sentence after the one that tells the state of what exists."""
    text = (
        "# 2 Objet\nLe parc actuel de copieurs date de 2015 et tombe souvent en panne.\nAcquisition de vingt copieurs."
    )
    assert value(text, "objet") == "Acquisition de vingt copieurs"
    assert value("# 2 Objet\nEntretien du parc actuel de copieurs.", "objet") == "Entretien du parc actuel de copieurs"


@pytest.mark.parametrize("form", ["bons de commande", "marchés subséquents", "sans minimum", "mono-attributaire"])
def test_the_form_of_a_lot_is_not_its_object(form: str) -> None:
    """ "Lot 1 : bons de commande" tells how it is performed."""
    text = f"Les prestations sont réparties en 2 lots :\nLot 1 : {form}\nLot 2 : {form}\n"
    assert not any(f.value == form for f in read(piece(text, "CCAP")) if f.name == "objet")
    named = read(piece(text + "Lot 1 - Tonte des pelouses\nLot 2 - Taille des haies\n", "CCAP"))
    found = named.get("objet", Scope("lot", "1"))
    assert found is not None
    assert found.value == "Tonte des pelouses"


def test_codes_under_a_title_that_does_not_name_the_vocabulary() -> None:
    """A code with its check digit needs no more; eight figures alone may be anything."""
    table = "# 1.6 Nomenclature\nClassification principale\tClassification complémentaire\n{}\t{}\n"
    read_codes = value(table.format("77310000-6 Espaces verts", "77341000-2 Élagage"), "cpv")
    assert read_codes == ("77310000", "77341000")
    assert value(table.format("77310000", "12 rue du Four"), "cpv") == "unknown"


_TIME = "Le délai d'exécution est de 10 semaines pour la tranche ferme et de 16 semaines pour la tranche optionnelle"


@pytest.mark.parametrize(("text", "months"), [(f"{_TIME}, soit 26 semaines au total.", 6.0), (f"{_TIME}.", None)])
def test_the_time_to_perform_every_phase(text: str, months: float | None) -> None:
    """The total is the time of the contract; that of one phase is not."""
    found = value(text, "delai_execution_mois")
    if months is None:
        assert found in ("unknown", "absent")
    else:
        assert abs(float(str(found)) - months) < 0.1


def test_first_offers_of_a_negotiation() -> None:
    """The day of the first offers is the deadline; that of a visit is not."""
    assert str(value("Remise des offres initiales\t4 mars 2027 à 12 h 00", "date_limite_offres")) == "2027-03-04"
    assert value("Remise des échantillons\t4 mars 2027 à 12 h 00", "date_limite_offres") == "unknown"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("☒ Variantes à l'initiative des soumissionnaires : interdites", "interdites"),
        ("Variantes facultatives : non", "interdites"),
        ("☐ Variantes à l'initiative des soumissionnaires : interdites", "unknown"),
        ("☒ Variantes libres : autorisées", "autorisees"),
    ],
)
def test_a_box_about_variants(text: str, answer: str) -> None:
    """A box that is ticked answers; an empty one says nothing."""
    assert value(f"# 2.3 Variantes\n{text}", "variantes") == answer


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Les contrats sont des marchés publics ordinaires de fournitures.", "marche"),
        ("Ces marchés ne constituent pas des accords-cadres.", "marche"),
        ("Le chantier est découpé ; les travaux comportent une tranche ferme et deux tranches optionnelles.", "marche"),
        ("Le réseau comporte deux tranches de fouille.", "unknown"),
    ],
)
def test_the_form_of_a_plain_contract(text: str, form: str) -> None:
    """A contract that says it is no framework, or that has optional phases, is a plain one."""
    assert value(text, "forme") == form


def test_lots_counted_by_what_they_share() -> None:
    """ "Commun aux trois lots" counts them; technical lots are no lots of the contract."""
    assert value("Cahier commun aux trois lots", "nombre_lots", "CCAP") == 3
    assert value("Prescriptions communes aux trois lots techniques", "nombre_lots", "CCAP") == "unknown"
