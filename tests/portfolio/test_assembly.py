"""Whole portfolios, from partitions to findings, with results known by hand."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.portfolio.tables import REGION, TOWN, contract, direct, written

from achats_check.examples import check_examples
from achats_check.law.loader import load_sources
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import A_VERIFIER, NON_CONFORME
from achats_check.model.synthesis import Card, Chart, Note, Section, Table
from achats_check.portfolio.assembly import portfolios
from achats_check.portfolio.buyers import Buyers, read_buyers
from achats_check.portfolio.output import write_portfolios
from achats_check.portfolio.records import CLAUSE, SOCIAL, Portfolio, Portfolios
from achats_check.portfolio.sections import sections
from achats_check.portfolio.shares import share_of_amounts, share_of_contracts
from achats_check.resources import rules_root

TODAY = date(2026, 11, 21)
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "objectifs"


def made(rows: list[dict[str, Any]], folder: Path, book: Rulebook, **options: Any) -> Portfolios:
    """Return the portfolios of some contracts."""
    return portfolios(written(rows, folder / "contrats", options.pop("parts", 1)), book, today=TODAY, **options)


def verdicts(line: Portfolio) -> dict[str, tuple[str, str]]:
    """Return verdict and doubt by rule."""
    return {one.finding.rule: (one.finding.verdict, one.finding.doubt) for one in line.findings}


def social(uid: str, state: str, **values: Any) -> dict[str, Any]:
    """A contract of 2024 in one state of declaration."""
    listed = {"oui": ["Clause sociale"], "non": ["Pas de considération sociale"]}.get(state)
    said = {"oui": "declarees", "non": "absence_declaree", "manquante": "manquantes", "hors_champ": "hors_champ"}
    return contract(uid, considerations_sociales=listed, etat_sociales=said[state], **values)


def town(*counts: int, year: int = 2024) -> list[dict[str, Any]]:
    """Contracts of the town: so many yes, no, missing, outside the schema."""
    states = ("oui", "non", "manquante", "hors_champ")
    day = date(year, 3, 1)
    return [
        social(f"{year}-{state}-{rank}", state, execution__date_notification=day)
        for state, count in zip(states, counts, strict=True)
        for rank in range(count)
    ]


def test_contracts_are_counted_by_buyer_and_year(tmp_path: Path, book: Rulebook) -> None:
    """Concessions and unknown amounts apart; what has no buyer or no year is told, not lost."""
    rows = [
        contract("a", execution__montant_ht=10.5, acheteur__nom="Brume"),
        contract("b", execution__montant_ht=0.01, acheteur__nom="Brume"),
        contract("c", execution__montant_ht=None, acheteur__nom="BRUME SUR MER"),
        contract("d", contrat="concession", execution__montant_ht=7.0, acheteur__categorie="commune"),
        contract("e", execution__date_notification=date(2023, 1, 1)),
        contract("f", acheteur__siret=REGION),
        contract("g", acheteur__siret=None),
        contract("h", execution__date_notification=None),
    ]
    found = made(rows, tmp_path, book)
    first, second, third = found.lines
    assert [(line.buyer, line.year) for line in found.lines] == [
        ("210000012", 2023),
        ("210000012", 2024),
        ("230000020", 2024),
    ]
    assert second.measure[:6] == (3, 1051, 1, 1, 700, 0)
    assert (second.name, second.category, first.name, third.name) == ("Brume", "commune", "Brume", "")
    assert (found.without_buyer, found.without_year) == (1, 1)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((3, 7, 0, 0), ("conforme", "")),
        ((2, 8, 0, 0), ("opportunite", "")),
        ((2, 7, 1, 0), ("a_verifier", "respect")),
        ((2, 7, 0, 1), ("a_verifier", "respect")),
        ((3, 0, 7, 0), ("conforme", "")),
        ((0, 9, 1, 0), ("opportunite", "")),
        ((3, 6, 0, 0), None),
    ],
)
def test_a_goal_is_judged_between_the_bounds(
    counts: tuple[int, ...], expected: tuple[str, str] | None, tmp_path: Path, book: Rulebook
) -> None:
    """What the unknowns cannot change is settled; what they can is not; under ten contracts nothing is said."""
    (line,) = made(town(*counts), tmp_path, book).lines
    assert verdicts(line).get("part-sociale-nationale") == expected


def test_the_doubt_gives_the_bounds(tmp_path: Path, book: Rulebook) -> None:
    """The message says between what and what; the finding has its reference and its trace."""
    (line,) = made(town(2, 6, 1, 1), tmp_path, book).lines
    (finding,) = (one.finding for one in line.findings if one.finding.rule == "part-sociale-nationale")
    assert "entre 20" in finding.message
    assert "et 40" in finding.message
    assert finding.references[0].article == "Plan national pour des achats durables 2022-2025"
    assert finding.trace
    assert finding.missing_facts == ("portefeuille.part_sociale",)
    assert finding.scope.id == "210000012/2024"


@pytest.mark.parametrize(("year", "doubt"), [(2021, None), (2022, ""), (2025, ""), (2026, None)])
def test_the_plan_has_its_years(year: int, doubt: str | None, tmp_path: Path, book: Rulebook) -> None:
    """Before the plan, and in a year that is not over, nothing is judged."""
    (line,) = made(town(1, 9, 0, 0, year=year), tmp_path, book).lines
    assert verdicts(line).get("part-sociale-nationale") == (None if doubt is None else ("opportunite", doubt))


def test_after_the_plan_the_law_is_uncertain(tmp_path: Path, book: Rulebook) -> None:
    """Once 2026 is over, its goal is not known."""
    files = written(town(5, 5, 0, 0, year=2026), tmp_path)
    (line,) = portfolios(files, book, today=date(2027, 1, 1)).lines
    assert verdicts(line)["part-sociale-nationale"] == ("a_verifier", "droit")


def test_signs_are_never_faults(tmp_path: Path, book: Rulebook) -> None:
    """Split families, repeated holders, ESS holders: to check, with their contracts, under the day's threshold."""
    rows = [direct(f"n{rank}", date(2024, 1 + rank, 1), 15_000.0) for rank in range(3)]
    rows += [
        contract(
            f"r{rank}",
            reservation__categorie="ess",
            titulaires=["99988877700011"],
            execution__date_notification=date(2023 + rank, 5, 1),
        )
        for rank in range(2)
    ]
    found = {
        one.finding.rule: one for line in made(rows, tmp_path, book).lines for one in line.findings if one.contracts
    }
    assert {rule: (one.finding.verdict, one.finding.doubt, one.size) for rule, one in found.items()} == {
        "petits-achats-fractionnement": ("a_verifier", "alerte", 3),
        "petits-achats-concentration": ("a_verifier", "alerte", 3),
        "reservation-ess-reattribution": ("a_verifier", "alerte", 2),
    }
    split = found["petits-achats-fractionnement"].finding
    assert split.parameters[0].value == 40_000
    assert "45 000" in split.message.replace("\u202f", " ")


