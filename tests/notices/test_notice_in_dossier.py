"""A notice beside the pieces: what agrees, what contradicts, and which day's law applies."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from notices_builders import (
    SIRET,
    additional,
    amount,
    boamp,
    criterion,
    eforms,
    facts,
    lot,
    period,
    renewals,
    requirement,
    reserved,
    ted,
    ted_lot,
    value,
)

from achats_check.dossier import check
from achats_check.model.document import Block, Document
from achats_check.model.report import Report

TODAY = date(2026, 11, 21)


def rules(text: str) -> Document:
    """An RC of a few lines."""
    lines = text.strip().split("\n")
    return Document("RC.docx", "docx", tuple(Block(n, "paragraph", line) for n, line in enumerate(lines)), role="RC")


def report(tmp_path: Path, text: str, name: str = "avis.xml") -> Report:
    """Check a dossier of one notice."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return check(tmp_path / name, today=TODAY)


def test_a_code_and_a_piece_that_disagree_are_both_shown() -> None:
    """The notice says open, the rules of the consultation say adapted: a conflict that cites both."""
    found = facts(eforms(), rules("La consultation est passée selon la procédure adaptée (article L. 2123-1 du code)."))
    told = found.get("procedure.type")
    assert told is not None
    assert told.status == "conflict"
    assert {e.role for e in told.evidence + told.rivals} == {"AAPC", "RC"}


def test_a_code_and_a_piece_that_agree_support_each_other() -> None:
    """Both are cited, and the fact is surer than each."""
    found = facts(eforms(), rules("La procédure est un appel d'offres ouvert (article L. 2124-2 du code)."))
    told = found.get("procedure.type")
    assert told is not None
    assert (told.status, told.origin) == ("known", "structured")
    assert {e.role for e in told.evidence} == {"AAPC", "RC"}


def test_lots_of_a_notice_and_of_a_piece_are_the_same_lots() -> None:
    """LOT-0002 with the number 2 is "lot 2" of the rules."""
    notice = eforms(lot("LOT-0001", "1", "Tonte"), lot("LOT-0002", "2", "Élagage", project=amount("50000")))
    found = facts(notice, rules("Le marché est décomposé en 2 lots :\nLot 1 : Tonte\nLot 2 : Élagage"))
    assert found.lots == ("1", "2")
    assert value(found, "nombre_lots") == 2


def test_a_record_is_outranked_by_nothing_and_outranks_nothing() -> None:
    """What the record says stays visible beside the notice."""
    record = json.dumps({"marches": [{"procedure": "Procédure adaptée", "dateNotification": "2024-12-01"}]})
    from notices_builders import document

    found = facts(document(eforms()), document(record, "decp.json"))
    told = found.get("procedure.type")
    assert told is not None
    assert {e.role for e in told.evidence + told.rivals} == {"AAPC", "DECP"}


def test_the_law_is_that_of_the_launch(tmp_path: Path) -> None:
    """The dispatch of the call is the launch."""
    day = report(tmp_path, eforms()).law_day
    assert (day.date, day.origin) == (date(2024, 9, 16), "extracted")


@pytest.mark.parametrize(
    ("text", "name", "expected", "said"),
    [
        (eforms(kind="can-standard", list_name="result"), "avis.xml", date(2024, 9, 16), "envoi de l'avis"),
        (ted(ted_lot(), form="F03_2014", document_type="7"), "avis.xml", date(2021, 3, 12), "envoi de l'avis"),
        (
            json.dumps({"marches": [{"dateNotification": "2018-12-03", "acheteur": {"id": SIRET}}]}),
            "decp.json",
            date(2018, 12, 3),
            "notification",
        ),
    ],
)
def test_without_a_launch_the_law_is_that_of_what_came_after(
    tmp_path: Path, text: str, name: str, expected: date, said: str
) -> None:
    """An award of 2021 is not judged by the law of today."""
    day = report(tmp_path, text, name).law_day
    assert (day.date, day.origin) == (expected, "assumed")
    assert said in day.note


_WEIGHTED = criterion("Technique", weight="60") + criterion("Prix", kind="price", weight="40")


