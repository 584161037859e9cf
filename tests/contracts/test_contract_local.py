"""Tables that local governments publish: the SCDL schema, and those that its publishers made of the same fields."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, book, defects, source, table

from achats_check.contracts.formats import table_format
from achats_check.readers.notices.flat import TabularShape, load_columns

FIRST: dict[str, str] = {
    "MARCHE_ID": "20180723A00",
    "ACHETEURS_ID": SIRET,
    "ACHETEURS_NOM": "Commune de Saint-Firmin",
    "NATURE_MARCHE": "Accord-cadre",
    "MARCHE_OBJET": "Entretien des sentiers",
    "CPV_CODE": "77310000-6",
    "PROCEDURE": "Procédure adaptée",
    "LIEU_EXEC_CODE": "39999",
    "LIEU_EXEC_TYPE": "Code commune",
    "LIEU_EXEC_NOM": "Saint-Firmin",
    "DUREE_MOIS": "24",
    "NOTIFICATION_DATE": "2018-07-26",
    "PUBLICATION_DATE": "2018-08-10",
    "MONTANT": "80000.5",
    "PRIX_FORME": "Révisable",
    "TITULAIRES_ID": FIRM,
    "TITULAIRES_ID_TYPE": "SIRET",
    "TITULAIRES_DENOMINATION": "Sentiers et Fils",
    "MODIF_OBJET": "",
    "MODIF_PUBLICATION_DATE": "",
    "MODIF_DUREE_MOIS": "",
    "MODIF_MARCHE_MONTANT": "",
    "MODIF_TITULAIRES_ID": "",
    "MODIF_TITULAIRES_ID_TYPE": "",
    "MODIF_TITULAIRES_DENOMINATION": "",
    "MODIF_SIGNATURE_DATE": "",
}
SECOND = {**FIRST, "TITULAIRES_ID": OTHER_FIRM, "TITULAIRES_DENOMINATION": "Haies du Jura"}


def amended(line: dict[str, str], signed: str, **changes: str) -> dict[str, str]:
    """A line that tells an amendment of a contract."""
    told = {f"MODIF_{name}": value for name, value in changes.items()}
    return {**line, "MODIF_OBJET": "Avenant", "MODIF_SIGNATURE_DATE": signed, "MODIF_PUBLICATION_DATE": signed, **told}


def written(*lines: dict[str, str], separator: str = ",") -> str:
    """A CSV of some lines."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def test_a_contract_of_the_scdl_schema(tmp_path: Path) -> None:
    """Each column has the meaning it has in the essential data; a row for each holder is one contract."""
    (tmp_path / "marches.csv").write_text(written(FIRST), encoding="utf-8")
    assert table_format(tmp_path / "marches.csv", book().vocabulary) == "decp-csv"
    (found,), quality = table(tmp_path, ("marches.csv", written(FIRST, SECOND)))
    assert defects(quality.sources[0]) == {}
    assert (found["uid"], found["acheteur.siret"]) == (f"{SIRET}20180723A00", SIRET)
    assert (found["acheteur.nom"], found["objet"]) == ("Commune de Saint-Firmin", "Entretien des sentiers")
    assert (found["forme"], found["cpv"], found["duree_mois"]) == ("accord_cadre", ["77310000"], 24)
    assert (found["execution.date_notification"], found["date_publication"]) == (date(2018, 7, 26), date(2018, 8, 10))
    assert (found["execution.montant_ht"], found["avenants"]) == (80000.5, 0)
    assert found["titulaires"] == [FIRM, OTHER_FIRM]
    assert found["titulaires_noms"] == ["Haies du Jura", "Sentiers et Fils"]
    assert (found["etat_sociales"], found["etat_environnementales"]) == ("hors_champ", "hors_champ")


@pytest.mark.parametrize("order", [1, -1])
def test_amendments_of_separate_lines_are_applied_in_order(order: int, tmp_path: Path) -> None:
    """What the last one does not change is as the one before left it; an amendment told for each holder counts once."""
    lines = [
        FIRST,
        SECOND,
        *(amended(one, "2019-03-01", MARCHE_MONTANT="95000") for one in (FIRST, SECOND)),
        *(amended(one, "2019-09-01", DUREE_MOIS="36") for one in (FIRST, SECOND)),
    ]
    (found,), quality = table(tmp_path, ("marches.csv", written(*lines[::order])))
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (95000, 80000.5)
    assert (found["duree_mois"], found["duree_initiale_mois"], found["avenants"]) == (36, 24, 2)
    assert found["titulaires"] == [FIRM, OTHER_FIRM]
    assert (found["execution.date_notification"], found["date_publication"]) == (date(2018, 7, 26), date(2019, 9, 1))
    assert (quality.merge.versions, quality.merge.superseded, quality.merge.disputed) == (5, 0, {})