def buyers(book: Rulebook, folder: Path, text: str) -> Buyers:
    """Read declared buyers."""
    path = folder / "acheteurs.json"
    path.write_text(text, encoding="utf-8")
    return read_buyers(path, book.vocabulary)


def large(low: float, **values: Any) -> list[dict[str, Any]]:
    """One contract of twelve months within 2024, of the town."""
    day = date(2024, 1, 2)
    return [contract("a", execution__montant_ht=low, duree_mois=12, execution__date_notification=day, **values)]


def test_an_estimate_only_asks(tmp_path: Path, book: Rulebook) -> None:
    """Published contracts far above the threshold, no SPASER declared, or declared missing: to check, never a fault."""
    for name, declared in (("a", "[]"), ("b", '[{"siren": "210000012", "spaser": {"adopte": false}}]')):
        (line,) = made(large(90e6), tmp_path / name, book, buyers=buyers(book, tmp_path, declared)).lines
        assert line.spaser == "probable"
        assert verdicts(line)["spaser-depense-estimee"][0] == A_VERIFIER
        assert NON_CONFORME not in {verdict for verdict, _ in verdicts(line).values()}


def test_declared_purchases_outrank_the_estimate(tmp_path: Path, book: Rulebook) -> None:
    """The rule on the SPASER itself judges what is declared, and may then accuse."""
    said = '[{"siren": "210000012", "annee": 2024, "achats_annuels_ht": %d, "spaser": {"adopte": false}}]'
    (over,) = made(large(9e6), tmp_path / "a", book, buyers=buyers(book, tmp_path, said % 50_000_001)).lines
    assert (over.spaser, verdicts(over)["spaser-adoption"]) == ("du", ("non_conforme", ""))
    (under,) = made(large(90e6), tmp_path / "b", book, buyers=buyers(book, tmp_path, said % 50_000_000)).lines
    assert under.spaser == "non_du"
    assert not {"spaser-adoption", "spaser-depense-estimee"} & verdicts(under).keys()


