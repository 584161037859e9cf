"""Notices of the BOAMP since 2024: national forms, wrapped European ones, in XML and in the JSON of the open data."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notices_builders import SIRET, boamp, criterion, document, eforms, facts, lot, value, weights

from achats_check.facts.notices.fields import Fields
from achats_check.model.document import Document, Unread
from achats_check.model.fact import Scope
from achats_check.readers import read
from achats_check.readers.sniff import sniff

_NAMESPACE = 'xmlns:jo="http://boamp.journal-officiel.gouv.fr/XML/3.2.5"'
CALL = "<APPEL_OFFRE><STANDARD/></APPEL_OFFRE>"
SIMPLE = {
    "organisme": {
        "nomOfficiel": "Commune de Valmorel",
        "typeIdentificationNational": {"siret": ""},
        "codeIdentificationNational": SIRET,
    },
    "initial": {
        "communication": {"urlProfilAch": "https://profil.example"},
        "procedure": {
            "procedureAdapteeO": "",
            "techAchat": {"accordCadre": ""},
            "dateReceptionOffres": "2026-10-09T12:00:00",
            "criteresAttrib": "Valeur technique : 50 %\nPrix des prestations : 40 %\nInsertion : 10 %",
        },
        "natureMarche": {
            "intitule": "Entretien des jardins de la commune",
            "codeCPV": {"objetPrincipal": {"classPrincipale": "77310000"}},
            "typeMarche": {"services": ""},
            "description": "Marché d'un an renouvelable trois fois par tacite reconduction.",
            "dureeMois": "12",
            "valeurEstimee": {"@devise": "EUR", "valeur": "180000"},
            "reservation": {"non": ""},
            "lotsMarche": {"oui": ""},
        },
        "lots": {
            "lot": [
                {"numLot": "1", "description": "Tonte", "codeCPV": {"objetPrincipal": {"classPrincipale": "77314100"}}},
                {"numLot": "2", "description": "Taille, avec 150 heures d'insertion"},
            ]
        },
    },
}
ADAPTED = {
    "organisme": {"acheteurPublic": "Syndicat des eaux du Val-Bleu"},
    "initial": {
        "natureMarche": {"travaux": ""},
        "description": {"objet": "Reprise d'un réservoir"},
        "duree": {"nbMois": "7"},
        "criteres": {
            "criterePondere": [{"criterePCT": "60", "critere": "Prix"}, {"criterePCT": "40", "critere": "Délai"}]
        },
        "procedure": {"procedureAdaptee": ""},
        "delais": {"receptionOffres": "2026-04-01T12:00:00", "validite": {"nbMois": "4"}},
    },
}


def wrapped(data: str, nature: str = CALL, family: str = "FNS", more: str = "") -> str:
    """A file of the daily flow: what manages the notice, its data, its copy as a page."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><jo:ann {_NAMESPACE}><GESTION><REFERENCE><IDWEB>26-1</IDWEB><TYPE_AVIS>'
        f"<FAMILLE><{family}/></FAMILLE><NATURE>{nature}</NATURE><STATUT><INITIAL/></STATUT></TYPE_AVIS></REFERENCE>"
        "<INDEXATION><DATE_PUBLICATION>2026-09-11</DATE_PUBLICATION><NOMORGANISME>Commune de Valmorel</NOMORGANISME>"
        f"</INDEXATION></GESTION><DONNEES>{data}</DONNEES>{more}</jo:ann>"
    )


def xml(name: str, held: object) -> str:
    """The elements that a JSON of the open data stands for."""
    if isinstance(held, list):
        return "".join(xml(name, item) for item in held)
    if not isinstance(held, dict):
        return f"<{name}>{held}</{name}>"
    attributes = "".join(f' {key[1:]}="{value}"' for key, value in held.items() if key[0] == "@")
    return f"<{name}{attributes}>{''.join(xml(k, v) for k, v in held.items() if k[0] != '@')}</{name}>"


def record(data: dict[str, object], **fields: object) -> dict[str, object]:
    """A record of the open data, its data as text."""
    known: dict[str, object] = {
        "idweb": "26-1",
        "nature": "APPEL_OFFRE",
        "dateparution": "2026-09-11",
        "famille": "FNS",
    }
    return known | {"donnees": json.dumps(data)} | fields