def test_amendments_in_files_of_each_year(tmp_path: Path) -> None:
    """Each file tells its own: all of them are applied, in order."""
    later = amended(FIRST, "2019-03-01", MARCHE_MONTANT="95000"), amended(FIRST, "2020-03-01", DUREE_MOIS="36")
    files = [(f"{rank}.csv", written(line)) for rank, line in enumerate((FIRST, *later))]
    for order in (files, files[::-1]):
        (found,), quality = table(tmp_path, *order)
        assert (found["execution.montant_ht"], found["duree_mois"], found["avenants"]) == (95000, 36, 2)
        assert (found["montant_initial_ht"], found["source"], quality.merge.versions) == (80000.5, "0.csv", 2)


def test_holders_that_an_amendment_changes(tmp_path: Path) -> None:
    """New holders, a line for each, replace the former ones."""
    new = {"TITULAIRES_ID_TYPE": "SIRET", "TITULAIRES_DENOMINATION": ""}
    lines = [FIRST, SECOND, *(amended(FIRST, "2019-03-01", TITULAIRES_ID=firm, **new) for firm in (OTHER_FIRM, FIRM))]
    (found,), _ = table(tmp_path, ("marches.csv", written(*lines)))
    assert (found["titulaires"], found["avenants"]) == ([FIRM, OTHER_FIRM], 1)
    (found,), _ = table(tmp_path, ("marches.csv", written(*lines[:3])))
    assert (found["titulaires"], found["avenants"]) == ([OTHER_FIRM], 1)


def test_amendments_without_days_that_differ(tmp_path: Path) -> None:
    """Which one is the last is not known: the amount is not, the initial one is."""
    lines = [FIRST, *(amended(FIRST, "", MARCHE_MONTANT=amount) for amount in ("95000", "97000"))]
    (found,), quality = table(tmp_path, ("marches.csv", written(*lines)))
    assert (found["execution.montant_ht"], found["montant_initial_ht"], found["duree_mois"]) == (None, 80000.5, 24)
    assert quality.merge.disputed == {"execution.montant_ht": 1}


def test_a_placeholder_among_amendments(tmp_path: Path) -> None:
    """An amount that is not believed leaves the amount unknown, as in a record that lists its amendments."""
    lines = [
        FIRST,
        amended(FIRST, "2019-03-01", MARCHE_MONTANT="95000"),
        amended(FIRST, "2019-04-01", MARCHE_MONTANT="1"),
    ]
    (found,), _ = table(tmp_path, ("marches.csv", written(*lines)))
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (None, 80000.5)


def test_the_number_of_the_amendment_ends_the_identifier(tmp_path: Path) -> None:
    """00, 01, 02: one contract, named by its first publication, once its initial data are the same."""
    lines = [
        FIRST,
        amended({**FIRST, "MARCHE_ID": "20180723A01"}, "2019-03-01", MARCHE_MONTANT="95000"),
        amended({**FIRST, "MARCHE_ID": "20180723A02"}, "2019-09-01", DUREE_MOIS="36"),
    ]
    for order in (lines, lines[::-1]):
        (found,), quality = table(tmp_path, ("marches.csv", written(*order)))
        assert (found["uid"], found["avenants"]) == (f"{SIRET}20180723A00", 2)
        assert (found["execution.montant_ht"], found["duree_mois"]) == (95000, 36)
        assert quality.merge.doubtful == 0


def test_an_identifier_that_ends_otherwise_is_another_contract(tmp_path: Path) -> None:
    """Other initial data: another contract, whose number ends in 02 by chance; it is told where the purpose is one."""
    other = amended({**FIRST, "MARCHE_ID": "20180723A02", "MONTANT": "61000"}, "2019-09-01", DUREE_MOIS="36")
    found, quality = table(tmp_path, ("marches.csv", written(FIRST, other)))
    assert [one["uid"][-2:] for one in found] == ["00", "02"]
    assert quality.merge.doubtful == 1
    found, quality = table(tmp_path, ("marches.csv", written(FIRST, {**other, "MARCHE_OBJET": "Élagage"})))
    assert (len(found), quality.merge.doubtful) == (2, 0)


