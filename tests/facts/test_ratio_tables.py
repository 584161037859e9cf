"""Hours of insertion by slice of an amount: tables with a row for each lot, and pieces that tell another figure."""

from __future__ import annotations

import pytest
from coherence_builders import dossier, said, verdict
from facts_builders import piece
from template_builders import disputed, known, of_lot

from achats_check.model.fact import FactSet

_LOTS = """
RÈGLEMENT DE LA CONSULTATION
# Article 1 - Allotissement
Les prestations sont réparties en 2 lots :
Lot 1 : Toiture
Lot 2 : Façade
"""
_CONTRACT = """CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
# 6 - Clause sociale d'insertion
Le titulaire de chaque lot réserve des heures de travail à des personnes éloignées de l'emploi :
"""
_ANNEX = """ANNEXE AU CCAP
CLAUSE SOCIALE D'INSERTION
# 1 - Volume d'heures d'insertion
"""
_HOURS, _SLICE, _WHOLE = "social.ratio_heures", "social.ratio_montant_ht", "social.heures_insertion"
_AGREE = "pieces.heures_concordantes"


def _read(table: str, annex: str = "") -> FactSet:
    annexes = [piece(f"{_ANNEX}{annex}", "CCAP", "annexe.docx")] if annex else []
    return dossier(piece(_LOTS, "RC"), piece(f"{_CONTRACT}{table}", "CCAP"), *annexes)


@pytest.mark.parametrize(
    "table",
    [
        "Lot\tHeures d'insertion par tranche\tTranche de montant facturé HT\n1\t14 heures\t20 000 € HT\n"
        "2\t9 heures\t20 000 € HT\n",
        "Lot\tIntitulé\tHeures / an / tranche de 20 000 € HT\n1\tToiture\t14 h\n2\tFaçade\t9 h\n",
        "Lot\tTranche de facturation (€ HT)\tNombre d'heures\n1\t20 000\t14\n2\t20 000\t9\n",
        "N°\tNombre d'heures par tranche entamée de 20 000 € HT\n1\t14\n2\t9\n",
    ],
)
def test_ratio_of_each_lot_of_a_table(table: str) -> None:
    """The amount stands in the title of a column, or beside the hours; these hours are not those of the contract."""
    facts = _read(table)
    assert [of_lot(facts, lot).get(_HOURS) for lot in "12"] == [14, 9]
    assert [of_lot(facts, lot).get(_SLICE) for lot in "12"] == [20_000, 20_000]
    assert all(_WHOLE not in values for values in (known(facts), of_lot(facts, "1"), of_lot(facts, "2")))


@pytest.mark.parametrize(
    "table",
    [
        "Lot\tHeures tranche ferme\tHeures tranche optionnelle\n1\t140\t60\n2\t90\t30\n",
        "Lot\tHeures d'insertion par tranche\n1\t14\n2\t9\n",
        "Lot\tHeures par tranche de 20 000 € TTC\n1\t14\n2\t9\n",
        "Lot\tHeures d'insertion\n1\t140\n2\t90\n",
    ],
)
def test_what_is_no_ratio_in_a_table(table: str) -> None:
    """A tranche of works, a slice whose amount nobody tells, an amount with taxes, the hours of the contract."""
    facts = _read(table)
    assert all(_HOURS not in of_lot(facts, lot) for lot in "12")


def test_an_annex_that_tells_other_hours_of_the_same_lot() -> None:
    """The contract and its annex have one role, and contradict each other all the same."""
    head = "Lot\tHeures par tranche de 20 000 € HT\n"
    facts = _read(f"{head}1\t14 h\n2\t9 h\n", f"{head}1\t14 h\n2\t12 h\n")
    assert verdict(facts, _AGREE) is False
    assert said(facts, "heures").startswith("lot 2")
    assert _HOURS in disputed(facts)
    assert of_lot(facts, "1")[_HOURS] == 14


def test_an_annex_that_tells_the_same_hours() -> None:
    """Slices apart, the same figures agree."""
    table = "Lot\tHeures par tranche de 20 000 € HT\n1\t14 h\n2\t9 h\n"
    assert verdict(_read(table, table), _AGREE) is True


def test_hours_of_other_slices_contradict_nothing() -> None:
    """Ten hours for 20 000 € and twenty for 40 000 € may be the same: nobody is told that they differ."""
    other = "Lot\tHeures par tranche de 40 000 € HT\n1\t28 h\n2\t18 h\n"
    facts = _read("Lot\tHeures par tranche de 20 000 € HT\n1\t14 h\n2\t9 h\n", other)
    assert verdict(facts, _AGREE) is not False
