"""Amendments, duplicates, versions and holders: put together whatever the order they come in."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from contracts_builders import FIRM, OTHER_FIRM, SIRET, contract, defects, document, row, source, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.contracts.amendments import Amendment
from achats_check.contracts.holders import Holders
from achats_check.contracts.merging import merged
from achats_check.contracts.separate_amendments import written_amendments

FIRST, SECOND = {"id": 1, "montant": 90000}, {"id": 2, "montant": 95000, "dureeMois": 48}


@pytest.mark.parametrize("amendments", [[FIRST, SECOND], [SECOND, FIRST], [SECOND, FIRST, SECOND]])
def test_amendments_by_their_numbers(amendments: list[Any], tmp_path: Path) -> None:
    """In order whatever the order of the file, one written twice applied once; the initial values are kept."""
    found = row(tmp_path, modifications=[{"modification": item} for item in amendments])
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (95000, 80000)
    assert (found["duree_mois"], found["duree_initiale_mois"]) == (48, 36)
    assert found["avenants"] == 2


def test_amendments_by_their_days(tmp_path: Path) -> None:
    """Where they have no number; their last publication dates the contract's; holders may change."""
    found = row(
        tmp_path,
        modifications=[
            {"dateNotificationModification": "2025-03-01", "montant": 70000, "titulaires": [{"id": OTHER_FIRM}]},
            {"datePublicationDonneesModification": "2025-01-01", "montant": 60000},
        ],
    )
    assert found["execution.montant_ht"] == 70000
    assert found["titulaires"] == [OTHER_FIRM]
    assert found["date_publication"].isoformat() == "2025-01-01"


@pytest.mark.parametrize(
    "amendments",
    [
        [{"montant": 60000}, {"montant": 70000}],
        [{"id": 1, "montant": 60000}, {"id": 1, "montant": 70000}],
        [{"id": 1, "montant": 999999999}],
    ],
)
def test_amendments_that_cannot_be_believed(amendments: list[Any], tmp_path: Path) -> None:
    """Without an order, contradictory, or unreadable: the amount is unknown, the initial one is not; it is counted."""
    (found,), report = source(tmp_path, document(contract(modifications=amendments)))
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (None, 80000)
    assert defects(report)[("modifications", "refuse")] == 1


def test_one_contract_in_two_files(tmp_path: Path) -> None:
    """The last publication wins; an identical one is counted as such."""
    late = document(contract(montant=85000, datePublicationDonnees="2024-07-01"))
    found, quality = table(
        tmp_path, ("a.json", document(contract())), ("b.json", late), ("c.json", document(contract()) + " ")
    )
    assert [(one["execution.montant_ht"], one["source"]) for one in found] == [(85000, "b.json")]
    assert (quality.merge.rows, quality.merge.superseded) == (3, 2)
    found, quality = table(tmp_path, ("a.json", document(contract())), ("c.json", document(contract()) + " "))
    assert (len(found), quality.merge.identical) == (1, 1)


def test_several_holders_do_not_double_the_amount(tmp_path: Path) -> None:
    """One row for each holder, of one amount and one day: one contract."""
    found, _ = table(tmp_path, ("a.json", document(contract(), contract(titulaires=[{"id": OTHER_FIRM}]))))
    assert [(one["execution.montant_ht"], one["titulaires"]) for one in found] == [(80000, [FIRM, OTHER_FIRM])]


def test_other_holders_and_another_amount_are_another_contract(tmp_path: Path) -> None:
    """Lots under one identifier are kept apart, under names of their own."""
    lot = contract(titulaires=[{"id": OTHER_FIRM}], montant=50000, objet="Lot 2")
    found, quality = table(tmp_path, ("a.json", document(contract(), lot)))
    assert {(one["uid"], one["execution.montant_ht"]) for one in found} == {
        (f"{SIRET}2024-11~1", 50000),
        (f"{SIRET}2024-11~2", 80000),
    }
    assert quality.merge.shared_names == 2


def test_rows_of_one_day_that_disagree(tmp_path: Path) -> None:
    """What they disagree on is unknown, and counted; what only one says is kept."""
    other = contract(montant=70000, dureeMois=None, marcheInnovant=True)
    (found,), quality = table(tmp_path, ("a.json", document(contract(), other)))
    assert (found["execution.montant_ht"], found["duree_mois"], found["innovant"]) == (None, 36, True)
    assert quality.merge.disputed == {"execution.montant_ht": 1, "montant_initial_ht": 1}


