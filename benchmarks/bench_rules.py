"""Loading and judging: the cache against PyYAML, a compiled rule against simpleeval and the explained evaluation.

python benchmarks/bench_rules.py [RUNS]
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from achats_check import cache, load_rules
from achats_check.law.compile import Program, compile_conditions
from achats_check.law.conditions import truth
from achats_check.law.context import Context
from achats_check.law.evaluate import evaluate
from achats_check.law.rulebook import Rulebook
from achats_check.model.fact import DECLARED, KNOWN, MARCHE, Fact, FactSet
from achats_check.model.rule import Condition, Operand
from achats_check.resources import rules_root
from measure import Row, interleaved, show

DAY = date(2026, 10, 1)
RECORDS = 2_000
KIND = Condition("parmi", "type", Operand(("services", "fournitures")))
LARGE = Condition("au_moins", "valeur_estimee_ht", Operand((Decimal(216_000),)))
SMALL = Condition("inferieur_a", "valeur_estimee_ht", Operand((Decimal(90_000),)))
CLAUSE = Condition("egal", "social.condition_execution", Operand((True,)))
SHORT = Condition("au_plus", "duree_mois", Operand((Decimal(12),)))
WORKS = Condition("egal", "type", Operand(("travaux",)))
RULES: tuple[tuple[tuple[Condition, ...], str], ...] = (
    (
        (KIND, LARGE, Condition("un_des", children=(CLAUSE, SHORT))),
        "kind in kinds and value >= 216000 and (clause == True or months <= 12)",
    ),
    ((Condition("un_des", children=(SMALL, CLAUSE)), SHORT), "(value < 90000 or clause == True) and months <= 12"),
    ((WORKS, Condition("aucun", children=(SHORT,))), "kind == 'travaux' and not (months <= 12)"),
    ((Condition("un_des", children=(WORKS, LARGE, CLAUSE)),), "kind == 'travaux' or value >= 216000 or clause == True"),
    ((Condition("tous", children=(KIND, SMALL)), CLAUSE), "kind in kinds and value < 90000 and clause == True"),
    (
        (Condition("aucun", children=(WORKS, SMALL)), LARGE),
        "not (kind == 'travaux' or value < 90000) and value >= 216000",
    ),
)
"""The same rule twice: as a closed tree, and as simpleeval takes it."""
NAMES = {"kind": "type", "value": "valeur_estimee_ht", "clause": "social.condition_execution", "months": "duree_mois"}


def main() -> None:
    """Print both tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    book = _loading(runs)
    _judging(book, max(5, runs // 3))


def _loading(runs: int) -> Rulebook:
    """Compare the whole of ``load_rules`` from a warm cache with parsing the same files, nothing validated."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    paths = [Path(path) for path in cache.rule_files(str(rules_root()))]
    with TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = name
        book = load_rules()
        load_rules()
        times = interleaved(
            {
                "yaml": lambda: [yaml.load(path.read_bytes(), Loader=loader) for path in paths],
                "cache": load_rules,
            },
            runs,
        )
    show(
        f"Chargement de {len(paths)} fichiers YAML ({len(book.rules)} règles ; médianes de {runs})",
        [
            Row(f"PyYAML, {loader.__name__}, sans rien valider", times["yaml"], 1.0),
            Row("règles validées, depuis le cache", times["cache"], times["cache"] / times["yaml"], 0.1),
        ],
    )
    return book


def _judging(book: Rulebook, runs: int) -> None:
    program = compile_conditions([conditions for conditions, _ in RULES], book, DAY)
    facts = _facts(random.Random(7))
    records = [program.record(known) for known in facts]
    views = [_view(book, known) for known in facts]
    trees = [Condition("tous", children=conditions) for conditions, _ in RULES]
    candidates: dict[str, Callable[[], object]] = {
        "compiled": lambda: [program.run(record) for record in records],
        "explained": lambda: [truth(tree, view) for view in views for tree in trees],
    }
    simple = _simpleeval(facts)
    if simple is None:
        print("\nsimpleeval n'est pas installé : comparaison laissée de côté (pip install simpleeval).")
    else:
        _same_results(program, records, simple())
        candidates["simpleeval"] = simple
    times = {name: seconds / (RECORDS * len(RULES)) for name, seconds in interleaved(candidates, runs).items()}
    rows = [
        Row("programme compilé", times["compiled"], 1.0),
        Row("évaluation expliquée, avec sa trace", times["explained"], times["explained"] / times["compiled"]),
    ]
    if simple is not None:
        faster = times["simpleeval"] / times["compiled"]
        rows.append(Row("simpleeval, expression déjà analysée", times["simpleeval"], faster, 20, at_least=True))
    show(f"Une règle sur un enregistrement ({len(RULES)} règles, {RECORDS} enregistrements ; médianes de {runs})", rows)
    _whole_check(book, facts[0], runs)


def _whole_check(book: Rulebook, known: dict[str, Any], runs: int) -> None:
    """Time every rule on one tender, references and messages included."""
    view = _view(book, known)
    findings, _ = evaluate(book, view.facts, DAY)
    times = interleaved({"all": lambda: evaluate(book, view.facts, DAY)}, runs)
    seconds = times["all"] / len(findings)
    show(
        f"Constat entier : trace, phrase, citations ({len(findings)} constats ; médianes de {runs})",
        [Row("une règle jugée et expliquée", seconds, 1.0)],
    )


def _facts(source: random.Random) -> list[dict[str, Any]]:
    """Return known facts drawn at random: simpleeval has no unknown, so that nothing is left out."""
    return [
        {
            "type": source.choice(("travaux", "fournitures", "services")),
            "valeur_estimee_ht": Decimal(source.randrange(1_000, 900_000)),
            "social.condition_execution": source.random() < 0.5,
            "duree_mois": Decimal(source.randrange(1, 60)),
        }
        for _ in range(RECORDS)
    ]


def _view(book: Rulebook, known: dict[str, Any]) -> Context:
    facts = [Fact(name, MARCHE, value, KNOWN, DECLARED) for name, value in known.items()]
    return Context(book, FactSet(facts), DAY)


def _simpleeval(facts: Sequence[dict[str, Any]]) -> Callable[[], list[tuple[bool, ...]]] | None:
    """Return the same rules by simpleeval, their expressions parsed once; None when it is not installed."""
    try:
        from simpleeval import SimpleEval
    except ImportError:
        return None
    evaluator = SimpleEval()
    parsed = [evaluator.parse(expression) for _, expression in RULES]
    names = [{"kinds": KIND.operand.values, **{short: known[name] for short, name in NAMES.items()}} for known in facts]

    def run() -> list[bool]:
        found = []
        for values in names:
            evaluator.names = values
            found.append(tuple(bool(evaluator.eval("", previously_parsed=tree)) for tree in parsed))
        return found

    return run


def _same_results(program: Program, records: Sequence[tuple[Any, ...]], others: Sequence[tuple[bool, ...]]) -> None:
    if [program.run(record) for record in records] != list(others):
        sys.exit("simpleeval et le programme compilé ne donnent pas les mêmes résultats")


if __name__ == "__main__":
    main()
