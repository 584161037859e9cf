"""Versions of one contract in the tables of decp.info, of now and of before, and in exports that tell them no more."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, defects, table

NOW: dict[str, Any] = {
    "uid": f"{SIRET}2024A11",
    "id": "2024A11",
    "nature": "Marché",
    "acheteur_id": SIRET,
    "acheteur_nom": "COMMUNE DE SAINT-FIRMIN",
    "titulaire_id": FIRM,
    "titulaire_typeIdentifiant": "SIRET",
    "titulaire_nom": "SENTIERS ET FILS",
    "objet": "Entretien des sentiers",
    "montant": 80000.0,
    "type": "Services",
    "codeCPV": "77310000",
    "procedure": "Procédure adaptée",
    "techniques": "Sans objet",
    "dureeMois": 24,
    "dureeRestanteMois": 3.5,
    "offresRecues": 2,
    "dateNotification": date(2024, 5, 15),
    "datePublicationDonnees": date(2024, 6, 1),
    "formePrix": "Unitaire",
    "typesPrix": "Définitif ferme",
    "attributionAvance": False,
    "tauxAvance": 0.0,
    "marcheInnovant": False,
    "modalitesExecution": "Bons de commande",
    "considerationsSociales": "Clause sociale",
    "considerationsEnvironnementales": "Critère environnemental",
    "ccag": "Pas de CCAG",
    "sousTraitanceDeclaree": False,
    "typeGroupementOperateurs": "Pas de groupement",
    "lieuExecution_code": "39999",
    "lieuExecution_typeCode": "Code commune",
    "idAccordCadre": None,
    "titulaire_distance": 12,
    "acheteur_commune_code": "39999",
    "titulaire_categorie": "PME",
    "modification_id": 0,
    "donneesActuelles": False,
    "sourceDataset": "exemple",
    "sourceFile": "https://exemple.fr/decp.json",
    "montant_anomalie": None,
}
AFTER = {"montant": 95000.0, "dureeMois": 36, "dateNotification": date(2025, 3, 1)}
AFTER |= {"datePublicationDonnees": date(2025, 3, 9), "modification_id": 1, "donneesActuelles": True}


def as_csv(lines: list[dict[str, Any]]) -> bytes:
    """A CSV of some lines."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    cells = ({k: str(v).lower() if isinstance(v, bool) else v for k, v in line.items()} for line in lines)
    writer.writerows(cells)
    return text.getvalue().encode()


def as_parquet(lines: list[dict[str, Any]]) -> bytes:
    """A Parquet of some lines, with types."""
    kept = io.BytesIO()
    pl.DataFrame(lines, infer_schema_length=None).write_parquet(kept)
    return kept.getvalue()


WRITERS = pytest.mark.parametrize(("write", "name"), [(as_csv, "decp.csv"), (as_parquet, "decp.parquet")])


@WRITERS
def test_versions_of_decp_info(write: Any, name: str, tmp_path: Path) -> None:
    """A row for each version and holder, with the columns it has now: one contract."""
    lines = [NOW, {**NOW, **AFTER}, {**NOW, **AFTER, "titulaire_id": OTHER_FIRM, "titulaire_nom": "HAIES"}]
    (found,), quality = table(tmp_path, (name, write(lines)))
    assert defects(quality.sources[0]) == {}
    assert (found["uid"], found["avenants"]) == (f"{SIRET}2024A11", 1)
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (95000, 80000)
    assert (found["duree_mois"], found["duree_initiale_mois"]) == (36, 24)
    assert (found["execution.date_notification"], found["annee"]) == (date(2024, 5, 15), 2024)
    assert (found["titulaires"], found["innovant"]) == ([FIRM, OTHER_FIRM], False)
    assert found["considerations_sociales"] == ["Clause sociale"]
    assert (quality.merge.versions, quality.merge.doubtful) == (2, 0)