def test_goals_of_a_buyer_are_a_pack(tmp_path: Path, book: Rulebook) -> None:
    """A pack adds its goals; hours come from the buyer; the national goals are judged all the same."""
    own, examples = load_sources(rules_root(), [SAMPLES / "metropole.yaml"])
    check_examples(own._replace(rules=tuple(rule for rule in own.rules if rule.pack)), examples)
    said = '[{"siren": "210000012", "annee": 2024, "heures_insertion": 299999}]'
    rows = town(3, 9, 0, 0)
    (line,) = made(rows, tmp_path, own, buyers=buyers(own, tmp_path, said)).lines
    assert verdicts(line)["objectif-clause-sociale"] == ("conforme", "")
    assert verdicts(line)["objectif-heures-insertion"] == ("opportunite", "")
    (plain,) = made(rows, tmp_path / "b", book).lines
    assert verdicts(plain).items() <= verdicts(line).items()
    goals = made(rows, tmp_path / "c", own).targets
    assert [(goal.label[:20], goal.value) for goal in goals["portefeuille.part_clause_sociale"]] == [
        ("objectif de l'achete", 0.25)
    ]


def test_a_year_that_only_its_buyer_tells(tmp_path: Path, book: Rulebook) -> None:
    """Declared purchases without any contract make a line, whose contracts are not said to be none."""
    said = '[{"siren": "210000012", "annee": 2019, "nom": "Brume", "categorie": "commune", "achats_annuels_ht": 2e8}]'
    found = made(town(1, 0, 0, 0), tmp_path, book, buyers=buyers(book, tmp_path, said))
    first = found.lines[0]
    assert (first.year, first.name, first.measure.contracts, first.spaser) == (2019, "Brume", 0, "du")
    assert verdicts(first)["spaser-adoption"] == ("a_verifier", "justification")


def test_what_buyers_declare_names_and_sorts_them(tmp_path: Path, book: Rulebook) -> None:
    """Their name and category hold for all their years, over what data say; the contracts of others stay theirs."""
    said = """[{"siren": "210000012", "nom": "Brume", "categorie": "departement"},
              {"siren": "230000020", "annee": 2020, "nom": "Région des Brumes"},
              {"siren": "230000020", "annee": 2024, "spaser": {"adopte": true}},
              {"siren": "240000046", "annee": 2021, "categorie": "epci"}]"""
    rows = [
        contract("a", acheteur__nom="VILLE", acheteur__categorie="commune"),
        contract("b", acheteur__siret=REGION, acheteur__categorie="region"),
        contract("c", acheteur__siret="22000003200018", acheteur__categorie="epci"),
    ]
    found = made(rows, tmp_path, book, buyers=buyers(book, tmp_path, said))
    assert [(line.buyer, line.year, line.name, line.category, line.measure.contracts) for line in found.lines] == [
        ("210000012", 2024, "Brume", "departement", 1),
        ("220000032", 2024, "", "epci", 1),
        ("230000020", 2020, "Région des Brumes", "region", 0),
        ("230000020", 2024, "Région des Brumes", "region", 1),
        ("240000046", 2021, "", "epci", 0),
    ]
    assert [(group.key, group.measure.contracts) for group in found.categories] == [
        ("departement", 1),
        ("epci", 1),
        ("region", 1),
    ]


