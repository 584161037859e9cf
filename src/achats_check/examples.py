"""Runs the examples of rules, and shows that they stand on both sides of every threshold and date.

``python -m achats_check.examples rules/criteres …`` prints what fails in some folders while they are written.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from achats_check.errors import RuleFileError, UsageError
from achats_check.example_facts import example_facts
from achats_check.law.context import Context
from achats_check.law.derive import FIGURES, derive
from achats_check.law.evaluate import PORTFOLIO, judge_rule
from achats_check.law.references import parameters_of
from achats_check.law.rulebook import Rulebook
from achats_check.law.schema import Example
from achats_check.model.fact import ACHETEUR, GRANT, MARCHE, FactSet, Scope
from achats_check.model.finding import A_VERIFIER, CONFORME, NON_CONFORME, OPPORTUNITE, SANS_OBJET, Finding
from achats_check.model.rule import LEVERS, Condition, Parameter, Rule, RuleVersion

_STEPS = {"EUR_HT": 1, "EUR": 1, "EUR_HT_par_an": 1, "mois": 1, "jours": 1, "pourcent": 1, "annees": 1}


class Situation(NamedTuple):
    """An example, and the facts that are told or computed in it."""

    example: Example
    facts: FactSet


def run_example(rule: Rule, example: Example, book: Rulebook) -> Finding:
    """Judge the situation of an example by its rule.

    Raises:
        UsageError: A fact of the example that the vocabulary does not know, or a value it refuses.
    """
    return _judged(rule, situation(example, book), book)


def situation(example: Example, book: Rulebook) -> Situation:
    """Return the facts of an example, with those that are computed from them.

    Raises:
        UsageError: A fact that the vocabulary does not know, or a value it refuses.
    """
    facts = example_facts(example, book.vocabulary)
    return Situation(example, derive(Context(book, facts, example.day)))


def _judged(rule: Rule, seen: Situation, book: Rulebook) -> Finding:
    return judge_rule(rule, Context(book, seen.facts, seen.example.day).at(_scope(rule, seen.example)))


def _scope(rule: Rule, example: Example) -> Scope:
    if rule.scope == "lot" and example.lot:
        return Scope("lot", example.lot)
    return {"acheteur": ACHETEUR, GRANT.kind: GRANT, PORTFOLIO: Scope(PORTFOLIO)}.get(rule.scope, MARCHE)


def failures(rule: Rule, situations: Iterable[Situation], book: Rulebook) -> Iterator[str]:
    """Yield a French sentence for each example whose verdict or doubt is not the one expected."""
    for seen in situations:
        example, found = seen.example, _judged(rule, seen, book)
        if found.verdict != example.expected or (example.doubt and found.doubt != example.doubt):
            expected = f"{example.expected} {example.doubt}".strip()
            got = f"{found.verdict} {found.doubt}".strip()
            missing = f" ; manque : {', '.join(found.missing_facts)}" if found.missing_facts else ""
            yield f"règle « {rule.id} », exemple « {example.name} » : attendu {expected}, obtenu {got}{missing}"


def gaps(rule: Rule, situations: Sequence[Situation], book: Rulebook) -> Iterator[str]:
    """Yield a French sentence for each verdict, threshold or date that no example covers."""
    yield from _missing_verdicts(rule, [seen.example for seen in situations])
    verdicts = [_judged(rule, seen, book).verdict for seen in situations]
    for what, mutant, figure, mutated in _mutants(rule, book):
        # Few figures are read to compute facts: the situations of the others are not computed again.
        moved = [situation(seen.example, mutated) for seen in situations] if figure in FIGURES else situations
        now = (_judged(mutant, seen, mutated).verdict for seen in moved)
        if all(verdict == before for verdict, before in zip(now, verdicts, strict=True)):
            yield f"règle « {rule.id} » : aucun exemple ne change quand on décale {what}"


def check_examples(book: Rulebook, examples: Mapping[str, tuple[Example, ...]]) -> None:
    """Refuse rules whose examples fail, or leave a verdict, a threshold or a date untested.

    Raises:
        RuleFileError: Each example that fails and each gap.
    """
    said: list[str] = []
    for rule in book.rules:
        try:
            said += _faults(rule, examples[rule.id], book)
        except UsageError as error:
            said.append(f"règle « {rule.id} » : {error}")
    if said:
        raise RuleFileError([f"{_file_of(book.rule(_rule_named(line)))}{line}" for line in said])


def _faults(rule: Rule, examples: Iterable[Example], book: Rulebook) -> list[str]:
    """Return what is wrong with the examples of a rule: what they lack is told once they all pass."""
    situations = [situation(example, book) for example in examples]
    return list(failures(rule, situations, book)) or list(gaps(rule, situations, book))


def _rule_named(line: str) -> str:
    return line.split("«", 1)[1].split("»", 1)[0].strip()


def _file_of(rule: Rule | None) -> str:
    if rule is None:
        return ""
    return f"{rule.pack}: " if rule.pack else f"{rule.theme}/{rule.id}.yaml: "


def _missing_verdicts(rule: Rule, examples: Sequence[Example]) -> Iterator[str]:
    expected = {example.expected for example in examples}
    wanted = {CONFORME, A_VERIFIER}
    if rule.nature in LEVERS:
        wanted.add(OPPORTUNITE)
    elif rule.accuses != "jamais" and any(version.confidence != "incertaine" for version in rule.versions):
        wanted.add(NON_CONFORME)
    if all(version.confidence == "incertaine" for version in rule.versions):
        wanted.discard(CONFORME)
    if any(version.when for version in rule.versions):
        wanted.add(SANS_OBJET)
    for verdict in sorted(wanted - expected):
        yield f"règle « {rule.id} » : il manque un exemple « {verdict} »"


def _mutants(rule: Rule, book: Rulebook) -> Iterator[tuple[str, Rule, str, Rulebook]]:
    """Yield the rule with each date moved by a day, each figure by a unit, both ways; and the name of that figure."""
    for rank, version in enumerate(rule.versions):
        for days in (-1, 1):
            if rank and not _same_law(rule.versions[rank - 1], version):
                yield f"le {version.since} d'un jour", _moved_start(rule, rank, days), "", book
            if version.until and rank + 1 == len(rule.versions):
                moved = version._replace(until=version.until + timedelta(days))
                yield (
                    f"le {version.until} d'un jour",
                    rule._replace(versions=(*rule.versions[:-1], moved)),
                    "",
                    book,
                )
    for name in parameters_of(c for v in rule.versions for c in (*v.when, *v.requires)):
        for sign in (-1, 1):
            yield f"« {name} » d'une unité", rule, name, _moved_parameter(book, name, sign)
    for rank, version in enumerate(rule.versions):
        for sign in (-1, 1):
            moved = _moved_literals(version, sign)
            if moved != version:
                versions = (*rule.versions[:rank], moved, *rule.versions[rank + 1 :])
                yield "un nombre écrit dans la règle d'une unité", rule._replace(versions=versions), "", book


def _same_law(earlier: RuleVersion, later: RuleVersion) -> bool:
    """Say whether only the text cited changes: no verdict can then tell one day from the next."""
    unsure = [version.confidence == "incertaine" for version in (earlier, later)]
    return (earlier.when, earlier.requires, unsure[0]) == (later.when, later.requires, unsure[1])


def _moved_start(rule: Rule, rank: int, days: int) -> Rule:
    versions = list(rule.versions)
    moved = versions[rank].since + timedelta(days)
    versions[rank - 1] = versions[rank - 1]._replace(until=moved - timedelta(1))
    versions[rank] = versions[rank]._replace(since=moved)
    return rule._replace(versions=tuple(versions))


def _moved_parameter(book: Rulebook, name: str, sign: int) -> Rulebook:
    parameter = book.parameters[name]
    step = Decimal(sign * _STEPS.get(parameter.unit, 0)) or Decimal(sign) / 10
    rows = tuple(row._replace(value=None if row.value is None else row.value + step) for row in parameter.rows)
    moved: Mapping[str, Parameter] = {**book.parameters, name: parameter._replace(rows=rows)}
    return book._replace(parameters=moved)


def _moved_literals(version: RuleVersion, sign: int) -> RuleVersion:
    return version._replace(
        when=tuple(_moved_condition(c, sign) for c in version.when),
        requires=tuple(_moved_condition(c, sign) for c in version.requires),
    )


def _moved_condition(condition: Condition, sign: int) -> Condition:
    values: tuple[Any, ...] = tuple(_moved_value(value, sign) for value in condition.operand.values)
    return condition._replace(
        operand=condition.operand._replace(values=values),
        children=tuple(_moved_condition(child, sign) for child in condition.children),
    )


def _moved_value(value: Any, sign: int) -> Any:
    """Move a number by one unit, a fraction by a hundredth; leave the rest."""
    if not isinstance(value, Decimal):
        return value
    return value + (sign if value == value.to_integral_value() and abs(value) > 1 else Decimal(sign) / 100)


def main(folders: list[str]) -> int:
    """Print every fault of the rules of some folders; return 1 when there is one."""
    from achats_check.law.loader import load_sources
    from achats_check.resources import rules_root

    themes = {folder.rstrip("/").rsplit("/", 1)[-1] for folder in folders}
    try:
        book, examples = load_sources(rules_root(), themes=themes)
    except RuleFileError as error:
        print(error)
        return 1
    said = [line for rule in book.rules for line in _faults(rule, examples[rule.id], book)]
    print("\n".join(said) or f"{len(book.rules)} règles, {sum(map(len, examples.values()))} exemples : tout passe")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