@WRITERS
def test_an_export_without_the_columns_of_versions(write: Any, name: str, tmp_path: Path) -> None:
    """Same holders and purpose, a later notification and another amount: still one contract, notified the first day."""
    dropped = ("modification_id", "donneesActuelles")
    lines = [{k: v for k, v in line.items() if k not in dropped} for line in (NOW, {**NOW, **AFTER})]
    for order in (lines, lines[::-1]):
        (found,), quality = table(tmp_path, (name, write(order)))
        assert (found["execution.montant_ht"], found["montant_initial_ht"], found["avenants"]) == (95000, 80000, 1)
        assert (found["execution.date_notification"], found["duree_initiale_mois"]) == (date(2024, 5, 15), 24)
        assert (quality.merge.versions, quality.merge.revalued) == (1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"objet": "Élagage"},
        {"titulaire_id": OTHER_FIRM, "montant": 80000.0},
        {"datePublicationDonnees": date(2024, 1, 1)},
    ],
)
def test_what_may_be_a_correction(changes: dict[str, Any], tmp_path: Path) -> None:
    """Another purpose, other holders, an earlier publication: the last publication is believed, and it is told."""
    lines = [{k: v for k, v in line.items() if k != "modification_id"} for line in (NOW, {**NOW, **AFTER, **changes})]
    for line in lines:
        del line["donneesActuelles"]
    (found,), quality = table(tmp_path, ("decp.csv", as_csv(lines)))
    assert (found["avenants"], quality.merge.revalued) == (0, 1)


def test_an_export_that_tells_only_what_is_current(tmp_path: Path) -> None:
    """That is enough: the version before it is the initial one, whoever held it."""
    changes = {**AFTER, "titulaire_id": OTHER_FIRM, "montant": 80000.0}
    lines = [{k: v for k, v in line.items() if k != "modification_id"} for line in (NOW, {**NOW, **changes})]
    (found,), _ = table(tmp_path, ("decp.csv", as_csv(lines)))
    assert (found["titulaires"], found["duree_mois"], found["duree_initiale_mois"]) == ([OTHER_FIRM], 36, 24)
    assert found["execution.date_notification"] == date(2024, 5, 15)


BEFORE: dict[str, Any] = {
    "id": "2019A4500",
    "rootId": "2019A45",
    "seq": 0,
    "uid": f"{SIRET}2019A4500",
    "acheteur.id": SIRET,
    "acheteur.nom": "Commune de Saint-Firmin",
    "nature": "Marché",
    "objet": "Entretien des sentiers",
    "codeCPV": "77310000",
    "procedure": "Procédure adaptée",
    "lieuExecution.code": "39999",
    "lieuExecution.typeCode": "Code commune",
    "lieuExecution.nom": "Saint-Firmin",
    "dureeMois": 3,
    "dateNotification": "2019-04-27",
    "datePublicationDonnees": "2019-04-29",
    "montant": 21800.10,
    "formePrix": "Ferme",
    "titulaire.id": FIRM,
    "titulaire.typeIdentifiant": "SIRET",
    "titulaire.denominationSociale": "Sentiers et Fils",
    "objetModification": "",
    "donneesActuelles": "non",
    "anomalies": "",
}
LATER = {"id": "2019A4501", "uid": f"{SIRET}2019A4501", "seq": 1, "dureeMois": 6, "donneesActuelles": "oui"}
LATER |= {"datePublicationDonnees": "2019-06-08", "objetModification": "Augmentation de la durée à 6 mois."}
HOLDER = {"titulaire.id": OTHER_FIRM, "titulaire.denominationSociale": "Haies"}


def without(lines: list[dict[str, Any]], *dropped: str) -> bytes:
    """A CSV of some lines without some of their columns."""
    return as_csv([{name: value for name, value in line.items() if name not in dropped} for line in lines])


def test_a_number_of_line_is_no_version(tmp_path: Path) -> None:
    """By its name alone, "seq" may be one: it is a version beside the root of the identifier only."""
    (found,), _ = table(tmp_path, ("a.csv", without([{**BEFORE, "seq": 7}], "rootId", "objetModification")))
    assert (found["avenants"], found["montant_initial_ht"], found["annee"]) == (0, 21800.10, 2019)


