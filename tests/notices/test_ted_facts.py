"""Facts of notices in the older TED schema, whose forms tick boxes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from notices_builders import SIRET, fact, facts, ted, ted_lot, value, weights

from achats_check.model.fact import Scope

LOT_1, LOT_2 = Scope("lot", "1"), Scope("lot", "2")
DIVIDED = "<LOT_DIVISION><LOT_ALL/></LOT_DIVISION>"


def test_a_contract_notice() -> None:
    """The fields of the form and the coded section say the same."""
    found = facts(ted(ted_lot("", '<DURATION TYPE="MONTH">36</DURATION><NO_RENEWAL/><NO_ACCEPTED_VARIANTS/>')))
    assert value(found, "procedure.type") == "appel_offres_ouvert"
    assert value(found, "date_lancement") == date(2021, 3, 12)
    assert value(found, "date_limite_offres") == date(2021, 4, 20)
    assert value(found, "duree_mois") == 36
    assert value(found, "variantes") == "interdites"
    assert value(found, "alloti") is False
    assert value(found, "nombre_lots") == 1
    assert value(found, "type") == "services"
    assert value(found, "cpv") == ("90910000",)
    assert value(found, "objet") == "Nettoyage des lycées"
    assert value(found, "acheteur.nom") == "Région Haute-Vallée"
    assert value(found, "acheteur.categorie") in ("region", "conflict")
    assert value(found, "acheteur.siret") == SIRET


@pytest.mark.parametrize(
    ("procedure", "expected"),
    [
        ("<PT_OPEN/>", "appel_offres_ouvert"),
        ("<PT_RESTRICTED/>", "appel_offres_restreint"),
        ("<PT_COMPETITIVE_NEGOTIATION/>", "procedure_avec_negociation"),
        ("<PT_NEGOTIATED_WITH_PRIOR_CALL/>", "procedure_avec_negociation"),
        ("<PT_COMPETITIVE_DIALOGUE/>", "dialogue_competitif"),
        ("<PT_INNOVATION_PARTNERSHIP/>", "partenariat_innovation"),
        ("<PT_INVOLVING_NEGOTIATION/>", "unknown"),
    ],
)
def test_procedures(procedure: str, expected: str) -> None:
    """The box ticked at IV.1.1."""
    assert value(ted(ted_lot(), procedure=procedure), "procedure.type") == expected


def test_the_deadline_of_candidates_is_no_deadline_for_tenders() -> None:
    """In a restricted procedure, the only date of the form is that of the requests to participate."""
    found = fact(ted(ted_lot(), procedure="<PT_RESTRICTED/>"), "date_limite_offres")
    assert found.status == "unknown"
    assert found.search is not None
    assert "candidatures" in found.search.nearest_reason


def test_the_coded_section_speaks_when_the_form_is_silent() -> None:
    """Forms of other schemas have another structure: the coded data still say the procedure."""
    assert value(ted(procedure="", coded='<PR_PROC CODE="2">Restricted</PR_PROC>'), "procedure.type") == (
        "appel_offres_restreint"
    )


def test_no_publication_in_the_journal_is_not_no_competition() -> None:
    """Under the thresholds, "without prior publication" is about the Official Journal: the text prevails."""
    said = "<OBJECT_DESCR><SHORT_DESCR><P>Marché passé selon une procédure adaptée.</P></SHORT_DESCR></OBJECT_DESCR>"
    notice = ted(
        said,
        form="F15_2014",
        document_type="V",
        procedure="<PT_AWARD_CONTRACT_WITHOUT_CALL><D/></PT_AWARD_CONTRACT_WITHOUT_CALL>",
    )
    assert value(notice, "procedure.type") == "procedure_adaptee"


@pytest.mark.parametrize(
    ("form", "document_type", "name", "expected"),
    [
        ("F21_2014", "3", "services_sociaux_specifiques", True),
        ("F12_2014", "D", "procedure.type", "concours"),
        ("F24_2014", "H", "contrat", "concession"),
        ("F02_2014", "3", "services_sociaux_specifiques", "unknown"),
    ],
)
def test_the_form_itself_says_something(form: str, document_type: str, name: str, expected: object) -> None:
    """A form for social services, for contests, for concessions."""
    notice = ted(ted_lot(), form=form, document_type=document_type, procedure="<PT_RESTRICTED/>")
    notice = notice.replace('<LEGAL_BASIS VALUE="32014L0024"/>', "")
    assert value(notice, name) == expected


@pytest.mark.parametrize(
    ("form", "document_type", "notice_type", "role"),
    [
        ("F02_2014", "3", "", "AAPC"),
        ("F05_2014", "3", "", "AAPC"),
        ("F01_2014", "A", "PRI_CALL_COMPETITION", "AAPC"),
        ("F01_2014", "0", "PRI_ONLY", "AVIS"),
        ("F23_2014", "H", "PRI", "AAPC"),
        ("F03_2014", "7", "", "AVIS"),
        ("F15_2014", "V", "", "AVIS"),
        ("F14_2014", "2", "", "AVIS"),
        ("F20_2014", "K", "", "AVIS"),
    ],
)
def test_roles(form: str, document_type: str, notice_type: str, role: str) -> None:
    """Only a call for competition is the notice a dossier needs."""
    lefti = f'<X/></LEFTI><NOTICE TYPE="{notice_type}"/><LEFTI>' if notice_type else ""
    found = fact(ted(ted_lot(), form=form, document_type=document_type, lefti=lefti), "avis.date_envoi")
    assert found.evidence[0].role == role


def test_lots() -> None:
    """Each lot has its number, its title, its value; what all repeat is said once."""
    one = ted_lot("01", '<VAL_OBJECT CURRENCY="EUR">400000</VAL_OBJECT><NO_ACCEPTED_VARIANTS/>', "Secteur nord")
    two = ted_lot("02", '<VAL_OBJECT CURRENCY="EUR">300000</VAL_OBJECT><NO_ACCEPTED_VARIANTS/>', "Secteur sud")
    found = facts(ted(one, two, object_=DIVIDED))
    assert found.lots == ("1", "2")
    assert value(found, "alloti") is True
    assert value(found, "nombre_lots") == 2
    assert value(found, "lots_candidature_precisee") is True
    assert value(found, "objet", LOT_2) == "Secteur sud"
    assert value(found, "valeur_estimee_ht", LOT_1) == Decimal(400000)
    assert value(found, "valeur_estimee_ht") == Decimal(700000)
    assert value(found, "variantes") == "interdites"


def test_every_lot_is_the_evidence_of_their_sum() -> None:
    """Two lots of the same value are two lots; the longest duration rests on the lot that has it."""
    amounts = {"1": 60000, "2": 135000, "3": 60000}
    lots = [
        ted_lot(
            number,
            f'<VAL_OBJECT CURRENCY="EUR">{amount}</VAL_OBJECT><DURATION TYPE="MONTH">{12 * int(number)}</DURATION>',
            f"Secteur {number}",
        )
        for number, amount in amounts.items()
    ]
    found = facts(ted(*lots, object_=DIVIDED))
    total, longest = found.get("valeur_estimee_ht"), found.get("duree_mois")
    assert total is not None
    assert total.value == Decimal(255000)
    assert [passage.quote for passage in total.evidence] == ["60000", "135000", "60000"]
    assert {passage.value for passage in total.evidence} == {Decimal(255000)}
    assert longest is not None
    assert (longest.value, [passage.quote for passage in longest.evidence]) == (36, ["36"])


def test_a_lot_without_a_title_is_described_all_the_same() -> None:
    """Its description, else its number, names it: no lot is lost."""
    described = ted_lot("3", "<SHORT_DESCR><P>Découverte de la montagne.</P></SHORT_DESCR>")
    found = facts(ted(ted_lot("1", title="Mer"), described, ted_lot("4", "<NO_OPTIONS/>"), object_=DIVIDED))
    assert found.lots == ("1", "3", "4")
    assert value(found, "objet", Scope("lot", "3")) == "Découverte de la montagne."
    assert value(found, "objet", Scope("lot", "4")) == "Lot 4"


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (
            "<AC><AC_QUALITY><AC_CRITERION>Technique</AC_CRITERION><AC_WEIGHTING>60</AC_WEIGHTING></AC_QUALITY>"
            "<AC_PRICE><AC_WEIGHTING>40</AC_WEIGHTING></AC_PRICE></AC>",
            ["60", "40"],
        ),
        (
            "<AC><AC_COST><AC_CRITERION>Coût</AC_CRITERION><AC_WEIGHTING>70 %</AC_WEIGHTING></AC_COST>"
            "<AC_QUALITY><AC_CRITERION>Délai</AC_CRITERION><AC_WEIGHTING>30%</AC_WEIGHTING></AC_QUALITY></AC>",
            ["30", "70"],
        ),
        ("<AC><AC_PROCUREMENT_DOC/></AC>", "unknown"),
        ("<AC><AC_PRICE/></AC>", "unknown"),
    ],
)
def test_criteria(criteria: str, expected: object) -> None:
    """Weights as numbers or percentages; criteria left to the documents stay unknown."""
    assert weights(ted(ted_lot("", criteria))) == expected


def test_a_quality_filed_under_cost_keeps_its_nature() -> None:
    """Buyers put quality in the box of cost: the name tells."""
    criteria = "<AC><AC_COST><AC_CRITERION>Valeur technique</AC_CRITERION><AC_WEIGHTING>60</AC_WEIGHTING></AC_COST>"
    criteria += "<AC_COST><AC_CRITERION>Prix</AC_CRITERION><AC_WEIGHTING>40</AC_WEIGHTING></AC_COST></AC>"
    found = value(ted(ted_lot("", criteria)), "criteres")
    assert [item["nature"] for item in found] == ["technique", "prix"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("box", ["RESTRICTED_SHELTERED_WORKSHOP", "RESERVED_ORGANISATIONS_SERVICE_MISSION"])
def test_a_reservation_ticked_does_not_say_to_whom(box: str) -> None:
    """The box is ticked for all lots and all kinds of reservation: the text alone says which."""
    found = facts(ted(ted_lot(), lefti=f"<{box}/>"))
    assert value(found, "reservation.mention_avis") is True
    assert value(found, "reservation.categorie") == "unknown"


def test_a_reservation_not_ticked_is_none() -> None:
    """The form has a box for it: unticked, in a notice read whole, it means none."""
    assert value(ted(ted_lot()), "reservation.categorie") == "aucune"


def test_the_form_kept_is_the_french_one() -> None:
    """A notice in German first: its French form is read."""
    german = ted(ted_lot("", title="")).replace('LG="FR"', 'LG="DE"').replace("Nettoyage des lycées", "Reinigung")
    french = (
        '<F02_2014 CATEGORY="TRANSLATION" FORM="F02" LG="FR"><OBJECT_CONTRACT><TITLE><P>Nettoyage</P></TITLE>'
        "</OBJECT_CONTRACT></F02_2014>"
    )
    assert value(german.replace("</FORM_SECTION>", french + "</FORM_SECTION>"), "objet") == "Nettoyage"


@pytest.mark.parametrize(
    ("postcode", "expected"),
    [("98851", "nouvelle_caledonie"), ("97500", "saint_pierre_et_miquelon"), ("97133", "saint_barthelemy")]
    + [(code, "unknown") for code in ("97150", "97100", "97600", "59880", "98000")],
)
def test_a_buyer_overseas(postcode: str, expected: str) -> None:
    """Publicity has rules of its own in some territories, not in the overseas departments nor in Saint-Martin."""
    notice = ted(ted_lot()).replace("<NATIONALID>", f"<POSTAL_CODE>{postcode}</POSTAL_CODE><NATIONALID>")
    assert value(notice, "outre_mer") == expected


@pytest.mark.parametrize(
    ("content", "procedure"),
    [
        ("<CRITERIA_CANDIDATE><P>{}</P></CRITERIA_CANDIDATE>", ""),
        ("", "<CRITERIA_EVALUATION><P>{}</P></CRITERIA_EVALUATION>"),
    ],
)
def test_the_order_of_candidates_or_of_projects_is_not_that_of_offers(content: str, procedure: str) -> None:
    """The field says what is ranked where the sentence does not; elsewhere the same sentence is about offers."""
    order = "Critères suivants, par ordre de priorité décroissante :"
    found = facts(ted(ted_lot("", content.format(order)), procedure=f"<PT_RESTRICTED/>{procedure.format(order)}"))
    assert value(found, "criteres.hierarchises") == "unknown"
    of_offers = ted_lot("", f"<INFO_ADD><P>{order}</P></INFO_ADD>")
    assert value(facts(ted(of_offers)), "criteres.hierarchises") is True
