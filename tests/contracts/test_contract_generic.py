"""Any other table, by the names of its columns or by a correspondence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from contracts_builders import FIRM, SIRET, contract, defects, document, source, table
from pyarrow import parquet

from achats_check.errors import UsageError

MAP = """
colonnes:
  uid: {colonne: N°}
  objet: Intitulé
  execution.montant_ht: {colonne: Montant, virgule: true}
  execution.date_notification: {colonne: Notifié le, format: "%d/%m/%Y"}
  procedure.type: {colonne: Procédure, codes: {MAPA: procedure_adaptee, AO: appel_offres_ouvert}}
  cpv: {colonne: CPV, separateur: ","}
  social.condition_execution: Clause
  acheteur.siret: Acheteur
  titulaires: Titulaire
  considerations_sociales: {colonne: Social, separateur: "/"}
"""
TABLE = (
    "N°;Intitulé;Montant;Notifié le;Procédure;CPV;Clause;Acheteur;Titulaire;Social\n"
    f"A1;Tonte;80.000,50 €;15/05/2024;MAPA;77310000, 9132100;oui;{SIRET};{FIRM};Clause sociale/Critère social\n"
)


def mapped(folder: Path, table: str = TABLE, said: str = MAP) -> tuple[dict[str, object], dict[tuple[str, str], int]]:
    """The row of a table of one contract, by a correspondence, and its defects."""
    (folder / "correspondance.yaml").write_text(said, encoding="utf-8")
    (row,), report = source(folder, table, "t.csv", correspondence=str(folder / "correspondance.yaml"))
    return row, defects(report)


def test_a_correspondence(tmp_path: Path) -> None:
    """Decimal comma, French dates, codes of the house, lists."""
    row, wrong = mapped(tmp_path)
    assert (row["uid"], row["objet"], row["execution.montant_ht"]) == ("A1", "Tonte", 80000.5)
    assert (row["execution.date_notification"], row["annee"]) == (date(2024, 5, 15), 2024)
    assert (row["procedure.type"], row["cpv"]) == ("procedure_adaptee", ["77310000", "09132100"])
    assert (row["social.condition_execution"], row["acheteur.categorie"]) == (True, "commune")
    assert (row["titulaires"], row["avenants"]) == ([FIRM], 0)
    assert (row["considerations_sociales"], row["etat_sociales"]) == (["Clause sociale", "Critère social"], "declarees")
    assert row["etat_environnementales"] == "hors_champ"
    assert wrong == {}


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("80.000,50 €", "environ", "execution.montant_ht"),
        ("80.000,50 €", "999999999", "execution.montant_ht"),
        ("15/05/2024", "2024-05-15", "execution.date_notification"),
        ("15/05/2024", "15/05/2031", "execution.date_notification"),
        ("MAPA", "Autre", "procedure.type"),
        ("77310000, 9132100", "77310000, 12", "cpv"),
        (";oui;", ";peut-être;", "social.condition_execution"),
        (SIRET, "21399999900006", "acheteur.siret"),
        (FIRM, "12345678901234", "titulaires"),
        ("15/05/2024", "15/05/0224", "execution.date_notification"),
        ("Clause sociale/Critère social", "Clause sociale/Pas de considération sociale", "considerations_sociales"),
        ("Clause sociale/Critère social", "Bonne action", "considerations_sociales"),
    ],
)
def test_what_does_not_fit_is_unknown(before: str, after: str, column: str, tmp_path: Path) -> None:
    """And counted under the name of the fact."""
    row, wrong = mapped(tmp_path, TABLE.replace(before, after))
    assert row[column] is None
    assert wrong == {(column, "refuse"): 1}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("objet: Intitulé", "objett: Intitulé", "« objet »"),
        ("objet: Intitulé", "objet: Titre", "Titre"),
        ("objet: Intitulé", "criteres: Intitulé", "liste d'objets"),
        ("virgule: true", "virgules: true", "virgules"),
        ("MAPA: procedure_adaptee", "MAPA: mapa", "mapa"),
        ("colonnes:", "colonne:", "colonnes"),
        ("colonnes:", "colonnes: [", "illisible"),
    ],
)
def test_faults_of_a_correspondence(before: str, after: str, words: str, tmp_path: Path) -> None:
    """Each is told with what is allowed."""
    with pytest.raises(UsageError, match=words):
        mapped(tmp_path, said=MAP.replace(before, after))


def test_columns_that_bear_the_names(tmp_path: Path) -> None:
    """A CSV and a Parquet of facts need no correspondence."""
    text = "uid,execution.montant_ht,execution.date_notification,cpv,innovant,procedure.type,autre\n"
    text += "A,80000.5,2024-05-15,77310000;9132100,non,appel_offres_ouvert,x\n"
    (row,), report = source(tmp_path, text, "t.csv")
    assert (row["execution.montant_ht"], row["cpv"], row["innovant"]) == (80000.5, ["77310000", "09132100"], False)
    assert report.format == "table-csv"
    frame = pl.DataFrame(
        {
            "uid": ["A", None],
            "execution.montant_ht": [80000.5, float("nan")],
            "execution.date_notification": [date(2024, 5, 15), None],
            "cpv": [["77310000"], None],
            "innovant": [False, None],
            "duree_mois": [12, 5],
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    found, report = source(tmp_path, (tmp_path / "t.parquet").read_bytes(), "t.parquet")
    assert [row["uid"] for row in found] == ["A", "t.parquet#2"]
    assert [row["execution.montant_ht"] for row in found] == [80000.5, None]
    assert [row["duree_mois"] for row in found] == [12, 5]
    assert defects(report) == {("uid", "refuse"): 1}


def test_the_table_of_an_audit_is_read_again(tmp_path: Path) -> None:
    """Its columns bear the names of facts, some of them also names of the consolidations: none is lost."""
    amendment = {"modification": {"id": 1, "montant": 90000, "dureeMois": 48}}
    written = contract(modifications=[amendment], ccag="Travaux", marcheInnovant=True)
    (wanted,), _ = table(tmp_path, ("a.json", document(written)))
    (found,), report = source(tmp_path, (tmp_path / "contrats" / "part-00000.parquet").read_bytes(), "t.parquet")
    assert (report.format, report.defects) == ("table-parquet", ())
    assert wanted["considerations_environnementales"] == []
    assert {name: found[name] for name in wanted if name != "source"} == {
        name: value for name, value in wanted.items() if name != "source"
    }


@pytest.mark.parametrize("written", ["1e400", "1e999999999", "9" * 5000, "100000000000000"])
@pytest.mark.parametrize("column", ["nombre_lots", "avenants", "duree_mois", "social.heures_insertion"])
def test_numbers_out_of_measure(column: str, written: str, tmp_path: Path) -> None:
    """They are unknown, and neither stop the reading nor make it compute a number of a billion digits."""
    text = f"uid,objet,execution.montant_ht,{column}\nA,Tonte,80000,{written}\n"
    (row,), report = source(tmp_path, text, "t.csv")
    assert (row[column], row["execution.montant_ht"]) == (None, 80000)
    assert defects(report) == {(column, "refuse"): 1}


@pytest.mark.parametrize(("written", "expected"), [("1000;2500.5", [1000.0, 2500.5]), ("1000;beaucoup", None)])
def test_a_list_of_amounts(written: str, expected: list[float] | None, tmp_path: Path) -> None:
    """One that is none makes the list unknown."""
    column = "famille_achats.commandes_12_mois"
    text = f"uid,objet,execution.montant_ht,{column}\nA,Tonte,80000,{written}\n"
    (row,), report = source(tmp_path, text, "t.csv")
    assert row[column] == expected
    assert defects(report) == ({} if expected else {(column, "refuse"): 1})


@pytest.mark.parametrize("kind", [pa.date32(), pa.timestamp("us"), pa.timestamp("ns")])
def test_days_that_are_none(kind: pa.DataType, tmp_path: Path) -> None:
    """A year of six digits is refused where it is; the other days of the file are read."""
    days = pa.array([2**31 - 1, 19858], pa.int32())
    if kind != pa.date32():
        per_day = 86_400 * (10**6 if kind.unit == "us" else 10**9)
        days = pa.array([2**63 - 1, 19858 * per_day])
    columns = {
        "uid": ["A", "B"],
        "execution.montant_ht": [80000, 70000],
        "execution.date_notification": days.cast(kind),
    }
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    found, report = source(tmp_path, (tmp_path / "t.parquet").read_bytes(), "t.parquet")
    assert [row["execution.date_notification"] for row in found] == [None, date(2024, 5, 15)]
    assert defects(report) == {("execution.date_notification", "refuse"): 1}


def test_texts_of_another_code_in_a_parquet(tmp_path: Path) -> None:
    """They are decoded as those of a CSV are: one byte of one row does not stop the reading of the others."""
    texts = pa.array(["Crèche".encode("cp1252"), b"Tonte"])
    lists = pa.array([[b"77310000", b"\xe8"], [b"77310000"]])
    columns = {
        "uid": ["A", "B"],
        "execution.montant_ht": [80000, 70000],
        "objet": pa.StringArray.from_buffers(2, *texts.buffers()[1:]),
        "cpv": pa.ListArray.from_arrays(lists.offsets, pa.StringArray.from_buffers(3, *lists.values.buffers()[1:])),
    }
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    found, report = source(tmp_path, (tmp_path / "t.parquet").read_bytes(), "t.parquet")
    assert [(row["objet"], row["cpv"]) for row in found] == [("Crèche", None), ("Tonte", ["77310000"])]
    assert defects(report) == {("cpv", "refuse"): 1}


def test_a_parquet_whose_columns_have_no_readable_names(tmp_path: Path) -> None:
    """It is no table, and nothing stops."""
    parquet.write_table(pa.table({"uid": ["A"], "execution.montant_ht": [1], "acheteur.nom": ["x"]}), tmp_path / "t")
    damaged = (tmp_path / "t").read_bytes().replace(b"execution.montant_ht", b"execution.montant_h\xf1")
    with pytest.raises(UsageError, match="pas un fichier de contrats"):
        source(tmp_path, damaged, "t.parquet")


@pytest.mark.parametrize("last", ["valeur_estimee_ht", "colonne de la maison"])
def test_columns_that_change_in_the_middle(last: str, tmp_path: Path) -> None:
    """A header that names another column is read as one: no row is its own header, none is read by the old one."""
    header = "uid;objet;execution.montant_ht;duree_mois;execution.date_notification\n"
    text = header + "A;Tonte;80000;12;2024-05-15\n"
    text += f"uid;objet;duree_mois;execution.date_notification;{last}\nB;Taille;36;2024-05-16;90000\n"
    found, report = source(tmp_path, text, "t.csv")
    assert [(row["uid"], row["execution.montant_ht"], row["duree_mois"]) for row in found] == [
        ("A", 80000, 12),
        ("B", None, 36),
    ]
    assert defects(report) == {("", "refuse"): 1}
    assert "ligne 3" in str(report.defects)


def test_house_columns_that_change_in_the_middle(tmp_path: Path) -> None:
    """A correspondence follows its columns where they go; one that is gone is unknown."""
    moved = "Intitulé;N°;Notifié le;Total;Procédure;CPV;Clause;Acheteur;Titulaire;Social\n"
    moved += f"Taille;A2;16/05/2024;70.000,00 €;AO;77310000;non;{SIRET};{FIRM};\n"
    (tmp_path / "correspondance.yaml").write_text(MAP, encoding="utf-8")
    found, report = source(tmp_path, TABLE + moved, "t.csv", correspondence=str(tmp_path / "correspondance.yaml"))
    assert [(row["uid"], row["objet"], row["execution.montant_ht"]) for row in found] == [
        ("A1", "Tonte", 80000.5),
        ("A2", "Taille", None),
    ]
    assert defects(report) == {("", "refuse"): 1}


@pytest.mark.parametrize("column", ["contrat", "forme"])
@pytest.mark.parametrize(("months", "said", "expected"), [(120, "", 120), (121, "", None), (240, "concession", 240)])
def test_a_duration_that_may_be_in_days(
    months: int, said: str, expected: int | None, column: str, tmp_path: Path
) -> None:
    """More than ten years are refused, as in the DECP, but for a concession."""
    text = f"uid,execution.montant_ht,{column},duree_mois\nA,80000,{said},{months}\n"
    (row,), report = source(tmp_path, text, "t.csv")
    assert (row["duree_mois"], row["duree_initiale_mois"]) == (expected, expected)
    assert defects(report) == ({} if expected else {("duree_mois", "refuse"): 1})
