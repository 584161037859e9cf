"""The verdicts on contracts, as sections of the synthesis: counts by rule, the strongest findings explained, doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from achats_check.contracts.judging import Count
from achats_check.law.rulebook import Rulebook
from achats_check.model import synthesis as s
from achats_check.model.finding import (
    A_VERIFIER,
    ALERTE,
    APPLICABILITE,
    CONFORME,
    DROIT,
    JUSTIFICATION,
    LANCEMENT,
    NON_CONFORME,
    OPPORTUNITE,
    RESPECT,
    Finding,
)
from achats_check.model.rule import Rule
from achats_check.wording import format_value

if TYPE_CHECKING:
    import polars as pl

_CARDS = 12
_OF_A_RULE = 3
"""Contracts shown for one rule: a fault of a thousand contracts must not hide the others."""
_STRENGTH = {NON_CONFORME: 0, A_VERIFIER: 1}
_WEIGHT = {"bloquante": 0, "majeure": 1, "mineure": 2}
_BARS = 10
_DOUBTS = {
    RESPECT: "le respect est inconnu : la donnée qui le dirait n'est pas dans ces fichiers",
    APPLICABILITE: "on ne sait pas si la règle s'applique",
    JUSTIFICATION: "licite si un motif est conservé au dossier, que ces fichiers ne disent pas",
    ALERTE: "signe qu'une personne doit regarder",
    DROIT: "le droit lui-même est incertain",
    LANCEMENT: "règle récente, et date de lancement inconnue",
}


def verdict_sections(
    counts: Sequence[Count], contracts: Path, violations: Path, book: Rulebook, *, today: date
) -> tuple[s.Section, ...]:
    """Return the section on the verdicts of contracts; () when there is no contract.

    Args:
        counts: The counts of every partition, added up.
        contracts: The folder of the partitions.
        violations: The folder of the violations, one file for each partition.
        book: The rules.
        today: As for the judging.
    """
    if not counts:
        return ()
    total = sum(count.contracts for count in counts if count.rule == counts[0].rule)
    cards = _cards(contracts, violations, book, today)
    blocks = (*_figures(counts, total), *cards, *_levers(counts, book), _rules(counts, book), *_doubts(counts))
    return (s.Section("contrats", "Contrats jugés un par un", blocks),)


def _figures(counts: Sequence[Count], total: int) -> tuple[s.Block, ...]:
    of: Counter[str] = Counter()
    for count in counts:
        of[count.doubt if count.doubt in {JUSTIFICATION, ALERTE} else count.verdict] += count.contracts
    return (
        s.Figure("Contrats jugés", total, s.COUNT),
        s.Figure("Manquements établis", of[NON_CONFORME], s.COUNT, "un par contrat et par règle"),
        s.Figure(
            "À justifier ou à regarder", of[JUSTIFICATION] + of[ALERTE], s.COUNT, "un motif au dossier peut y répondre"
        ),
        s.Figure("Leviers non utilisés", of[OPPORTUNITE], s.COUNT),
    )


def _cards(contracts: Path, violations: Path, book: Rulebook, today: date) -> list[s.Block]:
    """Return the strongest findings, each explained by the engine of dossiers."""
    from achats_check.columns.polars_engine import columns_of
    from achats_check.columns.rows import judge_row, row_facts

    found = _strongest(contracts, violations, book)
    if not found:
        return []
    table = _scanned(contracts)
    rows = {row["uid"]: row for row in _rows_of(table, sorted({uid for uid, _ in found}))}
    columns = columns_of(table.collect_schema())
    blocks: list[s.Block] = []
    for uid, rule in found:
        facts = row_facts(rows[uid], columns, book)
        blocks.append(_card(judge_row(rule, facts, book, today), rows[uid], rule, book))
    return blocks


def _strongest(contracts: Path, violations: Path, book: Rulebook) -> list[tuple[str, Rule]]:
    """Return (contract, rule), the gravest rules first and the largest contracts of each, a few for each rule.

    Levers, and what only awaits a justification of a minor rule, are counted and not shown one by one.
    """
    import polars as pl

    files = sorted(violations.glob("part-*.parquet"))
    grave = [rule.id for rule in book.rules if rule.severity in ("bloquante", "majeure")]
    shown = (pl.col("verdict") == NON_CONFORME) | ((pl.col("verdict") == A_VERIFIER) & pl.col("regle").is_in(grave))
    listed = pl.scan_parquet(files).select("uid", "regle", "verdict").filter(shown)
    if listed.select(pl.len()).collect().item() == 0:
        return []
    table = _scanned(contracts)
    told = "execution.montant_ht" in table.collect_schema()  # a table of facts need not give it
    amounts = table.select("uid", montant=pl.col("execution.montant_ht").fill_null(0) if told else pl.lit(0.0))
    largest = (
        listed.join(amounts, on="uid")
        .sort("montant", "uid", descending=[True, False])
        .group_by("regle", "verdict", maintain_order=True)
        .head(_OF_A_RULE)
        .collect(engine="streaming")
    )
    rules = {rule.id: rule for rule in book.rules}
    rows = sorted(
        largest.iter_rows(named=True),
        key=lambda row: (
            _STRENGTH[row["verdict"]],
            _WEIGHT.get(rules[row["regle"]].severity, 9),
            -row["montant"],
            row["regle"],
            row["uid"],
        ),
    )
    return [(row["uid"], rules[row["regle"]]) for row in rows[:_CARDS]]


def _scanned(contracts: Path) -> pl.LazyFrame:
    import polars as pl

    return pl.scan_parquet(sorted(contracts.glob("part-*.parquet")))


def _rows_of(table: pl.LazyFrame, keys: list[str]) -> list[dict[str, Any]]:
    import polars as pl

    return table.filter(pl.col("uid").is_in(keys)).collect(engine="streaming").to_dicts()


def _card(finding: Finding, row: Mapping[str, Any], rule: Rule, book: Rulebook) -> s.Card:
    who = row.get("acheteur.nom") or row.get("acheteur.siret") or "acheteur inconnu"
    what = row.get("objet") or "objet inconnu"
    law = [reference.text for reference in finding.references if reference.kind == "droit"]
    return s.Card(
        rule.title,
        finding.verdict,
        f"{who} : {what} ({row['uid']}, {row['source']})",
        finding.message,
        rule.severity,
        _values(finding, book),
        reference=" ; ".join(law[:2]),
        remedy=finding.remedy,
        rule=rule.id,
    )


def _values(finding: Finding, book: Rulebook) -> str:
    """Return the values of the table that the verdict rests on: "durée du marché : 72 mois"."""
    found = {evidence.location.pointer.removeprefix("/"): evidence.value for evidence in finding.evidence}
    specs = ((book.vocabulary.get(name), value) for name, value in found.items())
    return " ; ".join(f"{spec.label} : {format_value(spec, value)}" for spec, value in specs if spec is not None)


def _levers(counts: Sequence[Count], book: Rulebook) -> tuple[s.Block, ...]:
    titles = {rule.id: rule.title for rule in book.rules}
    missed: Counter[str] = Counter()
    for count in counts:
        missed[count.rule] += count.contracts if count.verdict == OPPORTUNITE else 0
    found = sorted(((number, rule) for rule, number in missed.items() if number), key=lambda pair: (-pair[0], pair[1]))
    if not found:
        return ()
    series = s.Series("contrats", tuple(float(number) for number, _ in found[:_BARS]), meaning=OPPORTUNITE)
    names = tuple(titles.get(rule, rule) for _, rule in found[:_BARS])
    note = "Un levier non utilisé n'est jamais une faute."
    return (s.Chart("Leviers non utilisés, en nombre de contrats", s.BARS, s.COUNT, names, (series,), note=note),)


def _rules(counts: Sequence[Count], book: Rulebook) -> s.Table:
    titles = {rule.id: rule.title for rule in book.rules}
    by_rule: dict[str, Counter[str]] = {}
    for count in counts:
        by_rule.setdefault(count.rule, Counter())[_column(count)] += count.contracts
    wanted = (NON_CONFORME, OPPORTUNITE, JUSTIFICATION, CONFORME, A_VERIFIER)
    told = [(rule, tuple(of[name] for name in wanted)) for rule, of in by_rule.items()]
    told = [(rule, numbers) for rule, numbers in told if any(numbers)]
    told.sort(key=lambda row: ([-number for number in row[1]], row[0]))
    names = ("Règle", "Identifiant", "Manquements", "Leviers", "À justifier ou à regarder", "Conformes", "Inconnus")
    columns = tuple(s.Column(name, s.TEXT if rank < 2 else s.COUNT) for rank, name in enumerate(names))
    silent = len(by_rule) - len(told)
    return s.Table(
        "contrats-regles",
        "Verdicts par règle",
        columns,
        tuple((titles.get(rule, rule), rule, *numbers) for rule, numbers in told),
        "Les règles qui visent l'acheteur (SPASER, achats réemployés…) ne sont pas jugées contrat par contrat."
        + (f" {_silent(silent)} sans objet pour tous les contrats." if silent else ""),
    )


def _silent(rules: int) -> str:
    return f"{rules} règles sont" if rules > 1 else "Une règle est"


def _column(count: Count) -> str:
    return JUSTIFICATION if count.doubt in {JUSTIFICATION, ALERTE} else count.verdict


def _doubts(counts: Sequence[Count]) -> tuple[s.Block, ...]:
    by_doubt: Counter[str] = Counter()
    for count in counts:
        by_doubt[count.doubt] += count.contracts if count.verdict == A_VERIFIER else 0
    rows = tuple((_DOUBTS[doubt], number) for doubt, number in by_doubt.most_common() if doubt and number)
    note = (
        "Les données essentielles disent peu : ni l'estimation, ni les critères, ni les clauses. Ce qu'elles ne disent"
        " pas est compté ici, et n'accuse personne."
    )
    columns = (s.Column("Pourquoi le verdict est inconnu"), s.Column("Contrats et règles", s.COUNT))
    return (s.Table("contrats-doutes", "Ce que ces données ne disent pas", columns, rows, note),) if rows else ()
