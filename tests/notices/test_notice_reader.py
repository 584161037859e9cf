"""Readers of notices: what is prose and what is a code, where each stands, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notices_builders import additional, boamp, criterion, document, eforms, lot, performance, ted, ted_lot

from achats_check.model.document import Document, Unread
from achats_check.readers import guards, read
from achats_check.readers.sniff import sniff

RECORD = {"id": "2024-07", "acheteur": {"id": "21399999900005"}, "codeCPV": "77310000-6", "dureeMois": 12}


def block(found: Document, ending: str) -> object:
    """The first block whose pointer ends so."""
    return next(b for b in found.blocks if b.pointer.endswith(ending))


def test_a_code_is_a_field_and_a_sentence_is_prose() -> None:
    """Titles, descriptions and conditions are paragraphs; codes, amounts and dates are fields with their list."""
    found = document(
        eforms(lot(terms=performance("Le titulaire réserve 120 heures."), project=additional(gpp_criteria="national")))
    )
    kinds = {b.pointer.rpartition("/")[2]: b.kind for b in found.blocks}
    assert kinds["IssueDate"] == kinds["ProcedureCode"] == kinds["CompanyID"] == "field"
    told = next(b for b in found.blocks if b.text.startswith("Le titulaire"))
    assert (told.kind, told.pointer) == (
        "paragraph",
        "ProcurementProjectLot[LOT-0001]/TenderingTerms/ContractExecutionRequirement/Description",
    )
    coded = next(b for b in found.blocks if b.text == "national")
    assert coded.attributes == (("listName", "gpp-criteria"),)


def test_names_of_criteria_and_bodies_are_not_prose() -> None:
    """ "Insertion : 10 %" as the name of a criterion is read by its field, never as a clause."""
    found = document(eforms(lot(criteria=criterion("Insertion professionnelle", weight="10"))))
    assert all(
        b.kind == "field" for b in found.blocks if "AwardingCriterion" in b.pointer or "Organization" in b.pointer
    )


def test_repeated_elements_are_numbered_and_lots_are_named() -> None:
    """Two criteria have two paths; a lot bears its key even when it is alone."""
    found = document(eforms(lot(criteria=criterion("Prix") + criterion("Délai"))))
    names = [b.pointer for b in found.blocks if b.pointer.endswith("/Name") and "Criterion" in b.pointer]
    assert names[0].endswith("SubordinateAwardingCriterion[1]/Name")
    assert names[1].endswith("SubordinateAwardingCriterion[2]/Name")
    assert all("ProcurementProjectLot[LOT-0001]" in name for name in names)


def test_a_text_of_several_lines_gives_a_block_a_line() -> None:
    """Lists written in one field are read line by line, all under the same path."""
    found = document(eforms(lot(description="Premier point\nSecond point\n\n")))
    told = [b for b in found.blocks if b.pointer.endswith("ProcurementProject/Description") and "LOT" in b.pointer]
    assert [b.text for b in told] == ["Premier point", "Second point"]


def test_blocks_are_numbered_in_order() -> None:
    """``blocks[i].index == i``, as for every reader."""
    for text in (eforms(lot(), lot("LOT-0002")), ted(ted_lot("1")), boamp("<LOT><NUM>1</NUM></LOT>")):
        found = document(text)
        assert [b.index for b in found.blocks] == list(range(len(found.blocks)))


def test_another_language_is_not_read_as_prose() -> None:
    """A German description stands beside the French one: only the French one is read."""
    german = '<cbc:Description languageID="DEU">Das Los umfasst 5 Lose.</cbc:Description>'
    found = document(eforms(lot(project=german)))
    assert next(b for b in found.blocks if b.text.startswith("Das Los")).kind == "field"


def test_a_translated_form_is_dropped() -> None:
    """TED repeats some notices in another language; titles in all languages are dropped as well."""
    title = "<OBJECT_CONTRACT><TITLE><P>Cleaning</P></TITLE></OBJECT_CONTRACT>"
    other = f'<F02_2014 CATEGORY="TRANSLATION" LG="EN">{title}</F02_2014>'
    texts = [b.text for b in document(ted(ted_lot(), extra_forms=other)).blocks]
    assert "Nettoyage des lycées" in texts
    assert "Cleaning" not in texts
    assert "Услуги" not in texts


def test_an_empty_element_says_its_name_and_a_coded_one_its_code() -> None:
    """``<PT_OPEN/>`` is the code PT_OPEN, ``<CPV_CODE CODE="…"/>`` the code itself."""
    found = document(ted(ted_lot()))
    assert {"PT_OPEN", "90910000", "SERVICES"} <= {b.text for b in found.blocks}


def test_type_inside_a_text_does_not_cut_it() -> None:
    """Superscripts of TED are inside the sentence."""
    found = document(ted(ted_lot("1", '<SHORT_DESCR><P>Lot n<FT TYPE="SUP">o</FT> 1</P></SHORT_DESCR>')))
    assert any(b.text == "Lot no 1" for b in found.blocks)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (eforms(), "eforms"),
        (eforms(root="ContractAwardNotice", list_name="result", kind="can-standard"), "eforms"),
        (eforms(root="PriorInformationNotice"), "eforms"),
        ("<!-- envoi du 3 mars -->" + eforms().partition("?>")[2], "eforms"),
        (ted(), "ted"),
        (boamp(), "boamp"),
        ("<marches><marche><id>1</id></marche></marches>", "decp"),
        ('<?xml version="1.0"?><facture><montant>1</montant></facture>', "xml"),
    ],
)
def test_notices_are_known_by_their_root(tmp_path: Path, text: str, kind: str) -> None:
    """The root element tells the format; any other XML stays unread, with what to do."""
    path = tmp_path / "fichier.xml"
    path.write_text(text, encoding="utf-8")
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"marches": [RECORD]}, "decp"),
        ({"$schema": "https://exemple.fr/marches.json", "marches": {"marche": [RECORD]}}, "decp"),
        (RECORD, "decp"),
        ([RECORD], "decp"),
        ({"objet": "Marchés de denrées", "procedure": {"type": "concours"}}, "json"),
        ({"properties": {"codeCPV": {"type": "string"}}}, "json"),
    ],
)
def test_contract_records_are_known_by_their_keys(tmp_path: Path, data: object, kind: str) -> None:
    """A description of a purchase stays a description, a JSON Schema of contracts is no contract."""
    path = tmp_path / "fichier.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert sniff(path) == kind


BROKEN = {
    "cut": (eforms()[:900], "pas du XML lisible"),
    "entity": (eforms().replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1), "type de document"),
    "bomb": (ted().replace("?>", '?><!DOCTYPE a [<!ENTITY b "&c;&c;">]>', 1), "type de document"),
    "deep": (eforms(lot(terms="<a>" * 80 + "1" + "</a>" * 80)), "niveaux"),
    "nothing": ('<ContractNotice xmlns="urn:x"></ContractNotice>', "aucun champ"),
    "encoding": ('<?xml version="1.0" encoding="x-inconnu"?><ANNONCE>1</ANNONCE>', "pas du XML lisible"),
    "null": ("<ANNONCE>\x01</ANNONCE>", "pas du XML lisible"),
    "contracts": ("<marches><marche><id>1</id></marche><marche><id>2</id></marche></marches>", "2 contrats"),
    "no contract": ("<marches></marches>", "aucun contrat"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notice_is_unread_with_what_to_do(tmp_path: Path, name: str) -> None:
    """Each says what is wrong and what to do, in sentences."""
    text, expected = BROKEN[name]
    path = tmp_path / "avis.xml"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert isinstance(found, Unread), found
    assert expected in found.reason
    assert found.advice.endswith(".")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"marches": [{"codeCPV": "1"}, {"codeCPV": "2"}]}', "2 contrats"),
        ('{"marches": {"marche": [{"id": "1"}], "contrat-concession": [{"id": "2"}]}}', "2 contrats"),
        ('{"marches": []}', "aucun contrat"),
        ('{"marches": [{"montant": ' + "9" * 5000 + "}]}", "JSON lisible"),
        ('{"marches": [' + '{"a":' * 500 + "1" + "}" * 500 + "]}", "niveaux"),
        ('{"marches": [{"montant": 1', "JSON lisible"),
    ],
)
def test_a_broken_record_is_unread_with_what_to_do(tmp_path: Path, data: str, expected: str) -> None:
    """Several contracts are no consultation: the message says where they will be read."""
    path = tmp_path / "decp.json"
    path.write_text(data, encoding="utf-8")
    found = read(path)
    assert isinstance(found, Unread), found
    assert expected in found.reason
    if "contrats" in expected:
        assert "audit" in found.advice


def test_a_notice_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No notice weighs tens of megabytes."""
    monkeypatch.setattr(guards, "MAX_TEXT_BYTES", 500)
    path = tmp_path / "avis.xml"
    path.write_text(eforms(), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Unread)
    assert "Mo" in found.reason


def test_too_many_fields_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of endless fields is refused, not read for ever."""
    monkeypatch.setattr(guards, "MAX_BLOCKS", 20)
    path = tmp_path / "avis.xml"
    path.write_text(eforms(*[lot(f"LOT-{n:04}") for n in range(1, 9)]), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Unread)
    assert "champs" in found.reason


_PIECES = st.sampled_from([eforms(lot(), lot("LOT-0002")), ted(ted_lot("1")), boamp("<LOT><VALEUR>1</VALEUR></LOT>")])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_PIECES, at=st.floats(0, 1), junk=st.text(max_size=12))
def test_no_garbage_crashes_the_reader(tmp_path: Path, text: str, at: float, junk: str) -> None:
    """Whatever is typed into a notice, it is read or refused."""
    cut = int(at * len(text))
    path = tmp_path / "avis.xml"
    path.write_bytes((text[:cut] + junk + text[cut:]).encode("utf-8", "surrogatepass"))
    assert isinstance(read(path), Document | Unread)
