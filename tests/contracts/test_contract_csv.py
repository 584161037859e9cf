"""Rows of CSV files: separators, encodings, quotes, and columns that change on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from contracts_builders import FIRM, SIRET, defects, source

HEADER = (
    "uid,id,acheteur_id,acheteur_nom,objet,montant,codeCPV,procedure,dureeMois,dateNotification,titulaire_id,"
    "titulaire_typeIdentifiant"
)


def line(number: int = 1, objet: str = "Tonte", montant: str = "80000") -> str:
    """One contract."""
    return (
        f"{SIRET}{number},{number},{SIRET},Commune de Saint-Firmin,{objet},{montant},77310000,Procédure adaptée,36,"
        f"2024-05-15,{FIRM},SIRET"
    )


def csv(*lines: str, header: str = HEADER) -> str:
    """A file."""
    return "\n".join((header, *lines)) + "\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str, tmp_path: Path) -> None:
    """They are found in the file."""
    text = csv(line(objet="Crèche")).replace(",", separator).replace("\n", "\r\n")
    (row,), report = source(tmp_path, text.encode(encoding), "a.csv")
    assert (row["objet"], row["procedure.type"], row["titulaires"]) == ("Crèche", "procedure_adaptee", [FIRM])
    assert report.refused == 0


def test_lines_that_do_not_fit_are_refused_by_name(tmp_path: Path) -> None:
    """A cell more or less shifts nothing: the line is refused, with its number; the others are read."""
    rows, report = source(tmp_path, csv(line(1), line(2) + ",en trop", "court,e", line(3)), "a.csv")
    assert [row["rang"] for row in rows] == [2, 5]
    assert report.refused == 2
    assert {place for defect in report.defects for place, _, _ in defect.examples} >= {"ligne 3", "ligne 4"}


def test_columns_in_another_order_without_a_header(tmp_path: Path) -> None:
    """As many cells, in other columns: their shapes tell."""
    first, *middle, last = line(2).split(",")
    rows, report = source(tmp_path, csv(line(1), ",".join([last, *middle[::-1], first])), "a.csv")
    assert len(rows) == 1
    assert report.refused == 1
    assert "décalées" in str(report.defects)


def test_a_new_header_in_the_middle(tmp_path: Path) -> None:
    """The lines that follow are read by it, and the change is told; a repeated header says nothing."""
    header = ",".join(reversed(HEADER.split(",")))
    turned = ",".join(reversed(line(2, montant="90000").split(",")))
    rows, report = source(tmp_path, csv(line(1), HEADER, header, turned), "a.csv")
    assert [row["execution.montant_ht"] for row in rows] == [80000, 90000]
    assert defects(report)[("", "refuse")] == 1
    assert "ligne 4" in str(report.defects)


def test_quotes(tmp_path: Path) -> None:
    """A text may hold separators and line ends; a quote never closed loses its own line."""
    rows, report = source(tmp_path, csv(line(1, '"Tonte,\ntaille"'), line(2, '"Tonte'), line(3), line(4)), "a.csv")
    assert [row["objet"] for row in rows] == ["Tonte, taille", "Tonte", "Tonte"]
    assert report.refused == 1
    assert "ligne 4" in str(report.defects)


def test_a_quote_left_open_far_from_the_end(tmp_path: Path) -> None:
    """Hundreds of lines follow it, and are read."""
    rows, report = source(tmp_path, csv(line(1, '"Tonte'), *(line(rank) for rank in range(2, 700))), "a.csv")
    assert len(rows) == 698
    assert report.refused == 1


def test_holes_of_consolidations_are_empty(tmp_path: Path) -> None:
    """ "NC", "CDL" stand for nothing."""
    (row,), report = source(tmp_path, csv(line(1, montant="NC").replace("SIRET", "CDL")), "a.csv")
    assert row["execution.montant_ht"] is None
    assert defects(report) == {}