def said(**changes: Any) -> dict[str, Any]:
    """A row of one identifier, as sources write it."""
    row: dict[str, Any] = {"uid": "u", "source": "a", "rang": 1, "titulaires": ["1"], "execution.montant_ht": 10.0}
    row |= {"etat_sociales": "hors_champ", "considerations_sociales": None, "date_publication": None}
    row |= {"etat_environnementales": "hors_champ", "considerations_environnementales": None}
    return row | {name.replace("__", "."): value for name, value in changes.items()}


DAY, LATER = date(2024, 1, 1), date(2024, 2, 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{}, {"rang": 2}, {"source": "b"}], {"identical": 2}),
        ([{"date_publication": DAY}, {"date_publication": LATER}], {"identical": 1}),
        ([{"date_publication": DAY, "execution__montant_ht": 9.0}, {"date_publication": LATER}], {"superseded": 1}),
        ([{}, {"duree_mois": 12}, {"duree_mois": 24}], {"versions": 2}),
        ([{}, {"titulaires": ["2"], "execution__montant_ht": 9.0}], {"shared_names": 2}),
        ([{"execution__montant_ht": 9.0, "montant_initial_ht": 10.0}, {"titulaires": ["2"]}], {"versions": 1}),
        ([{}, {"titulaires": None, "execution__montant_ht": 9.0}], {"versions": 1}),
        ([{}, {"execution__montant_ht": None, "titulaires": ["2"]}], {"versions": 1}),
    ],
)
def test_what_was_put_together_is_counted(changes: list[dict[str, Any]], expected: dict[str, int]) -> None:
    """Identical rows, later publications, versions, contracts of one name: each row under one head."""
    assert {name: count for name, count in merged([said(**one) for one in changes]).events.items() if count} == expected


def test_what_rows_of_one_day_say_together() -> None:
    """The longest wording, the most amendments, every defect; the place of the first row."""
    (row,) = merged(
        [
            said(source="b", rang=1, objet="Tonte", avenants=2, repares=["cpv"], refuses=["montant"]),
            said(source="a", rang=9, objet="Tonte des pelouses", avenants=3, refuses=["dureeMois"]),
            said(source="a", rang=3, objet="Tonte des bords", avenants=1),
        ]
    ).rows
    assert (row["objet"], row["avenants"]) == ("Tonte des pelouses", 3)
    assert (row["repares"], row["refuses"]) == (["cpv"], ["dureeMois", "montant"])
    assert (row["source"], row["rang"]) == ("a", 3)


@pytest.mark.parametrize(
    ("others", "state", "values", "disputed"),
    [
        ([("hors_champ", None), ("manquantes", None)], "declarees", ["Clause sociale"], ()),
        ([("declarees", ["Critère social"])], "manquantes", None, ("considerations_sociales",)),
        ([("absence_declaree", [])], "manquantes", None, ("considerations_sociales",)),
    ],
)
def test_considerations_of_rows_of_one_day(
    others: list[tuple[str, Any]], state: str, values: Any, disputed: tuple[str, ...]
) -> None:
    """A row that says nothing contradicts no other; two that differ leave them unknown, and it is told."""
    rows = [said(etat_sociales="declarees", considerations_sociales=["Clause sociale"])]
    rows += [said(etat_sociales=other, considerations_sociales=given, rang=2) for other, given in others]
    found = merged(rows)
    assert (found.rows[0]["etat_sociales"], found.rows[0]["considerations_sociales"]) == (state, values)
    assert found.disputed == disputed


def test_the_current_version_need_not_be_the_last() -> None:
    """The one that the file calls current is; the amendments are those of the last, the days those of the first."""
    rows = [
        said(version=0, actuelle=False, execution__montant_ht=9.0, execution__date_notification=DAY),
        said(version=3, actuelle=True, execution__montant_ht=8.0, execution__date_notification=LATER),
        said(version=4, actuelle=False, execution__montant_ht=7.0, execution__date_notification=LATER),
    ]
    (row,) = merged(rows).rows
    assert (row["execution.montant_ht"], row["montant_initial_ht"], row["avenants"]) == (8.0, 9.0, 4)
    assert (row["execution.date_notification"], row["annee"]) == (DAY, 2024)