@pytest.mark.parametrize("dropped", [(), ("rootId", "seq"), ("rootId", "seq", "donneesActuelles")])
@pytest.mark.parametrize("same", [False, True])
def test_versions_of_decp_info_as_it_was(dropped: tuple[str, ...], same: bool, tmp_path: Path) -> None:
    """A version bears its number, or a purpose, under the same identifier or the next one."""
    later = {**LATER, "id": "2019A4500", "uid": f"{SIRET}2019A4500"} if same else LATER
    lines = [line for one in (BEFORE, {**BEFORE, **later}) for line in (one, {**one, **HOLDER})]
    for order in (lines, lines[::-1]):
        (found,), quality = table(tmp_path, ("decp.csv", without(order, *dropped)))
        assert (found["uid"], found["avenants"]) == (f"{SIRET}2019A4500", 1)
        assert (found["duree_mois"], found["duree_initiale_mois"]) == (6, 3)
        assert (found["titulaires"], found["execution.montant_ht"]) == ([FIRM, OTHER_FIRM], 21800.10)
        assert (found["execution.date_notification"], found["date_publication"]) == (
            date(2019, 4, 27),
            date(2019, 6, 8),
        )
        assert (quality.merge.versions, quality.merge.doubtful) == (3, 0)


SILENT = ("rootId", "seq", "objetModification", "donneesActuelles", "anomalies")


def test_identifiers_that_follow_each_other(tmp_path: Path) -> None:
    """Nothing tells the versions but their numbers: same purpose, holder and day, another amount published later."""
    third = {**BEFORE, **LATER, "id": "2019A4502", "uid": f"{SIRET}2019A4502", "montant": 30000}
    third["datePublicationDonnees"] = "2020-01-01"
    lines = [BEFORE, {**BEFORE, **LATER}, third]
    for order in (lines, lines[::-1]):
        (found,), quality = table(tmp_path, ("decp.csv", without(order, *SILENT)))
        assert (found["uid"], found["avenants"], found["duree_mois"]) == (f"{SIRET}2019A4500", 2, 6)
        assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (30000, 21800.10)
        assert (quality.merge.versions, quality.merge.doubtful) == (2, 0)


def test_versions_in_files_of_each_year(tmp_path: Path) -> None:
    """A version found in another file is no less one: the contract keeps its first day and its first amount."""
    later = {**BEFORE, **LATER, "montant": 30000}
    files = [("2019.csv", without([BEFORE], *SILENT)), ("2020.csv", without([later], *SILENT))]
    for order in (files, files[::-1]):
        (found,), quality = table(tmp_path, *order)
        assert (found["uid"], found["source"], found["avenants"]) == (f"{SIRET}2019A4500", "2019.csv", 1)
        assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (30000, 21800.10)
        assert (found["execution.date_notification"], quality.merge.undated) == (date(2019, 4, 27), 0)


@pytest.mark.parametrize(
    ("changes", "doubtful"),
    [
        ({"titulaire.id": OTHER_FIRM}, 1),
        ({"dateNotification": "2019-05-30"}, 1),
        ({"datePublicationDonnees": "2019-04-29"}, 1),
        ({"dureeMois": 3}, 1),
        ({"codeCPV": "77340000"}, 1),
        ({"objet": "Élagage"}, 0),
        ({"uid": f"{SIRET}2019A4601"}, 0),
    ],
)
def test_identifiers_that_may_be_of_other_contracts(changes: dict[str, Any], doubtful: int, tmp_path: Path) -> None:
    """Whatever else differs, or does not, they are kept apart; it is told where the purpose is one."""
    lines = [BEFORE, {**BEFORE, **LATER, **changes}]
    found, quality = table(tmp_path, ("decp.csv", without(lines, *SILENT)))
    assert (len(found), quality.merge.doubtful) == (2, doubtful)
    assert {one["avenants"] for one in found} == {0}


def test_a_first_number_is_needed(tmp_path: Path) -> None:
    """01 and 02 without 00: numbers of contracts, as far as one knows."""
    second = {"id": "2019A4502", "uid": f"{SIRET}2019A4502", "montant": 3000}
    found, _ = table(tmp_path, ("decp.csv", without([{**BEFORE, **LATER}, {**BEFORE, **LATER, **second}], *SILENT)))
    assert len(found) == 2