BOTH = {
    "XML": (wrapped(xml("FNSimple", SIMPLE)), "avis.xml"),
    "record": (json.dumps(record({"FNSimple": SIMPLE})), "avis.json"),
    "answer": (json.dumps({"total_count": 1, "results": [record({"FNSimple": SIMPLE})]}), "avis.json"),
    "fields": (json.dumps({"nhits": 1, "records": [{"fields": record({"FNSimple": SIMPLE})}]}), "avis.json"),
}


@pytest.mark.parametrize("shape", BOTH)
def test_a_simplified_national_notice(shape: str) -> None:
    """The same facts, from the daily file and from every answer of the open data."""
    text, name = BOTH[shape]
    found = facts(text, name=name)
    assert value(found, "procedure.type") == "procedure_adaptee"
    assert value(found, "forme") == "accord_cadre"
    assert value(found, "type") == "services"
    assert value(found, "objet") == "Entretien des jardins de la commune"
    assert value(found, "cpv") == ("77310000",)
    assert value(found, "cpv", Scope("lot", "1")) == ("77314100",)
    assert value(found, "valeur_estimee_ht") == Decimal(180000)
    assert value(found, "duree_mois") == 48
    assert value(found, "nombre_lots") == 2
    assert value(found, "alloti") is True
    assert value(found, "date_limite_offres") == date(2026, 10, 9)
    assert value(found, "date_lancement") == date(2026, 9, 11)
    assert value(found, "acheteur.nom") == "Commune de Valmorel"
    assert value(found, "acheteur.siret") == SIRET
    assert value(found, "reservation.categorie") == "aucune"
    assert value(found, "procedure.profil_acheteur") is True
    assert weights(found) == ["50", "40", "10"]
    assert value(found, "social.critere_poids") == Decimal(10)
    assert value(found, "social.heures_insertion", Scope("lot", "2")) == Decimal(150)


def test_an_adapted_procedure_form() -> None:
    """Its own names; the validity of the tenders is no duration of the contract."""
    found = facts(wrapped(xml("MAPA", ADAPTED), family="MAPA"))
    assert value(found, "procedure.type") == "procedure_adaptee"
    assert value(found, "type") == "travaux"
    assert value(found, "objet") == "Reprise d'un réservoir"
    assert value(found, "duree_mois") == 7
    assert value(found, "date_limite_offres") == date(2026, 4, 1)
    assert value(found, "acheteur.nom") == "Syndicat des eaux du Val-Bleu"
    assert weights(found) == ["60", "40"]


def with_nature(**changed: object) -> dict[str, Any]:
    """The simplified notice, some of what it says of the contract changed."""
    nature = {**SIMPLE["initial"]["natureMarche"], **changed}  # type: ignore[dict-item]
    return {**SIMPLE, "initial": {**SIMPLE["initial"], "natureMarche": nature}}


def test_a_reserved_national_notice_leaves_open_to_whom() -> None:
    """A yes says that something is reserved, neither to whom nor whether all of it is."""
    found = facts(wrapped(xml("FNSimple", with_nature(reservation={"oui": ""}))))
    assert value(found, "reservation.categorie") == "unknown"
    assert value(found, "reservation.mention_avis") is True


def test_a_range_is_no_value() -> None:
    """Between 100 000 and 250 000: which side of a threshold it is on stays unknown."""
    range_ = {"fourchette": {"valeurBasse": "100000", "valeurHaute": "250000"}}
    assert value(facts(wrapped(xml("FNSimple", with_nature(valeurEstimee=range_)))), "valeur_estimee_ht") == "unknown"


def test_free_criteria_need_weights_that_make_a_hundred() -> None:
    """Half-read criteria would accuse: nothing is said of them."""
    procedure = {**SIMPLE["initial"]["procedure"], "criteresAttrib": "Prix : 60 % ; voir le règlement"}  # type: ignore[dict-item]
    changed = {**SIMPLE, "initial": {**SIMPLE["initial"], "procedure": procedure}}
    assert weights(facts(wrapped(xml("FNSimple", changed)))) == "unknown"


def test_the_copy_as_a_page_is_not_read() -> None:
    """It repeats the notice in HTML, whose document type is no danger."""
    page = "<HTML><![CDATA[<!DOCTYPE html><html><body>Marché réservé aux entreprises adaptées</body></html>]]></HTML>"
    found = document(wrapped(xml("FNSimple", SIMPLE), more=page))
    assert not any("entreprises adaptées" in block.text for block in found.blocks)


