"""The columns of public consolidations, of contracts and of concessions, in CSV and in JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, book, defects, source

from achats_check.contracts.formats import table_format

CONTRACT = {
    "id": "202411",
    "acheteur_id": SIRET,
    "nature": "Marché",
    "objet": "Entretien des sentiers",
    "codecpv": "77310000-6",
    "procedure": "Procédure adaptée",
    "titulaire_id_1": FIRM,
    "titulaire_typeidentifiant_1": "SIRET",
    "titulaire_id_2": "",
    "titulaire_typeidentifiant_2": "",
    "dureemois": "36",
    "datenotification": "2024-05-15",
    "datepublicationdonnees": "2024-06-01",
    "montant": "80000.0",
    "considerationssociales": "Clause sociale, Critère social",
    "considerationsenvironnementales": "N, C",
    "idmodification": "CDL",
    "montantmodification": "CDL",
    "dureemoismodification": "CDL",
    "idtitulairemodification": "CDL",
    "typeidentifianttitulairemodification": "CDL",
    "datenotificationmodificationmodification": "CDL",
    "datepublicationdonneesmodificationmodification": "CDL",
}
CONCESSION = {
    "id": "2024DSP1",
    "nature": "Délégation de service public",
    "objet": "Exploitation du réseau de chaleur",
    "procedure": "Procédure négociée ouverte",
    "dureeMois": "240",
    "dateDebutExecution": "2024-05-01",
    "dateSignature": "2024-04-02",
    "considerationsSociales": "Concession réservée",
    "considerationsEnvironnementales": "Pas de considération environnementale",
    "valeurGlobale": "9000000",
    "datePublicationDonnees": "2024-05-12",
    "autoriteConcedante.id": SIRET,
    "concessionnaire_id_1": FIRM,
    "concessionnaire_typeIdentifiant_1": "SIRET",
    "concessionnaire_id_2": OTHER_FIRM,
    "concessionnaire_typeIdentifiant_2": "SIRET",
    "idModification": "1",
    "dureeMoisModification": "252",
    "valeurGlobaleModification": "9500000",
    "dateSignatureModificationModification": "2024-10-19",
    "datePublicationDonneesModificationModification": "2024-11-20",
}


def written(*lines: dict[str, str]) -> str:
    """A CSV of some lines."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def test_a_table_of_concessions(tmp_path: Path) -> None:
    """It is one, and not the piece of a dossier; each column has the meaning it has for a contract."""
    (found,), report = source(tmp_path, written(CONCESSION), "concessions.csv")
    assert (report.format, defects(report)) == ("decp-csv", {})
    assert (found["uid"], found["acheteur.siret"]) == (f"{SIRET}2024DSP1", SIRET)
    assert (found["titulaires"], found["contrat"]) == ([FIRM, OTHER_FIRM], "concession")
    assert (found["montant_initial_ht"], found["execution.montant_ht"]) == (9_000_000, 9_500_000)
    assert (found["duree_initiale_mois"], found["duree_mois"], found["avenants"]) == (240, 252, 1)
    assert (found["execution.date_notification"], found["annee"]) == (date(2024, 4, 2), 2024)
    assert (found["date_publication"], found["etat_sociales"]) == (date(2024, 11, 20), "declarees")


def test_the_amendment_of_a_line(tmp_path: Path) -> None:
    """Its holder, and its days, whose columns bear the word twice."""
    changes = {
        "idmodification": "1",
        "montantmodification": "82000",
        "idtitulairemodification": OTHER_FIRM,
        "typeidentifianttitulairemodification": "SIRET",
        "datenotificationmodificationmodification": "2024-09-01",
        "datepublicationdonneesmodificationmodification": "2024-09-05",
    }
    (plain, found), report = source(tmp_path, written(CONTRACT, {**CONTRACT, "id": "202412", **changes}), "a.csv")
    assert defects(report) == {}
    assert (plain["titulaires"], plain["avenants"], plain["date_publication"]) == ([FIRM], 0, date(2024, 6, 1))
    assert (found["titulaires"], found["avenants"]) == ([OTHER_FIRM], 1)
    assert (found["execution.montant_ht"], found["date_publication"]) == (82000, date(2024, 9, 5))


def test_letters_of_a_text_taken_for_a_list(tmp_path: Path) -> None:
    """ "N, C" is "NC", which some exports took apart."""
    (found,), _ = source(tmp_path, written(CONTRACT), "a.csv")
    assert found["considerations_sociales"] == ["Clause sociale", "Critère social"]
    assert (found["considerations_environnementales"], found["etat_environnementales"]) == (None, "manquantes")


@pytest.mark.parametrize("wrapper", [None, "results"])
def test_a_consolidation_in_json(wrapper: str | None, tmp_path: Path) -> None:
    """The same columns as keys, numbers for what looks like one: a list, or the answer of an open data portal."""
    numbers: dict[str, Any] = {"titulaire_id_1": int(FIRM), "montant": 80000.0, "dureemois": 36}
    record = {**{name: value or None for name, value in CONTRACT.items()}, **numbers}
    content: Any = [record, {**record, "id": "202412"}]
    text = json.dumps({"total_count": 2, wrapper: content} if wrapper else content)
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert table_format(tmp_path / "a.json", book().vocabulary) == "decp-json-plat"
    (found, other), report = source(tmp_path, text, "a.json")
    (same,), _ = source(tmp_path, written(CONTRACT), "a.csv")
    left_out = {"source", "rang"}
    assert {k: v for k, v in found.items() if k not in left_out} == {
        name: value for name, value in same.items() if name not in left_out
    }
    assert (other["uid"], defects(report)) == (f"{SIRET}202412", {})


def test_a_consolidation_in_lines_of_json(tmp_path: Path) -> None:
    """With the names in capitals and small letters that the schema gives them."""
    record = {"uid": "1", "id": "1", "acheteur_id": SIRET, "objet": "Tonte", "montant": 80000, "codeCPV": "77310000"}
    lines = "\n".join(json.dumps({**record, "uid": str(rank), "titulaire_id": FIRM}) for rank in range(3))
    found, report = source(tmp_path, lines, "a.jsonl")
    assert report.format == "decp-json-plat"
    assert [(row["acheteur.siret"], row["titulaires"], row["cpv"]) for row in found] == [
        (SIRET, [FIRM], ["77310000"])
    ] * 3
