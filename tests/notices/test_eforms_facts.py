"""Facts of eForms notices: every field of the tables, and the traps buyers set in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import thread_time

import pytest
from notices_builders import (
    additional,
    amount,
    criterion,
    eforms,
    fact,
    facts,
    lot,
    performance,
    period,
    renewals,
    requirement,
    reserved,
    value,
    weights,
)

from achats_check.model.fact import STRUCTURED, SURE_ENOUGH, Scope

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")
ANNOUNCED = "annonce"


_TWO = criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40")
_SHAPES = {
    "SDK 1.3": eforms(lot(criteria=_TWO), sdk="1.3"),
    "SDK 1.13": eforms(lot(criteria=_TWO), sdk="1.13"),
    "other prefixes": eforms(lot(criteria=_TWO)).replace("cbc:", "ns3:").replace(":cbc=", ":ns3="),
    "a language on every code": eforms(lot(criteria=_TWO)).replace(" listName=", ' languageID="FRA" listName='),
    "no scheme on keys": eforms(lot(criteria=_TWO)).replace(' schemeName="Lot"', ""),
    "criteria without a parent": eforms(lot(criteria=_TWO))
    .replace("<cac:AwardingCriterion>", "")
    .replace("</cac:AwardingCriterion>", "")
    .replace("SubordinateAwardingCriterion", "AwardingCriterion"),
    "a parent for each criterion": eforms(lot(criteria=_TWO)).replace(
        "</cac:SubordinateAwardingCriterion><cac:SubordinateAwardingCriterion>",
        "</cac:SubordinateAwardingCriterion></cac:AwardingCriterion><cac:AwardingCriterion>"
        "<cac:SubordinateAwardingCriterion>",
    ),
}


@pytest.mark.parametrize("shape", _SHAPES)
def test_every_shape_of_a_notice_gives_the_same_facts(shape: str) -> None:
    """Versions of the SDK and publishing tools write the same fields in several ways."""
    found = facts(_SHAPES[shape])
    assert value(found, "procedure.type") == "appel_offres_ouvert"
    assert value(found, "date_lancement") == date(2024, 9, 16)
    assert value(found, "nombre_lots") == 1
    assert value(found, "alloti") is False
    assert value(found, "acheteur.nom") == "Commune de Valmorel"
    assert value(found, "acheteur.categorie") == "commune"
    assert value(found, "cpv") == ("77310000",)
    assert weights(found) == ["60", "40"]


def test_a_fact_of_a_field_is_structured_and_quotes_it() -> None:
    """The evidence is the field itself, under a name a person knows."""
    found = fact(eforms(), "procedure.type")
    assert found.origin == STRUCTURED
    evidence = found.evidence[0]
    assert evidence.quote == "open"
    assert evidence.location.heading == "BT-105, type de procédure"
    assert evidence.location.pointer == "TenderingProcess/ProcedureCode"
    assert evidence.role == "AAPC"


def test_a_code_is_named_after_its_list() -> None:
    """Codes of several lists stand under one path: each is shown under its own name."""
    codes = additional(social_objective="opp", environmental_impact="other")
    found = facts(eforms(lot("LOT-0001", "1", project=codes), lot("LOT-0002", "2", "Taille", project=codes)))
    assert fact(found, "avis.objectif_social").evidence[0].location.heading == "BT-775, objectif social (LOT-0001)"
    environmental = fact(found, "avis.objectif_environnemental").evidence[0].location.heading
    assert environmental.startswith("BT-774, réduction des incidences")
    assert fact(found, "acheteur.nom").evidence[0].location.heading == "BT-500, nom de l'organisation"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open", "appel_offres_ouvert"),
        ("restricted", "appel_offres_restreint"),
        ("neg-w-call", "procedure_avec_negociation"),
        ("comp-dial", "dialogue_competitif"),
        ("innovation", "partenariat_innovation"),
        ("oth-single", "unknown"),
        ("oth-mult", "unknown"),
        ("comp-tend", "unknown"),
        ("inconnu", "unknown"),
    ],
)
def test_procedures(code: str, expected: str) -> None:
    """A code that names no procedure of the French code leaves it unknown."""
    assert value(eforms(procedure=code), "procedure.type") == expected


def test_a_procedure_contradicted_by_its_legal_basis_is_disputed() -> None:
    """Negotiated procedure by the code, adapted procedure by the article: both are shown."""
    found = fact(eforms(procedure="neg-w-call", basis="Article R. 2123-1 3° du code"), "procedure.type")
    assert found.status == "conflict"
    assert {e.value for e in found.evidence + found.rivals} == {"procedure_avec_negociation", "procedure_adaptee"}


def test_a_design_contest_is_one_whoever_may_enter_it() -> None:
    """In the notice of a contest, "restricted" is about those who may enter."""
    assert value(eforms(kind="cn-desg", procedure="restricted"), "procedure.type") == "concours"


@pytest.mark.parametrize(
    ("kind", "list_name", "role", "launched"),
    [
        ("cn-standard", "competition", "AAPC", True),
        ("cn-social", "competition", "AAPC", True),
        ("pin-cfc-standard", "competition", "AAPC", True),
        ("qu-sy", "competition", "AVIS", False),
        ("pin-rtl", "planning", "AVIS", False),
        ("can-standard", "result", "AVIS", False),
        ("can-modif", "cont-modif", "AVIS", False),
        ("veat", "dir-awa-pre", "AVIS", False),
    ],
)
def test_only_a_call_for_competition_launches(kind: str, list_name: str, role: str, launched: bool) -> None:
    """An award notice comes after: it gives its own date, and no launch."""
    found = facts(eforms(kind=kind, list_name=list_name))
    assert fact(found, "avis.date_envoi").evidence[0].role == role
    assert (value(found, "date_lancement") == date(2024, 9, 16)) is launched


def test_a_change_notice_is_later_than_the_launch() -> None:
    """The corrected notice was sent before; why it is not the launch is told."""
    changes = "<efac:Changes><efbc:ChangedNoticeIdentifier>123-2024</efbc:ChangedNoticeIdentifier></efac:Changes>"
    found = fact(eforms(header=changes), "date_lancement")
    assert found.status == "unknown"
    assert found.search is not None
    assert "rectificatif" in found.search.nearest_reason


@pytest.mark.parametrize("issued", ["2024-09-16+02:00", "2024-09-16Z", "2024-09-16"])
def test_a_date_is_the_day_written_there(issued: str) -> None:
    """The zone is left out: the day is that of the buyer."""
    assert value(eforms(issued=issued), "date_lancement") == date(2024, 9, 16)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (reserved("none"), "aucune"),
        (reserved("none") + requirement("reserved-execution", "no"), "aucune"),
        (reserved("none") + requirement("reserved-execution", "yes"), "unknown"),
        (requirement("reserved-execution", "yes"), "unknown"),
        (reserved("res-ws"), "unknown"),
        (reserved("res-pub-ser"), "unknown"),
    ],
)
def test_reservations(codes: str, expected: str) -> None:
    """A code that says "reserved" does not say to whom; one that denies another leaves the question open."""
    assert value(eforms(lot(terms=codes)), "reservation.categorie") == expected


def test_a_reservation_written_in_the_lot_is_that_lot_s() -> None:
    """The code says it is reserved, the text says to whom."""
    text = "Le lot est réservé aux entreprises adaptées et aux ESAT en application de l'article L. 2113-12."
    found = facts(eforms(lot("LOT-0001", "1"), lot("LOT-0002", "2", description=text, terms=reserved("res-ws"))))
    assert value(found, "reservation.categorie", LOT_2) == "handicap"
    assert value(found, "reservation.categorie", LOT_1) != "handicap"


def test_a_code_without_text_leaves_the_clause_open() -> None:
    """BT-775 announces: the fact that it does is kept, the clause stays unknown, and the report says why."""
    codes = additional(social_objective="opp", environmental_impact="clim-mitig", gpp_criteria="national")
    found = facts(eforms(lot(project=codes)))
    assert value(found, "avis.objectif_social") is True
    assert value(found, "avis.objectif_environnemental") is True
    for name in ("social.condition_execution", "environnement.condition_execution", "environnement.specification"):
        told = fact(found, name)
        assert told.status == "unknown"
        assert told.search is not None
        assert ANNOUNCED in told.search.nearest_reason


def test_a_clause_written_in_the_notice_is_read() -> None:
    """BT-70 is prose: the clause it writes is a clause."""
    text = (
        "Clause sociale d'insertion obligatoire : le titulaire réserve 350 heures à des publics éloignés de l'emploi."
    )
    found = facts(eforms(lot(terms=performance(text), project=additional(social_objective="other"))))
    assert value(found, "social.condition_execution") is True


def test_a_general_none_gives_way_to_a_precise_code() -> None:
    """BT-06 is often "none" by habit where BT-775 says which objective."""
    codes = additional(strategic_procurement="none", social_objective="opp")
    assert value(eforms(lot(project=codes)), "avis.objectif_social") is True


@pytest.mark.parametrize(
    ("code", "expected"), [("not-allowed", "interdites"), ("allowed", "autorisees"), ("required", "exigees")]
)
def test_variants(code: str, expected: str) -> None:
    """BT-63."""
    terms = f'<cbc:VariantConstraintCode listName="permission">{code}</cbc:VariantConstraintCode>'
    assert value(eforms(lot(terms=terms)), "variantes") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90000", Decimal(90000)),
        ("1200000.50", Decimal("1200000.5")),
        ("0", "unknown"),
        ("0.01", "unknown"),
        ("1.00", "unknown"),
        ("999999999", "unknown"),
        ("100000000000000000", "unknown"),
        ("NaN", "unknown"),
        ("voir DCE", "unknown"),
    ],
)
def test_amounts(text: str, expected: object) -> None:
    """What buyers type when they do not want to tell is no amount."""
    assert value(eforms(project=amount(text)), "valeur_estimee_ht") == expected


def test_another_currency_is_no_amount_in_euros() -> None:
    """Pacific francs are not converted."""
    assert value(eforms(project=amount("9000000", currency="XPF")), "valeur_estimee_ht") == "unknown"


@pytest.mark.parametrize(
    ("legal", "entity", "regime", "contract"),
    [
        ("32014L0024", False, "ordinaire", "marche"),
        ("32014L0025", True, "ordinaire", "marche"),
        ("32009L0081", "unknown", "defense_securite", "marche"),
        ("32014L0023", "unknown", "ordinaire", "concession"),
        ("other", "unknown", "unknown", "unknown"),
    ],
)
def test_legal_basis(legal: str, entity: object, regime: str, contract: str) -> None:
    """The directive tells the book of the code and the kind of buyer."""
    found = facts(eforms(legal=legal))
    assert value(found, "acheteur.entite_adjudicatrice") == entity
    assert value(found, "regime") == regime
    assert value(found, "contrat") == contract


def test_a_notice_in_the_official_journal_is_no_complete_list_of_supports() -> None:
    """The notice may be published elsewhere as well: the list of supports stays unknown."""
    published = "<efac:Publication><efbc:GazetteID>181/2024</efbc:GazetteID></efac:Publication>"
    assert value(eforms(header=published), "procedure.publicite") == "unknown"


def test_a_wrong_siret_is_not_kept() -> None:
    """Fourteen digits that fail their check are no SIRET."""
    assert value(eforms(siret="21399999900006"), "acheteur.siret") == "unknown"
    assert value(eforms(siret="213 999 999 00005"), "acheteur.siret") == "21399999900005"


def test_a_deadline_is_that_of_offers() -> None:
    """BT-131, whatever its zone."""
    process = (
        "<cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2024-10-17+02:00</cbc:EndDate>"
        "</cac:TenderSubmissionDeadlinePeriod>"
    )
    assert value(eforms(lot(process=process)), "date_limite_offres") == date(2024, 10, 17)


def test_frameworks() -> None:
    """BT-765."""
    code = (
        '<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">{}'
        "</cbc:ContractingSystemTypeCode></cac:ContractingSystem>"
    )
    assert value(eforms(lot(process=code.format("fa-wo-rc"))), "forme") == "accord_cadre"
    assert value(eforms(lot(process=code.format("none"))), "forme") == "marche"


def test_a_notice_in_two_languages_is_named_in_french() -> None:
    """The title stands in German first, then in French."""
    german = '<cbc:Name languageID="DEU">Grünpflege</cbc:Name><cbc:Name languageID="FRA">'
    notice = eforms(lot("LOT-0001", "1", "Tonte"), lot("LOT-0002", "2", "Taille")).replace(
        '<cbc:Name languageID="FRA">', german
    )
    found = facts(notice)
    assert value(found, "objet") == "Entretien des espaces verts"
    assert value(found, "objet", LOT_2) == "Taille"
    assert value(found, "acheteur.nom") == "Commune de Valmorel"


@pytest.mark.parametrize(
    "hostile",
    [
        lot(criteria=criterion("a " + "( " * 20000 + "x", weight="1") + criterion("- " * 20000, weight="1")),
        lot(criteria=criterion("", "40 % " * 10000, weight="1") * 3),
        lot(project=period("12") + renewals("", "1 + " * 9000)),
        lot(project=period("12") + renewals("3", "durée maximale 12 mois " * 4000)),
        lot(description="reconductible " * 10000, project=period("12")),
        lot("LOT-0001", "l " * 20000, "lot " * 10000),
    ],
)
def test_no_text_takes_long(hostile: str) -> None:
    """Texts made to make patterns backtrack are read in the time of others."""
    facts(eforms())  # the rules are loaded once
    start = thread_time()
    facts(eforms(hostile))
    assert thread_time() - start < 5


def test_a_direct_award_has_a_ground_where_the_notice_gives_one() -> None:
    """BT-136 is the exception that is invoked; without publication, the procedure is less sure than another."""
    code = '<cbc:ProcessReasonCode listName="direct-award-justification">technical</cbc:ProcessReasonCode>'
    award = {"kind": "veat", "list_name": "dir-awa-pre", "procedure": "neg-wo-call", "root": "ContractAwardNotice"}
    grounded = eforms(process=f"<cac:ProcessJustification>{code}</cac:ProcessJustification>", **award)
    assert value(grounded, "procedure.exception_dispense") is True
    assert value(grounded, "procedure.type") == "sans_publicite_ni_mise_en_concurrence"
    assert fact(eforms(**award), "procedure.type").confidence < SURE_ENOUGH


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [
        ("inc", "specifications.accessibilite", ANNOUNCED),
        ("n-inc", "usage_personnes", "par un code"),
    ],
)
def test_accessibility_told_by_a_code_is_left_open(code: str, name: str, reason: str) -> None:
    """The code proves neither what the specifications say, nor that nobody uses what is bought."""
    told = fact(facts(eforms(lot(project=additional(accessibility=code)))), name)
    assert told.status == "unknown"
    assert told.search is not None
    assert reason in told.search.nearest_reason


def test_accessibility_set_aside_with_a_reason() -> None:
    """The notice itself records why, which is what the code asks for."""
    found = facts(eforms(lot(project=additional(accessibility="n-inc-just"))))
    assert value(found, "specifications.accessibilite_derogation") is True