def test_contracts_that_disagree_on_their_buyer(tmp_path: Path, book: Rulebook) -> None:
    """Its category is unknown, unless the buyer declares it."""
    rows = [contract(kind, acheteur__categorie=kind) for kind in ("commune", "epci")]
    assert made(rows, tmp_path, book).lines[0].category == ""
    said = '[{"siren": "210000012", "categorie": "epci"}]'
    found = made(rows, tmp_path / "dit", book, buyers=buyers(book, tmp_path, said))
    assert found.lines[0].category == "epci"
    assert [(group.key, group.measure.contracts) for group in found.categories] == [("epci", 2)]


def test_consultations_are_another_population(tmp_path: Path, book: Rulebook) -> None:
    """They are counted by year, and never added to the contracts."""
    table = written(town(4, 0, 0, 0, year=2023), tmp_path / "consultations")[0]
    found = made(town(1, 1, 0, 0), tmp_path, book, consultations=table)
    assert [(group.year, group.measure.contracts) for group in found.consultations] == [(2023, 4)]
    assert [line.year for line in found.lines] == [2024]
    assert portfolios((), book, today=TODAY, consultations=table).lines == ()


STATES = st.sampled_from(["oui", "non", "manquante", "hors_champ"])


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(STATES, st.booleans()), min_size=1, max_size=25))
def test_the_truth_lies_between_the_bounds(tmp_path: Path, book: Rulebook, drawn: list[tuple[str, bool]]) -> None:
    """Reveal every unknown contract, one way or the other: the shares stay between the bounds given before."""
    known = [social(str(rank), state) for rank, (state, _) in enumerate(drawn)]
    revealed = [
        social(str(rank), state if state in {"oui", "non"} else ("oui" if truth else "non"))
        for rank, (state, truth) in enumerate(drawn)
    ]
    (before,), (after,) = (made(rows, tmp_path, book).lines for rows in (known, revealed))
    for dimension in (SOCIAL, CLAUSE):
        for share_of in (share_of_contracts, share_of_amounts):
            bounds, truth = (share_of(line.measure.tally(dimension)) for line in (before, after))
            assert bounds is not None
            assert truth is not None
            assert bounds.low <= truth.low == truth.high <= bounds.high


def mixed() -> list[dict[str, Any]]:
    """Contracts of every kind that matters here."""
    rows = [*town(3, 8, 4, 2), *town(1, 9, 1, 0, year=2023), *large(90e6, acheteur__siret=REGION)]
    rows += [direct(f"n{rank}", date(2024, 1 + rank, 1), 15_000.0) for rank in range(4)]
    rows += [contract("u", cpv=None), contract("v", acheteur__categorie="commune", execution__date_notification=None)]
    return [*rows, contract("k", contrat="concession"), contract("z", acheteur__siret=None)]


def test_order_and_partitions_change_nothing(tmp_path: Path, book: Rulebook) -> None:
    """The same bytes, whatever the order of the rows and how they are cut."""
    rows = mixed()
    wanted = _bytes(made(rows, tmp_path / "a", book), tmp_path / "a")
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        folder = tmp_path / str(seed)
        assert _bytes(made(rows, folder, book, parts=1 + seed), folder) == wanted


def _bytes(found: Portfolios, folder: Path) -> list[bytes]:
    write_portfolios(found.lines, folder)
    written_files = [(folder / f"portefeuilles.{end}").read_bytes() for end in ("jsonl", "parquet")]
    return [*written_files, repr(sections(found)).encode()]


def test_partitions_may_have_other_columns(tmp_path: Path, book: Rulebook) -> None:
    """A partition that lacks a column, or has one more, is read all the same."""
    import polars as pl

    files = written(town(2, 2, 0, 0), tmp_path, parts=2)
    pl.read_parquet(files[1]).drop("social.critere").with_columns(autre=pl.lit(1)).write_parquet(files[1])
    (line,) = portfolios(files, book, today=TODAY).lines
    assert line.measure.contracts == 4