def test_copies_that_never_end_do_not_hold_the_reader(tmp_path: Path) -> None:
    """Each beginning is not searched to the end of the file."""
    path = tmp_path / "avis.xml"
    path.write_text(wrapped("<HTML>" * 150_000), encoding="utf-8")
    assert isinstance(read(path), Unread)


def test_a_document_type_outside_the_copy_is_refused(tmp_path: Path) -> None:
    """Only the copies are left aside, before the limits of any XML."""
    path = tmp_path / "avis.xml"
    path.write_text(wrapped(xml("MAPA", ADAPTED)).replace("<jo:ann", "<!DOCTYPE a [<!ENTITY b 'c'>]><jo:ann", 1))
    found = read(path)
    assert isinstance(found, Unread)
    assert "type de document" in found.reason


@pytest.mark.parametrize(
    "nature", ["<ATTRIBUTION/>", "<RECTIFICATIF/>", "<MODIFICATION/>"], ids=["award", "correction", "modification"]
)
def test_only_a_call_is_a_call(nature: str) -> None:
    """Awards and corrections launch nothing, and their silence proves nothing."""
    found = facts(wrapped(xml("FNSimple", SIMPLE), nature=nature))
    assert value(found, "date_lancement") == "unknown"
    assert {evidence.role for fact in found for evidence in fact.evidence if evidence.document} <= {"AVIS"}


def test_an_award_typed_as_a_text_gives_no_value() -> None:
    """The amount of the winner is not the estimate."""
    told = "Marché attribué à la société Vert, montant : 284 782 euros HT, pour une durée de 12 mois."
    award = {"attribution": {"natureMarche": {"intitule": "Tonte"}, "attributionMarche": told}}
    found = facts(wrapped(xml("FNSimple", award), nature="<ATTRIBUTION/>"))
    assert value(found, "objet") == "Tonte"
    assert value(found, "valeur_estimee_ht") == value(found, "duree_mois") == "unknown"


def tree(text: str) -> dict[str, object]:
    """The JSON that the open data make of a European notice."""
    from xml.etree.ElementTree import Element, fromstring

    def plain(element: Element) -> object:
        held: dict[str, object] = {f"@{name.rpartition('}')[2]}": told for name, told in element.attrib.items()}
        for child in element:
            name = f"cbc:{child.tag.rpartition('}')[2]}"
            known, new = held.get(name), plain(child)
            held[name] = new if known is None else [*known, new] if isinstance(known, list) else [known, new]
        told = (element.text or "").strip()
        if not held:
            return told
        return held | ({"#text": told} if told else {})

    return {"EFORMS": {"ContractNotice": plain(fromstring(text.partition("?>")[2]))}}


def test_a_wrapped_european_notice_is_read_as_one() -> None:
    """Its namespaces are the BOAMP's own, or it is in JSON: the fields are the same."""
    two = criterion("Prix &amp; coût", kind="price", weight="60") + criterion("Technique", weight="40")
    plain = eforms(lot("LOT-0001", "1", criteria=two), lot("LOT-0002", "2", "Taille", criteria=two))
    data = plain.partition("?>")[2].replace("urn:oasis:", "urn:boamp:")
    inside = wrapped(f"<EFORMS>{data}</EFORMS>", family="JOUE")
    told = json.dumps(record(tree(plain)))
    for text, name in ((inside, "avis.xml"), (told, "avis.json")):
        found = document(text, name)
        assert found.format == "eforms"
        assert not found.warnings
        assert [field.place for field in Fields(found).all] == [field.place for field in Fields(document(plain)).all]
        assert weights(facts(text, name=name)) == ["60", "40"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"results": [record({"MAPA": ADAPTED}), record({"MAPA": ADAPTED})]}, "contient 2 avis"),
        ({"results": [], "idweb": "26-1"}, "ne contient aucun avis"),
        ({"idweb": "26-1", "nomacheteur": "Valmorel"}, "ne contient pas les données"),
        ({"idweb": "26-1", "donnees": '{"MAPA": '}, "JSON lisible"),
    ],
)
def test_a_file_of_the_open_data_holds_one_notice(tmp_path: Path, content: object, said: str) -> None:
    """Anything else is told, with what to do."""
    path = tmp_path / "avis.json"
    path.write_text(json.dumps(content))
    assert sniff(path) == "boamp"
    found = read(path)
    assert isinstance(found, Unread)
    assert said in found.reason
    assert found.advice


