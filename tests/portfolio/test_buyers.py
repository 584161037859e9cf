"""The buyers file: what it may say, and every fault of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from achats_check.errors import DescriptionError
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import DECLARED
from achats_check.portfolio.buyers import declared_texts, of_line, read_buyers

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "objectifs" / "acheteurs.csv"
JSON = '[{"siren": "210000012", "annee": 2024, "achats_annuels_ht": 62000000, "spaser": {"adopte": false}}]'
YAML = "acheteurs:\n- siret: 21000001200011\n  annee: 2024\n  acheteur.achats_annuels_ht: 62 M€\n  spaser.adopte: non\n"
CSV = "siren,annee,achats_annuels_ht,spaser.adopte\n210000012,2024,62000000,non\n"


def read(text: str, name: str, folder: Path, book: Rulebook) -> dict[tuple[str, int | None], dict[str, object]]:
    """Read a file and return its values."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return {key: {f.name: f.value for f in facts} for key, facts in read_buyers(path, book.vocabulary).items()}


@pytest.mark.parametrize(("text", "name"), [(JSON, "a.json"), (YAML, "a.yaml"), (CSV, "a.csv")])
def test_the_three_formats_say_the_same(text: str, name: str, tmp_path: Path, book: Rulebook) -> None:
    """JSON, YAML and CSV; "acheteur." may be left out."""
    expected = {"acheteur.achats_annuels_ht": 62_000_000, "acheteur.spaser.adopte": False}
    assert read(text, name, tmp_path, book) == {("210000012", 2024): expected}


def test_the_year_outranks_every_year(tmp_path: Path, book: Rulebook) -> None:
    """A record without a year holds for all; an empty cell says nothing."""
    path = tmp_path / "a.csv"
    path.write_text("nom;annee;categorie;spaser.adopte\nVille de Brume;;commune;non\nVILLE DE  Brume;2024;;oui\n")
    name = {"acheteur.nom": "Ville de Brume"}
    buyers = read_buyers(path, book.vocabulary)
    values = {year: {f.name: f.value for f in of_line(buyers, "nom:ville de brume", year)} for year in (2023, 2024)}
    assert values[2024].pop("acheteur.nom") == "VILLE DE  Brume"
    assert values[2023] == name | {"acheteur.categorie": "commune", "acheteur.spaser.adopte": False}
    assert values[2024] == {"acheteur.categorie": "commune", "acheteur.spaser.adopte": True}
    assert of_line(buyers, "nom:autre", 2024) == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_name_is_the_last_one_told(order: tuple[int, ...], tmp_path: Path, book: Rulebook) -> None:
    """Of the last year that tells it; what is told of no year comes before all."""
    rows = ("210000012;;Brume", "210000012;2023;Grande-Brume", "210000012;2024;Brume-sur-Mer")
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["siren;annee;nom", *(rows[rank] for rank in order), "230000020;2025;Autre"]))
    found = declared_texts(read_buyers(path, book.vocabulary), "acheteur.nom")
    assert found == {"210000012": "Brume-sur-Mer", "230000020": "Autre"}


def test_the_sample_is_declared(book: Rulebook) -> None:
    """The sample file is read whole."""
    buyers = read_buyers(SAMPLE, book.vocabulary)
    assert len(buyers) == 3
    assert {fact.origin for facts in buyers.values() for fact in facts} == {DECLARED}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('[{"siren": "12"}]', "a.json", "acheteur n° 1 : « 12 » n'est ni un SIREN"),
        ('[{"annee": 2024}]', "a.json", "siren, siret ou nom manque"),
        ('[{"nom": "x", "annee": "hier"}]', "a.json", "« hier » n'est pas une année"),
        ('[{"nom": "x", "annee": "20²4"}]', "a.json", "« 20²4 » n'est pas une année"),
        ('[{"siren": "21000001²"}]', "a.json", "« 21000001² » n'est ni un SIREN"),
        ('[{"nom": "x", "achats_annuel_ht": 1}]', "a.json", "Vouliez-vous dire « acheteur.achats_annuels_ht »"),
        ('[{"nom": "x", "achats_annuels_ht": "beaucoup"}]', "a.json", "acheteur.achats_annuels_ht :"),
        ('[{"nom": "x", "alloti": true}]', "a.json", "« alloti » ne dit rien d'un acheteur"),
        ('[{"nom": "x"}, {"nom": "X "}]', "a.json", "acheteur n° 2 : cet acheteur est déjà décrit"),
        ('[{"nom": "x", "portefeuille.spaser": "du"}]', "a.json", "se calcule et ne se déclare pas"),
        ('{"nom": "x"}', "a.json", "une liste d'acheteurs est attendue"),
        ("siren,achats_annuels_ht\n210000012,62,5\n", "a.csv", "ligne 2 : plus de cellules que de colonnes"),
        ("siren;nom\n210000012;" + "x" * 200_000, "a.csv", "CSV illisible"),
        ("[{", "a.json", "JSON illisible, ligne 1"),
        ("- a: [", "a.yaml", "ligne"),
        ("[" * 100_000, "a.json", "s'emboîtent trop"),
    ],
)
def test_faults_are_told(text: str, name: str, expected: str, tmp_path: Path, book: Rulebook) -> None:
    """Which buyer, what is wrong, and what was probably meant."""
    with pytest.raises(DescriptionError) as caught:
        read(text, name, tmp_path, book)
    assert expected in str(caught.value)


def test_every_fault_is_told_at_once(tmp_path: Path, book: Rulebook) -> None:
    """A file is mended in one go."""
    with pytest.raises(DescriptionError) as caught:
        read('[{"siren": "1"}, {"siren": "2"}, {"nom": "x"}]', "a.json", tmp_path, book)
    assert len(caught.value.faults) == 2


def test_a_missing_file_is_told(tmp_path: Path, book: Rulebook) -> None:
    """Where there is nothing to read."""
    with pytest.raises(DescriptionError, match="illisible"):
        read_buyers(tmp_path / "absent.csv", book.vocabulary)
