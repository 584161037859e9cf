"""Notices that French law does not govern, or not as European ones: foreign buyers, the Union, national law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from notices_builders import document, eforms, lot, ted, value

from achats_check.dossier import check, recognise_pieces
from achats_check.facts.notices.abroad import not_french

_PLACE = '</cac:PartyName><cac:PostalAddress><cac:Country><cbc:IdentificationCode listName="country">{}'
_CLOSED = "</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"


def of(country: str, **said: str) -> str:
    """A notice whose buyer is established in a country."""
    told = {"siret": "B 123", **said}
    return eforms(lot(), **told).replace("</cac:PartyName>", _PLACE.format(country) + _CLOSED, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (of("LUX"), True),
        (of("BEL", siret="0207.437.468"), True),
        (of("FRA"), False),
        (of("REU"), False),
        (eforms(lot(), siret="B 123"), False),
        (of("DEU", siret="21399999900005"), False),
        (of("ITA", basis="Article R. 2123-1 du code de la commande publique"), False),
        (of("FRA", legal="32018R1046"), True),
    ],
    ids=["Luxembourg", "Belgium", "France", "Réunion", "nowhere", "SIRET abroad", "code abroad", "the Union in France"],
)
def test_whose_law_a_notice_is_under(text: str, foreign: bool) -> None:
    """The country of the buyer tells, unless a SIRET or the code itself shows a French body abroad."""
    assert bool(not_french(document(text))) is foreign


def test_the_country_of_the_winner_tells_nothing() -> None:
    """A German winner of a French contract: only buyers count."""
    winner = (
        "<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0009</cbc:ID>"
        '</cac:PartyIdentification><cac:PostalAddress><cac:Country><cbc:IdentificationCode listName="country">DEU'
        "</cbc:IdentificationCode></cac:Country></cac:PostalAddress></efac:Company></efac:Organization></efac:Organizations>"
    )
    assert not not_french(document(eforms(lot(), siret="B 123", header=winner)))


@pytest.mark.parametrize(("country", "foreign"), [("ES", True), ("FR", False), ("GP", False)])
def test_countries_of_the_older_schema(country: str, foreign: bool) -> None:
    """Two letters there; the builder's SIRET is taken away, for it would tell a French body."""
    text = ted().replace("<NATIONALID>21399999900005</NATIONALID>", f'<COUNTRY VALUE="{country}"/>')
    assert bool(not_french(document(text))) is foreign


def test_a_foreign_notice_is_not_judged(tmp_path: Path) -> None:
    """It is told apart and no rule is applied to it."""
    path = tmp_path / "avis.xml"
    path.write_text(of("LUX"))
    report = check(path, today=date(2026, 11, 2))
    assert [piece.status for piece in report.inputs] == ["unread"]
    assert "LUX" in report.inputs[0].reason
    assert not report.findings


def test_a_foreign_notice_does_not_hide_the_pieces_beside_it(tmp_path: Path) -> None:
    """The French notice of the same folder is judged."""
    (tmp_path / "a.xml").write_text(of("LUX"))
    (tmp_path / "b.xml").write_text(eforms(lot()))
    report = check(tmp_path, today=date(2026, 11, 2))
    assert sorted(piece.status for piece in report.inputs) == ["read", "unread"]
    assert report.findings


@pytest.mark.parametrize("procedure", ["open", "restricted", "neg-w-call"])
def test_a_notice_under_national_law_leaves_the_procedure_open(procedure: str) -> None:
    """Below the thresholds, "open" says as well an adapted procedure."""
    subtype = "<efac:NoticeSubType><cbc:SubTypeCode>{}</cbc:SubTypeCode></efac:NoticeSubType>"
    assert value(eforms(procedure=procedure, header=subtype.format("E3")), "procedure.type") == "unknown"
    named = eforms(legal="other", procedure=procedure, basis="Article R. 2123-1 du code")
    assert value(named, "procedure.type") == "procedure_adaptee"


def test_another_law_ticked_on_the_form_of_the_directive_is_a_slip() -> None:
    """Buyers tick "other" on the form of a European call: what the form says of the procedure stands."""
    subtype = "<efac:NoticeSubType><cbc:SubTypeCode>16</cbc:SubTypeCode></efac:NoticeSubType>"
    assert value(eforms(legal="other", header=subtype), "procedure.type") == "appel_offres_ouvert"


def test_pieces_knows_a_notice_by_its_fields(tmp_path: Path) -> None:
    """What lists the pieces says the same as what judges them."""
    path = tmp_path / "envoi.xml"
    path.write_text(eforms())
    (piece,) = recognise_pieces(path)
    assert piece.role == "AAPC"
    assert piece.role_ground == "avis eForms (avis de marché)"


def test_a_cancelling_notice_says_so() -> None:
    """It describes a procedure that was given up."""
    from achats_check.facts.recognition import recognised, tables_for
    from achats_check.facts.roles.naming import Naming
    from achats_check.rules import load_rules

    book = load_rules()
    reason = '<efac:ChangeReason><cbc:ReasonCode listName="change-corig-justification">cancel</cbc:ReasonCode>'
    found = [document(eforms(header=f"<efac:Changes>{reason}</efac:ChangeReason></efac:Changes>"))]
    (known,) = recognised(found, Naming.from_plain(book.naming), tables_for(found, book.notices))
    assert known.role_ground == "avis eForms (avis de marché, qui annule la procédure)"