def blocks(made_sections: tuple[Section, ...], kind: type) -> list[Any]:
    """Return the blocks of one kind."""
    return [block for section in made_sections for block in section.blocks if isinstance(block, kind)]


def test_the_sections_show_bounds_and_goals(tmp_path: Path, book: Rulebook) -> None:
    """Curves by year with their bounds and the national goals; each table as wide as its titles."""
    found = made(mixed(), tmp_path, book)
    shown = sections(found)
    trend = blocks(shown, Chart)[0]
    assert trend.labels == ("2023", "2024")
    assert len(trend.targets) == 2
    (series, _) = trend.series
    assert series.low[1] < series.values[1] < series.high[1]
    for table in blocks(shown, Table):
        assert {len(row) for row in table.rows} <= {len(table.columns)}
    names = [table.name for table in blocks(shown, Table)]
    assert len(names) == len(set(names))
    assert {card.verdict for card in blocks(shown, Card)} == {"a_verifier"}
    assert {"portefeuilles", "parts", "secteurs", "spaser", "indices"} == {section.anchor for section in shown}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (3, "n0, n1 et n2"),
        (5, "n0, n1, n2, n3 et n4"),
        (6, "n0, n1, n2, n3, n4 et 1 autre"),
        (25, "n0, n1, n2, n3, n4 et 20 autres"),
    ],
)
def test_a_sign_names_its_first_contracts(count: int, expected: str, tmp_path: Path, book: Rulebook) -> None:
    """The same ones in its card and in its row, and how many others there are."""
    rows = [direct(f"n{rank}", date(2024, 1, 1 + rank), 15_000.0) for rank in range(count)]
    shown = sections(made(rows, tmp_path, book))
    (table,) = (table for table in blocks(shown, Table) if table.name == "indices")
    assert {row[-1] for row in table.rows} == {expected}
    cards = {card.quote for card in blocks(shown, Card)}
    assert {re.sub(r" \([^)]*\)", "", quote) for quote in cards} == {f"Marchés : {expected}"}


def test_few_declarations_are_no_curve(tmp_path: Path, book: Rulebook) -> None:
    """One contract that declares, of a hundred, is no share: the bounds stay, in the table; a note says why."""
    shown = sections(made(town(1, 0, 99, 0), tmp_path, book))
    assert blocks(shown, Chart) == []
    assert any("rien à tracer" in note.text for note in blocks(shown, Note))
    (table,) = (table for table in blocks(shown, Table) if table.name == "parts-par-annee")
    assert table.rows[0][2:10] == (100, 1, 0, 99, 0, 0.01, 1.0, 1.0)


def test_nothing_makes_no_section(book: Rulebook) -> None:
    """Without any table, there is nothing to show."""
    assert sections(portfolios((), book, today=TODAY)) == ()


def test_the_files_hold_everything(tmp_path: Path, book: Rulebook) -> None:
    """One line for each buyer and year; the Parquet file has the same columns."""
    import json

    import polars as pl

    write_portfolios(made(mixed(), tmp_path, book).lines, tmp_path)
    rows = [json.loads(row) for row in (tmp_path / "portefeuilles.jsonl").read_text(encoding="utf-8").splitlines()]
    table = pl.read_parquet(tmp_path / "portefeuilles.parquet")
    assert table.columns == list(rows[0])
    assert table["contracts"].to_list() == [row["contracts"] for row in rows]
    line = next(row for row in rows if (row["siren"], row["year"]) == (TOWN[:9], 2024))
    assert (line["social_yes"], line["social_no"], line["social_missing"], line["social_not_in_schema"]) == (3, 8, 9, 2)
    assert (line["concessions"], line["concessions_excl_tax"]) == (1, 100_000.0)
    found = table.filter((pl.col("siren") == TOWN[:9]) & (pl.col("year") == 2024))["findings"].to_list()[0]
    assert [one["rule"] for one in found] == [one["rule"] for one in line["findings"]]
    assert any(one["contracts"] for one in found)
