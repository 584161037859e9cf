"""What a notice proves of its own publication: that a call for competition was published, and where."""

from __future__ import annotations

from datetime import date

import pytest
from notices_builders import boamp, eforms, fact, ted, ted_lot, value
from tests.law.builders import facts

from achats_check.law.evaluate import evaluate
from achats_check.law.rulebook import Rulebook

IN_THE_JOURNAL = "<efac:Publication><efbc:GazetteID>181/2024</efbc:GazetteID></efac:Publication>"
SUPPORTS = ("avis.publie", "avis.publie_joue", "avis.publie_boamp_jal")


def said(notice: str) -> tuple[object, ...]:
    """Return what a notice says of its publication: anywhere, in the Official Journal, in the BOAMP."""
    return tuple(value(notice, name) for name in SUPPORTS)


@pytest.mark.parametrize("kind", ["cn-standard", "cn-social", "cn-desg", "pin-cfc-standard", "pin-cfc-social"])
def test_a_european_call_proves_its_publication(kind: str) -> None:
    """The file is the notice itself: it appeared in the Official Journal, and perhaps elsewhere."""
    assert said(eforms(kind=kind, header=IN_THE_JOURNAL)) == (True, True, "unknown")


@pytest.mark.parametrize("kind", ["pin-only", "pin-rtl", "pin-buyer", "veat", "can-standard", "can-modif", "subco"])
def test_other_european_notices_prove_no_earlier_call(kind: str) -> None:
    """A prior information, an intention or an award may come without any call for competition."""
    assert said(eforms(kind=kind, header=IN_THE_JOURNAL)) == ("unknown",) * 3


def test_a_form_of_the_directives_is_for_the_journal_before_it_appears() -> None:
    """The buyer's own file has no number yet, but its form is one that must be sent to the Official Journal."""
    form = '<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">{}</cbc:SubTypeCode></efac:NoticeSubType>'
    assert said(eforms(header=form.format("16"))) == (True, True, "unknown")
    assert said(eforms(header=form.format("E3"))) == (True, "unknown", "unknown")
    assert said(eforms()) == (True, "unknown", "unknown")


@pytest.mark.parametrize(
    ("document_type", "expected"),
    [("3", True), ("A", True), ("H", True), ("0", "unknown"), ("7", "unknown"), ("V", "unknown"), ("K", "unknown")],
)
def test_older_european_notices(document_type: str, expected: object) -> None:
    """The coded section tells a call for competition from what precedes or follows it."""
    notice = ted(ted_lot(), document_type=document_type)
    assert said(notice) == (expected, expected, "unknown")


@pytest.mark.parametrize(
    ("nature", "family", "expected"),
    [
        ("<APPEL_OFFRE><STANDARD/></APPEL_OFFRE>", "<FNS/>", (True, "unknown", True)),
        ("<APPEL_OFFRE><STANDARD/></APPEL_OFFRE>", "<JOUE/>", (True, True, True)),
        ("<ATTRIBUTION/>", "<JOUE/>", ("unknown",) * 3),
        ("<INTENTION_CONCLURE/>", "<JOUE/>", ("unknown",) * 3),
        ("<PREINFORMATION/>", "<JOUE/>", ("unknown",) * 3),
    ],
)
def test_notices_of_the_bulletin(nature: str, family: str, expected: tuple[object, ...]) -> None:
    """An award of the European family does not prove that a call was sent to the Official Journal."""
    assert said(boamp(nature=nature, family=family)) == expected


def test_one_notice_is_no_complete_list_of_supports() -> None:
    """The same call may appear elsewhere: nothing is said of the other supports."""
    for notice in (eforms(header=IN_THE_JOURNAL), ted(ted_lot()), boamp(family="<JOUE/>")):
        assert value(notice, "procedure.publicite") == "unknown"


def test_the_proof_is_the_field_itself() -> None:
    """A reader is shown the kind of notice, or its number in the Official Journal."""
    found = fact(eforms(header=IN_THE_JOURNAL), "avis.publie_joue")
    assert "181/2024" in {evidence.quote for evidence in found.evidence}


def verdicts(declared: dict[str, object], book: Rulebook) -> dict[str, str]:
    """Return the verdicts of the rules on publicity, for a service of 320 000 € in an open or negotiated procedure."""
    described = {"objet": "nettoyage des locaux", "type": "services", "cpv": ["90910000"], "valeur_estimee_ht": 320_000}
    known = facts(book, {"acheteur.categorie": "commune", **described, **declared})
    found, _ = evaluate(book, known, date(2026, 10, 1))
    return {finding.rule: finding.verdict for finding in found if finding.theme == "procedures"}


NEGOTIATED = {"procedure.type": "procedure_avec_negociation"}


def test_a_published_notice_settles_what_a_negotiation_owes(book: Rulebook) -> None:
    """A negotiation may go without a new notice; once one is published, what comes with a notice is due."""
    silent = verdicts({**NEGOTIATED, "procedure.profil_acheteur": True}, book)
    published = verdicts({**NEGOTIATED, "procedure.profil_acheteur": True, "avis.publie": True}, book)
    without = verdicts({**NEGOTIATED, "procedure.profil_acheteur": False, "avis.publie": True}, book)
    assert silent["profil-acheteur"] == "a_verifier"
    assert published["profil-acheteur"] == "conforme"
    assert without["profil-acheteur"] == "non_conforme"


def test_a_notice_in_one_journal_accuses_nobody_of_missing_the_other(book: Rulebook) -> None:
    """What one file proves is not the list of all supports."""
    found = verdicts({**NEGOTIATED, "avis.publie": True, "avis.publie_joue": True}, book)
    assert found["publicite-formalisee-joue"] == "conforme"
    assert found["publicite-formalisee-boamp"] == "a_verifier"


def test_a_list_of_supports_tells_each_of_them(book: Rulebook) -> None:
    """A buyer who lists the supports says also where the notice did not appear."""
    found = verdicts({"procedure.type": "appel_offres_ouvert", "procedure.publicite": ["boamp_jal"]}, book)
    assert found["publicite-formalisee-joue"] == "non_conforme"
    assert found["publicite-formalisee-boamp"] == "conforme"