def test_the_names_of_the_former_programming_interface_are_refused(tmp_path: Path) -> None:
    """Their fields have other names: read as texts only, a call would pass for another notice."""
    path = tmp_path / "avis.json"
    held = {"gestion": {"reference": {"idweb": "20-1"}}, "donnees": {"identite": {"denomination": "Ville"}}}
    path.write_text(json.dumps(held), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Unread)
    assert "minuscules" in found.reason


def test_texts_of_the_open_data_lose_their_entities() -> None:
    """The open data escape accents and quotes, at times twice."""
    changed = {**ADAPTED, "organisme": {"acheteurPublic": "Communaut&amp;eacute; d&#039;agglom&eacute;ration du Lac"}}
    found = facts(json.dumps(record({"MAPA": changed})), name="avis.json")
    assert value(found, "acheteur.nom") == "Communauté d'agglomération du Lac"


def test_an_hour_in_universal_time_is_not_taken_for_the_day_in_paris() -> None:
    """22:30 in universal time is the next day in Paris: the record's own field is left aside, the notice's is read."""
    silent = {**ADAPTED, "initial": {**ADAPTED["initial"], "delais": {}}}  # type: ignore[dict-item]
    late, noon = "2026-03-31T22:30:00+00:00", "2026-03-31T10:00:00+00:00"
    assert (
        value(facts(json.dumps(record({"MAPA": silent}, datelimitereponse=late)), name="a.json"), "date_limite_offres")
        == "unknown"
    )
    found = facts(json.dumps(record({"MAPA": silent}, datelimitereponse=noon)), name="a.json")
    assert value(found, "date_limite_offres") == date(2026, 3, 31)


def test_open_may_be_adapted_on_the_simplified_form() -> None:
    """Between 2019 and 2023 that form called "open" adapted procedures too; before, it did not exist."""
    open_ = "<TYPE_PROCEDURE><OUVERT/></TYPE_PROCEDURE>"
    assert value(boamp(procedure=open_), "procedure.type") == "appel_offres_ouvert"
    told = boamp(procedure=f"{open_}<CATEGORIE_ACHETEUR>Pouvoir adjudicateur</CATEGORIE_ACHETEUR>")
    assert value(told, "procedure.type") == "unknown"


def test_the_simplified_form_of_2019() -> None:
    """Its own places for reservations, variants, the technique of purchase, free criteria and the SIRET."""
    free = "<CRITERES_ATTRIBUTION><CRITERES_LIBRE>Prix : 60 %, délai : 40 %</CRITERES_LIBRE></CRITERES_ATTRIBUTION>"
    procedure = f"<TECH_ACHAT><ACCORD_CADRE/></TECH_ACHAT><VARIANTES_NON/>{free}"
    text = boamp(procedure=procedure, participation="", object_="<MARCHE_RESERVE_OUI/>").replace(
        "</DENOMINATION>", f"</DENOMINATION><TYPE_IDENT_NATIONAL><SIRET>{SIRET}</SIRET></TYPE_IDENT_NATIONAL>"
    )
    found = facts(text)
    assert value(found, "forme") == "accord_cadre"
    assert value(found, "variantes") == "interdites"
    assert value(found, "reservation.categorie") == "unknown"
    assert value(found, "reservation.mention_avis") is True
    assert value(found, "acheteur.siret") == SIRET
    assert weights(found) == ["60", "40"]


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
_KEYS = st.sampled_from(["", "#text", "@listName", "cbc:ID", "initial", "a/b", "MAPA", "EFORMS", "xmlns", "é è"])
_ANY = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_ANY, managed=_ANY, nature=_PLAIN)
def test_no_record_breaks_the_reader(tmp_path: Path, data: object, managed: object, nature: object) -> None:
    """Whatever the JSON holds, it is read or refused in words."""
    path = tmp_path / "avis.json"
    held = {"idweb": "1", "nature": nature, "gestion": managed, "donnees": data}
    path.write_text(json.dumps(held), encoding="utf-8")
    found = read(path)
    assert isinstance(found, Document | Unread)
    if isinstance(found, Unread):
        assert found.reason


def test_a_record_nested_without_end_is_refused(tmp_path: Path) -> None:
    """Deeper than any notice."""
    path = tmp_path / "avis.json"
    path.write_text('{"idweb": "1", "donnees": ' + '{"a": ' * 200 + "1" + "}" * 201)
    found = read(path)
    assert isinstance(found, Unread)
    assert "niveaux" in found.reason