def test_files_put_end_to_end(tmp_path: Path) -> None:
    """The header comes again: it is none of the rows."""
    other = {**FIRST, "MARCHE_ID": "20180900B00"}
    found, quality = table(tmp_path, ("marches.csv", written(FIRST) + written(other)))
    assert (len(found), quality.sources[0].refused, defects(quality.sources[0])) == (2, 0, {})


FLAT: dict[str, Any] = {
    "id": "2018A1",
    "acheteur.id": SIRET,
    "acheteur.nom": "Commune de Saint-Firmin",
    "nature": "Marché",
    "objet": "Entretien des sentiers",
    "codeCPV": "77310000",
    "procedure": "Procédure adaptée",
    "dureeMois": "24",
    "dateNotification": "2018-07-26",
    "montant": "80000",
}
JSON_HOLDERS = f'[{{"typeIdentifiant": "SIRET", "id": "{FIRM}", "denominationSociale": "Sentiers et Fils"}}]'


@pytest.mark.parametrize(
    ("columns", "identifiers", "names"),
    [
        ({"titulaires": JSON_HOLDERS}, [FIRM], ["Sentiers et Fils"]),
        ({"titulaires": JSON_HOLDERS.replace('"', "'")}, [FIRM], ["Sentiers et Fils"]),
        ({"titulaires": f"[{{'titulaire': {JSON_HOLDERS[1:-1]}}}]".replace('"', "'")}, [FIRM], ["Sentiers et Fils"]),
        ({"titulaires": f"{FIRM} ; {OTHER_FIRM}"}, [FIRM, OTHER_FIRM], None),
        ({"titulaires": "Sentiers et Fils, SARL"}, None, ["Sentiers et Fils, SARL"]),
        ({"titulaires.0.id": FIRM, "titulaires.1.id": OTHER_FIRM}, [FIRM, OTHER_FIRM], None),
        ({"idTitulaire_1": FIRM, "denominationTitulaire_1": "Sentiers et Fils"}, [FIRM], ["Sentiers et Fils"]),
        (
            {"titulaires_id": f"{FIRM}|{OTHER_FIRM}", "titulaires_denominationLegale": "Sentiers et Fils|Haies||||"},
            [FIRM, OTHER_FIRM],
            ["Haies", "Sentiers et Fils"],
        ),
    ],
)
def test_how_holders_are_written(
    columns: dict[str, str], identifiers: list[str] | None, names: list[str] | None, tmp_path: Path
) -> None:
    """Objects in a cell, several in one, numbered columns: whatever local publishers made of a list."""
    (found,), report = source(tmp_path, written({**FLAT, **columns}, separator=";"), "a.csv")
    assert (found["titulaires"], found["titulaires_noms"]) == (identifiers, names)
    assert defects(report) == {}


def test_amendments_in_a_cell(tmp_path: Path) -> None:
    """They are applied as those of a record."""
    cell = '[{"modification": {"id": 1, "montant": 90000}}, {"modification": {"id": 2, "dureeMois": 30}}]'
    (found,), report = source(tmp_path, written({**FLAT, "modifications": cell}, separator=";"), "a.csv")
    assert (found["execution.montant_ht"], found["montant_initial_ht"], found["duree_mois"]) == (90000, 80000, 30)
    assert (found["avenants"], defects(report)) == (2, {})
    (found,), _ = source(tmp_path, written({**FLAT, "modifications": "[]"}, separator=";"), "a.csv")
    assert (found["execution.montant_ht"], found["avenants"]) == (80000, 0)


def test_amendments_in_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    """There may be some: what they would have changed is unknown, and it is told; initial values are kept."""
    (found,), report = source(tmp_path, written({**FLAT, "modifications": "[{'montant': 90"}, separator=";"), "a.csv")
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (None, 80000)
    assert (found["duree_mois"], found["duree_initiale_mois"]) == (None, 24)
    assert ("modifications", "refuse") in defects(report)


def test_records_that_each_have_their_own_keys_are_not_all_remembered() -> None:
    """Objects of JSON leave out what they do not have, and may hold anything: memory does not grow with them."""
    shape = TabularShape(("id", "montant"), load_columns())
    for rank in range(3000):
        found, fits = shape.record({"id": "1", "montant": "10", f"autre {rank}": "x"})
        assert (found["id"], found["montant"], fits) == ("1", "10", True)
    assert len(shape._places) <= 1000
