"""One rule as a query that a data team runs in its own warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from achats_check.columns import reading as r
from achats_check.columns.dialects import marks, translated
from achats_check.columns.expression import NUMBERS, RECORDS, TEXT, Node
from achats_check.columns.program import Program, compile_rules, rule_named
from achats_check.columns.reading import Column, type_of, usual_column
from achats_check.columns.sql_query import query
from achats_check.columns.verdicts import Outcome
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.finding import SANS_OBJET
from achats_check.vocabulary import FactSpec

_WORDS = {
    r.BOOLEAN: "booléen",
    r.INTEGER: "entier",
    r.FLOAT: "nombre",
    r.DAY: "date",
    r.STRING: "texte",
    r.STRINGS: "liste de textes",
    r.AMOUNTS: "liste de nombres",
    r.STRUCTS: "liste d'objets",
}


def rule_sql(
    book: Rulebook,
    rule_id: str,
    *,
    dialect: str = "duckdb",
    today: date,
    table: str = "contrats",
    key: str = "id",
    names: Sequence[str] = (),
) -> str:
    """Return the query that gives, for each contract of a table, the verdict of a rule and its doubt.

    Args:
        book: Rules, parameters and vocabulary.
        rule_id: The rule.
        dialect: One of ``dialects.DIALECTS``.
        today: The day whose law is assumed for a contract whose launch is unknown and shows no past day.
        table: Name of the table.
        key: Column that names a contract.
        names: Columns the table has; every fact that the rule reads and that is not computed when empty.

    Raises:
        UsageError: An unknown rule or column, or a rule that cannot be put in columns.
    """
    rule = rule_named(book, rule_id)
    columns = _columns(book, names, dialect)
    program = compile_rules(book, columns, today, [rule])
    if rule_id in program.refused:
        raise UsageError(f"La règle « {rule_id} » ne se met pas en colonnes : {program.refused[rule_id]}.")
    nodes = _two_columns(program, rule_id)
    known = {node.key: name for name, node in program.facts.items()}
    found = query(table, nodes, [key], marks(dialect), known)
    steps = ", ".join(f"{name} AS ({select})" for name, select in found.steps)
    text = f"WITH {steps} {found.last}" if steps else found.last
    read = _read(nodes.values())
    head = [
        f"{rule.title} ({rule.id}), règles {book.version}",
        f"Colonnes lues dans {table}, nommées comme les faits ; NULL est inconnu, false et 'aucune' sont connus :",
        *(f"  {name} : {_WORDS[columns[name].kind]}" for name in sorted(read)),
        f"Droit appliqué : jour du lancement, sinon d'une date passée du marché, sinon {today.isoformat()}.",
        *_left_out(book, names, dialect),
        *(
            ["BigQuery n'admet pas de point dans un nom : acheteur.categorie s'y écrit acheteur__categorie."]
            if dialect == "bigquery"
            else []
        ),
    ]
    return "\n".join(f"-- {line}" for line in head) + f"\n{translated(text, dialect)};\n"


def _columns(book: Rulebook, names: Sequence[str], dialect: str) -> dict[str, Column]:
    """Return the columns of the table, given or usual."""
    for name in names:
        if name not in book.vocabulary:
            raise UsageError(f"Colonne « {name} » : ce n'est pas un fait connu.{book.vocabulary.suggestion(name)}")
    stated = names or [name for name, spec in book.vocabulary.items() if not spec.derived]
    kept = [name for name in stated if dialect == "duckdb" or not _of_duckdb_only(book.vocabulary[name])]
    return {name: usual_column(book.vocabulary[name]) for name in kept}


def _of_duckdb_only(spec: FactSpec) -> bool:
    return type_of(spec) in {RECORDS, NUMBERS}


def _left_out(book: Rulebook, names: Sequence[str], dialect: str) -> list[str]:
    """Say which columns a dialect does not read: lists of objects or of numbers, which each writes in its own way."""
    if dialect == "duckdb":
        return []
    left = [name for name, spec in book.vocabulary.items() if _of_duckdb_only(spec) and (not names or name in names)]
    if not left:
        return []
    return [
        f"Non lues en {dialect} : {', '.join(left)} (listes) ; donner plutôt les faits qui s'en calculent (--colonnes)."
    ]


def _two_columns(program: Program, rule_id: str) -> dict[str, Node]:
    e = program.expressions
    masks = program.masks[rule_id]

    def column(rank: int, otherwise: str) -> Node:
        groups: dict[str, list[Node]] = {}
        for outcome, mask in masks.items():
            groups.setdefault(_part(outcome, rank), []).append(mask)
        branches = [(e.any_of(found), e.literal(value, TEXT)) for value, found in groups.items() if value != otherwise]
        return e.case(branches, e.literal(otherwise, TEXT))

    return {"verdict": column(0, SANS_OBJET), "doute": column(1, "")}


def _part(outcome: Outcome, rank: int) -> str:
    return outcome[rank]


def _read(nodes: object) -> set[str]:
    found: set[str] = set()
    pending: list[Node] = list(nodes)  # type: ignore[call-overload]
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if node.key not in seen:
            seen.add(node.key)
            pending += node.args
            if node.op == "source":
                found.add(node.data[0])
    return found