@pytest.mark.parametrize(
    "text",
    [
        eforms(lot(project=period("48") + amount("300000"), criteria=_WEIGHTED, terms=reserved("none"))),
        eforms(lot("LOT-0001", "1", "Tonte"), lot("LOT-0002", "2", "Élagage"), project=amount("900000")),
        eforms(lot(project=additional(social_objective="opp", gpp_criteria="other"))),
        ted(ted_lot("", '<DURATION TYPE="MONTH">48</DURATION>')),
        boamp(),
    ],
)
def test_a_plain_notice_accuses_nobody(tmp_path: Path, text: str) -> None:
    """A notice alone is too little to find a fault in what it does not say."""
    found = report(tmp_path, text)
    assert [f.rule for f in found.findings if f.verdict == "non_conforme"] == []
    assert found.inputs[0].role == "AAPC"


def test_the_ceilings_of_lots_are_not_held_against_an_estimate(tmp_path: Path) -> None:
    """Lots estimated at 60 000 each, with ceilings of 90 000: the whole is well estimated at 120 000."""
    worth = amount("60000", "90000")
    lots = (lot("LOT-0001", "1", "Tonte", project=worth), lot("LOT-0002", "2", "Élagage", project=worth))
    verdicts = {}
    for whole in ("120000", "100000"):
        found = report(tmp_path, eforms(*lots, project=amount(whole)))
        verdicts[whole] = next(f.verdict for f in found.findings if f.rule == "lots-valeur-totale")
    assert verdicts == {"120000": "conforme", "100000": "non_conforme"}


def test_the_ceiling_of_a_part_is_not_held_against_the_whole_estimate(tmp_path: Path) -> None:
    """A firm part beside orders: the ceiling is that of the orders, and only a person can tell."""
    system = (
        '<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">fa-wo-rc'
        "</cbc:ContractingSystemTypeCode></cac:ContractingSystem>"
    )
    found = report(tmp_path, eforms(lot(process=system, project=amount("1200000", "500000"))))
    told = next(f for f in found.findings if f.rule == "maximum-sous-estimation")
    assert (told.verdict, told.doubt) == ("a_verifier", "alerte")


@pytest.mark.parametrize(
    ("notice", "text", "rule"),
    [
        (eforms(lot()), "La consultation est passée selon la procédure adaptée (article L. 2123-1).", "procedure"),
        (
            eforms(lot(project=period("12"))),
            "La durée maximale du marché, toutes périodes confondues, est de 48 mois.",
            "duree",
        ),
        (eforms(lot(terms=requirement("reserved-execution", "yes"))), "Le marché n'est pas réservé.", "avis"),
        (eforms(lot(terms=reserved("res-ws"))), "Le marché n'est pas réservé.", "avis"),
    ],
)
def test_a_code_that_differs_is_told_and_accuses_nobody(tmp_path: Path, notice: str, text: str, rule: str) -> None:
    """No code says "adapted procedure"; a coded duration may be the first period; boxes are ticked by mistake."""
    (tmp_path / "RC.txt").write_text(
        f"RÈGLEMENT DE LA CONSULTATION (RC)\n\nArticle 1 - Marché\n\n{text}\n", encoding="utf-8"
    )
    (tmp_path / "avis.xml").write_text(notice, encoding="utf-8")
    found = check(tmp_path, today=TODAY)
    told = next(f for f in found.findings if f.rule == f"pieces-{rule}")
    assert told.verdict == "a_verifier"
    assert {e.role for e in told.evidence} == {"AAPC", "RC"}


def test_a_coded_duration_with_its_renewals_is_held_against_the_pieces(tmp_path: Path) -> None:
    """No renewal, says the notice: 24 months are not 48."""
    lines = "RÈGLEMENT DE LA CONSULTATION (RC)\n\nArticle 1 - Durée\n\nLa durée maximale du marché est de 48 mois.\n"
    (tmp_path / "RC.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "avis.xml").write_text(eforms(lot(project=period("24") + renewals("0"))), encoding="utf-8")
    told = next(f for f in check(tmp_path, today=TODAY).findings if f.rule == "pieces-duree")
    assert told.verdict == "non_conforme"


def test_a_notice_is_listed_with_its_kind(tmp_path: Path) -> None:
    """The report says what the file was taken for."""
    piece = report(tmp_path, eforms(kind="cn-social")).inputs[0]
    assert piece.format == "eforms"
    assert "services sociaux" in piece.role_ground
    assert piece.status == "read"