def test_versions_without_the_first_one() -> None:
    """Each has the day of its own notification: that of the contract is not given, and it is told."""
    rows = [said(version=rank, execution__date_notification=DAY, annee=2024) for rank in (1, 2)]
    found = merged(rows)
    (row,) = found.rows
    assert (row["execution.date_notification"], row["annee"], row["montant_initial_ht"]) == (None, None, None)
    assert found.events["undated"] == 1


def test_a_version_joins_the_contract_of_its_holder() -> None:
    """Not the first of those that bear the identifier."""
    rows = [
        said(execution__montant_ht=10.0),
        said(execution__montant_ht=20.0, titulaires=["2"]),
        said(version=1, execution__montant_ht=30.0, titulaires=["2"]),
    ]
    found = {tuple(row["titulaires"]): row["execution.montant_ht"] for row in merged(rows).rows}
    assert found == {("1",): 10.0, ("2",): 30.0}


TOLD = tuple(
    written_amendments([Amendment(None, day, amount, None, Holders((), ()), unread)], Holders(("1",), ()))
    for day, amount, unread in ((DAY, Decimal(5), ()), (LATER, Decimal(6), ()), (None, None, ("montant",)))
)
"""What rows that each tell one amendment may tell."""
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "uid": st.just("u"),
            "source": st.sampled_from(("a", "b")),
            "rang": st.integers(1, 3),
            "titulaires": st.sampled_from((None, ["1"], ["2"], ["1", "2"])),
            "execution.montant_ht": st.sampled_from((None, 10.0, 20.0)),
            "date_publication": st.none() | st.dates().map(lambda day: day.replace(year=2020, month=1)),
            "objet": st.sampled_from((None, "a", "b")),
            "etat_sociales": st.sampled_from(("manquantes", "hors_champ")),
            "considerations_sociales": st.none(),
            "etat_environnementales": st.just("declarees"),
            "considerations_environnementales": st.sampled_from((["x"], ["y"])),
            "version": st.sampled_from((None, 0, 1)),
            "actuelle": st.sampled_from((None, True, False)),
            "duree_mois": st.sampled_from((None, 12, 24)),
            "execution.date_notification": st.sampled_from((None, DAY, LATER)),
            "sans_modifications": st.sampled_from((None, True)),
            "modifications_dites": st.sampled_from((None, "", *TOLD)),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200)
@given(rows=_ROWS, data=st.data())
def test_order_changes_nothing(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    """Rows of one identifier give the same contracts in any order, and each has at least one row."""
    one, other = merged(rows), merged(data.draw(st.permutations(rows)))
    assert one == other
    assert 1 <= len(one.rows) <= len(rows)
    put_together = sum(one.events[name] for name in ("identical", "superseded", "versions"))
    assert len(rows) == len(one.rows) + put_together
    assert len(set(one.disputed)) == len(one.disputed)
    holders = {holder for item in rows for holder in item["titulaires"] or ()}
    holders |= {"1" for item in rows if item["modifications_dites"]}  # held before the amendments they tell
    assert {holder for item in one.rows for holder in item["titulaires"] or ()} <= holders


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(4)))
def test_amendments_in_any_order(order: list[int], tmp_path: Path) -> None:
    """Numbered amendments give the same contract in any order of the file."""
    amendments = [{"id": rank + 1, "montant": 10000 * (rank + 1)} for rank in range(4)]
    found = row(tmp_path, modifications=[amendments[rank] for rank in order])
    assert (found["execution.montant_ht"], found["avenants"]) == (40000, 4)


SOCIAL = "Clause sociale, Critère social"
HEADER = (
    "uid;id;acheteur_id;objet;montant;codeCPV;dureeMois;dateNotification;titulaire_id;modification_id;donneesActuelles;"
    "considerationsSociales\n"
)


def versions(*lines: tuple[Any, ...]) -> str:
    """A consolidation of one contract: amount, duration, day, holder, version, current."""
    return HEADER + "".join(
        f"u;1;{SIRET};Tonte;{amount};77310000;{months};{day};{holder};{version};{current};{SOCIAL}\n"
        for amount, months, day, holder, version, current in lines
    )


def test_versions_of_a_consolidation(tmp_path: Path) -> None:
    """A row for each version and holder: one contract, its amount once, its notification the first one."""
    lines = [
        (80000, 12, "2024-05-15", FIRM, 0, "false"),
        (90000, 24, "2025-02-01", FIRM, 1, "true"),
        (90000, 24, "2025-02-01", OTHER_FIRM, 1, "true"),
    ]
    for order in (lines, lines[::-1]):
        (found,), quality = table(tmp_path, ("a.csv", versions(*order)))
        assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (90000, 80000)
        assert (found["duree_mois"], found["duree_initiale_mois"], found["avenants"]) == (24, 12, 1)
        assert found["titulaires"] == [FIRM, OTHER_FIRM]
        assert found["execution.date_notification"].isoformat() == "2024-05-15"
        assert found["considerations_sociales"] == ["Clause sociale", "Critère social"]
        assert quality.merge.versions == 2
    assert "version" not in found


def test_a_lone_version_has_no_initial_amount(tmp_path: Path) -> None:
    """What the file does not hold is not made up: neither the initial amount, nor when the contract was notified."""
    (found,), quality = table(tmp_path, ("a.csv", versions((90000, 24, "2025-02-01", FIRM, 2, "true"))))
    assert (found["execution.montant_ht"], found["montant_initial_ht"], found["avenants"]) == (90000, None, 2)
    assert (found["execution.date_notification"], found["annee"], quality.merge.undated) == (None, None, 1)


def test_numbered_holders_and_one_amendment_on_the_row(tmp_path: Path) -> None:
    """The other public consolidation."""
    header = "id,acheteur.id,objet,montant,codecpv,datenotification,titulaire_id_1,titulaire_id_2,"
    header += "montantmodification,idmodification"
    line = f"1,{SIRET},Tonte,80000,77310000,2024-05-15,{FIRM},{OTHER_FIRM},90000,1"
    (found,), _ = table(tmp_path, ("a.csv", f"{header}\n{line}\n"))
    assert found["titulaires"] == [FIRM, OTHER_FIRM]
    assert (found["execution.montant_ht"], found["montant_initial_ht"]) == (90000, 80000)
    assert found["etat_sociales"] == "hors_champ"


def test_a_consolidation_with_types(tmp_path: Path) -> None:
    """Parquet has dates, numbers, booleans; NaN stands for an empty cell."""
    frame = pl.DataFrame(
        {
            "uid": ["u", "v"],
            "acheteur_id": [int(SIRET), int(SIRET)],
            "objet": ["Tonte", "Taille"],
            "montant": [80000.5, float("nan")],
            "codeCPV": ["77310000", None],
            "dateNotification": [date(2024, 5, 15), None],
            "dureeMois": [36.0, None],
            "marcheInnovant": [True, None],
            "modification_id": [0, 0],
            "donneesActuelles": [True, True],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    (one, other), quality = table(tmp_path, ("a.parquet", (tmp_path / "a.parquet").read_bytes()))
    assert (one["execution.montant_ht"], one["duree_mois"], one["innovant"]) == (80000.5, 36, True)
    assert (one["execution.date_notification"], one["acheteur.siret"]) == (date(2024, 5, 15), SIRET)
    assert other["execution.montant_ht"] is None
    assert [defects(report) for report in quality.sources] == [{}]


def test_ambiguous_considerations_of_consolidations(tmp_path: Path) -> None:
    """ "Sans objet" stands there for a declared absence as for an empty field: it is missing."""
    text = versions((1000, 12, "2024-05-15", FIRM, 0, "true")).replace(SOCIAL, "Sans objet")
    (found,), quality = table(tmp_path, ("a.csv", text))
    assert (found["etat_sociales"], found["social.condition_execution"]) == ("manquantes", None)
    assert defects(quality.sources[0]) == {("considerationsSociales", "refuse"): 1}


@pytest.mark.parametrize(
    ("written", "objective", "reason"),
    [
        ("oui", True, "dit qu'il y en a, sans dire lesquelles"),
        ("true", True, "dit qu'il y en a, sans dire lesquelles"),
        ("Non", None, "écrit pour une absence déclarée comme pour un champ vide"),
        ("0", None, "écrit pour une absence déclarée comme pour un champ vide"),
        ("", None, ""),
    ],
)
def test_considerations_said_by_yes_or_no(written: str, objective: bool | None, reason: str, tmp_path: Path) -> None:
    """Yes says that there is one, not which; no may be a column filled by default: unknown, and told once."""
    text = versions((1000, 12, "2024-05-15", FIRM, 0, "true")).replace(SOCIAL, written)
    (found,), quality = table(tmp_path, ("a.csv", text))
    assert (found["etat_sociales"], found["considerations_sociales"]) == ("manquantes", None)
    assert (found["social.condition_execution"], found["social.critere"]) == (None, None)
    assert (found["reservation.categorie"], found["avis.objectif_social"]) == (None, objective)
    assert [(d.field, d.reason) for d in quality.sources[0].defects] == [("considerationsSociales", reason)] * bool(
        reason
    )


def test_considerations_said_by_a_truth(tmp_path: Path) -> None:
    """A Parquet has truths: they say no more."""
    frame = {"uid": ["u"], "acheteur_id": [SIRET], "objet": ["Tonte"], "montant": [1000.0], "codeCPV": ["77310000"]}
    pl.DataFrame({**frame, "considerationsSociales": [False]}).write_parquet(tmp_path / "a.parquet")
    (found,), _ = table(tmp_path, ("a.parquet", (tmp_path / "a.parquet").read_bytes()))
    assert (found["social.condition_execution"], found["etat_sociales"]) == (None, "manquantes")


EUROS = {"amount": 80000, "currency": "EUR"}
AWARD = {
    "id": "1",
    "status": "active",
    "date": "2024-05-15",
    "suppliers": [{"id": FIRM, "name": "A"}],
    "value": EUROS,
    "items": [{"classification": {"scheme": "CPV", "id": "77310000"}}],
}
RELEASE = {
    "ocid": "ocds-1",
    "date": "2024-06-01T00:00:00Z",
    "buyer": {"id": f"FR-RCS-{SIRET}", "name": "Commune de Saint-Firmin"},
    "tender": {"title": "Tonte", "procurementMethodDetails": "Procédure adaptée", "value": {**EUROS, "amount": 99999}},
    "awards": [AWARD],
    "contracts": [{"awardID": "1", "period": {"durationInDays": 730}}],
}


def test_ocds(tmp_path: Path) -> None:
    """Lines, packages of releases and of records say the same; the estimate of the tender is not read."""
    writings = (
        json.dumps(RELEASE) + "\n",
        json.dumps({"version": "1.1", "releases": [RELEASE]}),
        json.dumps({"version": "1.1", "records": [{"ocid": "ocds-1", "compiledRelease": RELEASE}]}),
        json.dumps({"ocid": "ocds-1", "releases": [{**RELEASE, "date": "2020"}, RELEASE]}) + "\n",
    )
    for text in writings:
        (found,), report = source(tmp_path, text, "ocds.json")
        assert report.format == "ocds"
        assert (found["uid"], found["objet"], found["procedure.type"]) == ("ocds-1", "Tonte", "procedure_adaptee")
        assert (found["execution.montant_ht"], found["duree_mois"]) == (80000, 24)
        assert (found["acheteur.siret"], found["titulaires"], found["cpv"]) == (SIRET, [FIRM], ["77310000"])
        assert found["etat_sociales"] == "hors_champ"
        assert "valeur_estimee_ht" not in found


def test_awards_of_one_release(tmp_path: Path) -> None:
    """Each is a contract; one that took no effect is none; other money than euros is unknown."""
    dollars = {**AWARD, "id": "2", "value": {"amount": 5000, "currency": "USD"}}
    lost = {**AWARD, "id": "3", "status": "unsuccessful"}
    release = {**RELEASE, "contracts": [], "awards": [AWARD, dollars, lost]}
    found, _ = source(tmp_path, json.dumps(release) + "\n", "ocds.jsonl")
    assert [(one["uid"], one["execution.montant_ht"]) for one in found] == [("ocds-1/1", 80000), ("ocds-1/2", None)]


@pytest.mark.parametrize(("days", "months"), [(0, None), (10, 1), ("²", None), ("9" * 400, None), ("9" * 5000, None)])
def test_durations_of_a_release(days: Any, months: int | None, tmp_path: Path) -> None:
    """What is no number of days, or more than any, is no duration; it stops nothing."""
    release = {**RELEASE, "contracts": [{"awardID": "1", "period": {"durationInDays": days}}]}
    (found,), _ = source(tmp_path, json.dumps(release) + "\n", "ocds.jsonl")
    assert found["duree_mois"] == months
